BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
}

Describe 'Invoke-CassetteReplay -Show' {
    It 'types the answer into the host, and gives nothing' {
        $written = & $pwsh -NoProfile -NonInteractive -Command "Import-Module '$module'; `$given = @(Invoke-CassetteReplay -LiteralPath '$seed' -Show -Speed 1000); `"`$(`$given.Count) objects`""
        $written | Should -Be $answer, '0 objects'
    }

    It 'stops at once, however long the next chunk would take (<_>)' -ForEach '-Show', '| Out-Null' {
        $space = [runspacefactory]::CreateRunspace($Host)
        $space.Open()
        $shell = [powershell]::Create($space)
        try {
            $null = $shell.AddScript("Import-Module '$module'; 'begun'; Invoke-CassetteReplay -LiteralPath '$seed' -TimeToFirstToken 3600000 $_")
            $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
            while (-not $running.IsCompleted -and $output.Count -eq 0) {
                Start-Sleep -Milliseconds 20
            }
            $running.IsCompleted | Should -BeFalse
            $shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne([timespan]::FromMinutes(1)) | Should -BeTrue
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $shell.Dispose()
            $space.Dispose()
        }
    }

    It 'types an error''s beginning, and then writes the error' {
        $failed = Write-ChatCassette -Path (Join-Path $TestDrive 'failed.json') -Response @{ status = 429; is_streaming = $false; body = @{ error = @{ message = 'slow down' } } }
        Invoke-CassetteReplay -Path $failed -Show -Speed 1000 -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'RecordedError,OpenAICassette.Commands.InvokeCassetteReplayCommand'
    }
}
