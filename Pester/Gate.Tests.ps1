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
        $lines = Get-Content -LiteralPath (Join-Path $repository 'README.md') | Where-Object { $_ -match '-FailOn' -and $_ -match '^(Get|Test)-' }
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

Describe 'The workflow of the examples' {
    It 'ends with 1 when AfterAll throws, and with 0 when all passes' {
        $folder = Join-Path $TestDrive (New-Guid).Guid
        $workflow = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($staged, 'examples', 'suite', 'workflow.yml')).ReplaceLineEndings("`n")
        $run = ($workflow -split 'run: \|\n')[1] -replace '(?m)^ {10}' -replace '(?m)^Install-PSResource.*$', "Import-Module '$pester', '$module'"
        $run | Should -Match 'Invoke-Pester'

        # As the runner begins each script of pwsh.
        $run = "`$ErrorActionPreference = 'stop'`n$run"
        $test = Write-TestFile -Path (Join-Path $folder 'a.Tests.ps1') -Text "Describe 'a' { It 'passes' { 1 | Should -Be 1 } }"
        Invoke-Step -Folder $folder -Script $run | Should -Be 0
        $null = Write-TestFile -Path $test -Text "Describe 'a' { It 'passes' { 1 | Should -Be 1 }; AfterAll { throw 'late' } }"
        Invoke-Step -Folder $folder -Script $run | Should -Be 1
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
