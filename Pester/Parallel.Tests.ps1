# Run.Parallel of Pester 6 runs each file in a runspace of its own, all in one process. The files import the assembly and not the
# manifest: PowerShell fails to add the views of a module in two such runspaces at once ("Collection was modified").
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')

    # Files that ask the same at the same time. Only the cassettes of a test hold its answer.
    function Write-Suite {
        param([string] $Folder, [int] $Files)
        foreach ($file in 1..$Files) {
            foreach ($test in 1..4) {
                $place = [System.IO.Path]::Combine($Folder, 'cassettes', "Talk$file.Tests", 'Talk', "asks $test", 'hello.json')
                $null = Write-ChatCassette -Path $place -Response @{ body = @{ choices = @(@{ message = @{ role = 'assistant'; content = "answer $test of $file" } }) } }
            }

            $null = Write-TestFile -Path (Join-Path $Folder "Talk$file.Tests.ps1") -Text @"
BeforeAll { Import-Module -Name '$((Join-Path $staged 'OpenAICassette.dll').Replace("'", "''"))' }
Describe 'Talk' {
    It 'asks <_>' -ForEach 1, 2, 3, 4 {
        Use-Cassette -Mode None -WarningAction Ignore {
            `$body = '{"model":"m","messages":[{"role":"user","content":"Hello?"}]}'
            `$answer = Invoke-RestMethod -Uri https://api.openai.com/v1/chat/completions -Method Post -Body `$body -ContentType application/json
            `$answer.choices[0].message.content | Should -Be "answer `$_ of $file"
            `$Cassette.Requests.Count | Should -Be 1
        }
    }
}
"@
        }
    }

    # Runs a suite in a PowerShell of its own, and gives its counts.
    function Invoke-Parallel {
        param([string] $Folder)
        $script = @"
`$ErrorActionPreference = 'Stop'
Import-Module -Name '$($pester.Replace("'", "''"))'
`$configuration = New-PesterConfiguration
`$configuration.Run.Path = '$($Folder.Replace("'", "''"))'
`$configuration.Run.Parallel = `$true
`$configuration.Run.PassThru = `$true
`$configuration.Output.Verbosity = 'None'
`$run = Invoke-Pester -Configuration `$configuration
`$run.Failed | ForEach-Object { "`$(`$_.ExpandedPath): `$(`$_.ErrorRecord)" }
"`$(`$run.PassedCount) passed, `$(`$run.FailedCount) failed, `$(`$run.FailedContainersCount) files not run"
"@
        (& $pwsh -NoProfile -NonInteractive -Command $script 2>&1) -join "`n"
    }
}

Describe 'Eight files in parallel' {
    It 'have a cassette each, in run <_>' -ForEach 1, 2 {
        $folder = Join-Path $TestDrive "suite $_"
        Write-Suite -Folder $folder -Files 8
        Invoke-Parallel -Folder $folder | Should -Be '32 passed, 0 failed, 0 files not run'
    }
}
