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

Describe 'A receiver of OTLP (needs Aspire.Dashboard on the PATH)' -Skip:(-not (Get-Command -Name Aspire.Dashboard -CommandType Application -ErrorAction Ignore)) {
    BeforeAll {
        # Three free ports, held together so that they differ.
        $listeners = 1..3 | ForEach-Object { [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0) }
        $listeners | ForEach-Object { $_.Start() }
        $ports = $listeners | ForEach-Object { $_.LocalEndpoint.Port }
        $listeners | ForEach-Object { $_.Dispose() }
        $script:pages, $grpc, $script:receiver = $ports | ForEach-Object { "http://127.0.0.1:$_" }
        $program = (Get-Command -Name Aspire.Dashboard -CommandType Application)[0].Source
        $start = @{
            FilePath               = $program
            WorkingDirectory       = Split-Path -Path $program
            PassThru               = $true
            RedirectStandardOutput = Join-Path $TestDrive 'dashboard.txt'
            Environment            = @{
                ASPNETCORE_URLS                             = $pages
                ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL          = $grpc
                ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL     = $receiver
                ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS  = 'true'
                ASPIRE_ALLOW_UNSECURED_TRANSPORT            = 'true'
            }
        }
        $script:dashboard = Start-Process @start
        foreach ($attempt in 1..120) {
            try {
                $null = Invoke-RestMethod -Uri "$pages/api/telemetry/resources"
                break
            }
            catch [System.Net.Http.HttpRequestException] {
                Start-Sleep -Milliseconds 500
            }
        }
    }

    AfterAll {
        $dashboard | Stop-Process
    }

    It 'takes each line, and has all spans with all their attributes afterwards' {
        $file = Join-Path $TestDrive 'sent.jsonl'
        $copy = Write-TestFile -Path (Join-Path $TestDrive 'copy.json') -Text $seedText
        $null = Export-CassetteTrace -LiteralPath $seed, $copy -Destination $file -BatchSize 1
        $sent = foreach ($line in Get-Content -LiteralPath $file) {
            $null = Invoke-RestMethod -Uri "$receiver/v1/traces" -Method Post -ContentType application/json -Body $line
            (ConvertFrom-Json -InputObject $line).resourceSpans.scopeSpans.spans
        }
        $held = (Invoke-RestMethod -Uri "$pages/api/telemetry/spans").data.resourceSpans.scopeSpans.spans
        $held.spanId | Sort-Object | Should -Be ($sent.spanId | Sort-Object)
        foreach ($span in $sent) {
            $names = ($held | Where-Object spanId -EQ $span.spanId).attributes.key
            $span.attributes.key | Where-Object { $_ -notin $names } | Should -BeNullOrEmpty
        }
    }
}
