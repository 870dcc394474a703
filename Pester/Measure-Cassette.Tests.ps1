BeforeDiscovery {
    $script:hasSharedData = Test-Path -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'data', 'recordings'))
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:from = ',OpenAICassette.Commands.MeasureCassetteCommand'
    $script:folder = Join-Path $TestDrive 'folder'
    $script:usage = @{ prompt_tokens = 1000; completion_tokens = 20; total_tokens = 1020
        prompt_tokens_details = @{ cached_tokens = 400 }; completion_tokens_details = @{ reasoning_tokens = 5 }
    }
    $body = @{ choices = @(@{ index = 0; message = @{ role = 'assistant'; content = 'Hi' } }); usage = $usage }
    $script:chat = Write-ChatCassette -Path (Join-Path $folder 'a.json') -Response @{ is_streaming = $false; body = $body }
    $null = Write-TestFile -Path (Join-Path $folder 'b.json') -Text $seedText
    $null = Write-ChatCassette -Path (Join-Path $folder 'sub/c.json') -Response @{ is_streaming = $false; body = $body }
    $null = Write-TestFile -Path (Join-Path $folder 'readme.md') -Text 'no cassette'
}

Describe 'Measure-Cassette' {
    It 'sums up by model, in the order of names' {
        $measures = Measure-Cassette -Path $folder -Recurse
        $measures | Should -BeOfType ([OpenAICassette.CassetteMeasure])
        $measures.Name | Should -Be 'gpt-4o', 'm'
        $measures.Files | Should -Be 1, 2
        $measures.Interactions | Should -Be 1, 2
        $measures.Chunks | Should -Be 28, 0
        $measures.PromptTokens | Should -Be 0, 2000
        $measures.CompletionTokens | Should -Be 0, 40
        $measures.CachedTokens | Should -Be 0, 800
        $measures.ReasoningTokens | Should -Be 0, 10
        $measures.Bytes | Should -Be (Get-Item -LiteralPath $seed).Length, (2 * (Get-Item -LiteralPath $chat).Length)
        $measures.Duplicates | Should -Be 0, 1
        $measures.Cost | Should -Be $null, $null
    }

    It 'groups by <GroupBy>' -ForEach @(
        @{ GroupBy = 'Model'; Names = 'gpt-4o', 'm' }
        @{ GroupBy = 'Endpoint'; Names = '/v1/chat/completions' }
        @{ GroupBy = 'Format'; Names = 'LlamaStack' }
        @{ GroupBy = 'TestId'; Names = '' }
    ) {
        $measures = Measure-Cassette -Path $folder -Recurse -GroupBy $GroupBy
        $measures.Name | Should -Be $Names
        ($measures | Measure-Object -Property Files -Sum).Sum | Should -Be 3
    }

    It 'takes cassettes, those of another process, wildcards and literal paths' {
        (Get-Cassette -Path $folder -Recurse | Measure-Cassette -GroupBy Format).Files | Should -Be 3
        (ConvertTo-ForeignObject -InputObject (Get-Cassette -Path $chat) | Measure-Cassette).PromptTokens | Should -Be 1000
        (Measure-Cassette -Path (Join-Path $folder '[a-c].json')).Name | Should -Be 'gpt-4o', 'm'
        Measure-Cassette -Path (Join-Path $folder '*.none') | Should -BeNullOrEmpty
        foreach ($name in 'b[1].json', 'a b.json', "Gr`u{F6}`u{DF}e `u{65E5}`u{672C}.json") {
            (Measure-Cassette -LiteralPath (Write-TestFile -Path (Join-Path $TestDrive "names/$name") -Text $seedText)).Chunks | Should -Be 28
        }
    }

    It 'measures what was cleaned in memory' {
        $dirty = Write-CassetteWithSecret -Path (Join-Path $TestDrive 'dirty.json') -Secret "sk-proj-$(Get-RandomText)"
        $clean = Remove-CassetteSecret -Path $dirty -WarningAction SilentlyContinue
        ($clean | Measure-Cassette).Bytes | Should -Be $clean.Length
    }

    It 'gives the same in every culture and in the strictest mode, stops early, and survives another process' {
        Set-StrictMode -Version Latest
        $price = @{ '*' = @{ Prompt = '2.5'; Completion = 10 } }
        $expected = Measure-Cassette -Path $folder -Recurse -Price $price | ConvertTo-Json
        foreach ($culture in 'tr-TR', 'de-DE') {
            Invoke-InCulture -Culture $culture -Command { Measure-Cassette -Path $folder -Recurse -Price $price | ConvertTo-Json } | Should -BeExactly $expected
        }
        (Measure-Cassette -Path $folder -Recurse | Select-Object -First 1).Name | Should -Be 'gpt-4o'
        (ConvertTo-ForeignObject -InputObject (Measure-Cassette -Path $chat)).PromptTokens | Should -Be 1000
    }

    It 'goes on after files that cannot be read, and input that is no cassette' {
        $bad = Write-TestFile -Path (Join-Path $TestDrive 'bad.json') -Text 'nope'
        (Measure-Cassette -Path $bad, (Join-Path $TestDrive 'missing.json'), $chat -ErrorVariable problems -ErrorAction SilentlyContinue).Files | Should -Be 1
        $problems.FullyQualifiedErrorId | Should -Be "CassetteInvalidJson$from", "CassetteNotFound$from"
        $problems.TargetObject | Should -Be $bad, (Join-Path $TestDrive 'missing.json')
        (1, (Get-Cassette -Path $chat) | Measure-Cassette -ErrorVariable problems -ErrorAction SilentlyContinue).Files | Should -Be 1
        $problems.FullyQualifiedErrorId | Should -Be "InputNotSupported$from"
    }
}

Describe 'Measure-Cassette over recordings (needs the shared data)' -Skip:(-not $hasSharedData) {
    BeforeAll {
        $script:sample = 'main/inference', 'main/safety', 'eras/head' | ForEach-Object { Join-Path $recordings $_ }
        $script:read = Get-Cassette -LiteralPath $sample -Recurse -Endpoint '*/chat/completions' | ForEach-Object {
            $json = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($_.Path)) -AsHashtable -Depth 100
            $usage = @($json.response.body) | ForEach-Object { $_ ? $_.__data__.usage : $null } | Where-Object { $_ } | Select-Object -Last 1
            [pscustomobject]@{
                Model      = $json.request.body.model
                Request    = "$($json.request.method) $($json.request.url) $(ConvertTo-Json -InputObject $json.request.body -Depth 50 -Compress)"
                Chunks     = $json.response.is_streaming ? $json.response.body.Count : 0
                Bytes      = $_.Length
                Prompt     = $usage ? $usage.prompt_tokens : 0
                Completion = $usage ? $usage.completion_tokens : 0
            }
        }
    }

    It 'agrees with sums made by hand' {
        $read.Count | Should -BeGreaterThan 10
        $measures = Get-Cassette -LiteralPath $sample -Recurse -Endpoint '*/chat/completions' | Measure-Cassette
        foreach ($group in $read | Group-Object -Property Model -CaseSensitive) {
            $measure = $measures | Where-Object Name -CEQ $group.Name
            $measure.Files | Should -Be $group.Count
            foreach ($pair in @('Chunks', 'Chunks'), @('Bytes', 'Bytes'), @('PromptTokens', 'Prompt'), @('CompletionTokens', 'Completion')) {
                $measure.($pair[0]) | Should -Be ($group.Group | Measure-Object -Property $pair[1] -Sum).Sum -Because "$($pair[0]) of $($group.Name)"
            }
        }
        $distinct = @($read.Request | Sort-Object -Unique -CaseSensitive).Count
        ($measures | Measure-Object -Property Duplicates -Sum).Sum | Should -Be ($read.Count - $distinct)
    }

    It 'gives the same totals by <_>, for every recording' -ForEach 'Model', 'TestId' {
        $measures = Measure-Cassette -LiteralPath $recordings -Recurse -GroupBy $_
        ($measures | Measure-Object -Property Files -Sum).Sum | Should -Be (Import-Csv -LiteralPath (Join-Path $recordings 'INDEX.tsv') -Delimiter "`t").Count
        ($measures | Measure-Object -Property Bytes -Sum).Sum | Should -Be (Get-ChildItem -LiteralPath $recordings -Recurse -Filter *.json | Measure-Object -Property Length -Sum).Sum
    }
}
