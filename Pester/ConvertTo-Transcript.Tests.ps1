BeforeDiscovery {
    $script:hasSharedData = Test-Path -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'data', 'recordings'))
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:rich = Write-ChatCassette -Path (Join-Path $TestDrive 'rich.json') -Response @{
        is_streaming = $false
        body         = @{
            model = 'm-1'; usage = @{ prompt_tokens = 12; completion_tokens = 34; total_tokens = 46 }
            choices = @(
                @{ index = 0; finish_reason = 'tool_calls'; message = @{ role = 'assistant'; content = $null; reasoning_content = 'Let me look.'
                        tool_calls = @(@{ id = 'call_1'; type = 'function'; function = @{ name = 'look'; arguments = '{"at":"sky"}' } })
                    }
                }
                @{ index = 1; finish_reason = 'stop'; message = @{ role = 'assistant'; content = $null; refusal = 'I will not.' } }
            )
        }
    }
}

Describe 'ConvertTo-Transcript' {
    It 'gives a Transcript with all that was sent and answered' {
        $transcript = Get-Cassette -Path $seed | ConvertTo-Transcript
        $transcript | Should -BeOfType ([OpenAICassette.Transcript])
        $transcript.Name | Should -Be 'capitals.json'
        $transcript.Model | Should -Be 'gpt-4o-2024-08-06'
        $transcript.FinishReason | Should -Be 'stop'
        $transcript.Chunks | Should -Be 28
        $transcript.Usage | Should -Be $null
        $transcript.Error | Should -Be $null
        $transcript.Turns.Role | Should -Be 'user', 'user', 'assistant', 'user', 'assistant'
        $transcript.Turns[0].Text | Should -BeExactly 'what teams are playing in this image?'
        $transcript.Turns[1].Parts[0].Kind | Should -Be 'Image'
        $transcript.Turns[1].Parts[0].Value | Should -BeLike 'https://upload.wikimedia.org/*.jpg'
        $transcript.Turns[3].Text | Should -BeExactly $question
        $transcript.Turns[4].Text | Should -BeExactly $answer
        $transcript.Turns[4].FinishReason | Should -Be 'stop'
        $transcript.Turns[4].Choice | Should -Be 0
    }

    It 'gives tool calls, reasoning, refusals and usage' {
        $transcript = ConvertTo-Transcript -Path $rich
        $transcript.Usage.PromptTokens | Should -Be 12
        $transcript.Usage.CompletionTokens | Should -Be 34
        $transcript.Usage.TotalTokens | Should -Be 46
        $transcript.FinishReason | Should -Be 'tool_calls'
        $call = $transcript.Turns[1].ToolCalls[0]
        $call.Id, $call.Name, $call.Arguments | Should -Be 'call_1', 'look', '{"at":"sky"}'
        $transcript.Turns[1].Reasoning | Should -Be 'Let me look.'
        $transcript.Turns[2].Refusal | Should -Be 'I will not.'
        $transcript.Turns.Choice | Should -Be $null, 0, 1
    }

    It 'shows the conversation as its default view' {
        $shown = Get-Cassette -Path $seed | ConvertTo-Transcript | Out-String
        $shown | Should -Match '(?m)^user       what teams are playing in this image\?'
        $shown | Should -Match '(?m)^assistant  THE TEAMS PLAYING IN THE IMAGE ARE'
        $shown | Should -Match ([regex]::Escape($question))
        $shown | Should -Match 'gpt-4o-2024-08-06 . stop . 28 chunks'
    }

    It 'shows turns with their tool calls, and nothing for turns without' {
        $shown = (ConvertTo-Transcript -Path $rich).Turns | Out-String -Width 120
        $shown | Should -Match 'look\('
        $shown | Should -Not -Match '\{\}'
    }
}

Describe 'ConvertTo-Transcript -As' {
    It 'gives Text with unbroken lines' {
        $text = Get-Cassette -Path $seed | ConvertTo-Transcript -As Text
        $text | Should -BeOfType ([string])
        $text -split "`n" | Should -Contain "assistant  $answer"
        $text | Should -BeExactly (ConvertTo-Transcript -Path $seed).ToString()
    }

    It 'gives Markdown with what was said in quotes' {
        $lines = (ConvertTo-Transcript -Path $seed -As Markdown) -split "`n"
        $lines | Should -Contain '**assistant**'
        $lines | Should -Contain "> $answer"
    }

    It 'gives Json on one line, with the same as the objects' {
        $json = @(ConvertTo-Transcript -Path $rich, $seed -As Json)
        $json.Count | Should -Be 2
        $json[1] | Should -Not -Match '\n'
        $parsed = $json | ConvertFrom-Json
        $parsed[1].turns.role | Should -Be 'user', 'user', 'assistant', 'user', 'assistant'
        $parsed[1].turns[4].parts[0].value | Should -BeExactly $answer
        $parsed[0].usage.completionTokens | Should -Be 34
        $parsed[0].turns[1].toolCalls[0].name | Should -Be 'look'
        $parsed[0].turns[2].refusal | Should -Be 'I will not.'
    }

    It 'refuses another form, and names those there are' {
        { ConvertTo-Transcript -Path $seed -As Braille } | Should -Throw -ExpectedMessage '*Text, Markdown, Json*'
    }

    It 'completes the forms' {
        (TabExpansion2 -inputScript 'ConvertTo-Transcript -As ' -cursorColumn 25).CompletionMatches.CompletionText |
            Should -Be 'Json', 'Markdown', 'Text'
    }

    It 'gives the same bytes in every culture (<_>)' -ForEach 'tr-TR', 'de-DE', 'ar-SA' {
        $expected = 'Text', 'Markdown', 'Json' | ForEach-Object { ConvertTo-Transcript -Path $rich -As $_ }
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            'Text', 'Markdown', 'Json' | ForEach-Object { ConvertTo-Transcript -Path $rich -As $_ } | Should -BeExactly $expected
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }
}

Describe 'ConvertTo-Transcript and its input' {
    BeforeAll {
        $script:expected = ConvertTo-Transcript -Path $seed -As Json
    }

    It 'gives the same for a cassette, an interaction, a path, and the events of a replay' {
        $cassette = Get-Cassette -Path $seed
        ConvertTo-Transcript -InputObject $cassette -As Json | Should -BeExactly $expected
        $cassette.Interactions | ConvertTo-Transcript -As Json | Should -BeExactly $expected
        ConvertTo-Transcript -LiteralPath $seed -As Json | Should -BeExactly $expected
        Invoke-CassetteReplay -Path $seed | ConvertTo-Transcript -As Json | Should -BeExactly $expected
        ConvertTo-Transcript -InputObject (Invoke-CassetteReplay -Path $seed) -As Json | Should -BeExactly $expected
    }

    It 'makes one transcript of each interaction in a stream of events' {
        $given = Invoke-CassetteReplay -Path $seed, $rich, $seed | ConvertTo-Transcript
        $given.Name | Should -Be 'capitals.json', 'rich.json', 'capitals.json'
        $given.Turns.Count | Should -Be 13
    }

    It 'tells two replays of the same interaction apart' {
        $cassette = Get-Cassette -Path $seed
        @($cassette, $cassette | Invoke-CassetteReplay | ConvertTo-Transcript).Count | Should -Be 2
        @($cassette, $cassette | Invoke-CassetteReplay | Where-Object Index -LT 3 | ConvertTo-Transcript).Turns[4].Text | Should -Be 'THE TE'
    }

    It 'goes as far as the events that it is given' {
        $transcript = Invoke-CassetteReplay -Path $seed | Select-Object -First 4 | ConvertTo-Transcript
        $transcript.Turns.Count | Should -Be 5
        $transcript.Turns[4].Text | Should -BeExactly 'THE TEAMS'
        $transcript.FinishReason | Should -Be $null
    }

    It 'shows the error that a call ended in' {
        $failed = Write-ChatCassette -Path (Join-Path $TestDrive 'failed.json') -Response @{
            status = 429; is_streaming = $false; body = @{ error = @{ type = 'rate_limit'; message = 'slow down' } }
        }
        $transcript = ConvertTo-Transcript -Path $failed
        $transcript.Error.Status | Should -Be 429
        $transcript | Out-String | Should -Match '429 rate_limit: slow down'
    }

    It 'writes InputNotSupported for other objects, and goes on' {
        $given = 42, (Get-Cassette -Path $seed), 'text', (Get-Item -LiteralPath $seed) |
            ConvertTo-Transcript -ErrorVariable problems -ErrorAction SilentlyContinue
        $given.Name | Should -Be 'capitals.json'
        $problems.Count | Should -Be 3
        $problems.FullyQualifiedErrorId | Sort-Object -Unique | Should -Be 'InputNotSupported,OpenAICassette.Commands.ConvertToTranscriptCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidType'
        $problems[0].Exception.Message | Should -Match 'expected a cassette, an interaction or replay events, got System\.Int32'
        $problems[1].TargetObject | Should -Be 'text'
    }

    It 'refuses null' {
        { $null | ConvertTo-Transcript } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        { ConvertTo-Transcript -InputObject $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }
}

Describe 'ConvertTo-Transcript of all recordings (needs the shared data)' -Skip:(-not $hasSharedData) {
    It 'gives one transcript for each, and JSON that parses' {
        $all = Get-Cassette -LiteralPath $recordings -Recurse
        $json = $all | ConvertTo-Transcript -As Json
        $json.Count | Should -Be $all.Count
        ($json | ConvertFrom-Json).name | Should -Be $all.Name
    }

    It 'gives from a replay what it gives from the cassette' {
        foreach ($cassette in Get-Cassette -LiteralPath $recordings -Recurse -Streaming) {
            $cassette | Invoke-CassetteReplay | ConvertTo-Transcript -As Json |
                Should -BeExactly ($cassette | ConvertTo-Transcript -As Json) -Because $cassette.RelativePath
        }
    }
}
