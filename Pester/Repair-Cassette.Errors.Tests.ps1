BeforeDiscovery {
    $script:isRefused = & (Join-Path $PSScriptRoot 'Test-Permission.ps1')
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:from = ',OpenAICassette.Commands.RepairCassetteCommand'
    $script:name = "$((Get-Cassette -Path $seed).Interactions[0].Key).json"
}

Describe 'Repair-Cassette and errors' {
    BeforeEach {
        $script:folder = Join-Path $TestDrive (New-Guid).Guid
        $script:plain = Write-TestFile -Path (Join-Path $folder 'a.json') -Text $seedText
        $script:before = Get-FolderText -Path $folder
    }

    It 'never replaces the file that has the name already, nor changes the one that would get it' {
        $taken = Write-TestFile -Path (Join-Path $folder $name) -Text 'mine'
        $before = Get-FolderText -Path $folder
        Repair-Cassette -Path $plain -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-FolderText -Path $folder | Should -BeExactly $before
        $problems.FullyQualifiedErrorId | Should -Be "CassetteNotWritten$from"
        $problems[0].CategoryInfo.Category | Should -Be 'WriteError'
        $problems[0].TargetObject.Path | Should -Be $plain
        $problems[0].Exception.Message | Should -BeLike "$([WildcardPattern]::Escape($plain)): not renamed: *$(Split-Path -Path $taken -Leaf)*"
    }

    It 'keeps the second of two recordings of one request' {
        $second = Write-TestFile -Path (Join-Path $folder 'b.json') -Text $seedText
        (Repair-Cassette -Path $plain, $second -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be $name
        $problems.FullyQualifiedErrorId | Should -Be "CassetteNotWritten$from"
        [System.IO.File]::ReadAllText($second) | Should -BeExactly $seedText
    }

    It 'mends the rest of a file whose name is taken' {
        $null = Write-TestFile -Path (Join-Path $folder $name) -Text 'mine'
        (Repair-Cassette -Path $plain -Id NotCanonical -PassThru).Path | Should -Be $plain
        (Test-Cassette -Path $plain).Id | Should -Be 'NameNotKey'
    }

    It 'goes on after <Problem>' -ForEach @(
        @{ Problem = 'a broken file'; Make = { Write-TestFile -Path (Join-Path $TestDrive 'bad.json') -Text 'nope' }; Id = 'CassetteInvalidJson'; Category = 'InvalidData' }
        @{ Problem = 'a missing file'; Make = { Join-Path $TestDrive 'missing.json' }; Id = 'CassetteNotFound'; Category = 'ObjectNotFound' }
        @{ Problem = 'another provider'; Make = { 'Env:PATH' }; Id = 'ProviderNotSupported'; Category = 'InvalidArgument' }
    ) {
        $bad = & $Make
        (Repair-Cassette -Path $bad, $plain -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be $name
        $problems.FullyQualifiedErrorId | Should -Be "$Id$from"
        $problems[0].CategoryInfo.Category | Should -Be $Category
        $problems[0].TargetObject | Should -Be $bad
    }

    It 'refuses a cassette that is only in memory, speaks of nothing it does not have, and goes on' {
        $dirty = Write-CassetteWithSecret -Path (Join-Path $TestDrive 'dirty.json') -Secret "sk-proj-$(Get-RandomText)"
        $edited = Remove-CassetteSecret -Path $dirty -WarningAction SilentlyContinue
        ($edited, (Get-Cassette -Path $plain) | Repair-Cassette -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be $name
        $problems.FullyQualifiedErrorId | Should -Be "CassetteHasNoFile$from"
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
        $problems[0].TargetObject | Should -Be $edited
        $problems[0].Exception.Message | Should -Not -BeLike '*-Destination*' -Because 'the cmdlet has no such parameter'
    }

    It 'goes on after input that is no cassette' {
        (1, (Get-Cassette -Path $plain) | Repair-Cassette -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be $name
        $problems.FullyQualifiedErrorId | Should -Be "InputNotSupported$from"
    }

    It 'leaves a file that was changed after listing' {
        $cassette = Get-Cassette -Path $plain
        $null = Write-TestFile -Path $plain -Text "$seedText "
        $cassette | Repair-Cassette -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -Be "CassetteChanged$from"
        [System.IO.File]::ReadAllText($plain) | Should -BeExactly "$seedText "
        (Get-ChildItem -LiteralPath $folder -Force).Count | Should -Be 1
    }

    It 'leaves the file in a read-only folder with -Id <_> (where permissions bind this user)' -ForEach 'NotCanonical', 'NameNotKey' -Skip:(-not $isRefused) {
        [System.IO.File]::SetUnixFileMode($folder, [System.IO.UnixFileMode]'UserRead, UserExecute')
        Repair-Cassette -Path $plain -Id $_ -ErrorVariable problems -ErrorAction SilentlyContinue
        [System.IO.File]::SetUnixFileMode($folder, [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
        $problems.FullyQualifiedErrorId | Should -Be "CassetteNotWritten$from"
        Get-FolderText -Path $folder | Should -BeExactly $before
    }

    It 'refuses the id <_>, which nothing can mend' -ForEach 'UsageTotal', 'Unreadable', 'Nonsense' {
        { Repair-Cassette -Path $plain -Id $_ } | Should -Throw -ErrorId "ParameterArgumentValidationError$from"
        Get-FolderText -Path $folder | Should -BeExactly $before
    }
}
