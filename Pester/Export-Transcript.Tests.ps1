BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:folder = Join-Path $TestDrive 'cassettes'
    $null = Write-TestFile -Path (Join-Path $folder 'a.json') -Text $seedText
    $null = Write-TestFile -Path (Join-Path -Path $folder -ChildPath 'sub' -AdditionalChildPath 'b.json') -Text $seedText.Replace($question, '<script>alert(1)</script>')
}

Describe 'Export-Transcript' {
    It 'writes a page for each cassette and an index, and gives the index (<As>)' -ForEach @(
        @{ As = 'Html'; Index = 'index.html'; Extension = '.html' }
        @{ As = 'Markdown'; Index = 'README.md'; Extension = '.md' }
    ) {
        $site = Join-Path $TestDrive "site-$As"
        $given = Export-Transcript -Path $folder -Recurse -Destination $site -As $As
        $given | Should -BeOfType ([System.IO.FileInfo])
        $given.FullName | Should -Be (Join-Path $site $Index)
        $files = Get-ChildItem -LiteralPath $site -Recurse -File | ForEach-Object { [System.IO.Path]::GetRelativePath($site, $_.FullName).Replace('\', '/') } | Sort-Object
        $files | Should -Be ("a.json$Extension", $Index, "sub/b.json$Extension" | Sort-Object)
        $text = [System.IO.File]::ReadAllText((Join-Path $site "sub/b.json$Extension"))
        $text | Should -Not -Match '<script'
        $text | Should -Match 'THE TEAMS PLAYING'
        [System.IO.File]::ReadAllText($given.FullName) | Should -Match "sub/b\.json\$Extension"
    }

    It 'takes cassettes from the pipeline' {
        $site = Join-Path $TestDrive 'piped'
        Get-Cassette -Path $folder -Recurse | Export-Transcript -Destination $site | Should -Not -BeNullOrEmpty
        (Get-ChildItem -LiteralPath $site -Recurse -File).Count | Should -Be 3
    }

    It 'writes nothing with -WhatIf, and nothing for nothing' {
        $site = Join-Path $TestDrive 'whatif'
        Export-Transcript -Path $folder -Destination $site -WhatIf | Should -BeNullOrEmpty
        Export-Transcript -Path (Join-Path $folder '*.none') -Destination $site | Should -BeNullOrEmpty
        Test-Path -LiteralPath $site | Should -BeFalse
    }

    It 'tells of what cannot be read or written' {
        $bad = Write-TestFile -Path (Join-Path $TestDrive 'bad.json') -Text '{'
        $site = Join-Path $TestDrive 'errors'
        Export-Transcript -Path $bad, $folder -Destination $site -ErrorVariable problems -ErrorAction SilentlyContinue | Should -Not -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'CassetteInvalidJson,OpenAICassette.Commands.ExportTranscriptCommand'
        $file = Write-TestFile -Path (Join-Path $TestDrive 'file') -Text 'x'
        Export-Transcript -Path $folder -Destination $file -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'CassetteNotWritten,OpenAICassette.Commands.ExportTranscriptCommand'
    }
}
