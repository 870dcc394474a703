<#
.SYNOPSIS
    Tests that need neither the network nor a mock. The recordings stand beside this file, in cassettes/Chat.Tests.
#>
BeforeAll {
    Import-Module OpenAICassette
    . "$PSScriptRoot/Chat.ps1"
}

Describe 'Get-Capital' {
    It 'names the capital of <Country>' -ForEach @(
        @{ Country = 'France'; City = 'Paris' }
        @{ Country = 'Japan'; City = 'Tokyo' }
    ) {
        Use-Cassette {
            Get-Capital -Country $Country | Should -Be $City
            $Cassette | Should-HaveSaid "the capital of $Country" -Role user
        }
    }

    It 'fails when the service is busy' {
        Use-Cassette {
            { Get-Capital -Country Atlantis } | Should -Throw '*Rate limit*'
        }
    }
}
