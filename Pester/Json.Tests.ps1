# Recorded JSON is at hand as PowerShell's own values.
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:path = Write-TestFile -Path (Join-Path $TestDrive 'call.json') -Text @'
{ "request": { "method": "POST", "url": "http://localhost/v1/chat/completions", "headers": {}, "endpoint": "/v1/chat/completions", "model": "",
    "body": { "temperature": 0, "top_p": 1.0, "seed": 12345678901234567890, "stream": false, "stop": null, "Count": 3, "messages": [
      { "role": "system", "content": "Be brief." }, { "role": "user", "content": "Hello?" } ] } },
  "response": { "body": [ { "id": "a", "choices": [ { "index": 0, "delta": { "role": "assistant", "content": "Hi" } } ] },
    { "id": "a", "choices": [ { "index": 0, "delta": { "content": "!" }, "finish_reason": "stop" } ] } ], "is_streaming": true } }
'@
    $script:cassette = Get-Cassette -LiteralPath $path
    $script:interaction = $cassette.Interactions[0]
}

Describe 'The body of a request' {
    It 'has the members of its JSON, in any case' {
        $body = $interaction.Request.Body
        $body.temperature -eq 0 | Should -BeTrue
        $body.Temperature | Should -BeOfType ([long])
        $body.top_p | Should -Be 1
        $body.top_p | Should -BeOfType ([double])
        $body.seed | Should -Be ([bigint]::Parse('12345678901234567890'))
        $body.stream | Should -BeFalse
        $body.stop | Should -BeNullOrEmpty
        $body.nothing | Should -BeNullOrEmpty
        $body.messages[-1].content | Should -Be 'Hello?'
        $body.messages.role | Should -Be 'system', 'user'
        $body['messages'][0].content | Should -Be 'Be brief.'
    }

    It 'has members of the name of a property too' {
        $interaction.Request.Body.Count | Should -Be 3
    }

    It 'becomes JSON again' {
        $json = $interaction.Request.Body | ConvertTo-Json -Depth 10 -Compress
        $json | Should -Be '{"temperature":0,"top_p":1.0,"seed":12345678901234567890,"stream":false,"stop":null,"Count":3,"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello?"}]}'
    }

    It 'is text as recorded in a string' {
        "$($interaction.Request.Body)" | Should -BeLike '{ "temperature": 0, "top_p": 1.0,*'
    }

    It 'completes its members' {
        $r = $interaction.Request
        $line = '$r.Body.te'
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Contain 'temperature'
        $r | Should -Not -BeNullOrEmpty
    }

    It 'cannot be changed' {
        { $interaction.Request.Body.temperature = 1 } | Should -Throw '*read-only*'
        { $interaction.Request.Body.Remove('seed') } | Should -Throw '*read-only*'
    }

    It 'is null where nothing was recorded' {
        $tool = Write-TestFile -Path (Join-Path $TestDrive 'empty.json') -Text '{ "request": { "url": "http://localhost/v1/models", "endpoint": "/v1/models" }, "response": { "body": [] } }'
        (Get-Cassette -LiteralPath $tool).Interactions[0].Request.Body | Should -BeNullOrEmpty
    }
}

Describe 'The body of a response' {
    It 'is an array where one was recorded' {
        $interaction.Response.Body.Count | Should -Be 2
        $interaction.Response.Body[-1].choices[0].finish_reason | Should -Be 'stop'
    }

    It 'is shown with its status, its kind and its beginning' {
        $shown = $interaction.Response | Out-String -Width 80
        $shown | Should -Match 'IsStreaming +: True'
        $shown | Should -Match 'Chunks +: 2'
        $shown | Should -Not -Match 'System\.|OpenAICassette\.'
    }
}

Describe 'A chunk' {
    It 'has the members of its data' {
        ($interaction.Chunks.Data.choices.delta.content -join '') | Should -Be 'Hi!'
    }
}

Describe 'Facts of a cassette' {
    It 'tells whether it calls a tool and whether it failed' {
        $cassette.HasToolCall | Should -BeFalse
        $cassette.HasError | Should -BeFalse
        $interaction.HasToolCall | Should -BeFalse
        $interaction.HasError | Should -BeFalse
        $tool = Write-ChatCassette -Path (Join-Path $TestDrive 'tool.json') -Response @{ status = 400; is_streaming = $false; body = @{ choices = @(@{ message = @{ tool_calls = @(@{ id = 'c'; function = @{ name = 'weather'; arguments = '{}' } }) } }) } }
        $called = Get-Cassette -LiteralPath $tool
        $called.HasToolCall | Should -BeTrue
        $called.HasError | Should -BeTrue
    }

    It 'are read when they are asked for' {
        $facts = $interaction.Facts
        $facts.Api | Should -Be 'openai-chat'
        $facts.FinishReasons | Should -Be 'stop'
        $facts.MessageCount | Should -Be 2
        $facts.Status | Should -BeNullOrEmpty
    }

    It 'has no model where the request names none, so that such cassettes are one group' {
        $cassette.Model | Should -BeNullOrEmpty
        $null -eq $cassette.Model | Should -BeTrue
        $none = Write-TestFile -Path (Join-Path $TestDrive 'none.json') -Text '{ "request": { "url": "http://localhost/v1/models", "endpoint": "/v1/models" }, "response": { "body": [] } }'
        @(Get-Cassette -LiteralPath $path, $none | Group-Object -Property Model).Count | Should -Be 1
    }
}
