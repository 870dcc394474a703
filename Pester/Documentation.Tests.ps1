# Every example on the pages runs: the blocks of powershell and sh in README.md and docs. Those of C# are compiled by
# tests/OpenAICassette.Samples.Tests. A block that cannot run is followed by <!-- not run: reason -->.
BeforeDiscovery {
    $repository = Split-Path -Path $PSScriptRoot
    $pages = @(Get-Item -LiteralPath (Join-Path $repository 'README.md')) + @(Get-ChildItem -LiteralPath (Join-Path $repository 'docs') -Filter *.md) +
        @(Get-ChildItem -Path ([System.IO.Path]::Combine($repository, 'src', '*', 'README.md')))
    $built = Get-ChildItem -Path ([System.IO.Path]::Combine($repository, 'src', 'OpenAICassette.Cli', 'bin', '*', 'net10.0', 'cassette.dll')) -ErrorAction Ignore
    $script:cli = $built | Sort-Object -Property LastWriteTime | Select-Object -Last 1 -ExpandProperty FullName
    $script:blocks = foreach ($page in $pages) {
        $text = [System.IO.File]::ReadAllText($page.FullName).ReplaceLineEndings("`n")
        $number = 0
        foreach ($match in [regex]::Matches($text, '(?ms)^```(?<language>powershell|sh|bash|console)\n(?<code>.*?)^```$(\n<!-- not run:(?<reason>[^>]*)-->)?')) {
            $number++
            @{
                Page = [System.IO.Path]::GetRelativePath($repository, $page.FullName).Replace('\', '/'); Number = $number
                Language = $match.Groups['language'].Value; Code = $match.Groups['code'].Value; Reason = $match.Groups['reason'].Value.Trim()
                IsMarked = $match.Groups['reason'].Success; Cli = $cli
            }
        }
    }
    $script:runs = $blocks | Where-Object { -not $_.IsMarked }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:examples = Join-Path $staged 'examples'

    # What the blocks speak of: cassettes, two versions of one, a file of settings, a function that asks a model.
    function Write-TestCorpus {
        $folder = Join-Path $TestDrive (New-Guid)
        $null = New-Item -ItemType Directory -Path ('cassettes', 'run', 'old', 'new', 'before', 'after' | ForEach-Object { Join-Path $folder $_ })
        $null = Copy-Item -LiteralPath (Join-Path $repository 'module') -Destination $folder -Recurse
        $answers = Get-ChildItem -LiteralPath ([System.IO.Path]::Combine($examples, 'suite', 'cassettes')) -Recurse -Filter *.json
        'cassettes', 'run', 'before' | ForEach-Object { $answers | Copy-Item -Destination (Join-Path $folder $_) }
        'capitals.json', 'x.json', 'old.json', 'new.json', 'old/a.json', 'before/a.json', 'cassettes/capitals.json' | ForEach-Object { Copy-Item -LiteralPath $seed -Destination (Join-Path $folder $_) }
        $changed = $seedText.Replace('in all caps', 'in all small letters')
        'new.json', 'new/a.json', 'after/a.json' | ForEach-Object { $null = Write-TestFile -Path (Join-Path $folder $_) -Text $changed }
        Set-Content -LiteralPath (Join-Path $folder 'app.env') -Value 'LEVEL=debug'
        Set-Content -LiteralPath (Join-Path $folder 'prices.json') -Value '{ "gpt-4o*": { "prompt": 2.5, "completion": 10 } }'
        Test-Cassette -Path (Join-Path $folder 'cassettes') -Baseline (Join-Path $folder 'cassettes.baseline.json') -UpdateBaseline | Out-Null
        $folder
    }
}

Describe 'The examples of <Page>, block <Number>' -ForEach $runs {
    It 'run: powershell' -Skip:($Language -ne 'powershell') {
        $folder = Write-TestCorpus
        $script = "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; Import-Module '$module'; . '$([System.IO.Path]::Combine($examples, 'suite', 'Chat.ps1'))'`n"
        if ($Code -match '(?m)^Describe ') {
            # A suite: the file and the test have the names that its comment says.
            Copy-Item -LiteralPath (Join-Path $examples 'suite') -Destination $folder -Recurse
            $test = Write-TestFile -Path ([System.IO.Path]::Combine($folder, 'suite', 'Chat.Tests.ps1')) -Text ("BeforeAll { $script }`n" + $Code)
            $script += "Import-Module '$pester'; `$env:CI = 'true'; `$result = Invoke-Pester -Path '$test' -Output None -PassThru; if (`$result.Result -ne 'Passed') { throw `$result.Failed.ErrorRecord }"
        }
        else {
            $script += $Code
        }

        $file = Write-TestFile -Path (Join-Path $folder 'block.ps1') -Text "Set-Location -LiteralPath '$folder'`n$script`nexit 0"
        $written = & $pwsh -NoProfile -NonInteractive -File $file 2>&1
        $LASTEXITCODE | Should -Be 0 -Because ($written | Out-String)
    }

    It 'run: sh' -Skip:($Language -ne 'sh' -or $IsWindows -or -not $Cli) {
        $folder = Write-TestCorpus
        foreach ($line in $Code -split "`n" | Where-Object { $_ }) {
            # The project is named by its path in a clone; the program that was built from it stands for both.
            $command = $line.Replace('dotnet run --project src/OpenAICassette.Cli --', 'cassette')
            $file = Write-TestFile -Path (Join-Path $folder 'block.sh') -Text "cassette() { dotnet '$Cli' `"`$@`"; }`ncd '$folder'`n$command`n"
            $written = & sh $file 2>&1
            $LASTEXITCODE | Should -BeIn 0, 1 -Because ($written | Out-String)
            if ($LASTEXITCODE -eq 1) {
                # A check that finds something has done its work.
                $line | Should -Match '--check|verify|grep|diff' -Because ($written | Out-String)
            }
        }
    }

    It 'are powershell or sh' {
        $Language | Should -BeIn 'powershell', 'sh'
    }
}

Describe 'The examples that do not run' {
    It 'are few, and say why' -ForEach @{ Marked = @($blocks | Where-Object IsMarked) } {
        $Marked.Count | Should -BeLessOrEqual 14 -Because 'a page with another example that does not run should have a good reason'
        $Marked | ForEach-Object { $_.Reason | Should -Match '\w+ \w+' -Because "$($_.Page), block $($_.Number)" }
    }
}

Describe 'The picture of the README' {
    It 'is what the commands in it write' {
        $drawn = Join-Path $TestDrive 'terminal.svg'
        & $pwsh -NoProfile -NonInteractive -File ([System.IO.Path]::Combine($repository, 'docs', 'picture', 'Build-Picture.ps1')) -Module $module -Output $drawn
        [System.IO.File]::ReadAllText($drawn) | Should -Be ([System.IO.File]::ReadAllText([System.IO.Path]::Combine($repository, 'docs', 'picture', 'terminal.svg')).ReplaceLineEndings("`n")) -Because 'run docs/picture/Build-Picture.ps1 to draw it anew'
    }
}
