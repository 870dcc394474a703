BeforeDiscovery {
    $script:isRefused = & (Join-Path $PSScriptRoot 'Test-Permission.ps1')
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
}

Describe 'Get-Cassette and errors' {
    It 'writes <Id> for <Problem>, and goes on' -ForEach @(
        @{ Problem = 'text that is not JSON'; Text = 'nope'; Id = 'CassetteInvalidJson'; Says = '*line 1, column 1 (byte offset 0)*' }
        @{ Problem = 'a cut-off cassette'; Text = '{ "request": { "url": "x'; Id = 'CassetteInvalidJson'; Says = '*byte offset*' }
        @{ Problem = 'JSON of another shape'; Text = '{ "a": 1 }'; Id = 'CassetteFormatUnknown'; Says = '*"request" and "response"*' }
        @{ Problem = 'an array'; Text = '[1, 2]'; Id = 'CassetteFormatUnknown'; Says = '*found an array*' }
        @{ Problem = 'an empty file'; Text = ''; Id = 'CassetteInvalidJson'; Says = '*the file is empty*' }
    ) {
        $path = Write-TestFile -Path (Join-Path $TestDrive 'bad/bad.json') -Text $Text
        $given = Get-Cassette -Path $path, $seed -ErrorVariable problems -ErrorAction SilentlyContinue
        $given.Name | Should -Be 'capitals.json'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be "$Id,OpenAICassette.Commands.GetCassetteCommand"
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $problems[0].TargetObject | Should -Be $path
        $problems[0].Exception.Message | Should -BeLike "$([WildcardPattern]::Escape($path)): $Says"
    }

    It 'writes CassetteNotFound with the path, and goes on unless told to stop, with -<_>' -ForEach 'Path', 'LiteralPath' {
        $missing = Join-Path $TestDrive 'missing.json'
        $arguments = @{ $_ = $missing, $seed }
        $given = Get-Cassette @arguments -ErrorVariable problems -ErrorAction SilentlyContinue
        $given.Name | Should -Be 'capitals.json'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'CassetteNotFound,OpenAICassette.Commands.GetCassetteCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -Be $missing
        $problems[0].Exception.Message | Should -BeLike "$([WildcardPattern]::Escape($missing)): no such file*"
        { Get-Cassette @arguments -ErrorAction Stop } | Should -Throw -ErrorId 'CassetteNotFound*'
    }

    It 'names the broken cassettes of a folder, but not its other files' {
        $cut = Write-TestFile -Path (Join-Path $TestDrive 'walk/cut.json') -Text $seedText.Substring(0, 5000)
        $null = Write-TestFile -Path (Join-Path $TestDrive 'walk/notes.txt') -Text 'notes'
        $null = Get-Cassette -Path (Split-Path -Path $cut) -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.TargetObject | Should -Be $cut
    }

    It 'refuses paths of the provider in <_>, and goes on' -ForEach 'Env:PATH', 'Variable:PWD', 'Function:prompt' {
        $given = Get-Cassette -LiteralPath $_, $seed -ErrorVariable problems -ErrorAction SilentlyContinue
        $given.Name | Should -Be 'capitals.json'
        $problems[0].FullyQualifiedErrorId | Should -Be 'ProviderNotSupported,OpenAICassette.Commands.GetCassetteCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $problems[0].TargetObject | Should -Be $_
    }

    It 'writes an error for a path that is <Problem>, and goes on' -ForEach @(
        @{ Problem = 'on no drive'; Bad = 'NoSuchDrive:/x.json' }
        @{ Problem = 'not a path at all'; Bad = "a`0b.json" }
    ) {
        $given = Get-Cassette -LiteralPath $Bad, $seed -ErrorVariable problems -ErrorAction SilentlyContinue
        $given.Name | Should -Be 'capitals.json'
        $problems[0].FullyQualifiedErrorId | Should -Be 'CassetteNotFound,OpenAICassette.Commands.GetCassetteCommand'
    }

    It 'writes an error for a malformed wildcard, and goes on' {
        $path = Write-TestFile -Path (Join-Path $TestDrive 'half/a[.json') -Text $seedText
        $given = Get-Cassette -Path $path, $seed -ErrorVariable problems -ErrorAction SilentlyContinue
        $given.Name | Should -Contain 'capitals.json'
        $problems[0].Exception.Message | Should -BeLike '*wildcard*'
    }

    It 'does not repeat the content of a file that is not JSON' {
        $secret = Get-RandomText
        $path = Write-TestFile -Path (Join-Path $TestDrive 'bad/n.json') -Text "n$secret"
        { Get-Cassette -LiteralPath $path } | Should -Throw -ErrorId 'CassetteInvalidJson*'
        $Error[0].Exception.Message | Should -Not -BeLike "*$secret*"
    }

    It 'refuses <_>' -ForEach '$null', "''", '@()' {
        { Get-Cassette -Path (Invoke-Command ([scriptblock]::Create($_))) } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'stops when no more is wanted' {
        $first = Get-Cassette -LiteralPath $seed, (Join-Path $TestDrive 'missing.json') -ErrorVariable problems | Select-Object -First 1
        $first.Name | Should -Be 'capitals.json'
        $problems | Should -BeNullOrEmpty
    }

    It 'writes cassettes and errors in the order of the paths, with -<_>' -ForEach 'Path', 'LiteralPath' {
        $arguments = @{ $_ = $seed, (Join-Path $TestDrive 'missing.json'), $seed }
        (Get-Cassette @arguments -ErrorAction Continue 2>&1).ForEach{ $_.GetType().Name } | Should -Be 'Cassette', 'ErrorRecord', 'Cassette'
    }

    It 'writes <Id> when the file is <Change> between listing and reading' -ForEach @(
        @{ Change = 'changed'; Id = 'CassetteChanged'; Category = 'InvalidOperation'; Act = { Add-Content -LiteralPath $args[0] -Value ' ' } }
        @{ Change = 'removed'; Id = 'CassetteNotFound'; Category = 'ObjectNotFound'; Act = { Remove-Item -LiteralPath $args[0] } }
    ) {
        $path = Write-TestFile -Path (Join-Path $TestDrive 'changing.json') -Text $seedText
        $cassette = Get-Cassette -Path $path
        & $Act $path
        $null = $cassette | Invoke-CassetteReplay -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be "$Id,OpenAICassette.Commands.InvokeCassetteReplayCommand"
        $problems[0].CategoryInfo.Category | Should -Be $Category
    }

    It 'writes CassetteUnreadable for a file without permission (where permissions bind this user)' -Skip:(-not $isRefused) {
        $path = Write-TestFile -Path (Join-Path $TestDrive 'closed.json') -Text $seedText
        [System.IO.File]::SetUnixFileMode($path, [System.IO.UnixFileMode]::None)
        $null = Get-Cassette -Path $path -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'CassetteUnreadable,OpenAICassette.Commands.GetCassetteCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
    }
}
