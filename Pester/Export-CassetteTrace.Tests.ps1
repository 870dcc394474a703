BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
}

Describe 'Export-CassetteTrace' {
    It 'writes requests that a receiver of OTLP takes, one on each line' {
        $file = Join-Path -Path $TestDrive -ChildPath 'out' -AdditionalChildPath 'traces.jsonl'
        $copy = Write-TestFile -Path (Join-Path $TestDrive 'copy.json') -Text $seedText
        $written = Export-CassetteTrace -LiteralPath $seed, $copy -Destination $file -BatchSize 1
        $written | Should -BeOfType ([System.IO.FileInfo])
        $lines = @(Get-Content -LiteralPath $file)
        $lines.Count | Should -Be 2
        $span = ($lines[0] | ConvertFrom-Json).resourceSpans[0].scopeSpans[0].spans[0]
        $span.name | Should -BeExactly 'chat gpt-4o'
        $value = @{}
        $span.attributes | ForEach-Object { $value[$_.key] = $_.value.stringValue }
        $value['gen_ai.provider.name'] | Should -BeExactly 'openai'
        ($value['gen_ai.output.messages'] | ConvertFrom-Json).parts[0].content | Should -BeExactly $answer
    }

    It 'gives the same bytes for the same cassettes, from the pipeline too' {
        $files = 'one', 'two' | ForEach-Object { Join-Path $TestDrive "$_.jsonl" }
        $null = Export-CassetteTrace -LiteralPath $seed -Destination $files[0]
        $null = Get-Cassette -LiteralPath $seed | Export-CassetteTrace -Destination $files[1]
        Get-Content -LiteralPath $files[1] -Raw | Should -BeExactly (Get-Content -LiteralPath $files[0] -Raw)
    }

    It 'writes nothing with -WhatIf' {
        $file = Join-Path $TestDrive 'none.jsonl'
        Export-CassetteTrace -LiteralPath $seed -Destination $file -WhatIf | Should -BeNullOrEmpty
        $file | Should -Not -Exist
    }
}
