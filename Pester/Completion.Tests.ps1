BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')

    # What completion offers at the end of a line.
    function Get-Completion {
        param([string] $Line)
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
    }

    # Asks again until the background has read what the first completion had no time for.
    function Wait-Completion {
        param([string] $Line, [int] $Count)
        $deadline = [datetime]::UtcNow.AddSeconds(10)
        do {
            $found = @(Get-Completion $Line)
            Start-Sleep -Milliseconds 20
        } until ($found.Count -ge $Count -or [datetime]::UtcNow -gt $deadline)
        $found
    }

    function Write-ModelCassette {
        param([string] $Path, [string] $Model, [string] $TestId)
        $text = $seedText.Replace('"gpt-4o"', (ConvertTo-Json -InputObject $Model))
        if ($TestId) {
            $text = '{"test_id": ' + (ConvertTo-Json -InputObject $TestId) + ',' + $text.TrimStart().Substring(1)
        }

        Write-TestFile -Path $Path -Text $text
    }
}

Describe 'Completion of values' {
    BeforeAll {
        $script:folder = Join-Path $TestDrive 'value [1]'
        $escaped = [WildcardPattern]::Escape($folder)
        $script:typed = "Get-Cassette -LiteralPath '$folder'"
        $script:pattern = "Get-Cassette '$escaped'"
        $null = Write-ModelCassette -Path (Join-Path $folder 'a.json') -Model 'gpt-4o-mini'
        $null = Write-ModelCassette -Path (Join-Path $folder 'b.json') -Model 'gpt-4o-mini'
        $null = Write-ModelCassette -Path (Join-Path $folder 'c.json') -Model 'meta-llama/Llama-3.2-3B-Instruct' -TestId "tests/test_x.py::test_it[client=it's `$x-1]"
        $null = Write-ModelCassette -Path (Join-Path $folder 'below/d.json') -Model 'a model: $x "y"'
        $null = Write-TestFile -Path (Join-Path $folder 'notes.json') -Text '{ "no": "cassette" }'
    }

    It 'offers the models of the folder that was typed, sorted, with how many cassettes have each' {
        $found = Wait-Completion "$typed -Model " -Count 2
        $found.CompletionText | Should -Be 'gpt-4o-mini', 'meta-llama/Llama-3.2-3B-Instruct'
        $found.ToolTip | Should -Be '2 cassettes', '1 cassette'
    }

    It 'offers them for a path with escaped wildcards at a position' {
        (Wait-Completion "$pattern -Model " -Count 2).CompletionText | Should -Be 'gpt-4o-mini', 'meta-llama/Llama-3.2-3B-Instruct'
    }

    It 'goes into subfolders when the cmdlet does, and quotes what needs it' {
        $found = Wait-Completion "$typed -Recurse -Model " -Count 3
        $found.CompletionText | Should -Contain "'a model: `$x `"y`"'"
        (Get-Cassette -LiteralPath $folder -Recurse -Model 'a model: $x "y"').Name | Should -Be 'd.json'
    }

    It 'offers what begins with the word, else what holds it: <Word>' -ForEach @(
        @{ Word = 'GPT'; Models = 'gpt-4o-mini' }
        @{ Word = 'llama-3'; Models = 'meta-llama/Llama-3.2-3B-Instruct' }
        @{ Word = "'m"; Models = 'meta-llama/Llama-3.2-3B-Instruct' }
        @{ Word = '*3B'; Models = 'meta-llama/Llama-3.2-3B-Instruct' }
        @{ Word = 'gpt-3,g'; Models = 'gpt-4o-mini' }
    ) {
        (Wait-Completion "$typed -Model $Word" -Count 1).CompletionText | Should -Be $Models
    }

    It 'completes an endpoint and a test id to what finds the cassette' {
        (Wait-Completion "$typed -Endpoint " -Count 1).CompletionText | Should -Be '/v1/chat/completions'
        # The range in its brackets ends before it begins, which as a pattern is malformed.
        $id = (Wait-Completion "$typed -TestId " -Count 1).CompletionText
        (& ([scriptblock]::Create("$typed -TestId $id"))).Name | Should -Be 'c.json'
    }

    It 'offers those of the files that were typed only: <Typed>' -ForEach @(
        @{ Typed = "-LiteralPath '{0}/c.json'"; Models = 'meta-llama/Llama-3.2-3B-Instruct' }
        @{ Typed = "'{1}/c.json'"; Models = 'meta-llama/Llama-3.2-3B-Instruct' }
        @{ Typed = "-LiteralPath '{0}/below/../c.json'"; Models = 'meta-llama/Llama-3.2-3B-Instruct' }
        @{ Typed = "'{1}/[ab]*'"; Models = 'gpt-4o-mini' }
        @{ Typed = "'{1}/b*/d.json'"; Models = "'a model: `$x `"y`"'" }
        @{ Typed = "'{1}/c.json', '{1}/*/d.json'"; Models = "'a model: `$x `"y`"'", 'meta-llama/Llama-3.2-3B-Instruct' }
    ) {
        $line = "Get-Cassette $($Typed -f $folder, [WildcardPattern]::Escape($folder)) -Model "
        (Wait-Completion $line -Count $Models.Count).CompletionText | Should -Be $Models
    }

    It 'writes a value with brackets so that it matches itself' {
        $other = Join-Path $TestDrive 'brackets'
        $null = Write-ModelCassette -Path (Join-Path $other 'a.json') -Model 'm[abc]'
        $found = Wait-Completion "Get-Cassette -LiteralPath '$other' -Model m[a" -Count 1
        $found.ListItemText | Should -Be 'm[abc]'
        'm[abc]' | Should -BeLike (& ([scriptblock]::Create($found.CompletionText)))
    }

    It 'takes the current folder when no path was typed' {
        Push-Location -LiteralPath $folder
        try {
            (Wait-Completion 'Get-Cassette -Model ' -Count 2).CompletionText | Should -Be 'gpt-4o-mini', 'meta-llama/Llama-3.2-3B-Instruct'
        }
        finally {
            Pop-Location
        }
    }

    It 'knows files that came, changed and went' {
        $null = Wait-Completion "$typed -Model " -Count 2
        $other = Write-ModelCassette -Path (Join-Path $folder 'e.json') -Model 'new-model'
        (Wait-Completion "$typed -Model " -Count 3).CompletionText | Should -Contain 'new-model'
        $null = Write-ModelCassette -Path $other -Model 'newer-model'
        (Wait-Completion "$typed -Model newer" -Count 1).CompletionText | Should -Be 'newer-model'
        Remove-Item -LiteralPath $other
        (Get-Completion "$typed -Model ").CompletionText | Should -Not -Contain 'newer-model'
    }

    It 'offers rules and the ports of servers' {
        (Get-Completion 'Remove-CassetteSecret . -ExcludeRule openai-api').CompletionText | Should -Contain 'openai-api-key'
        $server = Start-CassetteServer -LiteralPath $seed
        try {
            (Get-Completion 'Get-CassetteServer -Port ').CompletionText | Should -Contain "$($server.Port)"
        }
        finally {
            $server | Stop-CassetteServer
        }
    }
}

Describe 'Completion of paths' {
    BeforeAll {
        $script:folder = Join-Path $TestDrive 'paths'
        $null = 'a[1].json', "it's `$x.json", 'plain.json' | ForEach-Object { Write-TestFile -Path (Join-Path $folder $_) -Text $seedText }
        $null = Write-TestFile -Path (Join-Path $folder 'other.json') -Text '{ "no": "cassette" }'
        $null = New-Item -ItemType Directory -Path (Join-Path $folder 'sub') -Force
        $null = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'nothing') -Force
        $null = Write-TestFile -Path (Join-Path $TestDrive 'nothing/only.json') -Text '{}'

        # Until the background has looked at every file.
        function Wait-PathCompletion {
            param([string] $Line, [int] $Most)
            $deadline = [datetime]::UtcNow.AddSeconds(10)
            do {
                $found = @(Get-Completion $Line)
                Start-Sleep -Milliseconds 20
        } until ($found.Count -le $Most -or [datetime]::UtcNow -gt $deadline)
            $found
        }
    }

    It 'completes a name that a view shortened in its middle' {
        $hash = '0123456789abcdef' * 4
        $file = Write-TestFile -Path (Join-Path -Path $TestDrive -ChildPath 'hashes' -AdditionalChildPath "$hash.json") -Text $seedText
        $null = Write-TestFile -Path (Join-Path -Path $TestDrive -ChildPath 'hashes' -AdditionalChildPath 'other.json') -Text $seedText
        $shown = (-split ((Get-Cassette -LiteralPath $file | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ })[-1])[0]
        $shown | Should -Be "01234567$([char]0x2026)abcdef.json"
        Push-Location -LiteralPath (Split-Path -Path $file)
        try {
            (Get-Completion "Get-Cassette $shown").CompletionText | Should -BeLike "*$hash.json"
        }
        finally {
            Pop-Location
        }
    }

    It 'offers cassettes and folders for <_>, and no other file' -ForEach @(
        'Get-Cassette -Path ', 'Get-Cassette ', 'Get-Cassette -LiteralPath ', 'Test-Cassette ', 'Repair-Cassette -LiteralPath ', 'Use-Cassette -Path '
        'Enter-Cassette ', 'Assert-CassetteMatch ', 'Compare-Cassette ', 'Compare-Cassette . '
    ) {
        $found = Wait-PathCompletion "$_$folder/" -Most 4
        $found.ListItemText | Sort-Object | Should -Be 'a[1].json', "it's `$x.json", 'plain.json', 'sub'
        ($found | Where-Object ListItemText -EQ 'plain.json').ToolTip | Should -BeLike '*plain.json, gpt-4o, /v1/chat/completions*'
    }

    It 'writes a path so that <_> finds the file' -ForEach 'Get-Cassette -Path', 'Get-Cassette -LiteralPath' {
        $found = Wait-PathCompletion "$_ $folder/" -Most 4 | Where-Object ResultType -EQ ProviderItem
        $found.Count | Should -Be 3
        foreach ($item in $found) {
            (& ([scriptblock]::Create("$_ $($item.CompletionText)"))).Name | Should -Be $item.ListItemText
        }
    }

    It 'writes a path as it is for <_>, which takes no wildcards' -ForEach @(
        'Use-Cassette -Path', 'Enter-Cassette -Path', 'Assert-CassetteMatch -Path', 'Should-MatchCassette -Path', 'Test-Cassette -LiteralPath'
    ) {
        $found = Wait-PathCompletion "$_ $folder/" -Most 4 | Where-Object ListItemText -EQ 'a[1].json'
        & ([scriptblock]::Create("Write-Output $($found.CompletionText)")) | Should -Be (Join-Path $folder 'a[1].json')
    }

    It 'offers a damaged cassette to who looks for damage' {
        $damaged = Join-Path $TestDrive 'damaged'
        $null = Write-TestFile -Path (Join-Path $damaged 'damaged.json') -Text $seedText.Substring(0, 2000)
        $null = Write-TestFile -Path (Join-Path $damaged 'other.json') -Text '{ "no": "cassette" }'
        $null = Write-TestFile -Path (Join-Path $damaged 'plain.json') -Text $seedText
        (Wait-PathCompletion "Test-Cassette $damaged/" -Most 2).ListItemText | Should -Be 'damaged.json', 'plain.json'
    }

    It 'offers every file to who looks for secrets in any text' {
        (Get-Completion "Find-CassetteSecret $folder/").ListItemText | Should -Contain 'other.json'
    }

    It 'offers what there is where there is no cassette' {
        (Get-Completion "Get-Cassette $TestDrive/nothing/").ListItemText | Should -Be 'only.json'
    }
}

Describe 'Completion of formats' {
    It 'offers those that can be read, or written' {
        (Get-Completion 'Get-Cassette x -Format ').ListItemText | Should -Contain 'httprr'
        $written = (Get-Completion 'Export-Cassette x -Format ').ListItemText
        $written | Should -Contain 'har'
        $written | Should -Not -Contain 'httprr'
        (Get-Completion 'Get-Cassette x -Format vc').CompletionText | Should -Be 'vcrpy'
    }
}

Describe 'Completion of anything' {
    It 'never throws: <_>' -ForEach @(
        'Get-Cassette /no/such/folder -Model ', 'Get-Cassette -Path Env:\ -Model ', 'Get-Cassette -LiteralPath "`0" -Model ', 'Get-Cassette [ -Model '
        'Get-Cassette $none -Model ', 'Get-Cassette $(throw 1) -TestId ', 'Get-Cassette -Model [', "Get-Cassette -Model 'x", 'Get-Cassette -LiteralPath Z:\ -Endpoint '
        'Get-Cassette -Path [', 'Get-Cassette -LiteralPath Function:\', 'Find-CassetteSecret -Rule [', 'Get-CassetteServer -Port x'
    ) {
        $Error.Clear()
        { Get-Completion $_ } | Should -Not -Throw
        $Error | Should -BeNullOrEmpty
    }
}
