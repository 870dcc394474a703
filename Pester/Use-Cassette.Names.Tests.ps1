# What new recordings are called, and what they carry.
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:service = Start-CassetteServer -LiteralPath (Write-ChatCassette -Path (Join-Path $TestDrive 'service.json') -Response @{
            is_streaming = $false
            body         = @{ id = 'x'; object = 'chat.completion'; model = 'm'; choices = @(@{ index = 0; finish_reason = 'stop'; message = @{ role = 'assistant'; content = 'Hi there.' } }) }
        })

    function Get-Answer {
        (Invoke-RestMethod -Uri http://api.openai.test/v1/chat/completions -Method Post -ContentType application/json -Body '{"model":"m","messages":[{"role":"user","content":"Hello?"}]}').choices[0].message.content
    }

    $script:record = @{ Mode = 'Once'; Upstream = "api.openai.test=$($service.Uri)"; NoEnvironment = $true }
}

AfterAll {
    $service | Stop-CassetteServer
}

Describe 'A new recording' {
    It 'is named after its test and carries its id and the URL of the real service' {
        Use-Cassette (Join-Path $TestDrive 'named') @record { Get-Answer | Should -Be 'Hi there.' }
        $cassette = Get-Cassette (Join-Path $TestDrive 'named')
        $cassette.Name | Should -Be 'is-named-after-its-test-and-carries-its-id-and-the-url-of-1.json'
        $cassette.TestId | Should -Be 'Use-Cassette.Names.Tests.ps1::A new recording::is named after its test and carries its id and the URL of the real service'
        $cassette.Interactions[0].Url | Should -BeLike 'http://api.openai.test/*'
        Get-Content -LiteralPath $cassette.Path -Raw | Should -Not -BeLike '*127.0.0.1*'
        $cassette.Interactions[0].Key | Should -Match '^[0-9a-f]{64}$'
        Test-Cassette $cassette | Should -BeNullOrEmpty
    }

    It 'has the name of its key with -KeyNames' {
        Use-Cassette (Join-Path $TestDrive 'keys') @record -KeyNames { Get-Answer | Should -Be 'Hi there.' }
        $cassette = Get-Cassette (Join-Path $TestDrive 'keys')
        $cassette.Name | Should -Be "$($cassette.Interactions[0].Key).json"
    }

    It 'is in the one file that has an extension, <_>' -ForEach 'all.json', 'all.yaml', 'all.har' {
        $file = Join-Path -Path $TestDrive -ChildPath 'one' -AdditionalChildPath $_
        Use-Cassette $file @record { Get-Answer | Should -Be 'Hi there.'; Invoke-RestMethod -Uri http://api.openai.test/v1/nothing -SkipHttpErrorCheck | Should -Not -BeNullOrEmpty }
        $cassette = Get-Cassette $file
        $cassette.Path | Should -Be $file
        $cassette.Interactions.Count | Should -Be 2
        $cassette.Interactions[0].Url | Should -Be 'http://api.openai.test/v1/chat/completions'
        Use-Cassette $file -Mode None -NoEnvironment { Get-Answer | Should -Be 'Hi there.' }
    }

    It 'is named after what was asked outside a test' {
        $server = Start-CassetteServer (Join-Path $TestDrive 'served') -Mode Once -Upstream "$($service.Uri)v1"
        $null = Invoke-RestMethod -Uri "$($server.Uri)v1/chat/completions" -Method Post -ContentType application/json -Body '{"model":"m","messages":[{"role":"user","content":"Hello?"}]}'
        $server | Stop-CassetteServer
        (Get-Cassette (Join-Path $TestDrive 'served')).Name | Should -Be 'chat-completions-hello-1.json'
    }
}
