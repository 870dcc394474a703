BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')

    # Runs a suite in a PowerShell of its own, as its owner would, and gives the tests with what became of them.
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
            $result.Tests | ForEach-Object { [pscustomobject]@{ Name = $_.ExpandedPath; Result = "$($_.Result)"; Error = "$($_.ErrorRecord)" } } | ConvertTo-Json -AsArray
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
