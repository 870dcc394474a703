BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')

    # A replay of the example that has begun, in a runspace of its own.
    function Get-RunningReplay {
        param([hashtable] $Pace)
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $seed, $pace) Import-Module $module; Write-Information here; Invoke-CassetteReplay -Path $seed @pace')
        $null = $shell.AddArgument($module).AddArgument($seed).AddArgument($Pace)
        $null = $shell.BeginInvoke()
        while ($shell.Streams.Information.Count -eq 0 -and $shell.InvocationStateInfo.State -eq 'Running') {
            Start-Sleep -Milliseconds 20
        }
        Start-Sleep -Milliseconds 200
        $shell
    }
}

Describe 'Invoke-CassetteReplay at a pace' {
    It 'gives all at once without a pace' {
        (Invoke-CassetteReplay -Path $seed).Offset | Sort-Object -Unique | Should -Be ([timespan]::Zero)
    }

    It 'takes at least the time that <Pace.Keys> <Pace.Values> means' -ForEach @(
        @{ Pace = @{ TokensPerSecond = 100 }; Last = 270 }
        @{ Pace = @{ TimeToFirstToken = 150 }; Last = 150 }
        @{ Pace = @{ TimeToFirstToken = 150.5 }; Last = 150.5 }
        @{ Pace = @{ TimeToFirstToken = [timespan]::FromMilliseconds(150) }; Last = 150 }
        @{ Pace = @{ TimeToFirstToken = '0:00:00.150' }; Last = 150 }
        @{ Pace = @{ TimeToFirstToken = [uint16]150 }; Last = 150 }
        @{ Pace = @{ TimeToFirstToken = 50; TokensPerSecond = 200 }; Last = 185 }
        @{ Pace = @{ Speed = 5 }; Last = 215 }
        @{ Pace = @{ Speed = 5; TimeToFirstToken = 0 }; Last = 135 }
    ) {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $events = Invoke-CassetteReplay -Path $seed @Pace
        $clock.Elapsed.TotalMilliseconds | Should -BeGreaterOrEqual ($Last - 1)
        $events.Count | Should -Be 28
        $events[27].Offset.TotalMilliseconds | Should -Be $Last
    }

    It 'gives the first event before the last is due' {
        $times = Invoke-CassetteReplay -Path $seed -TokensPerSecond 30 | ForEach-Object { [System.Diagnostics.Stopwatch]::GetTimestamp() }
        [System.Diagnostics.Stopwatch]::GetElapsedTime($times[0], $times[27]).TotalMilliseconds | Should -BeGreaterThan 400
    }

    It 'refuses -<Name> <Value>' -ForEach @(
        @{ Name = 'Speed'; Value = 0 }
        @{ Name = 'Speed'; Value = -1 }
        @{ Name = 'Speed'; Value = [double]::NaN }
        @{ Name = 'Speed'; Value = [double]::PositiveInfinity }
        @{ Name = 'Speed'; Value = 'fast' }
        @{ Name = 'TokensPerSecond'; Value = 0 }
        @{ Name = 'TokensPerSecond'; Value = -1 }
        @{ Name = 'TimeToFirstToken'; Value = -1 }
        @{ Name = 'TimeToFirstToken'; Value = '-0:00:01' }
        @{ Name = 'TimeToFirstToken'; Value = 'soon' }
        @{ Name = 'TimeToFirstToken'; Value = 1e300 }
    ) {
        $pace = @{ $Name = $Value }
        { Invoke-CassetteReplay -Path $seed @pace | Select-Object -First 1 } | Should -Throw -ErrorId '*Argument*,OpenAICassette.Commands.InvokeCassetteReplayCommand'
    }

    It 'refuses or keeps a pace of one event in more than a lifetime (<_.Keys>)' -ForEach @{ Speed = 1e-300 }, @{ TokensPerSecond = 1e-300 } {
        $replay = Get-RunningReplay -Pace $_
        $replay.Stop()
        $replay.Streams.Error | Where-Object FullyQualifiedErrorId -NotLike 'ParameterArgument*' | Should -BeNullOrEmpty
    }
}

Describe 'Stopping Invoke-CassetteReplay' {
    It 'ends at once when no more events are wanted' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $first = Invoke-CassetteReplay -Path $seed -TokensPerSecond 0.4 | Select-Object -First 1
        $first.Index | Should -Be 0
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 5
    }

    It 'ends at once when the pipeline is stopped while it waits for <Wait>' -ForEach @(
        @{ Wait = 'the first event'; Pace = @{ TimeToFirstToken = 60000 } }
        @{ Wait = 'a later event'; Pace = @{ TokensPerSecond = 0.02 } }
    ) {
        $replay = Get-RunningReplay -Pace $Pace
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $replay.Stop()
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 5
        $replay.InvocationStateInfo.State | Should -Be 'Stopped'
        $replay.Streams.Error | Should -BeNullOrEmpty
    }
}
