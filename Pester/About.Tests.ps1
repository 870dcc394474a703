BeforeDiscovery {
    $script:topics = Get-ChildItem -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', 'module', 'en-US', 'about_*.help.txt')) | ForEach-Object { $_.Name -replace '\.help\.txt$' }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:allTopics = Get-ChildItem -Path (Join-Path $staged 'en-US') -Filter 'about_*.help.txt' | ForEach-Object { $_.Name -replace '\.help\.txt$' }
    $script:commands = @((Get-Module -Name OpenAICassette).ExportedCommands.Keys)
}

Describe 'The topics' {
    It 'are those that the pages lead to' {
        $allTopics | Should -Be 'about_CassetteFormats', 'about_CassettePester', 'about_CassetteReplay', 'about_CassetteSecrets', 'about_OpenAICassette'
    }

    It 'tell of every command' {
        $text = $allTopics | ForEach-Object { Get-Help -Name $_ } | Out-String
        $commands | Where-Object { $text -notmatch "\b$_\b" } | Should -BeNullOrEmpty
    }
}

Describe 'The topic <_>' -ForEach $topics {
    BeforeAll {
        $script:name = $_
        $script:file = [System.IO.Path]::Combine($staged, 'en-US', "$_.help.txt")
        $script:text = [System.IO.File]::ReadAllText($file)
    }

    It 'is shown by Get-Help, whole' {
        (Get-Help -Name $name).Trim().ReplaceLineEndings("`n") | Should -BeExactly $text.Trim().ReplaceLineEndings("`n")
    }

    It 'has a short description in the list of topics' {
        (Get-Help -Name 'about_*Cassette*' | Where-Object Name -EQ $name).Synopsis | Should -Match '^[A-Z].{20,}\.$'
    }

    It 'has lines of 80 characters at most, without tabs and trailing blanks' {
        $text -split '\r?\n' | Where-Object { $_.Length -gt 80 -or $_ -match '\t|\s$' } | Should -BeNullOrEmpty
    }

    It 'names only commands and topics that there are' {
        [regex]::Matches($text, '\b(?:about_\w+|[A-Z][a-z]+-(?:\w*Cassette\w*|Transcript))\b').Value | Sort-Object -Unique |
            Where-Object { $_ -notin $commands -and $_ -notin $allTopics } | Should -BeNullOrEmpty
    }

    It 'names only parameters that there are' {
        $others = 'Full', 'ForEach', 'Role', 'PassThru', 'ArgumentList', 'Body', 'Parallel', 'ThrottleLimit', 'Proxy', 'UnixSocket'
        $known = $commands | ForEach-Object { (Get-Command -Name $_ -Module OpenAICassette).Parameters.Keys }
        $prose = $text -replace '(?m)^ {8}.*$'
        [regex]::Matches($prose, '(?<=[\s(])-([A-Z]\w+)').ForEach({ $_.Groups[1].Value }) | Where-Object { $_ -notin $known -and $_ -notin $others } | Should -BeNullOrEmpty
    }
}

Describe 'What can be chosen' {
    It 'is told in <Topic>: <What>' -ForEach @(
        @{ Topic = 'about_CassetteFormats'; What = 'the findings of Test-Cassette'; Names = { [OpenAICassette.HealthId].GetFields().Name } }
        @{ Topic = 'about_CassettePester'; What = 'the modes of recording'; Names = { [enum]::GetNames([OpenAICassette.RecordMode]) } }
        @{ Topic = 'about_CassetteReplay'; What = 'the modes of recording'; Names = { [enum]::GetNames([OpenAICassette.RecordMode]) } }
        @{ Topic = 'about_CassetteReplay'; What = 'the sequences'; Names = { [enum]::GetNames([OpenAICassette.PlaySequence]) } }
        @{ Topic = 'about_CassetteReplay'; What = 'the faults'; Names = { [enum]::GetNames([OpenAICassette.FaultKind]) -ne 'Status' } }
    ) {
        $told = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($staged, 'en-US', "$Topic.help.txt"))
        $choices = @(& $Names)
        $choices | Should -Not -BeNullOrEmpty
        $choices | Where-Object { $told -cnotmatch "\b$_\b" } | Should -BeNullOrEmpty
    }
}
