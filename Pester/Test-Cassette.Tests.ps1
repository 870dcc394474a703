BeforeDiscovery {
    $script:hasSharedData = Test-Path -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'data', 'recordings'))
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:folder = Join-Path $TestDrive 'folder'
    $script:plain = Write-TestFile -Path (Join-Path $folder 'a.json') -Text $seedText
    $script:bad = Write-TestFile -Path (Join-Path $folder 'sub/bad.json') -Text '{ "request": { "url": "x'
    $null = Write-TestFile -Path (Join-Path $folder 'readme.md') -Text 'no cassette'

    # The one that has nothing wrong, in the layout and with the name that the recorder gives.
    $script:healthy = (Export-Cassette -Path $seed -Destination (Join-Path $TestDrive 'healthy') -PassThru | Repair-Cassette -PassThru).Path
}

Describe 'Test-Cassette' {
    It 'gives findings with all their properties' {
        $findings = Test-Cassette -Path $plain
        $findings | Should -BeOfType ([OpenAICassette.HealthFinding])
        $findings.Id | Should -Be 'NameNotKey', 'NotCanonical'
        $findings.Severity | Should -Be 'Warning', 'Information'
        $findings.Path | Should -Be $plain, $plain
        $findings.Message | Should -Not -Contain ''
        $findings.Mend | Should -BeLike '*Repair-Cassette*'
    }

    It 'says nothing about a healthy cassette' {
        Test-Cassette -Path $healthy *>&1 | Should -BeNullOrEmpty
    }

    It 'tells of files that cannot be read as findings, and goes on, with -<_>' -ForEach 'Path', 'LiteralPath' {
        $arguments = @{ $_ = $bad, $plain }
        $findings = Test-Cassette @arguments -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        $findings.Id | Should -Be 'Unreadable', 'NameNotKey', 'NotCanonical'
        $findings[0].Severity | Should -Be 'Error'
        $findings[0].Path | Should -Be $bad
        $findings[0].Message | Should -BeLike '*byte offset*'
        $findings[0].Message | Should -Not -BeLike "*$([WildcardPattern]::Escape($bad))*" -Because 'the path has a property of its own'
    }

    It 'takes folders with -Recurse, wildcards, cassettes, and those of another process' {
        (Test-Cassette -Path $folder).Id | Should -Be 'NameNotKey', 'NotCanonical'
        (Test-Cassette -LiteralPath $folder -Recurse).Id | Should -Be 'NameNotKey', 'NotCanonical', 'Unreadable'
        (Test-Cassette -Path (Join-Path $folder '[a-b].json')).Id | Should -Be 'NameNotKey', 'NotCanonical'
        (Get-Cassette -Path $plain | Test-Cassette).Id | Should -Be 'NameNotKey', 'NotCanonical'
        (ConvertTo-ForeignObject -InputObject (Get-Cassette -Path $plain) | Test-Cassette).Path | Should -Be $plain, $plain
        Test-Cassette -Path (Join-Path $folder '*.none') | Should -BeNullOrEmpty
    }

    It 'takes the file named <_> literally' -ForEach 'b[1].json', 'a b.json', "Gr`u{F6}`u{DF}e `u{65E5}`u{672C}.json" {
        $path = Write-TestFile -Path (Join-Path $TestDrive "names/$_") -Text $seedText
        (Test-Cassette -LiteralPath $path).Path | Should -BeExactly $path, $path
        (Test-Cassette -LiteralPath $path | Format-Table | Out-String) | Should -Match 'NameNotKey'
    }

    It 'tells of files with the same bytes' {
        $copy = Write-TestFile -Path (Join-Path $TestDrive 'copies/copy.json') -Text $seedText
        $finding = Test-Cassette -Path $plain, $copy | Where-Object Id -EQ 'DuplicateContent'
        $finding.Path | Should -Be $copy
        $finding.Message | Should -BeLike "*$([WildcardPattern]::Escape($plain))*"
    }

    It 'does not take a file that was named twice for two' {
        (Test-Cassette -Path $plain, $plain).Id | Should -Not -Contain 'DuplicateContent'
        (Get-Cassette -Path $plain, $plain | Test-Cassette).Id | Should -Not -Contain 'DuplicateContent'
    }

    It 'gives the same in every culture and in the strictest mode, and objects that survive another process' {
        Set-StrictMode -Version Latest
        $expected = Test-Cassette -Path $plain, $bad | ConvertTo-Json
        foreach ($culture in 'tr-TR', 'de-DE') {
            Invoke-InCulture -Culture $culture -Command { Test-Cassette -Path $plain, $bad | ConvertTo-Json } | Should -BeExactly $expected
        }
        (ConvertTo-ForeignObject -InputObject @(Test-Cassette -Path $plain)).Id | Should -Be 'NameNotKey', 'NotCanonical'
    }

    It 'stops when no more is wanted, also with -FailOn' {
        (Test-Cassette -Path $bad, $plain -FailOn Error | Select-Object -First 1).Id | Should -Be 'Unreadable'
    }
}

Describe 'Test-Cassette over all recordings (needs the shared data)' -Skip:(-not $hasSharedData) {
    BeforeAll {
        $script:all = Test-Cassette -LiteralPath $recordings -Recurse -ErrorVariable problems
        $script:problems = $problems
        $script:index = Import-Csv -LiteralPath (Join-Path $recordings 'INDEX.tsv') -Delimiter "`t"
        function Get-Relative { process { [System.IO.Path]::GetRelativePath($recordings, $_.Path).Replace('\', '/') } }
    }

    It 'gives the ids <Ids> for <Name>' -ForEach @(
        @{ Name = '2443581bf4a71f7b*'; Ids = @('KeySuperseded') }
        @{ Name = '1e171766576921b1*'; Ids = @('KeySuperseded') }
        @{ Name = 'df8f92d7d926f80e*'; Ids = @() }
        @{ Name = '1f7f4726b3271546*'; Ids = @() }
        @{ Name = '1a5a9da6382b176b*'; Ids = @() }
        @{ Name = '912468ad85f5b2a6*'; Ids = @() }
        @{ Name = '65913b9e85ac6281*'; Ids = @('KeyUnknown') }
        @{ Name = '91a2e90669fe4ee5*'; Ids = @('KeyUnknown') }
        @{ Name = '4094a6c77e0e1866*'; Ids = @('KeyUnknown', 'ResponseId') }
        @{ Name = '1d82e9439ae3.json'; Ids = @('KeyUnknown') }
        @{ Name = '268e65efffed6ba4*'; Ids = @('KeyUnknown') }
        @{ Name = '661e959c98b894f6*'; Ids = @() }
        @{ Name = 'models-64a2277c90f0f425*-8e7053e4.json'; Ids = @() }
    ) {
        $file = Get-ChildItem -Path (Join-Path $recordings 'eras/head') -Recurse -Filter $Name
        @((Test-Cassette -LiteralPath $file.FullName).Id) | Where-Object { $_ } | Should -Be $Ids
    }

    It 'finds the old names of the first eras superseded, with short keys and with the first digests' {
        (Test-Cassette -Path (Join-Path $recordings 'eras/seed/60c9dd312fdc.json')).Id | Should -Be 'KeySuperseded'
        (Test-Cassette -Path (Join-Path $recordings 'eras/history/*/28648cf8d421.json')).Id | Should -Be 'KeySuperseded'
        (Test-Cassette -Path (Join-Path $recordings 'eras/history/*/models-4a3a4447b16b-3057338f.json')).Id | Should -Be 'KeySuperseded'
    }

    It 'agrees with the index about every name but those of lists of models, whose keys are made in another way since' {
        $problems | Should -BeNullOrEmpty
        $lists = '/models-|/4a3a4447b16b'
        $named = $index | Where-Object path -NotMatch $lists
        $unknown = $named | Where-Object key_algorithms -In 'none', '-'
        $old = $named | Where-Object { $_.key_algorithms -notmatch '^(none|-)$|h6|http6|tool' }
        foreach ($expected in @{ KeyUnknown = $unknown; KeySuperseded = $old }.GetEnumerator()) {
            $found = $all | Where-Object Id -EQ $expected.Key | Get-Relative | Where-Object { $_ -notmatch $lists }
            $found | Sort-Object | Should -Be ($expected.Value.path | Sort-Object)
        }
    }

    It 'finds every recording in the layout of the recorder, and each file of the same bytes once' {
        $all.Id | Should -Not -Contain 'NotCanonical'
        $all.Id | Should -Not -Contain 'Unreadable'
        $copies = $index | Group-Object -Property sha256 | Measure-Object -Property Count -Sum
        ($all | Where-Object Id -EQ 'DuplicateContent').Count | Should -Be ($copies.Sum - $copies.Count)
    }
}
