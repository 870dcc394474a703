BeforeDiscovery {
    $script:hasSharedData = Test-Path -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'data', 'recordings'))
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
}

Describe 'Remove-CassetteSecret' {
    BeforeEach {
        $script:secret = "sk-proj-$(Get-RandomText)"
        $script:folder = Join-Path $TestDrive (New-Guid).Guid
        $script:dirty = Write-CassetteWithSecret -Path (Join-Path $folder 'dirty.json') -Secret $secret
        $script:dirtyText = [System.IO.File]::ReadAllText($dirty)
    }

    Context 'In memory' {
        It 'takes out <What>' -ForEach @(
            @{ What = 'an OpenAI key'; Plant = { "sk-$(Get-RandomText)" } }
            @{ What = 'an Anthropic key'; Plant = { "sk-ant-api03-$(Get-RandomText -Length 95)" } }
            @{ What = 'a Google key'; Plant = { "AIza$(Get-RandomText -Length 35)" } }
            @{ What = 'a Groq key'; Plant = { "gsk_$(Get-RandomText -Length 52)" } }
            @{ What = 'a Hugging Face token'; Plant = { "hf_$(Get-RandomText -Length 34)" } }
            @{ What = 'a GitHub token'; Plant = { "ghp_$(Get-RandomText -Length 36)" } }
            @{ What = 'an AWS access key id'; Plant = { "AKIA$(Get-RandomText -Length 16 -Letters 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')" } }
        ) {
            $planted = & $Plant
            $path = Write-CassetteWithSecret -Path (Join-Path $folder 'one.json') -Secret $planted
            $clean = Remove-CassetteSecret -Path $path -WarningAction SilentlyContinue
            $text = Get-CassetteText -Cassette $clean
            $text | Should -Not -BeLike "*$planted*"
            $text | Should -Match 'Use REDACTED_[A-Z_]+_1 now'
        }

        It 'takes out the credentials of <What>, and leaves the rest' -ForEach @(
            @{ What = 'an Authorization header'; Old = '"headers": {}'; New = '"headers": { "Authorization": "Bearer <secret>" }'; Left = '"Authorization": "Bearer REDACTED_AUTHORIZATION_1"' }
            @{ What = 'an API key header'; Old = '"headers": {}'; New = '"headers": { "X-Api-Key": "<secret>" }'; Left = '"X-Api-Key": "REDACTED_API_KEY_HEADER_1"' }
            @{ What = 'a cookie'; Old = '"headers": {}'; New = '"headers": { "Cookie": "session=<secret>" }'; Left = '"Cookie": "session=REDACTED_COOKIE_1"' }
            @{ What = 'a URL with a password'; Old = 'https://api'; New = 'https://me:<secret>@api'; Left = 'https://me:REDACTED_URL_PASSWORD_1@api.openai.com/v1' }
            @{ What = 'a URL with a parameter'; Old = 'chat/completions", "headers'; New = 'chat/completions?api_key=<secret>", "headers'; Left = 'completions?api_key=REDACTED_URL_CREDENTIAL_1"' }
        ) {
            $planted = Get-RandomText
            $path = Write-TestFile -Path (Join-Path $folder 'one.json') -Text $seedText.Replace($Old, $New.Replace('<secret>', $planted))
            $text = Get-CassetteText -Cassette (Remove-CassetteSecret -Path $path -WarningAction SilentlyContinue)
            $text | Should -Not -BeLike "*$planted*"
            $text.Contains($Left) | Should -BeTrue
        }

        It 'gives an edited cassette that is not saved, and leaves the file as it was' {
            $clean = Get-Cassette -Path $dirty | Remove-CassetteSecret -WarningAction SilentlyContinue
            $clean.Saved | Should -BeFalse
            $clean.Path | Should -Be $null
            $clean.SourcePath | Should -Be $dirty
            $clean.Name | Should -Be 'dirty.json'
            $clean.Chunks | Should -Be 28
            [System.IO.File]::ReadAllText($dirty) | Should -BeExactly $dirtyText
            Get-CassetteText -Cassette $clean | Should -BeExactly $dirtyText.Replace($secret, 'REDACTED_OPENAI_API_KEY_1')
        }

        It 'gives a clean cassette as it came' {
            $clean = Get-Cassette -Path $seed | Remove-CassetteSecret -WarningVariable warnings
            $clean.Saved | Should -BeTrue
            $clean.Path | Should -Be $seed
            $warnings | Should -BeNullOrEmpty
        }

        It 'gives one value one placeholder in all cassettes, and others another' {
            $same = Write-CassetteWithSecret -Path (Join-Path $folder 'same.json') -Secret $secret
            $other = Write-CassetteWithSecret -Path (Join-Path $folder 'other.json') -Secret "sk-proj-$(Get-RandomText)"
            $clean = Get-Cassette -LiteralPath $dirty, $other, $same | Remove-CassetteSecret -WarningAction SilentlyContinue
            $clean.ForEach{ [regex]::Match((Get-CassetteText -Cassette $_), 'REDACTED_\w+').Value } |
                Should -Be 'REDACTED_OPENAI_API_KEY_1', 'REDACTED_OPENAI_API_KEY_2', 'REDACTED_OPENAI_API_KEY_1'
        }

        It 'finds nothing in what it has cleaned' {
            $once = Remove-CassetteSecret -Path $dirty -WarningAction SilentlyContinue
            $twice = $once | Remove-CassetteSecret -WarningVariable warnings -Verbose 4>&1
            @($twice).Count | Should -Be 1
            Get-CassetteText -Cassette $twice | Should -BeExactly (Get-CassetteText -Cassette $once)
            $warnings | Should -BeNullOrEmpty
        }

        It 'warns when it is last in the pipeline and something was removed, and only then' {
            $null = Get-Cassette -Path $dirty | Remove-CassetteSecret -WarningVariable last -WarningAction SilentlyContinue
            $last.Message | Should -BeLike '1 secret was removed*-InPlace or -Destination*'
            $null = Get-Cassette -Path $dirty | Remove-CassetteSecret -WarningVariable between | ConvertTo-Transcript
            $between | Should -BeNullOrEmpty
        }

        It 'tells where it found what in verbose text, and the secret in no stream' {
            $DebugPreference = 'Continue'
            $all = Remove-CassetteSecret -Path $dirty -Verbose *>&1
            $all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } |
                Should -Be "${dirty}: /request/body/messages/3/content: openai-api-key, sk-`u{2026} ($($secret.Length) characters) becomes REDACTED_OPENAI_API_KEY_1"
            $all | Format-List -Property * | Out-String -Width 4096 | Should -Not -BeLike "*$secret*"
        }
    }

    Context 'Over all recordings (needs the shared data)' -Skip:(-not $hasSharedData) {
        It 'finds nothing and changes nothing: none of them holds a secret' {
            $copies = Join-Path $folder 'copies'
            Copy-Item -LiteralPath $recordings -Destination $copies -Recurse
            $given = Get-Cassette -LiteralPath $copies -Recurse | Remove-CassetteSecret -InPlace -Verbose -PassThru *>&1
            $given | Should -BeOfType ([OpenAICassette.Cassette])
            $index = Import-Csv -LiteralPath (Join-Path $recordings 'INDEX.tsv') -Delimiter "`t"
            $given.Count | Should -Be $index.Count
            foreach ($entry in $index) {
                (Get-FileHash -LiteralPath (Join-Path $copies $entry.path)).Hash | Should -Be $entry.sha256 -Because $entry.path
            }
        }
    }
}
