BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')

    # Clears the screen, sets the title, and does so with C1 characters too; turns the text around.
    $script:hostile = "a`u{1B}[2Jb`u{1B}]0;title`u{7}c`u{9B}1md`u{202E}e"
    $name = $IsWindows ? 'hostile.json' : "$hostile.json"
    $script:folder = Join-Path $TestDrive 'hostile'
    $response = @{ is_streaming = $false; body = @{ id = $hostile; model = $hostile; object = 'chat.completion'; service_tier = "tier $hostile"
            choices = @(@{ index = 0; finish_reason = $hostile; logprobs = @{ content = @(@{ token = $hostile; logprob = -1 }) }; message = @{ role = 'assistant'; content = $hostile; reasoning_content = $hostile
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

    $recording.response = @{ is_streaming = $false; status = 400; body = @{ error = @{ message = $hostile; type = $hostile } } }
    $script:failed = Write-TestFile -Path (Join-Path -Path $TestDrive -ChildPath 'failed' -AdditionalChildPath $name) -Text (ConvertTo-Json -InputObject $recording -Depth 20)
    $script:log = Write-TestFile -Path (Join-Path -Path $TestDrive -ChildPath 'session.jsonl') -Text (@(
            @{ sessionId = $hostile; projectHash = 'ab12'; startTime = '2026-03-04T05:00:00.000Z'; kind = 'main' }
            @{ id = $hostile; timestamp = '2026-03-04T05:00:01.000Z'; type = 'user'; content = $hostile }
            @{ id = "$hostile 2"; timestamp = '2026-03-04T05:00:02.000Z'; type = 'gemini'; content = $hostile; model = $hostile }
        ).ForEach{ ConvertTo-Json -InputObject $_ -Compress } -join "`n")
    $script:form = Write-TestFile -Path (Join-Path $TestDrive 'form.har') -Text (ConvertTo-Json -Depth 20 -InputObject @{
            log = @{ version = '1.2'; creator = @{ name = 'test'; version = '1' }; entries = @(@{
                        startedDateTime = '2026-03-04T05:00:00.000Z'; time = 1
                        request = @{ method = 'POST'; url = 'http://localhost/v1/files'; httpVersion = 'HTTP/1.1'; queryString = @(); cookies = @(); headersSize = -1; bodySize = -1
                            headers = @(@{ name = 'Content-Type'; value = 'multipart/form-data; boundary=b' })
                            postData = @{ mimeType = 'multipart/form-data; boundary=b'; text = "--b`r`nContent-Disposition: form-data; name=`"$hostile`"; filename=`"$hostile`"`r`n`r`n$hostile`r`n--b--`r`n" }
                        }
                        response = @{ status = 200; statusText = 'OK'; httpVersion = 'HTTP/1.1'; headers = @(); cookies = @(); redirectURL = ''; headersSize = -1; bodySize = -1
                            content = @{ size = 2; mimeType = 'application/json'; text = '{}' }
                        }
                    }) }
        })
    $script:server = Start-CassetteServer -LiteralPath $file
    $null = Invoke-WebRequest -SkipHttpErrorCheck -Method Post -Uri "$($server.Uri)v1/chat/completions" -ContentType 'application/json' -Body (
        ConvertTo-Json -Depth 9 -InputObject @{ model = $hostile; messages = @(@{ role = 'user'; content = "unlike $hostile" }) })

    # The types whose views were looked at.
    $script:shown = [System.Collections.Generic.HashSet[string]]::new()

    function Get-Active([string] $Text) {
        # The colours of PowerShell itself are no part of what is looked for.
        $Text -replace '\x1B\[[0-9;]*m' -replace '[\r\n\t]' | Select-String -Pattern '[\p{Cc}\u202E]' -AllMatches
    }
}

AfterAll {
    Stop-CassetteServer -Server $server
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
        'Search-Cassette -LiteralPath $file -Pattern a'
        '(Get-Cassette -LiteralPath $file).Interactions[0].Facts'
        '(Get-Cassette -LiteralPath $file).Interactions[0].Extensions'
        '(Get-Cassette -LiteralPath $file).Interactions[0].Request'
        '(Get-Cassette -LiteralPath $file).Interactions[0].Request.Headers'
        '(Get-Cassette -LiteralPath $file).Interactions[0].Request.Body'
        '[System.Linq.Enumerable]::Cast[object]((Get-Cassette -LiteralPath $file).Interactions[0].Request.Body)'
        ', (Get-Cassette -LiteralPath $file).Interactions[0].Request.Body.messages'
        '(Get-Cassette -LiteralPath $file).Interactions[0].Response.Body'
        '(Get-Cassette -LiteralPath $stream).Interactions[0].Chunks[0].Data'
        '(Get-Cassette -LiteralPath $file).Interactions[0].Response'
        '(Get-Cassette -LiteralPath $failed).Interactions[0].Response.Error'
        '(Get-Cassette -LiteralPath $form).Interactions[0].Request.psbase.Body.Parts'
        '(Get-Cassette -LiteralPath $log).Interactions[0].Extensions'
        '(Get-Cassette -LiteralPath $stream).Interactions[0].Response.Frames'
        '(ConvertTo-Transcript -LiteralPath $file).Details'
        '(ConvertTo-Transcript -LiteralPath $file).Turns.Message'
        '(ConvertTo-Transcript -LiteralPath $file).Turns.Parts'
        '(ConvertTo-Transcript -LiteralPath $file).Turns.ToolCalls'
        '(ConvertTo-Transcript -LiteralPath $file).Turns.LogProbs'
        '[OpenAICassette.ConversationAssembler]::Assemble((Get-Cassette -LiteralPath $file).Interactions[0]).Choices'
        '$server'
        '$server.Requests'
        '$server.Requests[0].Miss'
        '$server.Requests[0].Miss.Differences'
    ) {
        $given = & ([scriptblock]::Create($_))
        @($given).Count | Should -BeGreaterThan 0
        foreach ($view in 'Out-String', 'Format-Table', 'Format-List') {
            Get-Active ($given | & $view | Out-String -Width 300) | Should -BeNullOrEmpty -Because "$view shows it"
        }

        @($given).ForEach{ $null = $shown.Add($_.GetType().FullName) }
    }

    It 'was looked at for every type with a view' {
        $views = [xml](Get-Content -LiteralPath (Join-Path $staged 'OpenAICassette.Format.ps1xml') -Raw)
        $types = $views.Configuration.ViewDefinitions.View.ViewSelectedBy.TypeName -replace '#.*' | Sort-Object -Unique
        $types.Where{ -not $shown.Contains($_) } | Should -BeNullOrEmpty
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
