BeforeDiscovery {
    # The recipes stand in the about topics, each below a heading; code is a paragraph that is indented by eight spaces.
    $topics = Get-ChildItem -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', 'module', 'en-US', 'about_*.help.txt'))
    $script:recipes = @{}
    $script:snippets = foreach ($topic in $topics) {
        $text = [System.IO.File]::ReadAllText($topic.FullName).ReplaceLineEndings("`n")
        foreach ($section in $text -split '(?m)^(?=\S|  RECIPE: )') {
            $code = [regex]::Matches($section, '(?<=\n\n) {8}(?! ).*\n(?:(?: {8}.*)?\n)*').Value -replace '(?m)^ {8}'
            if ($section -match '^  RECIPE: (.+)') {
                $recipes[$Matches[1]] = $code -join "`n"
            }

            $code | Where-Object { $_ } | ForEach-Object { @{ Topic = $topic.Name -replace '\.help\.txt$'; Heading = ($section -split "`n")[0].Trim(); Code = $_ } }
        }
    }

    $script:tools = @{}
    'git', 'jq' | ForEach-Object { $tools[$_] = [bool](Get-Command -Name $_ -CommandType Application -ErrorAction Ignore) }
    $script:tool = Get-ChildItem -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', 'src', 'OpenAICassette.Cli', 'bin')) -Filter 'cassette.dll' -Recurse -ErrorAction Ignore |
        Sort-Object -Property LastWriteTime | Select-Object -Last 1
    $script:tools['cassette'] = [bool] $tool
    $script:given = @{ Recipes = $recipes; Tool = "$tool" }
}

Describe 'The code in <Topic>, <Heading>' -ForEach $snippets {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    }

    It 'can be read, and names commands and parameters that there are' {
        $problems = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $problems)
        $problems | Should -BeNullOrEmpty
        foreach ($call in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) | Where-Object { "$($_.GetCommandName())" -match '^\w+-\w*(Cassette|Transcript)|^Should-\w' }) {
            $command = Get-Command -Name $call.GetCommandName() -Module OpenAICassette
            $command.ResolvedCommand ?? $command | Should -Not -BeNullOrEmpty
            foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                $command.Parameters.Keys | Should -Contain $parameter.ParameterName -Because "$($command.Name) is used so"
            }
        }
    }
}

Describe 'A recipe' -ForEach $given {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'TestSetup.ps1')

        # A folder as the recipes expect one: a collection in ./cassettes, and a suite with its own in ./tests.
        function Initialize-RecipeFolder {
            $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N').Substring(0, 8))
            $suite = [System.IO.Path]::Combine($staged, 'examples', 'suite')
            $null = New-Item -ItemType Directory -Path (Join-Path $folder 'cassettes')
            Copy-Item -LiteralPath $suite -Destination (Join-Path $folder 'tests') -Recurse
            Copy-Item -LiteralPath $seed -Destination (Join-Path $folder 'cassettes')
            Get-ChildItem -LiteralPath $suite -Filter '*.json' -Recurse | Copy-Item -Destination (Join-Path $folder 'cassettes')
            $folder
        }

        # Runs a recipe in a PowerShell of its own, where the module is installed. What stands in for other tools is defined before.
        function Invoke-Recipe {
            param([string] $Title, [string] $Folder, [hashtable] $Environment = @{}, [string] $StandIn = '')
            $Recipes.ContainsKey($Title) | Should -BeTrue -Because 'the recipe is in a topic'
            $all = @{ CI = ''; CASSETTE_MODE = ''; CASSETTE_UPSTREAM = ''; OPENAI_API_KEY = ''; NO_COLOR = '1' }
            $Environment.Keys | ForEach-Object { $all[$_] = $Environment[$_] }
            $lines = @(
                $all.Keys | ForEach-Object { "`$env:$_ = '$($all[$_])'" }
                "`$env:PSModulePath = '$(Split-Path -Path (Split-Path -Path $staged))' + [System.IO.Path]::PathSeparator + `$env:PSModulePath"
                "Set-Location -LiteralPath '$Folder'"
                "Import-Module -Name '$pester'"
                $StandIn
                $Recipes[$Title]
            )
            $script = Write-TestFile -Path "$Folder.ps1" -Text ($lines -join "`n")
            $written = & $pwsh -NoProfile -NonInteractive -File $script 2>&1
            [pscustomobject]@{ Succeeded = $LASTEXITCODE -eq 0; Text = ($written | Out-String) -replace '\x1b\[[0-9;]*m' }
        }
    }

    BeforeEach {
        $script:folder = Initialize-RecipeFolder
        $script:secret = 'sk-proj-' + (Get-RandomText)
    }

    It 'is tested here, each of them' {
        $source = [System.IO.File]::ReadAllText((Join-Path $PSScriptRoot 'Recipes.Tests.ps1'))
        $Recipes.Count | Should -BeGreaterThan 10
        $Recipes.Keys | Where-Object { -not $source.Contains("-Title '$_'") } | Should -BeNullOrEmpty
    }

    It 'gates a pull request on secrets' {
        $clean = Invoke-Recipe -Title 'Gate a pull request on secrets' -Folder $folder
        $clean.Succeeded | Should -BeTrue -Because $clean.Text
        Get-Content -LiteralPath "$folder/summary.md" -Raw | Should -Not -BeNullOrEmpty

        $null = Write-CassetteWithSecret -Path "$folder/cassettes/leak.json" -Secret $secret
        $leaking = Invoke-Recipe -Title 'Gate a pull request on secrets' -Folder $folder
        $leaking.Succeeded | Should -BeFalse
        $leaking.Text | Should -Match '(?m)^::error file=cassettes/leak\.json'
        $summary = Get-Content -LiteralPath "$folder/summary.md" -Raw
        $summary | Should -Match 'leak\.json'
        "$summary $($leaking.Text)" | Should -Not -Match $secret
    }

    It 'cleans a collection' {
        $null = Write-CassetteWithSecret -Path "$folder/cassettes/leak.json" -Secret $secret
        $run = Invoke-Recipe -Title 'Clean a collection' -Folder $folder
        $run.Succeeded | Should -BeTrue -Because $run.Text
        $run.Text | Should -Match 'What if'
        $run.Text | Should -Not -Match $secret
        Get-Content -LiteralPath "$folder/cassettes/leak.json" -Raw | Should -Match 'REDACTED_OPENAI_API_KEY_1'
    }

    It 'finds the keys of a service of one''s own' {
        $key = 'ACME-' + (Get-RandomText -Length 20 -Letters 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
        $null = Write-CassetteWithSecret -Path "$folder/cassettes/leak.json" -Secret $key
        $null = Write-CassetteWithSecret -Path "$folder/cassettes/none.json" -Secret "ACME-$('0' * 20)"
        $run = Invoke-Recipe -Title 'Find the keys of your own service' -Folder $folder
        $run.Succeeded | Should -BeTrue -Because $run.Text
        [regex]::Matches($run.Text, 'acme-key').Count | Should -Be 1
        $run.Text | Should -Match 'leak\.json'
        $run.Text | Should -Not -Match $key
    }

    It 'records and replays in Pester' {
        Remove-Item -LiteralPath "$folder/tests/cassettes" -Recurse
        $upstream = Start-CassetteServer -LiteralPath ([System.IO.Path]::Combine($staged, 'examples', 'suite', 'cassettes'))
        try {
            $run = Invoke-Recipe -Title 'Record and replay in Pester' -Folder $folder -Environment @{ CASSETTE_UPSTREAM = "$($upstream.Uri)v1"; OPENAI_API_KEY = $secret }
            $asked = $upstream.RequestCount
        }
        finally {
            $upstream | Stop-CassetteServer
        }

        $run.Succeeded | Should -BeTrue -Because $run.Text
        [regex]::Matches($run.Text, 'Tests Passed: 3').Count | Should -Be 2
        $asked | Should -Be 3
        $files = Get-ChildItem -LiteralPath "$folder/tests/cassettes" -File -Recurse
        $files.Count | Should -Be 3
        $files | Select-String -SimpleMatch $secret | Should -BeNullOrEmpty
    }

    It 'fails a build on stale cassettes, and only on them' {
        $fresh = Invoke-Recipe -Title 'Fail a build on stale cassettes' -Folder $folder
        $fresh.Succeeded | Should -BeTrue -Because $fresh.Text

        $recording = (Get-ChildItem -LiteralPath "$folder/tests/cassettes" -Filter '*.json' -Recurse)[0]
        Copy-Item -LiteralPath $seed -Destination "$folder/tests/cassettes/nobody.json"
        $unused = Invoke-Recipe -Title 'Fail a build on stale cassettes' -Folder $folder
        $unused.Succeeded | Should -BeFalse
        $unused.Text | Should -Match 'nobody\.json'
        Remove-Item -LiteralPath "$folder/tests/cassettes/nobody.json" -Force

        Rename-Item -LiteralPath $recording.FullName -NewName "$('0123456789abcdef' * 4).json"
        $renamed = Invoke-Recipe -Title 'Fail a build on stale cassettes' -Folder $folder
        $renamed.Succeeded | Should -BeFalse
        $renamed.Text | Should -Match 'KeyUnknown'
    }

    It 'makes a site of transcripts' {
        $leak = Write-CassetteWithSecret -Path "$folder/cassettes/leak.json" -Secret $secret
        $before = Get-FolderText -Path "$folder/cassettes"
        $run = Invoke-Recipe -Title 'Make a site of transcripts' -Folder $folder
        $run.Succeeded | Should -BeTrue -Because $run.Text
        Test-Path -LiteralPath "$folder/site/index.html" | Should -BeTrue
        $pages = Get-ChildItem -LiteralPath "$folder/site" -Filter '*.html' -Recurse
        $pages.Count | Should -BeGreaterOrEqual 6
        $pages | Select-String -SimpleMatch $secret | Should -BeNullOrEmpty
        $pages | Select-String -SimpleMatch 'REDACTED_OPENAI_API_KEY_1' | Should -Not -BeNullOrEmpty
        Get-FolderText -Path (Split-Path -Path $leak) | Should -BeExactly $before
    }

    It 'comments a comparison' -Skip:(-not $tools.git) {
        & {
            git -C $folder init --quiet
            git -C $folder add .
            git -C $folder -c user.name=test -c user.email=test@localhost commit --quiet --message recorded
            git -C $folder update-ref refs/remotes/origin/main HEAD
        }
        $same = Invoke-Recipe -Title 'Comment a comparison' -Folder $folder -StandIn 'function gh { "gh $args" }'
        $same.Succeeded | Should -BeTrue -Because $same.Text
        $same.Text | Should -Not -Match '(?m)^gh '

        $text = [System.IO.File]::ReadAllText("$folder/cassettes/capitals.json")
        [System.IO.File]::WriteAllText("$folder/cassettes/capitals.json", $text.Replace('in all caps', 'in small letters'))
        $run = Invoke-Recipe -Title 'Comment a comparison' -Folder $folder -StandIn 'function gh { "gh $args" }'
        $run.Succeeded | Should -BeTrue -Because $run.Text
        $run.Text | Should -Match '(?m)^gh pr comment --body-file \./comment\.md'
        $comment = Get-Content -LiteralPath "$folder/comment.md" -Raw
        $comment | Should -Match 'capitals\.json'
        $comment | Should -Match 'small letters'
        Test-Path -LiteralPath "$folder/before" | Should -BeFalse
    }

    It 'looks through the cassettes of a fleet' {
        # Two jobs stand in for two machines: what comes back has crossed a process boundary, as it would from them.
        $standIn = @'
function Invoke-Command {
    param([string[]] $ComputerName, [scriptblock] $ScriptBlock)
    foreach ($name in $ComputerName) {
        Start-Job -ScriptBlock $ScriptBlock | Receive-Job -Wait -AutoRemoveJob | Add-Member -NotePropertyName PSComputerName -NotePropertyValue $name -Force -PassThru
    }
}
'@
        $null = Write-TestFile -Path "$folder/computers.txt" -Text "alpha`nbeta`n"
        $null = Write-CassetteWithSecret -Path "$folder/cassettes/leak.json" -Secret $secret
        $run = Invoke-Recipe -Title 'Look through the cassettes of a fleet' -Folder $folder -StandIn $standIn
        $run.Succeeded | Should -BeTrue -Because $run.Text
        $run.Text | Should -Match 'alpha, openai-api-key'
        $run.Text | Should -Match 'beta, openai-api-key'
        $run.Text | Should -Not -Match $secret
    }

    It 'feeds a query engine' -Skip:(-not ($tools.jq -and $tools.cassette)) {
        $run = Invoke-Recipe -Title 'Ask a query engine' -Folder $folder -StandIn "function cassette { dotnet '$Tool' @args }"
        $run.Succeeded | Should -BeTrue -Because $run.Text
        $rows = $run.Text.Trim() -split '\r?\n' | ConvertFrom-Json
        ($rows | Where-Object model -EQ 'gpt-4o').chunks | Should -Be 28
        ($rows | Measure-Object -Property calls -Sum).Sum | Should -Be 4
    }

    It 'counts tokens and cost' {
        $run = Invoke-Recipe -Title 'Count tokens and cost' -Folder $folder
        $run.Succeeded | Should -BeTrue -Because $run.Text
        $run.Text | Should -Match '(?m)^gpt-4o-mini +3 '
    }

    It 'makes a data set of recorded conversations' {
        $null = Write-CassetteWithSecret -Path "$folder/cassettes/leak.json" -Secret $secret
        $run = Invoke-Recipe -Title 'Make a data set of recorded conversations' -Folder $folder
        $run.Succeeded | Should -BeTrue -Because $run.Text
        $lines = Get-Content -LiteralPath "$folder/messages.jsonl"
        $lines.Count | Should -BeGreaterOrEqual 4
        ($lines | ConvertFrom-Json).messages.role | Should -Contain 'assistant'
        "$lines" | Should -Not -Match $secret
    }

    It 'shows how a client copes with a busy service' {
        $run = Invoke-Recipe -Title 'See how a client copes with a busy service' -Folder $folder
        $run.Succeeded | Should -BeTrue -Because $run.Text
        $run.Text | Should -Match 'gpt-4o'
        $run.Text | Should -Match '(?m)^/v1/models +429 +429'
        $run.Text | Should -Match '(?m)^/v1/models +200'
    }

    It 'shows why a request has no answer' {
        $run = Invoke-Recipe -Title 'Find out why a request has no answer' -Folder $folder
        $run.Succeeded | Should -BeTrue -Because $run.Text
        $run.Text | Should -Match 'nearest +capitals\.json'
        $run.Text | Should -Match 'in all letters'
    }
}
