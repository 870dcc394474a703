BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:from = ',OpenAICassette.Commands.TestCassetteCommand'
    $script:bad = Write-TestFile -Path (Join-Path $TestDrive 'bad.json') -Text 'nope'
    $script:missing = Join-Path $TestDrive 'missing.json'
    $script:healthy = (Export-Cassette -Path $seed -Destination (Join-Path $TestDrive 'healthy') -PassThru | Repair-Cassette -PassThru).Path

    # What a command writes to its streams, and the error that ends it.
    function Get-Outcome {
        param([scriptblock] $Command)
        $given = [System.Collections.Generic.List[object]]::new()
        $end = $null
        try {
            & $Command | ForEach-Object { $given.Add($_) }
        }
        catch {
            $end = $_
        }
        [pscustomobject]@{ Given = $given; End = $end }
    }
}

Describe 'Test-Cassette -Quiet' {
    It 'gives one Boolean: <Expected> for <Of> with <Options.Keys> <Options.Values>' -ForEach @(
        @{ Of = 'healthy'; Options = @{}; Expected = $true }
        @{ Of = 'seed'; Options = @{}; Expected = $true }
        @{ Of = 'bad'; Options = @{}; Expected = $false }
        @{ Of = 'seed', 'bad', 'healthy'; Options = @{}; Expected = $false }
        @{ Of = 'healthy'; Options = @{ FailOn = 'Warning' }; Expected = $true }
        @{ Of = 'healthy'; Options = @{ FailOn = 'Information' }; Expected = $true }
    ) {
        $paths = $Of | ForEach-Object { Get-Variable -Name $_ -ValueOnly }
        $given = @(Test-Cassette -LiteralPath $paths -Quiet @Options)
        $given.Count | Should -Be 1
        $given[0] | Should -BeOfType ([bool])
        $given[0] | Should -Be $Expected
    }

    It 'gives its Boolean before the error of -FailOn' {
        $outcome = Get-Outcome -Command { Test-Cassette -Path $seed -Quiet -FailOn Warning }
        $outcome.Given | Should -Be @($false)
        $outcome.End.FullyQualifiedErrorId | Should -Be "CassetteUnhealthy$from"
    }

    It 'gives one Boolean for all cassettes of the pipeline, and true when there are none' {
        Get-Cassette -Path $seed, $healthy | Test-Cassette -Quiet | Should -Be @($true)
        Test-Cassette -Path (Join-Path $TestDrive '*.none') -Quiet | Should -Be @($true)
    }

    It 'is not true for a file that is missing, with -<_>' -ForEach 'Path', 'LiteralPath' {
        $arguments = @{ $_ = $missing }
        Test-Cassette @arguments -Quiet -ErrorAction SilentlyContinue | Should -Not -Contain $true
    }

    It 'is not true for a cassette that cannot be read any more' {
        $path = Write-TestFile -Path (Join-Path $TestDrive 'changing.json') -Text $seedText
        $cassette = Get-Cassette -Path $path
        Remove-Item -LiteralPath $path
        $cassette | Test-Cassette -Quiet -ErrorAction SilentlyContinue | Should -Not -Contain $true
    }
}

Describe 'Test-Cassette -FailOn' {
    It 'gives all output, and then one error that ends the pipeline, for <FailOn>' -ForEach @(
        @{ FailOn = 'Error'; Count = 1 }
        @{ FailOn = 'Warning'; Count = 2 }
        @{ FailOn = 'Information'; Count = 3 }
    ) {
        $outcome = Get-Outcome -Command { Test-Cassette -LiteralPath $bad, $seed -FailOn $FailOn -ErrorAction SilentlyContinue -ErrorVariable script:problems }
        $outcome.Given.Id | Should -Be 'Unreadable', 'NameNotKey', 'NotCanonical'
        $outcome.End.FullyQualifiedErrorId | Should -Be "CassetteUnhealthy$from"
        $outcome.End.CategoryInfo.Category | Should -Be 'InvalidResult'
        $outcome.End.Exception.Message | Should -BeLike "$Count finding*$FailOn*"
    }

    It 'counts over all cassettes of the pipeline' {
        $copy = Write-TestFile -Path (Join-Path $TestDrive 'copy.json') -Text $seedText.Replace('gpt-4o', 'o3-mini')
        $outcome = Get-Outcome -Command { Get-Cassette -Path $seed, $copy | Test-Cassette -FailOn Warning }
        $outcome.Given.Count | Should -Be 4
        $outcome.End.Exception.Message | Should -BeLike '2 findings*'
    }

    It 'says nothing when all findings are below' {
        (Test-Cassette -Path $seed -FailOn Error).Count | Should -Be 2
        Test-Cassette -Path $healthy -FailOn Information | Should -BeNullOrEmpty
    }

    It 'fails for a file that is missing, with -<_>' -ForEach 'Path', 'LiteralPath' {
        $arguments = @{ $_ = $missing }
        { Test-Cassette @arguments -FailOn Error -ErrorAction SilentlyContinue } | Should -Throw -ErrorId "CassetteUnhealthy$from"
    }

    It 'goes on after input that is no cassette' {
        (1, (Get-Cassette -Path $seed) | Test-Cassette -ErrorVariable problems -ErrorAction SilentlyContinue).Count | Should -Be 2
        $problems.FullyQualifiedErrorId | Should -Be "InputNotSupported$from"
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidType'
    }

    It 'refuses other severities' {
        { Test-Cassette -Path $seed -FailOn Fatal } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage*'
    }
}
