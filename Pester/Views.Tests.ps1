BeforeDiscovery {
    # The types of this module that cmdlets give.
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:types = (Get-Command -Module OpenAICassette -CommandType Cmdlet).OutputType.Type |
        Where-Object FullName -Like 'OpenAICassette.*' | Sort-Object -Property FullName -Unique | ForEach-Object { @{ Type = $_.FullName } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
}

Describe 'The output type <Type>' -ForEach $types {
    It 'has a table of at most five columns' {
        $tables = @((Get-FormatData -TypeName $Type).FormatViewDefinition.Control | Where-Object { $_ -is [System.Management.Automation.TableControl] })
        $tables.Count | Should -Be 1
        $tables[0].Rows[0].Columns.Count | Should -BeIn (1..5)
    }

    It 'has a list of its own' {
        $lists = @((Get-FormatData -TypeName $Type).FormatViewDefinition.Control | Where-Object { $_ -is [System.Management.Automation.ListControl] })
        $lists.Count | Should -Be 1
    }
}

Describe 'Every output type' {
    It 'is looked at' {
        $types = (Get-Command -Module OpenAICassette -CommandType Cmdlet).OutputType.Type | Where-Object FullName -Like 'OpenAICassette.*' | Sort-Object -Property FullName -Unique
        $types.Name | Should -Contain 'Cassette'
        $types.Count | Should -BeGreaterThan 7
    }
}

Describe 'Format-Table' {
    It 'shows <Name> in columns, where something else is shown without it' -ForEach @(
        @{ Name = 'a transcript'; Make = { ConvertTo-Transcript -LiteralPath $seed }; Columns = 'Name', 'Model', 'Turns', 'Chunks', 'Finish' }
        @{ Name = 'a comparison'; Make = { Compare-Cassette $seed $seed -IncludeEqual }; Columns = 'Name', 'Status', 'Differences', 'Summary' }
        @{ Name = 'a cassette in use'; Make = { Use-Cassette -Path $seed -NoEnvironment { $Cassette } }; Columns = 'Uri', 'Mode', 'Played', 'Recorded', 'Path' }
    ) {
        $lines = (& $Make | Format-Table | Out-String -Width 120) -split '\r?\n' | Where-Object { $_ }
        -split $lines[0] | Should -Be $Columns
    }
}

Describe 'In constrained language' {
    It 'shows <Name>, without its control characters' -ForEach @(
        @{ Name = 'a transcript'; Script = 'ConvertTo-Transcript -LiteralPath $new' }
        @{ Name = 'a comparison'; Script = 'Compare-Cassette $old $new' }
        @{ Name = 'a difference as a table'; Script = '(Compare-Cassette $old $new).Differences' }
        @{ Name = 'a difference as a list'; Script = '(Compare-Cassette $old $new).Differences | Format-List' }
    ) {
        $new = Write-TestFile -Path (Join-Path $TestDrive 'new.json') -Text $seedText.Replace($question, 'No\u001b[2J!')
        $session = [initialsessionstate]::CreateDefault2()
        $session.ImportPSModule(@($module))
        $session.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($session)
        try {
            $shown = -join $shell.AddScript("param(`$old, `$new) $Script | Out-String -Width 100").AddArgument($seed).AddArgument($new).Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            $shown | Should -Match 'No[?\u241B]\[2J!'
            $shown.IndexOf([char]27) | Should -Be -1
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'What another process gives' {
    It 'has what is known of the interactions of a cassette, and reads no file for it' {
        $copy = Write-TestFile -Path (Join-Path $TestDrive 'gone.json') -Text $seedText
        $cassette = Get-Cassette -LiteralPath $copy
        $interaction = $cassette.Interactions[0]
        Remove-Item -LiteralPath $copy
        (ConvertTo-ForeignObject $interaction).Model | Should -Be 'gpt-4o'
        (ConvertTo-ForeignObject $cassette).Interactions[0].ChunkCount | Should -Be 28
    }

    It 'has the turns of a transcript and is shown as the transcript' {
        $transcript = ConvertTo-Transcript -LiteralPath $seed
        $foreign = ConvertTo-ForeignObject $transcript
        $foreign.Turns.Text | Should -Be $transcript.Turns.Text
        $foreign.Turns[-1].FinishReason | Should -Be 'stop'
        $foreign | Out-String | Should -Match "(?m)^assistant +$([regex]::Escape($answer))"
    }

    It 'has the differences of a comparison' {
        $other = Write-TestFile -Path (Join-Path $TestDrive 'other.json') -Text $seedText.Replace($question, 'Once more.')
        $comparison = Compare-Cassette $seed $other
        (ConvertTo-ForeignObject $comparison).Differences.Count | Should -Be $comparison.Differences.Count
        $comparison.Differences.Count | Should -BeGreaterThan 0
    }

    It 'pipes on from a job: <_>' -ForEach 'ConvertTo-Transcript', 'Test-Cassette', 'Find-CassetteSecret', 'Measure-Cassette', 'Get-Cassette' {
        $job = Start-Job -ScriptBlock {
            Import-Module -Name $using:module
            Get-Cassette -LiteralPath $using:seed
        }
        $foreign = $job | Receive-Job -Wait -AutoRemoveJob
        $foreign | Should -Not -BeOfType ([OpenAICassette.Cassette])
        @($foreign | & $_).Count | Should -Be @(Get-Cassette -LiteralPath $seed | & $_).Count
    }
}

Describe 'At 80 columns' {
    It 'wraps the message of a finding between words, and cuts none' {
        $findings = @(Test-Cassette -LiteralPath $seed)
        $findings.Count | Should -BeGreaterThan 0
        $shown = $findings | Out-String -Width 80
        $joined = (($shown -split '\r?\n').ForEach{ $_.Length -gt 40 -and $_ -notmatch '^(Severity|--)' ? $_.Substring(40).Trim() : '' } | Where-Object { $_ }) -join ' '
        foreach ($finding in $findings) {
            $joined | Should -Match ([regex]::Escape($finding.Message))
        }
    }

    It 'cuts no place and no name in <Name>' -ForEach @(
        @{ Name = 'differences'; Make = { (Compare-Cassette $seed $deep).Differences }; Whole = { (Compare-Cassette $seed $deep).Differences.Place } }
        @{ Name = 'matches'; Make = { Search-Cassette -LiteralPath $deep -Pattern needle }; Whole = { (Search-Cassette -LiteralPath $deep -Pattern needle).Place } }
        @{ Name = 'measures'; Make = { Measure-Cassette -LiteralPath $deep -GroupBy Model }; Whole = { (Measure-Cassette -LiteralPath $deep -GroupBy Model).Name } }
    ) {
        $model = 'a-provider/with-a-very-long-name/and-a-model-with-a-longer-one'
        $script:deep = Write-TestFile -Path (Join-Path $TestDrive 'deep.json') -Text $seedText.Replace('gpt-4o', $model).Replace($question, 'A needle.').Replace('"stream": true', '"stream": true, "a_rather_long_member_of_the_request": {"with_a_long_one_inside": "needle"}')
        $packed = (& $Make | Out-String -Width 80) -replace '\s'
        foreach ($part in (& $Whole) -replace '\s') {
            # A cell that wraps stands in pieces between those of other columns.
            $packed | Should -Match ($part.Length -gt 28 ? [regex]::Escape($part.Substring(0, 20)) + '.*' + [regex]::Escape($part.Substring($part.Length - 5)) : [regex]::Escape($part))
        }
    }
}
