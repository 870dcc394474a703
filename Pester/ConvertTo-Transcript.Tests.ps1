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

    It 'breaks long lines between characters, not within one' {
        $grins = 'a' + [char]::ConvertFromUtf32(0x1F600) * 100
        $path = Write-TestFile -Path (Join-Path $TestDrive 'grins.json') -Text $seedText.Replace($question, $grins)
        $shown = ConvertTo-Transcript -Path $path | Out-String
        $shown -match '[\uD800-\uDBFF](?![\uDC00-\uDFFF])' | Should -BeFalse -Because 'half a character is none'
        ($shown -replace '\s').Contains($grins) | Should -BeTrue
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
        { ConvertTo-Transcript -Path $seed -As Braille } | Should -Throw -ExpectedMessage '*Text, Markdown, Html, Json, MessageJson*'
    }

    It 'completes the forms' {
        (TabExpansion2 -inputScript 'ConvertTo-Transcript -As ' -cursorColumn 25).CompletionMatches.CompletionText |
            Should -Be 'Html', 'Json', 'Markdown', 'MessageJson', 'Text'
    }

    It 'gives the same bytes in every culture (<_>)' -ForEach 'tr-TR', 'de-DE', 'ar-SA' {
        $expected = 'Text', 'Markdown', 'Html', 'Json', 'MessageJson' | ForEach-Object { ConvertTo-Transcript -Path $rich -As $_ }
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            'Text', 'Markdown', 'Html', 'Json', 'MessageJson' | ForEach-Object { ConvertTo-Transcript -Path $rich -As $_ } | Should -BeExactly $expected
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }
}
