BeforeDiscovery {
    $script:isRefused = & (Join-Path $PSScriptRoot 'Test-Permission.ps1')
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:from = ',OpenAICassette.Commands.ExportCassetteCommand'
}

Describe 'Export-Cassette and errors' {
    BeforeEach {
        $script:out = Join-Path $TestDrive (New-Guid).Guid
    }

    It 'refuses a second cassette of the same name, and keeps the first' {
        $other = Write-TestFile -Path (Join-Path $TestDrive 'other/capitals.json') -Text $seedText.Replace('gpt-4o', 'o3-mini')
        $given = Get-Cassette -Path $seed, $other, $seed | Export-Cassette -Destination $out -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue
        $given.Model | Should -Be 'gpt-4o'
        (Get-Cassette -Path $out).Model | Should -Be 'gpt-4o'
        $problems.FullyQualifiedErrorId | Should -Be "CassetteNotWritten$from", "CassetteNotWritten$from"
        $problems[0].CategoryInfo.Category | Should -Be 'WriteError'
        $problems[0].TargetObject.Path | Should -Be $other
        $problems[0].Exception.Message | Should -BeLike "$([WildcardPattern]::Escape($other)): not written: another cassette of this run*"
    }

    It 'refuses a second cassette for the one file' {
        $other = Write-TestFile -Path (Join-Path $TestDrive 'other/second.json') -Text $seedText
        (Export-Cassette -Path $seed, $other -Destination (Join-Path $out 'one.json') -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be 'one.json'
        $problems.FullyQualifiedErrorId | Should -Be "CassetteNotWritten$from"
    }

    It 'goes on after <Problem>' -ForEach @(
        @{ Problem = 'a broken file'; Make = { Write-TestFile -Path (Join-Path $TestDrive 'bad.json') -Text 'nope' }; Id = 'CassetteInvalidJson'; Category = 'InvalidData' }
        @{ Problem = 'a missing file'; Make = { Join-Path $TestDrive 'missing.json' }; Id = 'CassetteNotFound'; Category = 'ObjectNotFound' }
        @{ Problem = 'a malformed wildcard'; Make = { Write-TestFile -Path (Join-Path $TestDrive 'half/a[.json') -Text $seedText }; Id = 'PatternNotValid'; Category = 'InvalidArgument' }
        @{ Problem = 'another provider'; Make = { 'Env:PATH' }; Id = 'ProviderNotSupported'; Category = 'InvalidArgument' }
    ) {
        $bad = & $Make
        Export-Cassette -Path $bad, $seed -Destination $out -ErrorVariable problems -ErrorAction SilentlyContinue
        (Get-Cassette -Path $out).Name | Should -Be 'capitals.json'
        $problems.FullyQualifiedErrorId | Should -Be "$Id$from"
        $problems[0].CategoryInfo.Category | Should -Be $Category
        $problems[0].TargetObject | Should -Be $bad
    }

    It 'goes on after input that is no cassette' {
        1, (Get-Cassette -Path $seed) | Export-Cassette -Destination $out -ErrorVariable problems -ErrorAction SilentlyContinue
        (Get-Cassette -Path $out).Name | Should -Be 'capitals.json'
        $problems[0].FullyQualifiedErrorId | Should -Be "InputNotSupported$from"
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidType'
    }

    It 'goes on after a cassette that was <Change> meanwhile' -ForEach @(
        @{ Change = 'changed'; Id = 'CassetteChanged'; Act = { Add-Content -LiteralPath $args[0] -Value ' ' } }
        @{ Change = 'removed'; Id = 'CassetteNotFound'; Act = { Remove-Item -LiteralPath $args[0] } }
    ) {
        $path = Write-TestFile -Path (Join-Path $TestDrive 'changing.json') -Text $seedText
        $all = Get-Cassette -Path $path, $seed
        & $Act $path
        $all | Export-Cassette -Destination $out -ErrorVariable problems -ErrorAction SilentlyContinue
        (Get-Cassette -Path $out).Name | Should -Be 'capitals.json'
        $problems.FullyQualifiedErrorId | Should -Be "$Id$from"
    }

    It 'writes CassetteNotWritten where a folder has the name of the file, and leaves nothing behind' {
        $null = New-Item -ItemType Directory -Path (Join-Path $out 'capitals.json')
        Export-Cassette -Path $seed -Destination $out -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -Be "CassetteNotWritten$from"
        (Get-ChildItem -LiteralPath $out -Recurse -Force).Name | Should -Be 'capitals.json'
    }

    It 'writes CassetteNotWritten for a read-only folder (where permissions bind this user)' -Skip:(-not $isRefused) {
        $null = New-Item -ItemType Directory -Path $out
        [System.IO.File]::SetUnixFileMode($out, [System.IO.UnixFileMode]'UserRead, UserExecute')
        Export-Cassette -Path $seed -Destination $out -ErrorVariable problems -ErrorAction SilentlyContinue
        [System.IO.File]::SetUnixFileMode($out, [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
        $problems.FullyQualifiedErrorId | Should -Be "CassetteNotWritten$from"
    }

    It 'ends the pipeline for a destination of another provider, and refuses unknown formats' {
        { Export-Cassette -Path $seed -Destination Env:x } | Should -Throw -ErrorId "ProviderNotSupported$from"
        { Export-Cassette -Path $seed -Destination $out -Format Tape } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        { Export-Cassette -Path $seed -Destination '' } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }
}
