BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:from = ',OpenAICassette.Commands.MeasureCassetteCommand'
    $usage = @{ prompt_tokens = 1000; completion_tokens = 20; total_tokens = 1020; prompt_tokens_details = @{ cached_tokens = 400 } }
    $script:chat = Write-ChatCassette -Path (Join-Path $TestDrive 'chat.json') -Response @{ is_streaming = $false
        body = @{ choices = @(@{ index = 0; message = @{ role = 'assistant'; content = 'Hi' } }); usage = $usage }
    }
}

Describe 'Measure-Cassette -Price' {
    It 'costs <Cost> at <Price.Keys>' -ForEach @(
        @{ Price = @{ m = @{ Prompt = 2.5; Completion = 10; Cached = 1.25 } }; Cost = 0.0022 }
        @{ Price = @{ m = @{ Prompt = 2.5; Completion = 10 } }; Cost = 0.0027 }
        @{ Price = @{ M = @{ prompt = 2.5; COMPLETION = 10 } }; Cost = 0.0027 }
        @{ Price = @{ '?' = @{ Prompt = 0; Completion = 50 } }; Cost = 0.001 }
        @{ Price = [ordered]@{ '*' = @{ Prompt = 1; Completion = 0 }; m = @{ Prompt = 9; Completion = 9 } }; Cost = 0.001 }
        @{ Price = [ordered]@{ 'gpt-*' = @{ Prompt = 9; Completion = 9 }; '[l-n]' = @{ Prompt = 1; Completion = 0 } }; Cost = 0.001 }
        @{ Price = [ordered]@{ m = [ordered]@{ Prompt = '2.5'; Completion = 10L; Cached = [float]1.25 } }; Cost = 0.0022 }
    ) {
        (Measure-Cassette -Path $chat -Price $Price).Cost | Should -Be ([decimal]$Cost)
        (Get-Cassette -Path $chat | Measure-Cassette -Price $Price -GroupBy Format).Cost | Should -Be ([decimal]$Cost)
    }

    It 'says no cost without prices, and none for a model without a price' {
        (Measure-Cassette -Path $chat -Price @{ 'gpt-*' = @{ Prompt = 1; Completion = 1 } }).Cost | Should -Be $null
        (Measure-Cassette -Path $chat).Cost | Should -Be $null
    }

    It 'goes by dots for decimals in every culture (<_>)' -ForEach 'de-DE', 'tr-TR' {
        $cost = Invoke-InCulture -Culture $_ -Command { (Measure-Cassette -Path $chat -Price @{ m = @{ Prompt = '2.5'; Completion = '10' } }).Cost }
        $cost | Should -Be ([decimal]0.0027)
    }

    It 'ends with PriceNotSupported before any work for <Problem>' -ForEach @(
        @{ Problem = 'a number alone'; Value = 1 }
        @{ Problem = 'nothing'; Value = $null }
        @{ Problem = 'no completion'; Value = @{ Prompt = 1 } }
        @{ Problem = 'no prompt'; Value = @{ Completion = 1; Cached = 1 } }
        @{ Problem = 'text that is no number'; Value = @{ Prompt = 'cheap'; Completion = 1 } }
        @{ Problem = 'a cached price that is no number'; Value = @{ Prompt = 1; Completion = 1; Cached = 'cheap' } }
        @{ Problem = 'a list for a number'; Value = @{ Prompt = @(1, 2); Completion = 1 } }
    ) {
        $price = [ordered]@{ m = @{ Prompt = 1; Completion = 1 }; 'gpt-*' = $Value }
        { Measure-Cassette -Path $chat -Price $price -ErrorAction SilentlyContinue } | Should -Throw -ErrorId "PriceNotSupported$from"
        $Error[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $Error[0].TargetObject | Should -Be 'gpt-*'
        $Error[0].Exception.Message | Should -BeLike "*'gpt-`*'*Prompt*Completion*"
    }

    It 'ends with PatternNotValid for a malformed wildcard' {
        { Measure-Cassette -Path $chat -Price @{ 'm[' = @{ Prompt = 1; Completion = 1 } } } | Should -Throw -ErrorId "PatternNotValid$from"
        $Error[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'takes a price file, also with brackets in its name' {
        $file = Join-Path $TestDrive 'prices [1].json'
        Set-Content -LiteralPath $file -Value '{ "*": { "prompt": 9, "completion": 9 }, "M": { "prompt": 2.5, "completion": 10, "cached": 1.25 } }'
        $measure = Measure-Cassette -Path $chat -Price $file
        $measure.Cost | Should -Be ([decimal]0.0022)
        $measure | Out-String | Should -Match 'Cost'
        (Measure-Cassette -Path $chat -Price (Get-Item -LiteralPath $file)).Cost | Should -Be ([decimal]0.0022)
    }

    It 'ends with PriceNotSupported for a price file that <Problem>' -ForEach @(
        @{ Problem = 'does not exist'; Text = $null }
        @{ Problem = 'is no JSON'; Text = 'cheap' }
        @{ Problem = 'has a price without numbers'; Text = '{ "m": { "prompt": 1 } }' }
    ) {
        $file = Join-Path $TestDrive 'bad prices.json'
        Remove-Item -LiteralPath $file -ErrorAction Ignore
        if ($Text) { Set-Content -LiteralPath $file -Value $Text }
        { Measure-Cassette -Path $chat -Price $file } | Should -Throw -ErrorId "PriceNotSupported$from"
        $Error[0].Exception.Message | Should -BeLike "*bad prices.json*"
    }

    It 'refuses nothing, and other groups' {
        { Measure-Cassette -Path $chat -Price $null } | Should -Throw -ErrorId "ParameterArgumentValidationError*"
        { Measure-Cassette -Path $chat -GroupBy Moon } | Should -Throw -ErrorId "CannotConvertArgumentNoMessage$from"
    }
}

Describe 'The view of measures' {
    It 'shows the cost if there are prices, and the chunks if not' {
        $table = Measure-Cassette -Path $chat -Price @{ m = @{ Prompt = 2.5; Completion = 10 } } | Out-String -Width 120
        $table | Should -Match 'Cost'
        $table | Should -Match '0[.,]0027'
        $table | Should -Not -Match 'Chunks'
        $table = Measure-Cassette -Path $chat | Out-String -Width 120
        $table | Should -Match 'Chunks'
        $table | Should -Not -Match 'Cost'
    }
}

Describe 'Measure-Cassette -By' {
    It 'groups by several criteria, also by day' {
        $measure = Measure-Cassette -Path $chat -By Model, Day, Format
        $measure.Name | Should -Be 'm, , LlamaStack'
        $measure.Keys | Should -Be 'm', '', 'LlamaStack'
    }
}
