# The logs of agents as PowerShell users see them.
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:log = Join-Path $TestDrive 'session.jsonl'
    Write-TestFile -Path $log -Text @'
{"type":"user","uuid":"u1","parentUuid":null,"sessionId":"s-1","cwd":"/home/alice/app","version":"2.1.0","timestamp":"2026-03-04T05:00:00.000Z","message":{"role":"user","content":"Look at /home/alice/app"}}
{"type":"assistant","uuid":"a1","parentUuid":"u1","sessionId":"s-1","cwd":"/home/alice/app","version":"2.1.0","timestamp":"2026-03-04T05:00:02.000Z","message":{"id":"m1","type":"message","role":"assistant","model":"model-x","content":[{"type":"tool_use","id":"t1","name":"Bash","input":{"command":"ls"}}],"usage":{"input_tokens":3,"output_tokens":5}}}
{"type":"user","uuid":"r1","parentUuid":"a1","sessionId":"s-1","timestamp":"2026-03-04T05:00:03.000Z","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"a.txt"}]}}
{"type":"assistant","uuid":"a2","parentUuid":"r1","sessionId":"s-1","timestamp":"2026-03-04T05:00:04.000Z","message":{"id":"m2","type":"message","role":"assistant","model":"model-x","content":[{"type":"text","text":"One file"}],"stop_reason":"end_turn"}}
'@
    $script:cassette = Get-Cassette -LiteralPath $log
}

Describe 'The log of an agent' {
    It 'is a cassette of reconstructed calls' {
        $cassette.Format | Should -BeExactly 'claude-code'
        $cassette.Interactions.Count | Should -Be 2
        $cassette.Interactions.IsReconstructed | Should -Be $true, $true
        $cassette.Interactions[1].Request.Body.messages.Count | Should -Be 3
        $cassette.Interactions[0].HasToolCall | Should -BeTrue
    }

    It 'tells what only a log knows, also under strict mode' {
        Set-StrictMode -Version Latest
        $call = $cassette.Interactions[0]
        $call.SessionId, $call.WorkingFolder, $call.AgentVersion, "$($call.Mark)" | Should -Be 's-1', '/home/alice/app', '2.1.0', 'None'
        $call.Key | Should -BeNullOrEmpty
        $call | Format-List | Out-String | Should -Match 'IsReconstructed\s*: True'
        (Get-Cassette -LiteralPath $seed).Interactions[0].SessionId | Should -BeNullOrEmpty
    }

    It 'has its facts' {
        $facts = $cassette.Interactions[0].Facts
        $facts.ToolsCalled, $facts.MessageCount, $facts.Usage.CompletionTokens | Should -Be 'Bash', 1, 5
        $facts.Duration.TotalSeconds | Should -Be 2
    }

    It 'is one transcript' {
        $transcript = $cassette | ConvertTo-Transcript
        $transcript.Turns.Role | Should -Be 'user', 'assistant', 'tool', 'assistant'
        $cassette | ConvertTo-Transcript -As Text | Should -Match ([regex]::Escape("[call] Bash({`"command`":`"ls`"}) `u{2192} a.txt (1.0 s)"))
        @($cassette | ConvertTo-Transcript -Merge).Count | Should -Be 1
    }

    It 'is returned with an error for a broken line' {
        $broken = Join-Path $TestDrive 'broken.jsonl'
        Write-TestFile -Path $broken -Text ((Get-Content -LiteralPath $log -Raw) + "`n{`"type`n")
        $read = Get-Cassette -LiteralPath $broken -ErrorVariable problem -ErrorAction SilentlyContinue
        $read.Interactions.Count | Should -Be 2
        $problem[0].FullyQualifiedErrorId | Should -Match '^CassetteInvalidJson'
        "$($problem[0])" | Should -Match 'line 5'
    }

    It 'can be scrubbed of a name' {
        $clean = Remove-CassetteSecret -LiteralPath $log -UserHome /home/alice -WarningAction SilentlyContinue
        "$($clean.Interactions[0].Request.Body)" | Should -Match '/home/user/app'
        $clean.Interactions[0].SessionId | Should -BeExactly 's-1'
        { Remove-CassetteSecret -LiteralPath $log -UserHome alice } | Should -Throw -ErrorId 'NoUserHome,*'
    }

    It 'gives a call that replays' {
        $written = $cassette.Interactions[1] | Export-Cassette -Format LlamaStack -Destination (Join-Path $TestDrive 'out') -PassThru -WarningVariable assumed -WarningAction SilentlyContinue
        $written.Interactions[0].Endpoint | Should -BeExactly '/v1/messages'
        "$assumed" | Should -Match 'put together from a log'
    }
}
