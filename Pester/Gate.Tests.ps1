BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:pester = (Get-Module -Name Pester).Path

    # Runs a script as a build step does, and gives the exit code.
    function Invoke-Step {
        param([string] $Folder, [string] $Script)
        $file = Write-TestFile -Path (Join-Path $Folder 'step.ps1') -Text $Script
        Push-Location -LiteralPath $Folder
        try {
            $null = & $pwsh -NoProfile -NonInteractive -File $file 2>&1
            $LASTEXITCODE
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'A gate' {
    BeforeEach {
        $script:folder = Join-Path $TestDrive (New-Guid).Guid
        $script:secret = Write-CassetteWithSecret -Path (Join-Path -Path $folder -ChildPath 'cassettes' -AdditionalChildPath 'a.json') -Secret "sk-proj-$(Get-RandomText)"
    }

    It 'as the README has it ends pwsh -File with 1 when there is a finding, and with 0 when there is none' {
        $lines = Get-Content -LiteralPath (Join-Path $repository 'README.md') | Where-Object { $_ -match '-FailOn' -and $_ -match '^(Get|Test)-' -and $_ -notmatch '-Baseline' }
        $lines.Count | Should -Be 2
        $gate = $lines | Where-Object { $_ -match 'Find-CassetteSecret' }
        $script = "Import-Module '$module'`n$gate`n'after'`n"
        Invoke-Step -Folder $folder -Script $script | Should -Be 1
        Write-TestFile -Path $secret -Text $seedText
        Invoke-Step -Folder $folder -Script $script | Should -Be 0

        # The name is no key, which is a warning; what cannot be read is an error.
        $script = "Import-Module '$module'`n$($lines | Where-Object { $_ -match 'Test-Cassette' })`n'after'`n"
        Write-TestFile -Path $secret -Text $seedText.Substring(0, 5000)
        Invoke-Step -Folder $folder -Script $script | Should -Be 1
    }

    It 'without -ErrorAction Stop ends the command with the same error' {
        { Find-CassetteSecret -Path $folder -FailOn Error -Recurse } | Should -Throw -ErrorId 'CassetteSecretFound,*'
        { Find-CassetteSecret -Path $folder -FailOn Error -Recurse -ErrorAction Stop } | Should -Throw -ErrorId 'CassetteSecretFound,*'
    }
}

Describe 'A gate with a baseline' {
    BeforeEach {
        $script:folder = Join-Path $TestDrive (New-Guid).Guid
        $script:cassettes = Join-Path $folder 'cassettes'
        $script:baseline = Join-Path $folder 'cassettes.baseline.json'
        $null = Write-TestFile -Path (Join-Path $cassettes 'a.json') -Text $seedText
    }

    It 'as the README has it writes the report and ends pwsh -File with 1 for what is new, and with 0 for what is known' {
        $gate = @(Get-Content -LiteralPath (Join-Path $repository 'README.md') | Where-Object { $_ -match '^Test-Cassette .*-Baseline .*-FailOn' })
        $gate.Count | Should -Be 1
        $script = "Import-Module '$module'`
$gate`
'after'`
"
        $null = Test-Cassette -Path $cassettes -Baseline $baseline -UpdateBaseline
        Invoke-Step -Folder $folder -Script $script | Should -Be 0
        (Get-Content -LiteralPath (Join-Path $folder 'cassettes.sarif') -Raw | ConvertFrom-Json).runs[0].results.Count | Should -Be 0

        $null = Write-TestFile -Path (Join-Path $cassettes 'new.json') -Text $seedText.Replace('gpt-4o', 'o3-mini')
        Invoke-Step -Folder $folder -Script $script | Should -Be 1
        $report = Get-Content -LiteralPath (Join-Path $folder 'cassettes.sarif') -Raw | ConvertFrom-Json
        $report.runs[0].results.ruleId | Should -Be 'NameNotKey', 'NotCanonical'
        $report.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri | Should -Be 'cassettes/new.json'
    }

    It 'returns only what is new, says what is gone, and forgets it with -UpdateBaseline' {
        (Test-Cassette -Path $cassettes -Baseline $baseline -UpdateBaseline -FailOn Information).Id | Should -Be 'NameNotKey', 'NotCanonical'
        Test-Cassette -Path $cassettes -Baseline $baseline -FailOn Information -WarningVariable warnings | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
        Test-Cassette -Path $cassettes -Baseline $baseline -Quiet -FailOn Information | Should -BeTrue
        (Get-Content -LiteralPath $baseline -Raw | ConvertFrom-Json).findings.path | Should -Be 'cassettes/a.json', 'cassettes/a.json'

        Remove-Item -LiteralPath (Join-Path $cassettes 'a.json')
        Test-Cassette -Path $cassettes -Baseline $baseline -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*2 known findings are gone: cassettes/a.json: NameNotKey; cassettes/a.json: NotCanonical*'
        Test-Cassette -Path $cassettes -Baseline $baseline -UpdateBaseline
        Get-Content -LiteralPath $baseline -Raw | Should -Be "{`
  `"version`": 1`
}`
"
    }

    It 'knows a secret by its salted hash, and no other of the same kind in the same place' {
        $secret = "sk-proj-$(Get-RandomText)"
        $file = Write-CassetteWithSecret -Path (Join-Path $cassettes 'b.json') -Secret $secret
        @(Find-CassetteSecret -Path $cassettes -Baseline $baseline -UpdateBaseline -FailOn Warning).Count | Should -Be 1
        Get-Content -LiteralPath $baseline -Raw | Should -Not -BeLike "*$($secret.Substring(10, 10))*"
        Find-CassetteSecret -Path $cassettes -Baseline $baseline -FailOn Warning | Should -BeNullOrEmpty
        $null = Write-CassetteWithSecret -Path $file -Secret "sk-proj-$(Get-RandomText)"
        { Find-CassetteSecret -Path $cassettes -Baseline $baseline -FailOn Warning -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'CassetteSecretFound,*'
    }

    It 'is refused when it is missing, not valid, or only to be updated' {
        { Test-Cassette -Path $cassettes -Baseline $baseline } | Should -Throw -ErrorId 'BaselineNotFound,*'
        { Find-CassetteSecret -Path $cassettes -UpdateBaseline } | Should -Throw -ErrorId 'UpdateWithoutBaseline,*'
        $null = Write-TestFile -Path $baseline -Text '{}'
        { Test-Cassette -Path $cassettes -Baseline $baseline } | Should -Throw -ErrorId 'BaselineNotValid,*'
    }
}

Describe 'Test-Cassette for some' {
    It 'returns only findings with the ids and for the audiences that were asked for' {
        (Test-Cassette -Path $seed).Audience | Should -Be 'Recorder', 'Recorder'
        (Test-Cassette -Path $seed -Id Name*).Id | Should -Be 'NameNotKey'
        (Test-Cassette -Path $seed -ExcludeId NotCanonical).Id | Should -Be 'NameNotKey'
        Test-Cassette -Path $seed -Audience Replay, Repository -FailOn Information | Should -BeNullOrEmpty
    }
}

Describe 'The workflow of the examples' {
    BeforeAll {
        $workflow = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($staged, 'examples', 'suite', 'workflow.yml')).ReplaceLineEndings("`n")
        $step = ($workflow -split 'run: \|\n')[1] -replace '(?m)^ {10}' -replace '(?m)^Install-PSResource.*$', "Import-Module '$pester', '$module'"

        # As the runner begins each script of pwsh.
        $script:run = "`$ErrorActionPreference = 'stop'`n$step"
    }

    It 'ends with <Code> when <Suite>' -ForEach @(
        @{ Suite = 'all passes'; Code = 0; Text = "Describe 'a' { It 'passes' { 1 | Should -Be 1 } }" }
        @{ Suite = 'a test fails'; Code = 1; Text = "Describe 'a' { It 'fails' { 1 | Should -Be 2 } }" }
        @{ Suite = 'BeforeAll throws'; Code = 1; Text = "Describe 'a' { BeforeAll { throw 'early' }; It 'passes' { 1 | Should -Be 1 } }" }
        @{ Suite = 'AfterAll throws'; Code = 1; Text = "Describe 'a' { It 'passes' { 1 | Should -Be 1 }; AfterAll { throw 'late' } }" }
        @{ Suite = 'a file cannot be loaded'; Code = 1; Text = "throw 'never loaded'" }
        @{ Suite = 'there are no tests'; Code = 1; Text = $null }
    ) {
        $run | Should -Match 'Invoke-Pester'
        $folder = Join-Path $TestDrive (New-Guid).Guid
        $null = New-Item -ItemType Directory -Path $folder
        if ($Text) {
            $null = Write-TestFile -Path (Join-Path $folder 'a.Tests.ps1') -Text $Text
        }

        Invoke-Step -Folder $folder -Script $run | Should -Be $Code
    }
}

Describe 'The examples' {
    It 'have no finding: the suite' {
        Test-Cassette -LiteralPath ([System.IO.Path]::Combine($staged, 'examples', 'suite')) -Recurse -FailOn Information | Should -BeNullOrEmpty
        Find-CassetteSecret -LiteralPath ([System.IO.Path]::Combine($staged, 'examples')) -Recurse -IncludePersonalData | Should -BeNullOrEmpty
    }

    It 'have no finding for those who replay or keep them: all' {
        Test-Cassette -LiteralPath (Join-Path $staged 'examples') -Recurse -Audience Replay, Repository | Should -BeNullOrEmpty
    }
}

Describe 'Findings out of a job' {
    It 'are reported like others' {
        $folder = Join-Path $TestDrive (New-Guid).Guid
        $null = Write-CassetteWithSecret -Path (Join-Path $folder 'a.json') -Secret "sk-proj-$(Get-RandomText)"
        $job = Start-Job -ScriptBlock {
            Import-Module -Name $using:module
            Find-CassetteSecret -Path $using:folder
            Test-Cassette -Path $using:folder
        }
        $foreign = $job | Receive-Job -Wait -AutoRemoveJob
        $own = @(Find-CassetteSecret -Path $folder) + @(Test-Cassette -Path $folder)
        foreach ($format in 'Sarif', 'GitHub', 'JUnit', 'Markdown') {
            $foreign | ConvertTo-CassetteReport -As $format | Should -Be ($own | ConvertTo-CassetteReport -As $format)
        }
    }

    It 'fail a gate like others' {
        $foreign = ConvertTo-ForeignObject @(Test-Cassette -Path $seed)
        { $foreign | ConvertTo-CassetteReport -As Markdown -FailOn Warning } | Should -Throw -ErrorId 'FindingReported,*'
        $foreign | ConvertTo-CassetteReport -As Markdown -FailOn Error | Should -BeLike '2 findings, 0 of them errors.*'
        { 1 | ConvertTo-CassetteReport -As Markdown -FailOn Error -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'FindingReported,*'
    }

    It 'are not said to be none when they are something else' {
        1 | ConvertTo-CassetteReport -As Markdown -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }
}

Describe 'Clean text that is no cassette' {
    BeforeEach {
        $script:folder = Join-Path $TestDrive (New-Guid).Guid
        $script:yaml = Write-TestFile -Path (Join-Path $folder 'a.yaml') -Text "api_key: sk-proj-$(Get-RandomText)`n"
    }

    It 'is exported as it is' {
        $written = Remove-CassetteSecret -LiteralPath $yaml | Export-Cassette -Destination (Join-Path $folder 'out') -PassThru
        [System.IO.File]::ReadAllText($written.Path) | Should -Be "api_key: REDACTED_OPENAI_API_KEY_1`n"
    }

    It 'is told to be none by <_>' -ForEach 'Export-Cassette -Format LlamaStack -Destination $folder/out', 'Repair-Cassette' {
        $command = [scriptblock]::Create("Remove-CassetteSecret -LiteralPath `$yaml | $_ -ErrorAction SilentlyContinue -ErrorVariable problems")
        $null = . $command
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CassetteFormatUnknown,*'
        "$($problems[0])" | Should -BeLike '*a.yaml: this text is not a cassette: *'
    }

    It 'is a finding of Test-Cassette' {
        $finding = Remove-CassetteSecret -LiteralPath $yaml | Test-Cassette
        $finding.Id | Should -Be 'Unreadable'
        $finding.Message | Should -BeLike 'this text is not a cassette: *'
    }
}
