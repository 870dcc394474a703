# What only some formats know of an interaction is at hand as its own properties.
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:interaction = (Get-Cassette -LiteralPath $seed).Interactions[0]
}

Describe 'An interaction of a Llama Stack recording' {
    It 'has its key, the algorithms that give it and its era' {
        $interaction.Key | Should -Match '^[0-9a-f]{64}$'
        $interaction.Era | Should -Match '^E\d'
        $interaction.Extensions.Count | Should -Be 1
        $interaction.Extensions[0].Key | Should -BeExactly $interaction.Key
    }

    It 'has a list of algorithms, also where there is one or none' {
        $interaction.KeyAlgorithms -is [System.Collections.IList] | Should -BeTrue
    }

    It 'has them under strict mode' {
        Set-StrictMode -Version Latest
        $interaction.Key | Should -BeExactly $interaction.Extensions[0].Key
        $interaction.KeyAlgorithms.Count | Should -Be $interaction.Extensions[0].KeyAlgorithms.Count
    }

    It 'has the members of the recording, known or not' {
        $interaction.Extensions[0].Request['method'] | Should -Be $interaction.Method
    }
}
