BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')

    # Sends a request that no recording answers.
    function Send-Missed {
        param([OpenAICassette.CassetteServer] $Server, [string] $Model)
        $null = Invoke-WebRequest -Uri "$($Server.Uri)v1/chat/completions" -Method Post -Body "{`"model`":`"$Model`"}" -SkipHttpErrorCheck -NoProxy
    }
}

Describe 'Get-CassetteServer' {
    AfterEach {
        Stop-CassetteServer -All -WarningAction Ignore
    }

    It 'gives the servers that run, in the order in which they were started' {
        Get-CassetteServer | Should -BeNullOrEmpty
        $started = 1..3 | ForEach-Object { Start-CassetteServer -LiteralPath $seed }
        (Get-CassetteServer).Port | Should -Be $started.Port
        $started[1].Stop()
        (Get-CassetteServer).Port | Should -Be $started[0, 2].Port
    }

    It 'gives the servers on some ports, and one error for each port without one' {
        $started = 1..2 | ForEach-Object { Start-CassetteServer -LiteralPath $seed }
        Get-CassetteServer -Port $started[1].Port, $started[0].Port | Should -HaveCount 2
        $got = Get-CassetteServer $started[1].Port, 1 -ErrorVariable problems -ErrorAction SilentlyContinue
        [object]::ReferenceEquals($got, $started[1]) | Should -BeTrue
        $problems.FullyQualifiedErrorId | Should -Be 'ServerNotFound,OpenAICassette.Commands.GetCassetteServerCommand'
        "$problems" | Should -Be 'No cassette server of this process listens on port 1.'
    }

    It 'is the same in every runspace of the process' {
        $server = Start-CassetteServer -LiteralPath $seed
        Start-ThreadJob { Import-Module $using:module; (Get-CassetteServer).Port } | Receive-Job -Wait -AutoRemoveJob | Should -Be $server.Port
        $server.IsRunning | Should -BeTrue
    }
}

Describe 'Stop-CassetteServer' {
    AfterEach {
        Stop-CassetteServer -All -WarningAction Ignore
    }

    It 'stops what is piped in and gives nothing' {
        $servers = 1..3 | ForEach-Object { Start-CassetteServer -LiteralPath $seed }
        $servers[0..1] | Stop-CassetteServer | Should -BeNullOrEmpty
        $servers.IsRunning | Should -Be $false, $false, $true
        { Invoke-WebRequest -Uri $servers[0].Uri -NoProxy } | Should -Throw
    }

    It 'stops those that are given, or all' {
        $servers = 1..3 | ForEach-Object { Start-CassetteServer -LiteralPath $seed }
        Stop-CassetteServer -Server $servers[0]
        @(Get-CassetteServer).Count | Should -Be 2
        Stop-CassetteServer -All
        Get-CassetteServer | Should -BeNullOrEmpty
    }

    It 'passes over what is stopped already' {
        $server = Start-CassetteServer -LiteralPath $seed
        Send-Missed -Server $server -Model 'other'
        $server | Stop-CassetteServer -WarningVariable first -WarningAction SilentlyContinue
        $server | Stop-CassetteServer -WarningVariable second -WarningAction SilentlyContinue
        $first.Count | Should -Be 1
        $second | Should -BeNullOrEmpty
    }

    It 'stops nothing with -WhatIf' {
        $server = Start-CassetteServer -LiteralPath $seed
        $server | Stop-CassetteServer -WhatIf
        Stop-CassetteServer -All -WhatIf
        $server.IsRunning | Should -BeTrue
    }

    It 'tells of requests that were missed, the first five in full' {
        $server = Start-CassetteServer -LiteralPath $seed
        1..7 | ForEach-Object { Send-Missed -Server $server -Model "other-$_" }
        $server | Stop-CassetteServer -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 6
        $warnings[0].Message | Should -Match "(?s)^no recording matches POST /v1/chat/completions\n  nearest  capitals\.json \(\d differences\)\n  model: recorded 'gpt-4o', got 'other-1'\n"
        $warnings[5].Message | Should -Be "2 more requests were missed; see the Requests of the server."
        @($server.Requests.Miss).Count | Should -Be 7
    }

    It 'takes only servers' {
        { Stop-CassetteServer -Server 5 } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,OpenAICassette.Commands.StopCassetteServerCommand'
    }
}
