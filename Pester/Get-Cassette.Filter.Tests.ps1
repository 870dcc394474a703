BeforeDiscovery {
    $script:hasSharedData = Test-Path -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'data', 'recordings'))
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:folder = Join-Path $TestDrive 'folder'
    $null = Write-TestFile -Path (Join-Path $folder 'a.json') -Text $seedText.Replace('{ "request"', '{ "test_id": "tests/t.py::test_Caps[txt=gpt-4o]", "request"')
    $call = @{ id = 'c1'; type = 'function'; function = @{ name = 'weather'; arguments = '{"city":"Ankara"}' } }
    $null = Write-ChatCassette -Path (Join-Path $folder 'b.json') -Response @{ is_streaming = $false
        body = @{ choices = @(@{ index = 0; message = @{ role = 'assistant'; content = $null; tool_calls = @($call) } }) }
    }
    $null = Write-ChatCassette -Path (Join-Path $folder 'c.json') -Response @{ is_streaming = $false; body = $null; is_exception = $true; exception_message = 'no' }
    $null = Write-ChatCassette -Path (Join-Path $folder 'd.json') -Response @{ is_streaming = $false
        body = @{ choices = @(@{ index = 0; message = @{ role = 'assistant'; content = "INDIGO `u{130}zmir arguments"; reasoning = 'Think of ships.'; refusal = 'Never' } }) }
    }
}

Describe 'Get-Cassette with the filter' {
    It 'keeps <Expected> with <Filter.Keys> <Filter.Values>' -ForEach @(
        @{ Filter = @{ TestId = '*::test_caps*' }; Expected = @('a.json') }
        @{ Filter = @{ TestId = 'tests/t.py::test_Caps`[txt=gpt-4o`]' }; Expected = @('a.json') }
        @{ Filter = @{ TestId = 'none', '*' }; Expected = @('a.json', 'b.json', 'c.json', 'd.json') }
        @{ Filter = @{ TestId = '?*' }; Expected = @('a.json') }
        @{ Filter = @{ TestId = 'caps' }; Expected = @() }
        @{ Filter = @{ HasToolCall = $true }; Expected = @('b.json') }
        @{ Filter = @{ HasToolCall = $false }; Expected = @('a.json', 'c.json', 'd.json') }
        @{ Filter = @{ HasError = $true }; Expected = @('c.json') }
        @{ Filter = @{ HasError = $false }; Expected = @('a.json', 'b.json', 'd.json') }
        @{ Filter = @{ Text = 'cleveland CAVALIERS and' }; Expected = @('a.json') }
        @{ Filter = @{ Text = 'previous response' }; Expected = @('a.json') }
        @{ Filter = @{ Text = 'hello?' }; Expected = @('b.json', 'c.json', 'd.json') }
        @{ Filter = @{ Text = 'indigo' }; Expected = @('d.json') }
        @{ Filter = @{ Text = 'of SHIPS' }; Expected = @('d.json') }
        @{ Filter = @{ Text = 'never' }; Expected = @('d.json') }
        @{ Filter = @{ Text = "`u{130}zmir" }; Expected = @('d.json') }
        @{ Filter = @{ Text = 'chatcmpl' }; Expected = @() }
        @{ Filter = @{ Text = 'INDI*' }; Expected = @() }
        @{ Filter = @{ HasToolCall = $false; HasError = $false }; Expected = @('a.json', 'd.json') }
        @{ Filter = @{ HasToolCall = $false; HasError = $false; Text = 'hello'; Streaming = $false }; Expected = @('d.json') }
        @{ Filter = @{ TestId = '*caps*'; Text = 'nets'; Model = 'gpt-*'; Endpoint = '*chat*'; Streaming = $true }; Expected = @('a.json') }
        @{ Filter = @{ TestId = '*caps*'; HasToolCall = $true }; Expected = @() }
    ) {
        Set-StrictMode -Version Latest
        @(Get-Cassette -Path $folder @Filter | ForEach-Object Name) | Should -Be $Expected
        foreach ($culture in 'tr-TR', 'de-DE') {
            Invoke-InCulture -Culture $culture -Command { @(Get-Cassette -LiteralPath $folder @Filter | ForEach-Object Name) | Should -Be $Expected }
        }
    }

    It 'takes the exact id of a test in brackets once it is escaped' {
        $id = (Get-Cassette -Path (Join-Path $folder 'a.json')).TestId
        (Get-Cassette -Path $folder -TestId ([WildcardPattern]::Escape($id))).TestId | Should -BeExactly $id
    }

    It 'gives cassettes in path order, as soon as they are there, and files from the pipeline' {
        (Get-ChildItem -LiteralPath $folder | Get-Cassette -Text 'hello').Name | Should -Be 'b.json', 'c.json', 'd.json'
        (Get-Cassette -Path $folder -Text 'hello' | Select-Object -First 1).Name | Should -Be 'b.json'
        (Get-Cassette -Path $folder | Get-Cassette -HasToolCall | ConvertTo-Transcript).Turns.ToolCalls.Name | Should -Contain 'weather'
    }

    It 'ends with PatternNotValid for a malformed -<_>' -ForEach 'TestId', 'Model', 'Endpoint' {
        $arguments = @{ Path = $seed; $_ = 'ok', 'a[' }
        { Get-Cassette @arguments -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'PatternNotValid,OpenAICassette.Commands.GetCassetteCommand'
        $Error[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $Error[0].Exception.Message | Should -BeLike '*a`[*'
    }

    It 'does not speak of files when it is -<_> that is malformed' -ForEach 'TestId', 'Model', 'Endpoint' {
        $arguments = @{ Path = $seed; $_ = 'a[' }
        { Get-Cassette @arguments } | Should -Throw -ErrorId 'PatternNotValid*'
        $Error[0].Exception.Message | Should -Not -BeLike '*-LiteralPath*'
    }

    It 'refuses empty -<_>' -ForEach 'TestId', 'Text' {
        $arguments = @{ Path = $seed; $_ = '' }
        { Get-Cassette @arguments } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'tells of files that cannot be read, and goes on, with <_.Keys>' -ForEach @{ Text = 'hello' }, @{ HasToolCall = $false }, @{ HasError = $true } {
        $filter = $_
        $bad = Write-TestFile -Path (Join-Path $TestDrive 'bad.json') -Text 'nope'
        $given = Get-Cassette -Path $bad, (Join-Path $folder 'c.json') @filter -ErrorVariable problems -ErrorAction SilentlyContinue
        $given.Name | Should -Be 'c.json'
        $problems.FullyQualifiedErrorId | Should -Be 'CassetteInvalidJson,OpenAICassette.Commands.GetCassetteCommand'
        $problems[0].TargetObject | Should -Be $bad
    }
}

Describe 'Get-Cassette with the filter, over all recordings (needs the shared data)' -Skip:(-not $hasSharedData) {
    BeforeAll {
        # The recordings have one layout, so that indented lines tell of their members.
        $script:texts = Get-ChildItem -LiteralPath $recordings -Recurse -Filter *.json | ForEach-Object {
            [pscustomobject]@{ Path = $_.FullName; Text = [System.IO.File]::ReadAllText($_.FullName) }
        }
    }

    It 'finds the calls that failed' {
        $expected = ($texts | Where-Object Text -Match '(?m)^    "(is_exception": true|status": [45]\d\d)').Path | Sort-Object
        (Get-Cassette -LiteralPath $recordings -Recurse -HasError).Path | Sort-Object | Should -Be $expected
        (Get-Cassette -LiteralPath $recordings -Recurse -HasError:$false).Count | Should -Be ($texts.Count - $expected.Count)
    }

    It 'finds the chat responses that call tools' {
        $expected = ($texts | Where-Object Text -Match '(?sm)^  "response": \{.*"tool_calls": \[\r?\n').Path | Sort-Object
        $expected.Count | Should -BeGreaterThan 50
        (Get-Cassette -LiteralPath $recordings -Recurse -HasToolCall -Endpoint '*/chat/completions').Path | Sort-Object | Should -Be $expected
    }

    It 'finds what a test recorded' {
        $expected = ($texts | Where-Object Text -Match '(?m)^  "test_id": "tests/integration/safety/').Path | Sort-Object
        (Get-Cassette -LiteralPath $recordings -Recurse -TestId 'tests/integration/safety/*').Path | Sort-Object | Should -Be $expected
    }
}
