BeforeDiscovery {
    $script:hasSharedData = Test-Path -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'data', 'recordings'))
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
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
        $other = Write-ChatCassette -Path (Join-Path $TestDrive 'other.json') -Response @{
            is_streaming = $false; body = @{ choices = @(@{ index = 0; message = @{ role = 'assistant'; content = 'Hi.' } }) }
        }
        $given = Invoke-CassetteReplay -Path $seed, $other, $seed | ConvertTo-Transcript
        $given.Name | Should -Be 'capitals.json', 'other.json', 'capitals.json'
        $given.Turns.Role.Count | Should -Be 12
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
        $given.Name | Should -Be 'capitals.json', 'capitals.json' -Because 'a file is one too'
        $from = 'OpenAICassette.Commands.ConvertToTranscriptCommand'
        $problems.FullyQualifiedErrorId | Should -Be "InputNotSupported,$from", "CassetteNotFound,$from" -Because 'other text is a path'
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidType'
        $problems[0].Exception.Message | Should -Match 'expected a cassette, a file or a path, got System\.Int32'
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
