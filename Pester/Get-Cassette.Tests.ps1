BeforeDiscovery {
    $script:hasSharedData = Test-Path -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'data', 'recordings'))
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
        $verbose.Message | Should -Be "$(Join-Path $folder 'readme.md'): skipped, not a cassette", "$(Join-Path $folder 'settings.json'): skipped, not a cassette"
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

    It 'takes a list of cassettes as it takes an array' {
        $list = [System.Collections.Generic.List[object]]@(Get-Cassette -Path $seed, $plain)
        (Get-Cassette -Path $list).Path | Should -Be $seed, $plain
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
        @(Get-Cassette -Path $folder -Recurse @Filter | ForEach-Object Name) | Should -Be $Expected
    }
}

Describe 'Get-Cassette -Format' {
    BeforeAll {
        $script:archive = Write-TestFile -Path (Join-Path $TestDrive 'archive [1].json') -Text '{"log":{"entries":[]}}'
    }

    It 'reads a file in that format, in any case and with or without hyphens' {
        (Get-Cassette -LiteralPath $archive -Format HAR).Format | Should -Be 'har'
        { Get-Cassette -LiteralPath $archive -Format TestProxy -ErrorAction Stop } |
            Should -Throw -ErrorId 'CassetteFormatUnknown,OpenAICassette.Commands.GetCassetteCommand'
    }

    It 'names the formats if there is none of that name' {
        { Get-Cassette -LiteralPath $archive -Format vcr } | Should -Throw -ExpectedMessage "*'vcr' is not a format*LlamaStack, har, *"
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
