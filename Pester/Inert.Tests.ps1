BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')

    # Clears the screen, sets the title, and does so with C1 characters too; turns the text around.
    $script:hostile = "a`u{1B}[2Jb`u{1B}]0;title`u{7}c`u{9B}1md`u{202E}e"
    $name = $IsWindows ? 'hostile.json' : "$hostile.json"
    $script:folder = Join-Path $TestDrive 'hostile'
    $response = @{ is_streaming = $false; body = @{ id = $hostile; model = $hostile; object = 'chat.completion'
            choices = @(@{ index = 0; finish_reason = $hostile; message = @{ role = 'assistant'; content = $hostile; reasoning_content = $hostile
                        tool_calls = @(@{ id = $hostile; type = 'function'; function = @{ name = $hostile; arguments = $hostile } }) } })
        }
    }
    $recording = @{
        test_id = $hostile
        request = @{ method = 'POST'; url = "http://localhost/v1/chat/completions?$hostile"; endpoint = '/v1/chat/completions'; model = $hostile
            headers = @{ authorization = "Bearer sk-proj-$(Get-RandomText)" }; body = @{ model = $hostile; messages = @(@{ role = 'user'; content = $hostile }) }
            $hostile = 1
        }
        response = $response
    }
    $script:file = Write-TestFile -Path (Join-Path $folder $name) -Text (ConvertTo-Json -InputObject $recording -Depth 20)
    $recording.request.body.messages[0].content = "other $hostile"
    $script:other = Write-TestFile -Path (Join-Path -Path $TestDrive -ChildPath 'other' -AdditionalChildPath $name) -Text (ConvertTo-Json -InputObject $recording -Depth 20)
    $recording.response = @{ is_streaming = $true; body = @(@{ id = $hostile; choices = @(@{ index = 0; delta = @{ content = $hostile } }) }) }
    $script:stream = Write-TestFile -Path (Join-Path -Path $TestDrive -ChildPath 'stream' -AdditionalChildPath $name) -Text (ConvertTo-Json -InputObject $recording -Depth 20)
    $script:broken = Write-TestFile -Path (Join-Path -Path $TestDrive -ChildPath 'broken' -AdditionalChildPath $name) -Text "{`"request`": {`"url`": `"$hostile`", "

    function Get-Active([string] $Text) {
        # The colours of PowerShell itself are no part of what is looked for.
        $Text -replace '\x1B\[[0-9;]*m' -replace '[\r\n\t]' | Select-String -Pattern '[\p{Cc}\u202E]' -AllMatches
    }
}

Describe 'A screen' {
    It 'shows <_> without its control characters' -ForEach @(
        'Get-Cassette -LiteralPath $file'
        '(Get-Cassette -LiteralPath $file).Interactions'
        '(Get-Cassette -LiteralPath $stream).Interactions[0].Chunks'
        'Invoke-CassetteReplay -LiteralPath $stream'
        'Invoke-CassetteReplay -LiteralPath $file'
        'ConvertTo-Transcript -LiteralPath $file'
        '(ConvertTo-Transcript -LiteralPath $file).Turns'
        'ConvertTo-Transcript -LiteralPath $file -As Text'
        'ConvertTo-Transcript -LiteralPath $file -As Markdown'
        'Compare-Cassette (Get-Cassette -LiteralPath $other) (Get-Cassette -LiteralPath $file)'
        '(Compare-Cassette (Get-Cassette -LiteralPath $other) (Get-Cassette -LiteralPath $file)).Differences'
        'Test-Cassette -LiteralPath $file'
        'Test-Cassette -LiteralPath $broken'
        'Measure-Cassette -LiteralPath $file -GroupBy Model'
        'Find-CassetteSecret -LiteralPath $file'
        'Find-CassetteSecret -LiteralPath $file | ConvertTo-CassetteReport -As Markdown'
        'Find-CassetteSecret -LiteralPath $file | ConvertTo-CassetteReport -As GitHub'
        'Remove-CassetteSecret -LiteralPath $file 3>$null'
        'Use-Cassette -Path $folder -NoEnvironment { $Cassette }'
    ) {
        $given = & ([scriptblock]::Create($_))
        @($given).Count | Should -BeGreaterThan 0
        foreach ($shown in ($given | Out-String -Width 300), ($given | Format-Table | Out-String -Width 300)) {
            Get-Active $shown | Should -BeNullOrEmpty
        }

        # A list of its own, where the type has one.
        $type = @($given)[0].GetType().FullName
        if ((Get-FormatData -TypeName $type).FormatViewDefinition.Control.Where{ $_ -is [System.Management.Automation.ListControl] }) {
            Get-Active ($given | Format-List | Out-String -Width 300) | Should -BeNullOrEmpty
        }
    }

    It 'shows the error of <_> without control characters' -ForEach @(
        'Get-Cassette -LiteralPath $broken'
        'Get-Cassette -LiteralPath (Join-Path $TestDrive "not$hostile")'
        'Find-CassetteSecret -LiteralPath (Join-Path $TestDrive "not$hostile")'
        'Export-Cassette -LiteralPath $broken -Destination $TestDrive/out'
    ) {
        $null = . ([scriptblock]::Create("$_ -ErrorAction SilentlyContinue -ErrorVariable problems"))
        $problems.Count | Should -BeGreaterThan 0
        Get-Active ($problems.ForEach{ "$_" } -join ' ') | Should -BeNullOrEmpty
    }

    It 'shows what is passed over without control characters' -Skip:$IsWindows {
        $null = Write-TestFile -Path (Join-Path -Path $TestDrive -ChildPath 'notes' -AdditionalChildPath "$hostile.txt") -Text 'notes'
        Get-Active (Get-Cassette -LiteralPath (Join-Path $TestDrive 'notes') -Verbose 4>&1 | Out-String) | Should -BeNullOrEmpty
    }
}

Describe 'The views' {
    It 'show no text of a file as it is' {
        # What is no text cannot hold control characters; every other column says itself how it is shown.
        $views = [xml](Get-Content -LiteralPath (Join-Path $staged 'OpenAICassette.Format.ps1xml') -Raw)
        foreach ($view in $views.Configuration.ViewDefinitions.View) {
            $type = ($view.ViewSelectedBy.TypeName -replace '#.*') -as [type]
            foreach ($name in $view.SelectNodes('.//PropertyName').InnerText) {
                $made = $type.GetProperty($name)
                ($made.PropertyType.IsValueType -or $made.PropertyType -eq [uri]) | Should -BeTrue -Because "$($view.Name) shows $name"
            }

            foreach ($script in $view.SelectNodes('.//TableColumnItem/ScriptBlock | .//ListItem/ScriptBlock | .//GroupBy/ScriptBlock').InnerText) {
                $script | Should -Match '-replace|TotalMilliseconds|\.Count$|-f \$_\.Cost\)$' -Because "$($view.Name) shows $script"
            }
        }
    }
}
