BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:old = Join-Path $TestDrive 'old'
    $script:new = Join-Path $TestDrive 'new'
    foreach ($folder in $old, $new) {
        $null = Write-TestFile -Path (Join-Path $folder 'same.json') -Text $seedText
    }
    $script:changed = Write-TestFile -Path (Join-Path $new 'changed.json') -Text $seedText.Replace($question, 'Repeat your previous response in small letters.').Replace('"THE"', '"the"')
    $null = Write-TestFile -Path (Join-Path $old 'changed.json') -Text $seedText
}

Describe 'Compare-Cassette' {
    It 'gives a typed comparison of two files' {
        $comparison = Compare-Cassette $seed $changed
        $comparison | Should -BeOfType ([OpenAICassette.CassetteComparison])
        $comparison.Status | Should -Be 'Changed'
        $comparison.Differences[0].Area | Should -Be 'Request'
        $comparison.Differences[0].Place | Should -Be 'messages[3].content'
        $comparison.Differences[0].Old | Should -BeExactly $question
        $comparison.Differences[0].Words | Where-Object Kind -EQ 'Removed' | ForEach-Object Text | Should -Be 'all', 'caps'
        ($comparison.Differences | Where-Object Area -EQ 'Answer').Place | Should -Be 'choices[0].content'
    }

    It 'shows what changed as its default view, within <_> columns' -ForEach 80 {
        $lines = (Compare-Cassette $seed $changed | Out-String -Width $_) -split '\r?\n'
        $lines | Where-Object Length -GT $_ | Should -BeNullOrEmpty
        $lines -join "`n" | Should -Match '\[-all-\]'
        $lines -join "`n" | Should -Match '\{\+small\+\}'
    }

    It 'shows no control characters of a recording in any view of a difference' {
        $wild = Write-TestFile -Path (Join-Path $TestDrive 'wild.json') -Text $seedText.Replace($question, 'Repeat \u001b]0;title\u0007\u001b[2Jit.')
        $difference = (Compare-Cassette $wild $seed).Differences | Where-Object Place -EQ 'messages[3].content'
        $difference.Old | Should -Match "`e"
        foreach ($view in { $difference | Format-Table | Out-String }, { $difference | Format-List | Out-String }, { Compare-Cassette $wild $seed | Out-String }) {
            $shown = & $view
            $shown | Should -Match 'Repeat'
            $shown -replace "`e\[[0-9;]*m" | Should -Not -Match "[`e`a]"
        }
    }

    It 'gives nothing for files that say the same, and the pair with -IncludeEqual' {
        Compare-Cassette $seed (Join-Path $new 'same.json') | Should -BeNullOrEmpty
        (Compare-Cassette $seed (Join-Path $new 'same.json') -IncludeEqual).Status | Should -Be 'Same'
    }

    It 'pairs folders, and takes the new cassettes from the pipeline' {
        $given = Get-Cassette -Path $new | Compare-Cassette $old -IncludeEqual
        $given.Count | Should -Be 2
        ($given | Where-Object Status -EQ 'Changed').Name | Should -Be 'changed.json'
    }

    It 'tells what was added and what was removed' {
        $other = Write-ChatCassette -Path (Join-Path -Path $TestDrive -ChildPath 'more' -AdditionalChildPath 'other.json') -Response @{ is_streaming = $false; body = @{ choices = @() } }
        $given = Compare-Cassette (Join-Path $old 'same.json'), $other (Join-Path $new 'same.json')
        $given.Status | Should -Be 'Removed'
        (Compare-Cassette (Join-Path $old 'same.json') (Join-Path $new 'same.json'), $other).Status | Should -Be 'Added'
    }

    It 'says nothing of added or removed calls if a side cannot be read' {
        $none = Join-Path $TestDrive 'none.json'
        Compare-Cassette $seed $none -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Compare-Cassette $none $seed -ErrorVariable +problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.Count | Should -Be 2
    }

    It 'writes errors for what cannot be read, and goes on' {
        $given = Compare-Cassette $seed (Join-Path $TestDrive 'none.json'), $changed -ErrorVariable problems -ErrorAction SilentlyContinue
        $given.Status | Should -Contain 'Changed'
        $problems[0].FullyQualifiedErrorId | Should -Be 'CassetteNotFound,OpenAICassette.Commands.CompareCassetteCommand'
        { Compare-Cassette $seed 42 -ErrorAction Stop } | Should -Throw -ErrorId 'InputNotSupported*'
    }

    It 'says in one line what the differences mean' {
        (Compare-Cassette $seed $changed).Summary | Should -BeLike 'answer reworded; question reworded*'
        (Compare-Cassette $seed $changed | Format-Table | Out-String -Width 120) | Should -Match 'answer reworded'
    }

    It 'ignores <Name>' -ForEach @(
        @{ Name = 'members'; Given = @{ IgnoreMember = 'choices[*].content', '/messages/*' } }
        @{ Name = 'parts of texts'; Given = @{ IgnoreText = 'Repeat .*', '(?i)the' } }
    ) {
        Compare-Cassette $seed $changed @Given | Should -BeNullOrEmpty
    }

    It 'counts only what a preset names' {
        (Compare-Cassette $seed $changed -Preset Answer).Differences.Area | Should -Be 'Answer'
        (Compare-Cassette $seed $changed -Preset Request).Differences.Area | Should -Be 'Request'
    }

    It 'refuses a pattern that is not valid' {
        { Compare-Cassette $seed $changed -IgnoreText '(' } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'says with -Verbose that nothing differs' {
        Compare-Cassette $seed $seed -Verbose 4>&1 | Out-String | Should -Match '1 recorded call compared: no difference'
    }
}
