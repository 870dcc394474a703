BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
}

Describe 'Export-Cassette -Format' {
    It 'writes <_>, which reads as the same conversation' -ForEach 'vcrpy', 'har', 'test-proxy', 'go-vcr', 'ruby-vcr' {
        $folder = Join-Path $TestDrive "out [$_]"
        $written = Export-Cassette -LiteralPath $seed -Format $_ -Destination $folder -PassThru -WarningAction Ignore
        $written.Format | Should -Be $_
        Test-Path -LiteralPath $written.Path | Should -BeTrue
        ($written | Invoke-CassetteReplay).Text -join '' | Should -Be ((Invoke-CassetteReplay -LiteralPath $seed).Text -join '')
        ($written | Remove-CassetteSecret | ConvertTo-Transcript -As Text | Out-String) | Should -Match 'THE TEAMS PLAYING IN THE IMAGE'
    }

    It 'warns once of what the format cannot hold' {
        $source = Join-Path $TestDrive 'timed'
        1..2 | ForEach-Object {
            $null = Write-TestFile -Path (Join-Path $source "$_.har") -Text @'
{"log":{"entries":[{"startedDateTime":"2026-01-02T03:04:05.000Z","time":7,"request":{"method":"GET","url":"https://h/v1/models","headers":[]},"response":{"status":200,"headers":[],"content":{"mimeType":"application/json","text":"{}"}}}]}}
'@
        }

        $null = Export-Cassette -Path $source -Format vcrpy -Destination (Join-Path $TestDrive 'lost') -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -Be 'the format vcrpy cannot hold: start times (2 interactions), durations (2 interactions)'
    }

    It 'joins cassettes in one file and splits it again' {
        $all = Join-Path $TestDrive 'all.har'
        $joined = Get-Cassette -LiteralPath $seed, $seed | Export-Cassette -Format har -Join -Destination $all -PassThru -WarningAction Ignore
        $joined.Interactions.Count | Should -Be 2
        $parts = Export-Cassette -LiteralPath $all -Split -Destination (Join-Path $TestDrive 'parts') -PassThru -WarningAction Ignore
        $parts.Name | Should -Be 'all-0.har', 'all-1.har'
    }

    It 'refuses -Join with a folder' {
        { Export-Cassette -LiteralPath $seed -Join -Destination $TestDrive -ErrorAction Stop } | Should -Throw -ErrorId 'JoinNotPossible*'
    }

    It 'writes nothing with -WhatIf' {
        Export-Cassette -LiteralPath $seed -Format har -Join -Destination (Join-Path $TestDrive 'what.har') -WhatIf
        Join-Path $TestDrive 'what.har' | Should -Not -Exist
    }
}
