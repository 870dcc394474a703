# What a cassette captures: every request of .NET's HttpClient, whoever sends it.
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    function Write-Answer {
        param([string] $Folder, [string] $Answer)
        $null = Write-ChatCassette -Path (Join-Path $Folder 'hello.json') -Response @{
            is_streaming = $false
            body         = @{ id = 'x'; object = 'chat.completion'; model = 'm'; choices = @(@{ index = 0; finish_reason = 'stop'; message = @{ role = 'assistant'; content = $Answer } }) }
        }
        $Folder
    }

    $script:folder = Write-Answer -Folder (Join-Path $TestDrive 'a') -Answer 'from a'
    $script:other = Write-Answer -Folder (Join-Path $TestDrive 'b') -Answer 'from b'
    $script:request = @{
        Uri = 'https://host.example/v1/chat/completions'; Method = 'Post'; ContentType = 'application/json'
        Body = '{"model":"m","messages":[{"role":"user","content":"Hello?"}]}'
    }
    $script:client = [System.Net.Http.HttpClient]::new()
    function Get-HttpAnswer {
        $content = [System.Net.Http.StringContent]::new($request.Body, $null, 'application/json')
        $client.PostAsync($request.Uri, $content).GetAwaiter().GetResult().Content.ReadAsStringAsync().GetAwaiter().GetResult()
    }
}

AfterAll {
    $client.Dispose()
}

Describe 'A cassette answers' {
    It '<Name>' -ForEach @(
        @{ Name = 'Invoke-RestMethod'; Command = { (Invoke-RestMethod @request).choices[0].message.content } }
        @{ Name = 'a call that names its module'; Command = { (Microsoft.PowerShell.Utility\Invoke-RestMethod @request).choices[0].message.content } }
        @{ Name = 'Invoke-WebRequest'; Command = { (Invoke-WebRequest @request).Content } }
        @{ Name = 'ForEach-Object -Parallel'; Command = { 1 | ForEach-Object -Parallel { $request = $using:request; (Invoke-RestMethod @request).choices[0].message.content } } }
        @{ Name = 'Start-ThreadJob'; Command = { Start-ThreadJob { $request = $using:request; (Invoke-RestMethod @request).choices[0].message.content } | Receive-Job -Wait -AutoRemoveJob } }
        @{ Name = 'a client of .NET that was made before'; Command = { Get-HttpAnswer } }
        @{ Name = 'a client of .NET that is made now'; Command = { Set-Variable -Name client -Value ([System.Net.Http.HttpClient]::new()); Get-HttpAnswer } }
    ) {
        $answer, $count = Use-Cassette $folder { & $Command; $Cassette.PlayCount }
        $answer | Should -BeLike '*from a*'
        $count | Should -Be 1
    }
}

Describe 'Cassettes at the same time' {
    It 'answer each runspace from its own, also where the environment names another one' {
        $both = [System.Threading.Barrier]::new(2)
        $answers = 'a', 'b' | ForEach-Object -ThrottleLimit 2 -Parallel {
            Import-Module -Name (Join-Path $using:staged 'OpenAICassette.dll')
            $request = ($using:request).Clone()
            $both = $using:both
            Use-Cassette (Join-Path $using:TestDrive $_) -WarningAction Ignore {
                $null = $both.SignalAndWait(60000)
                1..3 | ForEach-Object {
                    (Invoke-RestMethod @request).choices[0].message.content
                    $request.Uri = "$env:OPENAI_BASE_URL/chat/completions"
                }
                $null = $both.SignalAndWait(60000)
            }
        }
        $answers | Group-Object -NoElement | Sort-Object -Property Name | ForEach-Object { "$($_.Name) $($_.Count)" } | Should -Be 'from a 3', 'from b 3'
    }
}

Describe 'Jobs that wait for others' {
    It 'are answered from the cassette that they were started with' {
        $answers = Use-Cassette $folder {
            1..6 | ForEach-Object {
                Start-ThreadJob -ThrottleLimit 2 -ScriptBlock { $request = $using:request; (Invoke-RestMethod @request).choices[0].message.content }
            } | Receive-Job -Wait -AutoRemoveJob
            $Cassette.PlayCount
        }
        $answers | Should -Be ((, 'from a' * 6) + 6)
    }
}

Describe 'Enter-Cassette in another block' {
    BeforeAll { Enter-Cassette $folder }
    AfterAll { Exit-Cassette }

    Context 'inside' {
        BeforeAll { Enter-Cassette $other -NoEnvironment }
        AfterAll { Exit-Cassette }

        It 'answers from the inner one' {
            (Invoke-RestMethod @request).choices[0].message.content | Should -Be 'from b'
            Get-HttpAnswer | Should -BeLike '*from b*'
        }
    }

    It 'answers from the outer one after that' {
        (Invoke-RestMethod @request).choices[0].message.content | Should -Be 'from a'
    }
}
