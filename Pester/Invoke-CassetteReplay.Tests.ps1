BeforeDiscovery {
    $script:hasSharedData = Test-Path -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'data', 'recordings'))
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:failed = Write-ChatCassette -Path (Join-Path $TestDrive 'failed.json') -Response @{
        body = $null; is_streaming = $false; is_exception = $true; exception_message = 'no such model'
        exception_data = @{ category = 'provider_sdk'; provider = 'openai'; type = 'NotFoundError'; message = 'no such model'; status_code = 404; body = @{ code = 'gone' } }
    }
    $script:whole = Write-ChatCassette -Path (Join-Path $TestDrive 'whole.json') -Response @{
        is_streaming = $false
        body         = @{ model = 'm-1'; choices = @(@{ index = 0; finish_reason = 'stop'; message = @{ role = 'assistant'; content = 'Hello!' } }) }
    }
}

Describe 'Invoke-CassetteReplay' {
    BeforeAll {
        $script:events = Invoke-CassetteReplay -Path $seed
    }

    It 'gives one event for each chunk, in order' {
        $events.Count | Should -Be 28
        $events | Should -BeOfType ([OpenAICassette.ReplayEvent])
        $events.Index | Should -Be (0..27)
        $events.Chunk.Index | Should -Be (0..27)
    }

    It 'replays the interaction at an index, and says when there is none' {
        @(Invoke-CassetteReplay -Path $seed -Index 0).Count | Should -Be 28
        $none = @(Invoke-CassetteReplay -Path $seed -Index 1 -ErrorVariable problems -ErrorAction SilentlyContinue)
        $none.Count | Should -Be 0
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InteractionNotFound,*'
        "$($problems[0])" | Should -BeLike '*there is no interaction 1: the cassette has 1 interaction*'
    }

    It 'gives text that joins to what was said' {
        -join $events.Text | Should -BeExactly $answer
        -join $events | Should -BeExactly $answer
    }

    It 'says who speaks at the start and why it ended at the end' {
        $events[0].Role | Should -Be 'assistant'
        $events[27].FinishReason | Should -Be 'stop'
        $events[0..26].FinishReason | Where-Object { $_ } | Should -BeNullOrEmpty
    }

    It 'leaves null what an event does not add' {
        $events[1].Reasoning | Should -Be $null
        $events[1].Refusal | Should -Be $null
        $events[1].ToolCall | Should -Be $null
        $events[1].Usage | Should -Be $null
    }

    It 'leads from each event to its interaction and cassette' {
        $events.Interaction.Cassette.Path | Sort-Object -Unique | Should -Be $seed
        $events[3].Interaction.Model | Should -Be 'gpt-4o'
    }

    It 'gives one event without a chunk for a response that is no stream' {
        $single = Invoke-CassetteReplay -Path $whole
        @($single).Count | Should -Be 1
        $single.Index | Should -Be 0
        $single.Text | Should -Be 'Hello!'
        $single.FinishReason | Should -Be 'stop'
        $single.Chunk | Should -Be $null
        $single.Data.model | Should -Be 'm-1'
    }

    It 'takes paths with wildcards, literal paths, and cassettes' {
        (Invoke-CassetteReplay -Path (Join-Path $TestDrive 'wh*.json')).Text | Should -Be 'Hello!'
        $odd = Write-TestFile -Path (Join-Path $TestDrive 'odd [1].json') -Text $seedText
        (Invoke-CassetteReplay -LiteralPath $odd).Count | Should -Be 28
        (Invoke-CassetteReplay -InputObject (Get-Cassette -LiteralPath $odd, $whole)).Count | Should -Be 29
        (Get-Cassette -LiteralPath $whole, $odd | Invoke-CassetteReplay).Count | Should -Be 29
    }

    It 'refuses <_> as input' -ForEach '42', '[datetime]::UnixEpoch' {
        { & ([scriptblock]::Create($_)) | Invoke-CassetteReplay -ErrorAction Stop } | Should -Throw -ErrorId 'InputNotSupported,*'
    }
}

Describe 'Invoke-CassetteReplay of a recorded error' {
    It 'writes RecordedError with what was recorded, and goes on' {
        $given = Get-Cassette -LiteralPath $failed, $whole | Invoke-CassetteReplay -ErrorVariable problems -ErrorAction SilentlyContinue
        $given.Text | Should -Be 'Hello!'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'RecordedError,OpenAICassette.Commands.InvokeCassetteReplayCommand'
        $problems[0].TargetObject.Cassette.Path | Should -Be $failed
        $exception = $problems[0].Exception
        $exception | Should -BeOfType ([OpenAICassette.RecordedErrorException])
        $exception.Status | Should -Be 404
        $exception.Type | Should -Be 'NotFoundError'
        $exception.Body.code | Should -Be 'gone'
        $exception.Message | Should -Be '404 NotFoundError: no such model'
    }

    It 'ends the pipeline with -ErrorAction Stop, and can be caught' {
        try {
            Invoke-CassetteReplay -Path $failed -ErrorAction Stop
            throw 'not reached'
        }
        catch [OpenAICassette.RecordedErrorException] {
            $_.Exception.Status | Should -Be 404
        }
    }

    It 'puts status <Status> into the category <Category>' -ForEach @(
        @{ Status = 400; Category = 'InvalidArgument' }
        @{ Status = 401; Category = 'AuthenticationError' }
        @{ Status = 403; Category = 'PermissionDenied' }
        @{ Status = 404; Category = 'ObjectNotFound' }
        @{ Status = 408; Category = 'OperationTimeout' }
        @{ Status = 422; Category = 'InvalidArgument' }
        @{ Status = 429; Category = 'LimitsExceeded' }
        @{ Status = 500; Category = 'ResourceUnavailable' }
        @{ Status = 529; Category = 'ResourceUnavailable' }
    ) {
        $path = Write-ChatCassette -Path (Join-Path $TestDrive 'status.json') -Response @{
            status = $Status; is_streaming = $false; body = @{ error = @{ type = 'some_error'; message = 'no' } }
        }
        $null = Invoke-CassetteReplay -Path $path -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].CategoryInfo.Category | Should -Be $Category
        $problems[0].Exception.Status | Should -Be $Status
        $problems[0].Exception.Type | Should -Be 'some_error'
    }

    It 'gives the events before the error of a stream that broke off' {
        $path = Write-ChatCassette -Path (Join-Path $TestDrive 'broken.json') -Response @{
            is_streaming = $true; is_exception = $true; exception_data = @{ type = 'APIError'; message = 'overloaded'; status_code = 529 }
            body = @(@{ choices = @(@{ index = 0; delta = @{ role = 'assistant'; content = 'Hel' } }) })
        }
        $given = Invoke-CassetteReplay -Path $path -ErrorVariable problems -ErrorAction SilentlyContinue
        $given.Text | Should -Be 'Hel'
        $problems[0].Exception.Message | Should -Be '529 APIError: overloaded'
    }
}

Describe 'Invoke-CassetteReplay of recordings (needs the shared data)' -Skip:(-not $hasSharedData) {
    It 'gives tool call fragments that join to the arguments of each call' {
        $path = Join-Path $recordings 'eras/head/responses/recordings/e73b8fbb6fe7f956879bc35e76b5419428fc85ba80d9bd947af77ad75e410b80.json'
        $calls = (Invoke-CassetteReplay -LiteralPath $path).ToolCalls | Group-Object -Property Index
        $calls.Count | Should -Be 2
        $calls.ForEach{ -join $_.Group.Name } | Should -Be 'file_search', 'file_search'
        $calls.ForEach{ (-join $_.Group.Arguments | ConvertFrom-Json).query } | Should -Be 'marketing', 'sales'
        $calls.ForEach{ @($_.Group.Id | Where-Object { $_ }).Count } | Should -Be 1, 1
    }

    It 'gives as many events as each stream has chunks, and errors only for recorded ones' {
        foreach ($cassette in Get-Cassette -LiteralPath $recordings -Recurse) {
            $events = @($cassette | Invoke-CassetteReplay -ErrorVariable problems -ErrorAction SilentlyContinue)
            $expected = $cassette.IsStreaming ? $cassette.Chunks : $problems.Count -eq 0 ? 1 : 0
            $events.Count | Should -Be $expected -Because $cassette.RelativePath
            $problems | ForEach-Object { $_.FullyQualifiedErrorId | Should -BeLike 'RecordedError,*' }
        }
    }
}
