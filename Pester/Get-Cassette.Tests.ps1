BeforeDiscovery {
    $script:hasSharedData = Test-Path -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'data', 'recordings'))
    $script:canBeRefused = -not $IsWindows -and (id -u) -ne 0
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:folder = Join-Path $TestDrive 'folder'
    $script:plain = Write-TestFile -Path (Join-Path $folder 'b.json') -Text $seedText
    $null = Write-TestFile -Path (Join-Path $folder 'a.json') -Text $seedText.Replace('"model": "gpt-4o"', '"model": "o3-mini"')
    $null = Write-ChatCassette -Path (Join-Path $folder 'sub/c.json') -Response @{ body = @{ choices = @() }; is_streaming = $false }
    $null = Write-TestFile -Path (Join-Path $folder 'readme.md') -Text 'not JSON at all'
    $null = Write-TestFile -Path (Join-Path $folder 'settings.json') -Text '{ "a": 1 }'
}

Describe 'Get-Cassette' {
    It 'gives a Cassette with what the file says' {
        $cassette = Get-Cassette -Path $seed
        $cassette | Should -BeOfType ([OpenAICassette.Cassette])
        $cassette.Name | Should -Be 'capitals.json'
        $cassette.Path | Should -Be $seed
        $cassette.SourcePath | Should -Be $seed
        $cassette.Saved | Should -BeTrue
        $cassette.Format | Should -Be 'LlamaStack'
        $cassette.Length | Should -Be (Get-Item -LiteralPath $seed).Length
        $cassette.Model | Should -Be 'gpt-4o'
        $cassette.Endpoint | Should -Be '/v1/chat/completions'
        $cassette.TestId | Should -BeNullOrEmpty
        $cassette.IsStreaming | Should -BeTrue
        $cassette.Chunks | Should -Be 28
        $cassette.Said | Should -BeLike 'THE TEAMS PLAYING IN THE IMAGE*'
        $cassette.Interactions.Count | Should -Be 1
        $cassette.Interactions[0].Chunks.Count | Should -Be 28
        $cassette.Interactions[0].Url | Should -Be 'https://api.openai.com/v1/v1/chat/completions'
    }

    It 'shows the same list view in every culture (<_>)' -ForEach 'tr-TR', 'de-DE', 'ar-SA' {
        $expected = Get-Cassette -Path $seed | Format-List | Out-String
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            Get-Cassette -Path $seed | Format-List | Out-String | Should -BeExactly $expected
            (Get-Cassette -Path $seed -Endpoint '/V1/CHAT/COMPLETIONS').Name | Should -Be 'capitals.json'
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'works in the strictest mode' {
        Set-StrictMode -Version Latest
        (Get-Cassette -Path $seed | Format-Table | Out-String) | Should -Match 'capitals\.json'
    }
}

Describe 'Get-Cassette with paths' {
    It 'takes wildcards, gives path order, and says nothing when none matches' {
        Get-Cassette -Path (Join-Path $folder '*.none') | Should -BeNullOrEmpty
        (Get-Cassette -Path (Join-Path $folder '[ab].json')).Name | Should -Be 'a.json', 'b.json'
    }

    It 'takes arrays, in their order' {
        (Get-Cassette -Path $plain, $seed).Name | Should -Be 'b.json', 'capitals.json'
        (Get-Cassette -LiteralPath $seed, $plain).Name | Should -Be 'capitals.json', 'b.json'
    }

    It 'lists the cassettes of a folder, and those below only with -Recurse' {
        (Get-Cassette -Path $folder).Name | Should -Be 'a.json', 'b.json'
        (Get-Cassette -LiteralPath $folder -Recurse).RelativePath | Should -Be 'a.json', 'b.json', 'sub/c.json'
    }

    It 'tells in verbose text what a folder holds besides' {
        $verbose = Get-Cassette -Path $folder -Recurse -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $verbose.Message | Should -Be "$(Join-Path $folder 'readme.md'): passed over, not a cassette", "$(Join-Path $folder 'settings.json'): passed over, not a cassette"
    }

    It 'takes the file named <_> literally, from the pipeline, and in its folder' -ForEach 'b[1].json', 'a b.json', "it's.json", "Gr`u{F6}`u{DF}e `u{65E5}`u{672C} `u{1F39E}.json", '$x`y.json', '-dash.json', 'a[.json' {
        $path = Write-TestFile -Path (Join-Path $TestDrive "names$($_.Length)/$_") -Text $seedText
        (Get-Cassette -LiteralPath $path).Name | Should -BeExactly $_
        (Get-ChildItem -LiteralPath $path | Get-Cassette).Path | Should -BeExactly $path
        (Get-Cassette -Path ([WildcardPattern]::Escape($path))).Name | Should -BeExactly $_
        (Get-ChildItem -LiteralPath (Split-Path -Path $path) | Get-Cassette).Name | Should -Contain $_
    }

    It 'takes strings, files, folders and cassettes from the pipeline' {
        ($seed, $plain | Get-Cassette).Name | Should -Be 'capitals.json', 'b.json'
        (Get-Item -LiteralPath $seed, $folder | Get-Cassette).Name | Should -Be 'capitals.json', 'a.json', 'b.json'
        (Get-Cassette -Path $seed | Get-Cassette).Path | Should -Be $seed
    }

    It 'takes the property <_> from the pipeline' -ForEach 'Path', 'LiteralPath', 'PSPath', 'LP' {
        ([pscustomobject]@{ $_ = $seed } | Get-Cassette).Name | Should -Be 'capitals.json'
    }

    It 'goes by the location of PowerShell, not of the process' {
        Push-Location -LiteralPath $folder
        try {
            [Environment]::CurrentDirectory | Should -Not -Be $folder
            (Get-Cassette -Path b.json).Path | Should -Be $plain
            (Get-Cassette -LiteralPath ./b.json).Path | Should -Be $plain
            (Get-Cassette -Path .).Name | Should -Be 'a.json', 'b.json'
            Set-Location -LiteralPath sub
            (Get-Cassette -Path ../b.json).Path | Should -Be $plain
        }
        finally {
            Pop-Location
        }
    }

    It 'takes paths of a PSDrive, and gives paths of the file system' {
        (Get-Cassette -Path TestDrive:\folder\*.json -ErrorAction SilentlyContinue).Path | Should -Contain $plain
        (Get-Cassette -LiteralPath TestDrive:/folder/b.json).Path | Should -Be $plain
    }

    It 'reads a file with a byte order mark' {
        $path = Write-TestFile -Path (Join-Path $TestDrive 'mark.json') -Text "$([char]0xFEFF)$seedText"
        (Get-Cassette -Path $path | ConvertTo-Transcript).Model | Should -Be 'gpt-4o-2024-08-06'
    }
}

Describe 'Get-Cassette with filters' {
    It 'keeps <Expected> with <Filter.Keys> <Filter.Values>' -ForEach @(
        @{ Filter = @{ Model = 'O3-*' }; Expected = @('a.json') }
        @{ Filter = @{ Model = 'gpt-4o', 'm' }; Expected = @('b.json', 'c.json') }
        @{ Filter = @{ Endpoint = '*/completions' }; Expected = @('a.json', 'b.json', 'c.json') }
        @{ Filter = @{ Endpoint = '/v1/models' }; Expected = @() }
        @{ Filter = @{ Streaming = $true }; Expected = @('a.json', 'b.json') }
        @{ Filter = @{ Streaming = $false }; Expected = @('c.json') }
        @{ Filter = @{ Streaming = $true; Model = '*mini' }; Expected = @('a.json') }
    ) {
        @((Get-Cassette -Path $folder -Recurse @Filter).Name) | Should -Be $Expected
    }
}

Describe 'Get-Cassette and errors' {
    It 'writes <Id> for <Problem>, and goes on' -ForEach @(
        @{ Problem = 'text that is not JSON'; Text = 'nope'; Id = 'CassetteInvalidJson'; Says = '*line 1, column 2 (byte offset 1)*' }
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
        $arguments = @{ $_ = $seed, (Join-Path $TestDrive 'missing.json'), $plain }
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

    It 'writes CassetteUnreadable for a file without permission (not as root, not on Windows)' -Skip:(-not $canBeRefused) {
        $path = Write-TestFile -Path (Join-Path $TestDrive 'closed.json') -Text $seedText
        [System.IO.File]::SetUnixFileMode($path, [System.IO.UnixFileMode]::None)
        $null = Get-Cassette -Path $path -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'CassetteUnreadable,OpenAICassette.Commands.GetCassetteCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
    }
}

Describe 'Get-Cassette over all recordings (needs the shared data)' -Skip:(-not $hasSharedData) {
    It 'lists every one, in path order, without an error' {
        $all = Get-Cassette -LiteralPath $recordings -Recurse -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        $all.Count | Should -Be (Import-Csv -LiteralPath (Join-Path $recordings 'INDEX.tsv') -Delimiter "`t").Count
        $paths = [string[]]$all.RelativePath.Replace('/', "`u{1}")
        $sorted = $paths.Clone()
        [array]::Sort($sorted, [StringComparer]::Ordinal)
        $paths | Should -Be $sorted
    }
}
