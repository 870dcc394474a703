BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')

    # Runs a suite in a PowerShell of its own, as its owner would, and gives the tests, and then the blocks that
    # failed, with what became of them.
    function Invoke-Suite {
        param([string] $Path, [hashtable] $Environment = @{})
        $script = {
            $ErrorActionPreference = 'Stop'
            Import-Module -Name $env:PESTER
            $configuration = New-PesterConfiguration
            $configuration.Run.Path = $env:SUITE
            $configuration.Run.PassThru = $true
            $configuration.Output.Verbosity = 'None'
            $result = Invoke-Pester -Configuration $configuration
            @($result.Tests) + @($result.FailedBlocks) | ForEach-Object { [pscustomobject]@{ Name = $_.ExpandedPath; Result = "$($_.Result)"; Error = "$($_.ErrorRecord)" } } | ConvertTo-Json -AsArray
        }
        $folder = Split-Path -Path (Split-Path -Path $staged)
        $all = @{ SUITE = $Path; PESTER = $pester; CI = ''; CASSETTE_MODE = ''; PSModulePath = $folder + [System.IO.Path]::PathSeparator + $env:PSModulePath }
        foreach ($name in $Environment.Keys) { $all[$name] = $Environment[$name] }
        $before = @{}
        try {
            foreach ($name in $all.Keys) {
                $before[$name] = [System.Environment]::GetEnvironmentVariable($name)
                [System.Environment]::SetEnvironmentVariable($name, $all[$name])
            }

            $written = & $pwsh -NoProfile -NonInteractive -Command $script.ToString()
        }
        finally {
            foreach ($name in $before.Keys) {
                [System.Environment]::SetEnvironmentVariable($name, $before[$name])
            }
        }

        $written -join "`n" | ConvertFrom-Json
    }
}

Describe 'The suite in the examples' {
    BeforeAll {
        $script:suite = Join-Path $TestDrive 'suite'
        Copy-Item -LiteralPath ([System.IO.Path]::Combine($staged, 'examples', 'suite')) -Destination $suite -Recurse
        $script:cassettes = Join-Path $suite 'cassettes'
    }

    It 'passes in CI, where nothing is recorded and there is no key' {
        $tests = Invoke-Suite -Path $suite -Environment @{ CI = 'true'; OPENAI_API_KEY = '' }
        $tests.Count | Should -Be 3
        $tests | Where-Object Result -NE 'Passed' | Should -BeNullOrEmpty
    }

    It 'records from the service what is missing, without the key, and then replays it' {
        $upstream = Start-CassetteServer -LiteralPath ([System.IO.Path]::Combine($staged, 'examples', 'suite', 'cassettes'))
        $key = 'sk-proj-' + (Get-RandomText)
        try {
            Remove-Item -LiteralPath $cassettes -Recurse
            $tests = Invoke-Suite -Path $suite -Environment @{ CASSETTE_MODE = 'Once'; CASSETTE_UPSTREAM = "$($upstream.Uri)v1"; OPENAI_API_KEY = $key }
            $tests | Where-Object Result -NE 'Passed' | Should -BeNullOrEmpty
            $upstream.RequestCount | Should -Be 3
        }
        finally {
            $upstream | Stop-CassetteServer
        }

        $files = Get-ChildItem -LiteralPath $cassettes -Recurse -File
        $files.Directory.Name | Sort-Object | Should -Be 'fails when the service is busy', 'names the capital of France', 'names the capital of Japan'
        $files | Select-String -SimpleMatch $key | Should -BeNullOrEmpty
        Test-Cassette -LiteralPath $files.FullName | Where-Object Severity -NE 'Information' | Should -BeNullOrEmpty
        Invoke-Suite -Path $suite -Environment @{ CI = 'true'; OPENAI_API_KEY = '' } | Where-Object Result -NE 'Passed' | Should -BeNullOrEmpty
    }
}

Describe 'The name of a test' {
    It 'is the place of its cassette, made safe, and no two tests share one' {
        $names = Join-Path $TestDrive 'Names.Tests.ps1'
        Set-Content -LiteralPath $names -Value @'
BeforeAll { Import-Module OpenAICassette }
Describe 'a: block' {
    It 'asks what? <_>' -ForEach 1, 2 { Use-Cassette { throw $Cassette.Path } }
    It 'CON' { Use-Cassette { throw $Cassette.Path } }
    It 'twice' -ForEach 1, 2 { Use-Cassette { throw $Cassette.Path } }
    It 'by name' { Use-Cassette -Name 'mine' { throw $Cassette.Path } }
    Context 'with set-up' {
        BeforeAll { Enter-Cassette }
        AfterAll { Exit-Cassette }
        It 'is that of the block' { throw $Cassette.Path }
    }
}
'@
        $tests = Invoke-Suite -Path $names -Environment @{ CASSETTE_MODE = 'Once' }
        $root = [System.IO.Path]::Combine($TestDrive, 'cassettes', 'Names.Tests')
        $places = $tests.Error | ForEach-Object { $_.StartsWith($root) ? [System.IO.Path]::GetRelativePath($root, $_).Replace('\', '/') : $_ }
        $places[0] | Should -Match '^a_ block [0-9a-f]{8}/asks what_ 1 [0-9a-f]{8}$'
        $places[1] | Should -Match '^a_ block [0-9a-f]{8}/asks what_ 2 [0-9a-f]{8}$'
        $places[2] | Should -Match '/_CON [0-9a-f]{8}$'
        $places[3] | Should -Match '/twice$'
        $places[4] | Should -Match 'another test of this run already uses the cassette'
        $places[5] | Should -Match '/mine$'
        $places[6] | Should -Match '/with set-up$'
    }
}

Describe 'A cassette that several tests share' {
    BeforeAll {
        $suite = Join-Path $TestDrive 'Shared.Tests.ps1'
        Set-Content -LiteralPath $suite -Value @'
BeforeAll {
    Import-Module OpenAICassette
    function Send-Hidden { param($Text)
        $body = @{ model = 'm'; messages = @(@{ role = 'user'; content = $Text }) } | ConvertTo-Json -Depth 5
        try { $null = Invoke-RestMethod https://api.openai.com/v1/chat/completions -Method Post -Body $body } catch { $null = $_ }
    }
}
Describe 'named' {
    BeforeAll { Enter-Cassette (Join-Path $PSScriptRoot 'none') -Mode None -WarningAction Ignore }
    AfterAll { Exit-Cassette }
    It 'asks nothing' { }
    It 'hides one' { Send-Hidden 'one' }
    It 'hides two' { Send-Hidden 'two'; Send-Hidden 'three' }
}
Describe 'verified' {
    BeforeAll { Enter-Cassette (Join-Path $PSScriptRoot 'none') -Mode None -WarningAction Ignore }
    AfterEach { $Cassette.Verify() }
    AfterAll { Exit-Cassette }
    It 'hides one' { Send-Hidden 'one' }
    It 'asks nothing' { }
}
'@
        $null = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'none')
        $script:tests = Invoke-Suite -Path $suite
    }

    It 'fails its block, and the error names the tests that sent the requests' {
        ($tests | Where-Object Name -Like 'named.*').Result | Should -Be 'Passed', 'Passed', 'Passed'
        $block = $tests | Where-Object Name -EQ 'named'
        $block.Error | Should -BeLike '*no recording matches POST /v1/chat/completions*and 2 more; see the Requests of the session*'
        $block.Error -replace '\r' | Should -BeLike "*sent by the tests`n  named.hides one`n  named.hides two`n*"
    }

    It 'fails only the test that sent the request if each test is verified' {
        ($tests | Where-Object Name -Like 'verified.*').Result | Should -Be 'Failed', 'Passed'
        ($tests | Where-Object Name -EQ 'verified.hides one').Error | Should -BeLike '*no recording matches POST /v1/chat/completions*'
        $tests | Where-Object Name -EQ 'verified' | Should -BeNullOrEmpty
    }
}
