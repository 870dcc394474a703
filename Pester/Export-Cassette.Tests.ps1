BeforeDiscovery {
    $script:hasSharedData = Test-Path -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'data', 'recordings'))
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:folder = Join-Path $TestDrive 'in'
    $script:plain = Write-TestFile -Path (Join-Path $folder 'b.json') -Text $seedText
    $null = Write-TestFile -Path (Join-Path $folder 'a.json') -Text $seedText
    $null = Write-TestFile -Path (Join-Path $folder 'sub/c.json') -Text $seedText
    $null = Write-TestFile -Path (Join-Path $folder 'readme.md') -Text 'no cassette'
    $script:before = Get-FolderText -Path $folder
}

Describe 'Export-Cassette' {
    BeforeEach {
        $script:out = Join-Path $TestDrive (New-Guid).Guid
    }

    AfterEach {
        Get-FolderText -Path $folder | Should -BeExactly $before -Because 'what is exported stays as it is'
    }

    It 'writes cassettes from the pipeline to a folder that it makes, at their relative paths, and says nothing' {
        Get-Cassette -Path $folder -Recurse | Export-Cassette -Destination $out *>&1 | Should -BeNullOrEmpty
        (Get-Cassette -Path $out -Recurse).RelativePath | Should -Be 'a.json', 'b.json', 'sub/c.json'
        (Get-ChildItem -LiteralPath $out -Recurse -File -Force).Count | Should -Be 3
    }

    It 'takes -Path with wildcards, folders, and -Recurse' {
        (Export-Cassette -Path (Join-Path $folder '[a-b].*') -Destination $out -PassThru).Name | Should -Be 'a.json', 'b.json'
        (Export-Cassette -Path $folder -Destination "$out-2" -PassThru).Name | Should -Be 'a.json', 'b.json'
        (Export-Cassette -LiteralPath $folder -Recurse -Destination "$out-3" -PassThru).RelativePath | Should -Be 'a.json', 'b.json', 'sub/c.json'
        Export-Cassette -Path (Join-Path $folder '*.none') -Destination "$out-4" | Should -BeNullOrEmpty
        Test-Path -LiteralPath "$out-4" | Should -BeFalse
    }

    It 'takes the file and the folder named <_> literally' -ForEach 'b[1].json', 'a b.json', "Gr`u{F6}`u{DF}e `u{65E5}`u{672C}.json" {
        $path = Write-TestFile -Path (Join-Path $TestDrive "names/$_") -Text $seedText
        $target = Join-Path -Path $out -ChildPath "to $_.d" -AdditionalChildPath $_
        (Export-Cassette -LiteralPath $path -Destination $target -PassThru).Path | Should -BeExactly $target
        [System.IO.File]::Exists($target) | Should -BeTrue
    }

    It 'gives the written cassettes with -PassThru, which pipe on' {
        $written = Export-Cassette -Path $plain -Destination $out -PassThru -Confirm:$false
        $written | Should -BeOfType ([OpenAICassette.Cassette])
        $written.Saved | Should -BeTrue
        $written.Path | Should -Be (Join-Path $out 'b.json')
        $written.Length | Should -Be (Get-Item -LiteralPath $written.Path).Length
        ($written | ConvertTo-Transcript).Turns.Text | Should -Contain $answer
    }

    It 'writes one cassette to a file when the path has an extension and is no folder' {
        Export-Cassette -Path $plain -Destination (Join-Path $out 'one.json')
        (Get-Cassette -Path $out).Name | Should -Be 'one.json'
        $null = New-Item -ItemType Directory -Path (Join-Path $out 'folder.json')
        (Export-Cassette -Path $plain -Destination (Join-Path $out 'folder.json') -PassThru).Path | Should -Be (Join-Path -Path $out -ChildPath 'folder.json/b.json')
    }

    It 'writes cassettes that are only in memory, and those of another process' {
        $secret = "sk-proj-$(Get-RandomText)"
        $dirty = Write-CassetteWithSecret -Path (Join-Path $TestDrive 'dirty.json') -Secret $secret
        Remove-CassetteSecret -Path $dirty -WarningAction SilentlyContinue | Export-Cassette -Destination $out
        [System.IO.File]::ReadAllText((Join-Path $out 'dirty.json')) | Should -Not -BeLike "*$secret*"
        ConvertTo-ForeignObject -InputObject (Get-Cassette -Path $plain) | Export-Cassette -Destination $out
        (Get-Cassette -Path $out).Name | Should -Be 'b.json', 'dirty.json'
    }

    It 'goes by the location of PowerShell, and takes PSDrives' {
        Push-Location -LiteralPath $TestDrive
        try {
            (Export-Cassette -Path in/b.json -Destination here -PassThru).Path | Should -Be (Join-Path -Path $TestDrive -ChildPath 'here/b.json')
            (Export-Cassette -LiteralPath TestDrive:/in/b.json -Destination TestDrive:/there -PassThru).Path | Should -Be (Join-Path -Path $TestDrive -ChildPath 'there/b.json')
        }
        finally {
            Pop-Location
        }
    }

    It 'changes nothing with -WhatIf' {
        Export-Cassette -Path $plain -Destination $out -PassThru -WhatIf | Should -BeNullOrEmpty
        Test-Path -LiteralPath $out | Should -BeFalse
    }

    It 'writes the same bytes in every culture and mode, and in one layout the second time' {
        Set-StrictMode -Version Latest
        $written = 'en-US', 'tr-TR', 'de-DE' | ForEach-Object {
            Invoke-InCulture -Culture $_ -Command { Export-Cassette -Path $plain -Destination (Join-Path $out $_) -PassThru }
        }
        $written += $written[0] | Export-Cassette -Destination (Join-Path $out 'again') -PassThru
        @($written | ForEach-Object { Get-CassetteText -Cassette $_ } | Sort-Object -Unique -CaseSensitive).Count | Should -Be 1
    }

    It 'stops when no more is wanted' {
        (Export-Cassette -Path $folder -Destination $out -PassThru | Select-Object -First 1).Name | Should -Be 'a.json'
        (Get-ChildItem -LiteralPath $out).Name | Should -Be 'a.json'
    }
}

Describe 'Export-Cassette over all recordings (needs the shared data)' -Skip:(-not $hasSharedData) {
    It 'writes every one to the byte' {
        $out = Join-Path $TestDrive 'all'
        $written = Export-Cassette -LiteralPath $recordings -Recurse -Destination $out -PassThru -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        $index = Import-Csv -LiteralPath (Join-Path $recordings 'INDEX.tsv') -Delimiter "`t"
        $written.Count | Should -Be $index.Count
        $index | Where-Object { (Get-FileHash -LiteralPath (Join-Path $out $_.path)).Hash -ne $_.sha256 } | Should -BeNullOrEmpty
    }

    It 'makes the original of the example, which is one line' {
        $written = Export-Cassette -LiteralPath $seed -Destination (Join-Path $TestDrive 'original') -PassThru
        $written.Length | Should -Be 24516
        Get-CassetteText -Cassette $written | Should -BeExactly ([System.IO.File]::ReadAllText((Join-Path $recordings 'eras/seed/60c9dd312fdc.json')))
    }
}
