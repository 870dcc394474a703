BeforeDiscovery {
    $script:hasSharedData = Test-Path -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'data', 'recordings'))
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')

    # The key of the example as it is computed today.
    $script:name = "$((Get-Cassette -Path $seed).Interactions[0].Key).json"
    $script:original = Get-CassetteText -Cassette (Export-Cassette -Path $seed -Destination (Join-Path $TestDrive 'original') -PassThru)
}

Describe 'Repair-Cassette' {
    BeforeEach {
        $script:folder = Join-Path $TestDrive (New-Guid).Guid
        $script:plain = Write-TestFile -Path (Join-Path $folder 'a.json') -Text $seedText
        $script:before = Get-FolderText -Path $folder
    }

    It 'renames to the current key and lays out anew, says nothing, and then nothing is wrong' {
        Get-Cassette -Path $plain | Repair-Cassette *>&1 | Should -BeNullOrEmpty
        (Get-ChildItem -LiteralPath $folder -Force).Name | Should -Be $name
        [System.IO.File]::ReadAllText((Join-Path $folder $name)) | Should -BeExactly $original
        Test-Cassette -Path $folder | Should -BeNullOrEmpty
    }

    It 'gives the cassettes as they are afterwards with -PassThru, mended or not' {
        $repaired = Repair-Cassette -Path $plain -PassThru -Confirm:$false
        $repaired | Should -BeOfType ([OpenAICassette.Cassette])
        $repaired.Path | Should -Be (Join-Path $folder $name)
        $repaired.Saved | Should -BeTrue
        ($repaired | ConvertTo-Transcript).Turns.Text | Should -Contain $answer
        $written = (Get-Item -LiteralPath $repaired.Path).LastWriteTimeUtc
        ($repaired | Repair-Cassette -PassThru).Path | Should -Be $repaired.Path
        (Get-Item -LiteralPath $repaired.Path).LastWriteTimeUtc | Should -Be $written
    }

    It 'changes nothing with -WhatIf' {
        Repair-Cassette -Path $plain -PassThru -WhatIf | Should -BeNullOrEmpty
        Get-FolderText -Path $folder | Should -BeExactly $before
    }

    It 'mends only <Id> with -Id <Id>' -ForEach @(
        @{ Id = 'NotCanonical'; Name = 'a.json'; IsOriginal = $true }
        @{ Id = 'notcanonical'; Name = 'a.json'; IsOriginal = $true }
        @{ Id = 'NameNotKey'; Name = $null; IsOriginal = $false }
        @{ Id = 'KeyUnknown', 'ModelDigest'; Name = 'a.json'; IsOriginal = $false }
        @{ Id = 'NameNotKey', 'NotCanonical'; Name = $null; IsOriginal = $true }
    ) {
        $repaired = Repair-Cassette -Path $plain -Id $Id -PassThru
        $repaired.Name | Should -Be ($_['Name'] ?? $script:name)
        Get-CassetteText -Cassette $repaired | Should -BeExactly ($IsOriginal ? $original : $seedText)
        (Get-ChildItem -LiteralPath $folder -Force).Count | Should -Be 1
    }

    It 'takes wildcards, folders with -Recurse, and cassettes of another process' {
        $null = Write-TestFile -Path (Join-Path $folder 'sub/b.json') -Text $seedText
        (Repair-Cassette -Path (Join-Path $folder '*.json') -Id NotCanonical -PassThru).Name | Should -Be 'a.json'
        (Repair-Cassette -LiteralPath $folder -Recurse -Id NotCanonical -PassThru).Name | Should -Be 'a.json', 'b.json'
        (ConvertTo-ForeignObject -InputObject (Get-Cassette -Path $plain) | Repair-Cassette -PassThru).Name | Should -Be $name
    }

    It 'takes the file named <_> literally' -ForEach 'b[1].json', 'a b.json', "Gr`u{F6}`u{DF}e `u{65E5}`u{672C}.json" {
        $path = Write-TestFile -Path (Join-Path $folder "in $_/$_") -Text $seedText
        (Repair-Cassette -LiteralPath $path -PassThru).Path | Should -BeExactly (Join-Path (Split-Path -Path $path) $script:name)
        Test-Path -LiteralPath $path | Should -BeFalse
    }

    It 'does the same in every culture and in the strictest mode (<_>)' -ForEach 'tr-TR', 'de-DE' {
        Set-StrictMode -Version Latest
        $repaired = Invoke-InCulture -Culture $_ -Command { Repair-Cassette -Path $plain -PassThru }
        $repaired.Name | Should -BeExactly $name
        Get-CassetteText -Cassette $repaired | Should -BeExactly $original
    }

    It 'stops when no more is wanted' {
        $other = Write-TestFile -Path (Join-Path $folder 'other/b.json') -Text $seedText
        (Get-Cassette -Path $plain, $other | Repair-Cassette -PassThru | Select-Object -First 1).Name | Should -Be $name
        Test-Path -LiteralPath $other | Should -BeTrue
    }
}

Describe 'Repair-Cassette on a copy of all recordings (needs the shared data)' -Skip:(-not $hasSharedData) {
    BeforeAll {
        $script:copy = Join-Path $TestDrive 'copy'
        Copy-Item -LiteralPath $recordings -Destination $copy -Recurse
        $script:mended = Repair-Cassette -LiteralPath $copy -Recurse -PassThru -ErrorVariable refused -ErrorAction SilentlyContinue
        $script:refused = $refused
        $script:after = Get-FolderText -Path $copy
    }

    It 'mends all, and leaves those alone whose name is taken' {
        $count = (Import-Csv -LiteralPath (Join-Path $recordings 'INDEX.tsv') -Delimiter "`t").Count
        (Get-Cassette -LiteralPath $copy -Recurse).Count | Should -Be $count
        $refused.FullyQualifiedErrorId | Sort-Object -Unique | Should -Be 'CassetteNotWritten,OpenAICassette.Commands.RepairCassetteCommand'
        $mended.Count | Should -Be ($count - $refused.Count)
        $left = Test-Cassette -LiteralPath $copy -Recurse | Where-Object Mend -Like '*Repair-Cassette*'
        $left.Path | Sort-Object -Unique | Should -Be ($refused.TargetObject.Path | Sort-Object)
    }

    It 'changes nothing the second time' {
        Repair-Cassette -LiteralPath $copy -Recurse -ErrorVariable again -ErrorAction SilentlyContinue
        Get-FolderText -Path $copy | Should -BeExactly $after
        $again.TargetObject.Path | Should -Be $refused.TargetObject.Path
    }

    It 'makes the ids of <_> anew with the name, and leaves every other byte' -ForEach '4094a6c77e0e1866*', 'b62d824408e5d5f1*' {
        $old = Get-ChildItem -LiteralPath (Join-Path $recordings 'eras') -Recurse -Filter $_
        $one = Copy-Item -LiteralPath $old.FullName -Destination (New-Item -ItemType Directory -Path (Join-Path $TestDrive (New-Guid).Guid)) -PassThru
        $repaired = Repair-Cassette -LiteralPath $one.FullName -PassThru
        $expected = [System.IO.File]::ReadAllText($old.FullName) -creplace '"id": "rec-[0-9a-f]{12}"', "`"id`": `"rec-$($repaired.Name.Substring(0, 12))`""
        Get-CassetteText -Cassette $repaired | Should -BeExactly $expected
    }

    It 'mends the digest alone with -Id ModelDigest, and keeps the key' {
        $old = Get-ChildItem -LiteralPath (Join-Path $recordings 'eras') -Recurse -Filter 'models-9beac41c66cbe856*.json'
        $wrong = Write-TestFile -Path (Join-Path $TestDrive "digest/$($old.BaseName -replace '[^-]+$', '00000000').json") -Text ([System.IO.File]::ReadAllText($old.FullName))
        (Repair-Cassette -LiteralPath $wrong -Id ModelDigest -PassThru).Name | Should -Be $old.Name
        (Test-Cassette -Path (Split-Path -Path $wrong)).Id | Should -Be 'KeyUnknown', 'Directory'
    }
}
