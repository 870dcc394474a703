BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
}

Describe 'ConvertTo-CassetteReport' {
    BeforeAll {
        $script:secret = "sk-proj-$(Get-RandomText)"
        $script:folder = Join-Path $TestDrive 'reports'
        $null = Write-CassetteWithSecret -Path (Join-Path $folder 'a,b.json') -Secret $secret
        Push-Location -LiteralPath $TestDrive
    }

    AfterAll {
        Pop-Location
    }

    It 'renders SARIF with rules, places and fingerprints, relative to the location' {
        $report = Find-CassetteSecret -Path $folder | ConvertTo-CassetteReport -As Sarif
        $run = ($report | ConvertFrom-Json).runs[0]
        ($report | ConvertFrom-Json).version | Should -Be '2.1.0'
        $run.tool.driver.rules.id | Should -Be 'openai-api-key'
        $run.results.Count | Should -Be 1
        $run.results[0].ruleId | Should -Be 'openai-api-key'
        $run.results[0].level | Should -Be 'error'
        $run.results[0].locations[0].physicalLocation.artifactLocation.uri | Should -Be 'reports/a%2Cb.json'
        $run.results[0].locations[0].physicalLocation.region.startLine | Should -BeGreaterThan 0
        $run.results[0].partialFingerprints.'cassetteFinding/v2' | Should -Match '^[0-9a-f]{32}$'
        $report | Should -Not -BeLike "*$($secret.Substring(10, 10))*"
    }

    It 'renders workflow commands with what they need escaped' {
        $report = Find-CassetteSecret -Path $folder | ConvertTo-CassetteReport GitHub
        $report | Should -Match '^::error file=reports/a%2Cb\.json,line=\d+,title=openai-api-key::.+ at /request/'
    }

    It 'renders JUnit with a failure for each finding' {
        $report = [xml](Find-CassetteSecret -Path $folder | ConvertTo-CassetteReport -As JUnit)
        $report.testsuites.failures | Should -Be '1'
        $report.testsuites.testsuite.testcase.failure.type | Should -Be 'error'
    }

    It 'renders a table for people' {
        Find-CassetteSecret -Path $folder | ConvertTo-CassetteReport -As Markdown | Should -Match '\| error \| openai-api-key \| `reports/a,b\.json` \|'
    }

    It 'tells of the health of cassettes too' {
        $plain = Write-TestFile -Path (Join-Path $TestDrive 'plain.json') -Text $seedText
        $report = Test-Cassette -Path $plain | ConvertTo-CassetteReport -As Sarif | ConvertFrom-Json
        $report.runs[0].results.ruleId | Should -Be @((Test-Cassette -Path $plain).Id)
    }

    It 'renders a report of nothing' -ForEach 'Sarif', 'JUnit', 'Markdown', 'Html' {
        @() | ConvertTo-CassetteReport -As $_ | Should -Not -BeNullOrEmpty
    }

    It 'writes InputNotSupported for what is no finding' {
        $null = 1 | ConvertTo-CassetteReport -As Markdown -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'InputNotSupported,OpenAICassette.Commands.ConvertToCassetteReportCommand'
    }

    It 'renders comparisons as the comment for a pull request' {
        $changed = Write-TestFile -Path (Join-Path $TestDrive 'changed.json') -Text $seedText.Replace('Cavaliers', 'Bulls')
        $report = Compare-Cassette $seed $changed | ConvertTo-CassetteReport -As Markdown
        ($report -split "`n")[0] | Should -Be '**1 of 1 cassette differs**: 1 changed'
        Compare-Cassette $seed $seed -IncludeEqual | ConvertTo-CassetteReport -As Markdown | Should -Be '**1 cassette: no difference**'
        Compare-Cassette $seed $changed | ConvertTo-CassetteReport -As Sarif -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be 'InputNotSupported,OpenAICassette.Commands.ConvertToCassetteReportCommand'
    }

    It 'links a comment to the whole report, and makes it as a page' {
        $changed = Write-TestFile -Path (Join-Path $TestDrive 'linked.json') -Text $seedText.Replace($question, 'Once more, in small letters.')
        $comparison = Compare-Cassette $seed $changed
        $comparison | ConvertTo-CassetteReport -As Markdown -Link https://example.com/report.html | Should -Match '\(\[whole report\]\(https://example\.com/report\.html\)\)'
        $page = $comparison | ConvertTo-CassetteReport -As Html
        $page | Should -Match '<title>1 of 1 cassette differs</title>'
        $page | Should -Match '<table class="sides">'
        $page | Should -Match "default-src 'none'"
    }

    It 'renders findings as a page' {
        Find-CassetteSecret -Path $folder | ConvertTo-CassetteReport -As Html | Should -Match '<td>openai-api-key</td>'
        @() | ConvertTo-CassetteReport -As Html | Should -Match '<title>No findings</title>'
    }
}
