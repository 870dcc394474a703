BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
}

Describe 'Invoke-CassetteReplay -Show' {
    It 'types the answer into the host, and gives nothing' {
        $written = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command "Import-Module '$module'; `$given = @(Invoke-CassetteReplay -LiteralPath '$seed' -Show -Speed 1000); `"`$(`$given.Count) objects`""
        $written | Should -Be $answer, '0 objects'
    }

    It 'types an error''s beginning, and then writes the error' {
        $failed = Write-ChatCassette -Path (Join-Path $TestDrive 'failed.json') -Response @{ status = 429; is_streaming = $false; body = @{ error = @{ message = 'slow down' } } }
        Invoke-CassetteReplay -Path $failed -Show -Speed 1000 -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'RecordedError,OpenAICassette.Commands.InvokeCassetteReplayCommand'
    }
}
