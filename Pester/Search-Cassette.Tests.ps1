BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
}

Describe 'Search-Cassette' {
    It 'finds a text that the chunks of a stream cut, with its place' {
        $match = Search-Cassette -LiteralPath $seed -Pattern 'brooklyn\s+nets\.' -CaseSensitive:$false | Select-Object -Last 1
        $match | Should -BeOfType ([OpenAICassette.TextMatch])
        $match.Path | Should -Be $seed
        $match.Index | Should -Be 0
        $match.Place | Should -Be 'answer 0'
        $match.Role | Should -Be 'assistant'
        $match.Line | Should -BeExactly $answer
        $match.Match | Should -BeExactly 'BROOKLYN NETS.'
    }

    It 'distinguishes case, and takes a text for a text' {
        Search-Cassette -LiteralPath $seed -Pattern 'brooklyn nets' -CaseSensitive | Should -BeNullOrEmpty
        (Search-Cassette -LiteralPath $seed -Pattern 'ALL CAPS.' -SimpleMatch).Place | Should -Be 'request /messages/3/content'
        Search-Cassette -LiteralPath $seed -Pattern 'all.caps' -SimpleMatch | Should -BeNullOrEmpty
    }

    It 'searches the cassettes of the pipeline' {
        (Get-Cassette -LiteralPath $seed | Search-Cassette -Pattern $question -SimpleMatch).Line | Should -BeExactly $question
    }

    It 'ends with RegexNotValid for what is no regular expression' {
        { Search-Cassette -LiteralPath $seed -Pattern '(' } | Should -Throw -ErrorId 'RegexNotValid,*' -ExpectedMessage '*-SimpleMatch*'
        { Search-Cassette -LiteralPath $seed -Pattern '(' -SimpleMatch } | Should -Not -Throw
    }
}

Describe 'Get-Cassette -Text' {
    It 'finds what the chunks of a stream cut, and what only the arguments of a tool contain' {
        $folder = Join-Path $TestDrive 'text'
        $null = Write-TestFile -Path (Join-Path $folder 'seed.json') -Text $seedText
        $call = @{ id = 'call_1'; type = 'function'; function = @{ name = 'find'; arguments = '{"city": "Z\u00fcrich"}' } }
        $null = Write-ChatCassette -Path (Join-Path $folder 'call.json') -Response @{ is_streaming = $false
            body = @{ choices = @(@{ index = 0; finish_reason = 'tool_calls'; message = @{ role = 'assistant'; tool_calls = @($call) } }) }
        }
        (Get-Cassette -Path $folder -Text 'brooklyn NETS').Name | Should -Be 'seed.json'
        (Get-Cassette -Path $folder -Text "z$([char]0xfc)rich").Name | Should -Be 'call.json'
        Get-Cassette -Path $folder -Text 'nowhere to be found' | Should -BeNullOrEmpty
    }
}
