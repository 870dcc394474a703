# Traces, and the comparison of sessions, as PowerShell users see them.
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:trace = Join-Path $TestDrive 'trace.json'
    Write-TestFile -Path $trace -Text @'
[{"name":"m","context":{"trace_id":"t-1","span_id":"s-1"},"span_kind":"LLM","parent_id":null,"start_time":"2026-03-04T05:00:00+00:00","end_time":"2026-03-04T05:00:02+00:00","status_code":"OK","attributes":{"session.id":"talk-1","llm.model_name":"m","llm.input_messages.0.message.role":"user","llm.input_messages.0.message.content":"Weather?","llm.output_messages.0.message.role":"assistant","llm.output_messages.0.message.tool_calls.0.tool_call.id":"c1","llm.output_messages.0.message.tool_calls.0.tool_call.function.name":"weather","llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments":"{}","llm.token_count.prompt":11,"llm.token_count.completion":7},"events":[]},
 {"name":"weather","context":{"trace_id":"t-1","span_id":"s-2"},"span_kind":"TOOL","parent_id":"s-1","start_time":"2026-03-04T05:00:02+00:00","end_time":"2026-03-04T05:00:05+00:00","status_code":"OK","attributes":{"tool.id":"c1","output.value":"sunny"},"events":[]}]
'@
    $script:cassette = Get-Cassette -LiteralPath $trace
}

Describe 'A trace' {
    It 'is a cassette of reconstructed calls' {
        Set-StrictMode -Version Latest
        $cassette.Format | Should -BeExactly 'otel-spans'
        $call = $cassette.Interactions[0]
        $call.IsReconstructed, $call.TraceId, $call.SessionId | Should -Be $true, 't-1', 'talk-1'
        $call | Format-List | Out-String | Should -Match 'TraceId\s*: t-1'
        (Get-Cassette -LiteralPath $seed).Interactions[0].TraceId | Should -BeNullOrEmpty
    }

    It 'has its facts' {
        $facts = $cassette.Interactions[0].Facts
        $facts.ToolsCalled, $facts.Usage.PromptTokens, $facts.Duration.TotalSeconds | Should -Be 'weather', 11, 2
    }

    It 'is a transcript with the time and the result of its tool' {
        $cassette | ConvertTo-Transcript -As Text | Should -Match ([regex]::Escape("[call] weather({}) `u{2192} sunny (3.0 s)"))
    }

    It 'reads back from what Export-CassetteTrace writes' {
        $file = Export-CassetteTrace -InputObject $cassette -Destination (Join-Path $TestDrive 'out.jsonl')
        $again = Get-Cassette -LiteralPath $file.FullName
        $again.Format | Should -BeExactly 'otlp'
        $again.Interactions[0].Facts.Usage.ToString() | Should -BeExactly $cassette.Interactions[0].Facts.Usage.ToString()
    }
}

Describe 'Two sessions' {
    It 'are compared turn by turn, with what diverged first' {
        $turns = '{"sessionId":"s","projectHash":"p","startTime":"2026-03-04T05:00:00Z","kind":"main"}',
            '{"id":"1","type":"user","timestamp":"2026-03-04T05:00:01Z","content":"Add a test"}',
            '{"id":"2","type":"gemini","timestamp":"2026-03-04T05:00:02Z","model":"m","content":"Which one?"}'
        $old, $new = 'old', 'new' | ForEach-Object { Join-Path $TestDrive "$_.jsonl" }
        Write-TestFile -Path $old -Text ($turns -join "`n")
        Write-TestFile -Path $new -Text ($turns.Replace('Which one?', 'Done.') -join "`n")
        $first = Compare-Cassette $old $new
        $first.IsFirstDivergence | Should -BeTrue
        $first.Summary | Should -Match '^first divergence at turn 1 of 1: '
        Compare-Cassette $old $old | Should -BeNullOrEmpty
    }
}
