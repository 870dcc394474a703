BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
}

Describe 'The chains' {
    BeforeEach {
        $script:secret = "sk-proj-$(Get-RandomText)"
        $script:dirty = Write-CassetteWithSecret -Path (Join-Path $TestDrive 'dirty.json') -Secret $secret
    }

    It 'list, clean, replay, transcribe' {
        $transcript = Get-Cassette -Path $dirty | Remove-CassetteSecret | Invoke-CassetteReplay | ConvertTo-Transcript
        $transcript.Turns.Text | Should -Contain 'Use REDACTED_OPENAI_API_KEY_1 now'
        $transcript.Turns.Text | Should -Contain $answer
        $transcript | Out-String | Should -Not -BeLike "*$secret*"
    }

    It 'list, clean, transcribe' {
        (Get-Cassette -Path $dirty | Remove-CassetteSecret | ConvertTo-Transcript).Turns.Text | Should -Contain 'Use REDACTED_OPENAI_API_KEY_1 now'
    }

    It 'list, clean, replay' {
        $events = Get-Cassette -Path $dirty | Remove-CassetteSecret | Invoke-CassetteReplay
        -join $events.Text | Should -BeExactly $answer
        $events[0].Interaction.Cassette.Saved | Should -BeFalse
    }

    It 'list, replay, transcribe' {
        (Get-Cassette -Path $seed, $dirty | Invoke-CassetteReplay | ConvertTo-Transcript).Name | Should -Be 'capitals.json', 'dirty.json'
    }

    It 'clean to files and go on with those' {
        $given = Remove-CassetteSecret -Path $dirty -InPlace -PassThru | Invoke-CassetteReplay | ConvertTo-Transcript -As Text
        $given | Should -Match 'REDACTED_OPENAI_API_KEY_1'
    }

    It 'never turn a cleaned cassette back into its file' {
        $clean = Remove-CassetteSecret -Path $dirty -WarningAction SilentlyContinue
        Remove-Item -LiteralPath $dirty
        [GC]::Collect()
        ($clean | ConvertTo-Transcript).Turns.Text | Should -Contain 'Use REDACTED_OPENAI_API_KEY_1 now'
        $clean | Get-Cassette -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'take a cassette as the first argument, and not the file that has its name (<_>)' -ForEach 'Invoke-CassetteReplay', 'ConvertTo-Transcript', 'Remove-CassetteSecret' {
        $clean = Remove-CassetteSecret -Path $dirty -WarningAction SilentlyContinue
        Push-Location -LiteralPath (Split-Path -Path $dirty)
        try {
            $given = & $_ $clean | Select-Object -First 1
            $given = $given -is [OpenAICassette.Cassette] ? $given : $given.Interaction.Cassette
            $given | Should -Be $clean
        }
        finally {
            Pop-Location
        }
    }

    It 'take what other cmdlets make of cassettes: sorted, grouped, filtered' {
        $all = Get-Cassette -Path $seed, $dirty
        ($all | Sort-Object -Property Name -Descending | ConvertTo-Transcript).Name | Should -Be 'dirty.json', 'capitals.json'
        ($all | Where-Object Name -EQ 'dirty.json' | Invoke-CassetteReplay).Count | Should -Be 28
        ($all | Group-Object -Property Model | ForEach-Object Group | ConvertTo-Transcript).Count | Should -Be 2
        (Get-Cassette -Path $seed -OutVariable kept | ConvertTo-Transcript).Name | Should -Be $kept.Name
    }

    It 'write a transcript as soon as its last event has come' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $first = & { Invoke-CassetteReplay -Path $seed; Start-Sleep -Seconds 10 } | ConvertTo-Transcript | Select-Object -First 1
        $first.Name | Should -Be 'capitals.json'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 5
    }

    It 'leave nothing behind in $Error' {
        $before = $Error.Count
        $null = Get-Cassette -Path $seed | Remove-CassetteSecret | Invoke-CassetteReplay | ConvertTo-Transcript | Out-String
        $Error.Count | Should -Be $before
    }
}

Describe 'Other runspaces and processes' {
    It 'work in Start-ThreadJob' {
        $job = Start-ThreadJob -ScriptBlock {
            Import-Module -Name $using:module
            Get-Cassette -Path $using:seed | Remove-CassetteSecret | Invoke-CassetteReplay | ConvertTo-Transcript
        }
        $transcript = $job | Receive-Job -Wait -AutoRemoveJob
        $transcript.Turns.Text | Should -Contain $answer
        $transcript | Out-String | Should -Match $answer.Substring(0, 20)
    }

    It 'work side by side in ForEach-Object -Parallel, on shared cassettes' {
        $cassette = Get-Cassette -Path $seed
        $texts = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module -Name $using:module
            -join ($using:cassette | Invoke-CassetteReplay).Text
        }
        $texts.Count | Should -Be 8
        $texts | Sort-Object -Unique | Should -BeExactly $answer
    }

    It 'keep the useful properties of what comes out of Start-Job' {
        $job = Start-Job -ScriptBlock {
            Import-Module -Name $using:module
            Get-Cassette -Path $using:seed
            ConvertTo-Transcript -Path $using:seed
        }
        $cassette, $transcript = $job | Receive-Job -Wait -AutoRemoveJob
        $cassette.Name, $cassette.Model, $cassette.Chunks, $cassette.Path | Should -Be 'capitals.json', 'gpt-4o', 28, $seed
        $cassette | Out-String | Should -Match 'capitals\.json'
        $transcript.FinishReason | Should -Be 'stop'
        $transcript | Out-String | Should -Match 'assistant'
    }

    It 'open a cassette that came from another process again by its path' {
        $foreign = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-Cassette -Path $seed)))
        ($foreign | ConvertTo-Transcript).Turns.Text | Should -Contain $answer
        ($foreign | Invoke-CassetteReplay).Count | Should -Be 28
    }

    It 'refuse an edited cassette that came from another process: its bytes are gone' {
        $dirty = Write-CassetteWithSecret -Path (Join-Path $TestDrive 'far.json') -Secret "sk-proj-$(Get-RandomText)"
        $edited = Remove-CassetteSecret -Path $dirty -WarningAction SilentlyContinue
        $foreign = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($edited))
        $foreign | ConvertTo-Transcript -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CassetteNotRehydratable,*'
    }
}
