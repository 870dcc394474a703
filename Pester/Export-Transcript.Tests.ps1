BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:folder = Join-Path $TestDrive 'cassettes'
    $null = Write-TestFile -Path (Join-Path $folder 'a.json') -Text $seedText
    $null = Write-TestFile -Path (Join-Path -Path $folder -ChildPath 'sub' -AdditionalChildPath 'b.json') -Text $seedText.Replace($question, '<script>alert(1)</script>')
}

Describe 'Export-Transcript' {
    It 'writes a page for each cassette and an index, and gives the index (<As>)' -ForEach @(
        @{ As = 'Html'; Index = 'index.html'; Extension = '.html'; Data = 'index-data/rows-0.js', 'index-data/words-0.js' }
        @{ As = 'Markdown'; Index = 'README.md'; Extension = '.md'; Data = @() }
    ) {
        $site = Join-Path $TestDrive "site-$As"
        $given = Export-Transcript -Path $folder -Recurse -Destination $site -As $As
        $given | Should -BeOfType ([System.IO.FileInfo])
        $given.FullName | Should -Be (Join-Path $site $Index)
        $files = Get-ChildItem -LiteralPath $site -Recurse -File | ForEach-Object { [System.IO.Path]::GetRelativePath($site, $_.FullName).Replace('\', '/') } | Sort-Object
        $files | Should -Be (@("a.json$Extension"; $Index; "sub/b.json$Extension"; $Data) | Sort-Object)
        $text = [System.IO.File]::ReadAllText((Join-Path $site "sub/b.json$Extension"))
        $text | Should -Not -Match '<script'
        $text | Should -Match 'THE TEAMS PLAYING'
        $listed = $Data ? (Join-Path $site $Data[0]) : $given.FullName
        [System.IO.File]::ReadAllText($listed) | Should -Match 'sub/b\.json'
    }

    It 'links pages to each other and to their cassettes, and shows what the calls cost' {
        $site = Join-Path $TestDrive 'priced'
        $call = Write-ChatCassette -Path (Join-Path $TestDrive 'priced.json') -Response @{
            is_streaming = $false
            body         = @{ choices = @(@{ message = @{ content = 'Yes' } }); usage = @{ prompt_tokens = 1000; completion_tokens = 10 } }
        }
        $null = Export-Transcript -Path $call, (Join-Path $folder 'a.json') -Destination $site -Price @{ 'm' = @{ Prompt = 2; Completion = 100 } }
        $page = [System.IO.File]::ReadAllText((Join-Path $site 'priced.json.html'))
        $page | Should -Match '<dt>cost</dt><dd>0\.003</dd>'
        $page | Should -Match 'href="\.\./priced\.json"'
        $page | Should -Match 'href="a\.json\.html"'
        [System.IO.File]::ReadAllText((Join-Path $site 'a.json.html')) | Should -Not -Match '<dt>cost</dt>'
        { Export-Transcript -Path $call -Destination $site -Price @{ 'm' = 1 } } | Should -Throw -ErrorId 'PriceNotSupported*'
    }

    It 'takes cassettes from the pipeline' {
        $site = Join-Path $TestDrive 'piped'
        Get-Cassette -Path $folder -Recurse | Export-Transcript -Destination $site | Should -Not -BeNullOrEmpty
        (Get-ChildItem -LiteralPath $site -Recurse -Filter *.html).Count | Should -Be 3
    }

    It 'takes paths and a destination with brackets as they are' {
        $file = Write-TestFile -Path (Join-Path -Path $TestDrive -ChildPath 'in[1]' -AdditionalChildPath 'a[b].json') -Text $seedText
        $site = Join-Path $TestDrive 'site[x]'
        (Export-Transcript -LiteralPath $file -Destination $site).FullName | Should -Be (Join-Path $site 'index.html')
        Test-Path -LiteralPath (Join-Path $site 'a[b].json.html') | Should -BeTrue
        [System.IO.File]::ReadAllText((Join-Path $site 'index-data/rows-0.js')) | Should -BeLike '*a`[b`].json\t*'
    }

    It 'writes the same bytes in Turkey' {
        $null = Export-Transcript -Path $folder -Recurse -Destination (Join-Path $TestDrive 'here')
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'tr-TR'
            $null = Export-Transcript -Path $folder -Recurse -Destination (Join-Path $TestDrive 'there')
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }
        foreach ($name in 'index.html', 'index-data/rows-0.js', 'index-data/words-0.js', 'a.json.html', 'sub/b.json.html') {
            [System.IO.File]::ReadAllText((Join-Path $TestDrive "there/$name")) | Should -BeExactly ([System.IO.File]::ReadAllText((Join-Path $TestDrive "here/$name")))
        }
    }

    It 'shows its progress after a second, and ends it' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$module'; Get-Cassette '$folder' -Recurse | ForEach-Object { Start-Sleep -Milliseconds 1100; `$_ } | Export-Transcript -Destination '$(Join-Path $TestDrive 'slow')'").Invoke()
            $records = @($shell.Streams.Progress | Where-Object Activity -EQ 'Export-Transcript')
            $records[0].StatusDescription | Should -BeLike '* file*, * per second'
            $records[-1].RecordType | Should -Be 'Completed'
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'stops at once, and leaves no half page and no index' {
        $many = Join-Path $TestDrive 'many'
        1..300 | ForEach-Object { $null = Write-TestFile -Path (Join-Path $many "$_.json") -Text $seedText }
        $site = Join-Path $TestDrive 'stopped'
        $shell = [powershell]::Create()
        try {
            # The last cassette never comes, so that only a stop ends it.
            $null = $shell.AddScript("Import-Module '$module'; & { Get-Cassette '$many'; Start-Sleep -Seconds 3600 } | Export-Transcript -Destination '$site'")
            $running = $shell.BeginInvoke()
            while (-not $running.IsCompleted -and -not (Test-Path -Path (Join-Path $site '*.html'))) {
                Start-Sleep -Milliseconds 20
            }
            $shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne([timespan]::FromMinutes(1)) | Should -BeTrue
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $pages = Get-ChildItem -LiteralPath $site -Recurse -File -Force
            $pages.Name | Where-Object { $_ -notlike '*.json.html' } | Should -BeNullOrEmpty
            $pages | Where-Object { -not [System.IO.File]::ReadAllText($_.FullName).EndsWith("</html>`n") } | Should -BeNullOrEmpty
        }
        finally {
            $shell.Dispose()
        }
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
