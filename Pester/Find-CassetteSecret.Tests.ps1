BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
}

Describe 'Find-CassetteSecret' {
    BeforeEach {
        $script:secret = "sk-proj-$(Get-RandomText)"
        $script:folder = Join-Path $TestDrive (New-Guid).Guid
        $script:dirty = Write-CassetteWithSecret -Path (Join-Path $folder 'dirty.json') -Secret $secret
    }

    It 'tells the rule, the place and the length, and never the secret' {
        $finding = Get-Cassette -Path $dirty | Find-CassetteSecret
        $finding.Rule | Should -Be 'openai-api-key'
        $finding.Severity | Should -Be 'Error'
        $finding.Confidence | Should -Be 'High'
        $finding.Path | Should -Be $dirty
        $finding.Pointer | Should -BeLike '/request/body/messages/*'
        $finding.Preview | Should -Be "sk-`u{2026} ($($secret.Length) characters)"
        $finding.Placeholder | Should -BeNullOrEmpty
        ($finding | Format-List -Property * | Out-String -Width 4096) | Should -Not -BeLike "*$($secret.Substring(12, 12))*"
        [System.IO.File]::ReadAllText($dirty) | Should -BeLike "*$secret*"
    }

    It 'looks through any text, and tells the line' {
        $file = Write-TestFile -Path (Join-Path $folder 'settings.env') -Text "A=1`nOPENAI_API_KEY=$secret`n"
        $finding = Find-CassetteSecret -Path $file
        $finding.Rule | Should -Be 'openai-api-key'
        $finding.Line | Should -Be 2
        $finding.Pointer | Should -BeNullOrEmpty
    }

    It 'gives nothing for the cassette that comes with the module' {
        Find-CassetteSecret -Path $seed -FailOn Warning | Should -BeNullOrEmpty
    }

    It 'ends with one terminating error after all output with -FailOn' {
        $null = Write-CassetteWithSecret -Path (Join-Path $folder 'other.json') -Secret "gsk_$(Get-RandomText -Length 52)"
        $given = [System.Collections.Generic.List[object]]::new()
        { Find-CassetteSecret -Path $folder -FailOn Error | ForEach-Object { $given.Add($_) } } |
            Should -Throw -ErrorId 'CassetteSecretFound,OpenAICassette.Commands.FindCassetteSecretCommand' -ExpectedMessage '2 findings*'
        $given.Rule | Should -Be 'openai-api-key', 'groq-api-key'
    }

    It 'fails with -FailOn for a file of a folder that cannot be looked through, and tells so' {
        $null = New-Item -ItemType Directory -Force -Path (Join-Path $folder 'logs')
        [System.IO.File]::WriteAllText((Join-Path $folder 'logs/app.log'), 'fine', [System.Text.Encoding]::Unicode)
        { Find-CassetteSecret -Path (Join-Path $folder 'logs') -FailOn Error -ErrorAction SilentlyContinue } |
            Should -Throw -ErrorId 'CassetteSecretFound,*' -ExpectedMessage '1 input could not be searched'
        Find-CassetteSecret -Path (Join-Path $folder 'logs') -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problem = @($problems)[0]
        $problem.FullyQualifiedErrorId | Should -Be 'CassetteFormatUnknown,OpenAICassette.Commands.FindCassetteSecretCommand'
        $problem | Should -BeLike '*app.log*UTF-8*'
    }

    It 'shows findings by file, readable at 80 columns' {
        $null = Write-TestFile -Path (Join-Path $folder 'x.yaml') -Text "headers:`n  x-api-key:`n  - `"$secret`"`n"
        $shown = Find-CassetteSecret -Path $folder | Out-String -Width 80
        $shown | Should -Match '(?s)Path: .*dirty\.json.*Path: .*x\.yaml'
        $shown | Should -Match "(?m)^Error +openai-api-key +line 3 +sk-.+\($($secret.Length) characters\)"
        $shown | Should -Not -Match $secret
    }

    It 'uses only the rules that are named, and not those that are excluded' {
        Find-CassetteSecret -Path $dirty -Rule 'groq-*' | Should -BeNullOrEmpty
        Find-CassetteSecret -Path $dirty -ExcludeRule 'openai-*' | Should -BeNullOrEmpty
        (Find-CassetteSecret -Path $dirty -Rule 'openai-*').Rule | Should -Be 'openai-api-key'
    }

    It 'takes values and environment variables for secrets wherever they stand' {
        $word = "plain words $((New-Guid).Guid.Substring(0, 8))"
        $file = Write-TestFile -Path (Join-Path $folder 'note.txt') -Text "they said $word, they did"
        (Find-CassetteSecret -Path $file -Value ([System.Net.NetworkCredential]::new('', $word).SecurePassword)).Rule | Should -Be 'given-value'
        Find-CassetteSecret -Path $file | Should -BeNullOrEmpty
    }

    It 'takes what secret-looking environment variables hold with -FromEnvironment, and names the variable' {
        $name = "CASSETTE_TEST_$(Get-Random)_TOKEN"
        $word = "plain words $((New-Guid).Guid.Substring(0, 8))"
        [System.Environment]::SetEnvironmentVariable($name, $word)
        try {
            $file = Write-TestFile -Path (Join-Path $folder 'note.txt') -Text "they said $word, they did"
            (Find-CassetteSecret -Path $file -FromEnvironment).Rule | Should -Be $name.ToLowerInvariant().Replace('_', '-')
        }
        finally {
            Remove-Item -LiteralPath "env:$name"
        }
    }

    It 'takes rules as the schema in the module describes them' {
        $schema = Join-Path $staged 'rules.schema.json'
        $good = '{"rules":[{"id":"acme-key","pattern":"acme-[0-9a-f]{8}","names":["key"],"context":["acme"],"entropy":2,"severity":"warning","examples":["acme-0a1b2c3d"],"counterExamples":["acme"]}],"allow":{"values":["x"],"patterns":["^y"]}}'
        $good | Test-Json -SchemaFile $schema | Should -BeTrue
        Find-CassetteSecret -Path $seed -RuleFile (Write-TestFile -Path (Join-Path $TestDrive 'good.json') -Text $good) | Should -BeNullOrEmpty
        $bad = $good.Replace('severity', 'sevrity')
        $bad | Test-Json -SchemaFile $schema -ErrorAction SilentlyContinue | Should -BeFalse
        { Find-CassetteSecret -Path $seed -RuleFile (Write-TestFile -Path (Join-Path $TestDrive 'bad.json') -Text $bad) } | Should -Throw -ErrorId 'RuleFileNotValid,*' -ExpectedMessage '*/rules/0*sevrity*'
    }

    It 'takes rules and allowed values from a file' {
        $rules = Write-TestFile -Path (Join-Path $TestDrive 'rules.json') -Text '{"rules":[{"id":"acme-key","pattern":"acme-[0-9a-f]{8}"}],"allow":{"patterns":["^acme-0"]}}'
        $file = Write-TestFile -Path (Join-Path $folder 'note.txt') -Text 'acme-1234abcd and acme-0234abcd'
        (Find-CassetteSecret -Path $file -RuleFile $rules).Rule | Should -Be 'acme-key'
    }

    It 'ends with RuleFileNotValid, which names the place, for a rule that is none' {
        $rules = Write-TestFile -Path (Join-Path $TestDrive 'bad.json') -Text '{"rules":[{"id":"acme-key","pattern":"("}]}'
        { Find-CassetteSecret -Path $dirty -RuleFile $rules } |
            Should -Throw -ErrorId 'RuleFileNotValid,OpenAICassette.Commands.FindCassetteSecretCommand' -ExpectedMessage '*/rules/0/pattern*'
    }

    It 'completes the ids of rules' {
        $line = 'Find-CassetteSecret -Rule openai'
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Contain 'openai-api-key'
    }

    It 'finds a secret that is spread over the chunks of a stream, and tells which' {
        $chunks = foreach ($part in [regex]::Matches("use $secret now", '.{1,5}').Value) {
            @{ choices = @(@{ index = 0; delta = @{ content = $part } }) }
        }
        $recording = @{ request = @{ url = 'http://localhost/v1/chat/completions'; body = @{} }; response = @{ is_streaming = $true; body = @($chunks) } }
        $file = Write-TestFile -Path (Join-Path $folder 'stream.json') -Text (ConvertTo-Json -InputObject $recording -Depth 9)
        (Find-CassetteSecret -Path $file).Chunks | Should -Match '^0-\d+$'
        $clean = Remove-CassetteSecret -Path $file -WarningAction SilentlyContinue
        ($clean | ConvertTo-Transcript).Turns[-1].Text | Should -Be 'use REDACTED_OPENAI_API_KEY_1 now'
    }
}
