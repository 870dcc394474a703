BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:events = @(
        'data: {"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"He"}}]}', ''
        'data: {"model":"m","choices":[{"index":0,"delta":{"content":"llo"},"finish_reason":"stop"}]}', '', 'data: [DONE]', ''
    )
    $script:response = '{"id":"x","object":"chat.completion","model":"m","created":1,"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Hello"}}]}'
}

Describe 'ConvertTo-Transcript and what clients hand out' {
    It 'takes <Name>' -ForEach @(
        @{ Name = 'the text of an event stream'; Make = { $events -join "`n" } }
        @{ Name = 'its lines'; Make = { $events } }
        @{ Name = 'JSON text'; Make = { $response } }
        @{ Name = 'JSON text line by line'; Make = { (ConvertTo-Json -Depth 9 (ConvertFrom-Json $response)) -split "`n" } }
        @{ Name = 'the object of Invoke-RestMethod'; Make = { ConvertFrom-Json $response } }
        @{ Name = 'a table'; Make = { ConvertFrom-Json $response -AsHashtable } }
        @{ Name = 'the objects of a stream'; Make = { $events | Where-Object { $_ -match '\{' } | ForEach-Object { ConvertFrom-Json $_.Substring(6) } } }
    ) {
        $given = @(& $Make | ConvertTo-Transcript)
        $given.Count | Should -Be 1
        $given.Turns.Text | Should -BeExactly 'Hello'
        $given.FinishReason | Should -Be 'stop'
        $given.Model | Should -Be 'm'
    }

    It 'makes one conversation of messages, as objects, tables and JSON' {
        $messages = @{ role = 'user'; content = 'Hi' }, @{ role = 'assistant'; content = 'Hello' }
        foreach ($given in ($messages | ConvertTo-Transcript), ($messages | ConvertTo-Json | ConvertTo-Transcript), ($messages | ConvertTo-Json | ConvertFrom-Json | ConvertTo-Transcript), (ConvertTo-Transcript -InputObject $messages)) {
            @($given).Count | Should -Be 1
            $given.Turns.Text | Should -Be 'Hi', 'Hello'
        }
    }

    It 'keeps cassettes and text apart' {
        $given = 'data: {"choices":[{"index":0,"delta":{"content":"a"}}]}', (Get-Cassette -Path $seed), $response | ConvertTo-Transcript
        $given.Name | Should -Be 'input', 'capitals.json', 'input'
    }

    It 'gives each whole response before it takes the next (<Name>)' -ForEach @(
        @{ Name = 'Gemini'; Response = '{"candidates":[{"content":{"parts":[{"text":"Hello"}]},"finishReason":"STOP"}]}' }
        @{ Name = 'chat'; Response = '{"object":"chat.completion","choices":[{"message":{"role":"assistant","content":"Hello"}}]}' }
    ) {
        $seen = [System.Collections.Generic.List[string]]::new()
        1..2 | ForEach-Object { $seen.Add("asked $_"); $Response } | ConvertTo-Transcript | ForEach-Object { $seen.Add($_.Turns.Text) }
        $seen | Should -Be 'asked 1', 'Hello', 'asked 2', 'Hello'
    }

    It 'reads again what MessageJson gives' {
        $line = ConvertTo-Transcript -Path $seed -As MessageJson
        $line | ConvertTo-Transcript -As MessageJson | Should -BeExactly $line
    }
}

Describe 'ConvertTo-Transcript -As Json' {
    It 'gives what the schema says' {
        $schema = Join-Path $staged 'transcript.schema.json'
        ConvertTo-Transcript -Path $seed -As Json | Test-Json -SchemaFile $schema | Should -BeTrue
        $response | ConvertTo-Transcript -As Json | Test-Json -SchemaFile $schema | Should -BeTrue
    }
}

Describe 'ConvertTo-Transcript -Merge' {
    It 'makes one transcript of calls that go on from one another' {
        $body = { param($messages) @{ model = 'm'; messages = $messages } }
        $first = @(@{ role = 'user'; content = 'One' })
        $second = $first + @(@{ role = 'assistant'; content = '1' }, @{ role = 'user'; content = 'Two' })
        $paths = foreach ($call in @{ Name = 'second'; Messages = $second; Answer = '2' }, @{ Name = 'first'; Messages = $first; Answer = '1' }) {
            $recording = @{
                request  = @{ method = 'POST'; url = 'http://localhost/v1/chat/completions'; endpoint = '/v1/chat/completions'; model = 'm'; body = & $body $call.Messages }
                response = @{ is_streaming = $false; body = @{ model = 'm'; choices = @(@{ index = 0; finish_reason = 'stop'; message = @{ role = 'assistant'; content = $call.Answer } }) } }
            }
            Write-TestFile -Path (Join-Path -Path $TestDrive -ChildPath 'merge' -AdditionalChildPath "$($call.Name).json") -Text (ConvertTo-Json -InputObject $recording -Depth 20)
        }
        $given = @(Get-Cassette -Path $paths | ConvertTo-Transcript -Merge)
        $given.Count | Should -Be 1
        $given.Turns.Text | Should -Be 'One', '1', 'Two', '2'
        $given.Turns.Source | Should -Be 'first.json', 'first.json', 'second.json', 'second.json'
        $given | Out-String | Should -Match '\[cassette\] second\.json'
    }
}

Describe 'ConvertTo-Transcript -As Html' {
    It 'gives one page for all input' {
        $page = Get-Cassette -Path $seed, $seed | ConvertTo-Transcript -As Html
        @($page).Count | Should -Be 1
        $page | Should -Match '^<!DOCTYPE html>'
        [regex]::Matches($page, '<details class="entry">').Count | Should -Be 2
        $page | Should -Not -Match '(src|href)="(https?:)?//(?!upload\.wikimedia\.org)'
    }
}
