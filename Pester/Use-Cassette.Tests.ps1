BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:from = ',OpenAICassette.Commands.UseCassetteCommand'
    $script:folder = Join-Path $TestDrive 'a [b] c'
    $script:file = Write-ChatCassette -Path (Join-Path $folder 'hello.json') -Response @{
        is_streaming = $false
        body         = @{ id = 'x'; object = 'chat.completion'; model = 'm'; choices = @(@{ index = 0; finish_reason = 'stop'; message = @{ role = 'assistant'; content = 'Hi there.' } }) }
    }
    $script:body = '{"model":"m","messages":[{"role":"user","content":"Hello?"}]}'
    $script:otherBody = $body.Replace('Hello?', 'Good bye?')

    # Code that knows its host and nothing of cassettes, in a module of its own.
    $script:client = New-Module -Name CassetteTestClient -ScriptBlock {
        function Get-Answer {
            param([string] $Body)
            (Invoke-RestMethod -Uri 'https://api.openai.com/v1/chat/completions' -Method Post -ContentType 'application/json' -Body $Body).choices[0].message.content
        }
    } | Import-Module -PassThru
}

AfterAll {
    Remove-Module -ModuleInfo $client
}

Describe 'The block of Use-Cassette' {
    It 'runs in the scope of the caller' {
        $x = 'before'
        Use-Cassette $folder { $x += ' and after'; $made = 1; $null = $made }
        $x | Should -Be 'before and after'
        $made | Should -Be 1
    }

    It 'knows the session as $Cassette and as its argument' {
        $session, $argument = Use-Cassette $folder { param($Session) $Cassette; $Session }
        $session | Should -BeOfType OpenAICassette.CassetteSession
        [object]::ReferenceEquals($session, $argument) | Should -BeTrue
        $session.Path | Should -Be $folder
        Get-Variable -Name Cassette -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'gives its output as it comes' {
        $seen = [System.Collections.Generic.List[string]]::new()
        Use-Cassette $folder { 1..2 | ForEach-Object { $seen.Add("made $_"); $_ } } | ForEach-Object { $seen.Add("got $_") }
        $seen | Should -Be 'made 1', 'got 1', 'made 2', 'got 2'
    }

    It 'is stopped by Select-Object -First, and its finally blocks run' {
        $state = @{}
        Use-Cassette $folder { try { 1; $state.After = $true; 2 } finally { $state.Finally = $true } } | Select-Object -First 1 | Should -Be 1
        $state.Finally | Should -BeTrue
        $state.Keys | Should -Not -Contain 'After'
        Get-CassetteServer | Should -BeNullOrEmpty
    }

    It 'may leave a loop and a function' {
        $kept = foreach ($i in 1..3) { Use-Cassette $folder { if ($i -eq 2) { continue }; $i } }
        $kept | Should -Be 1, 3
        Get-CassetteServer | Should -BeNullOrEmpty
    }

    It 'may throw, and the error is its own' {
        { Use-Cassette $folder { throw 'mine' } } | Should -Throw 'mine'
        Get-CassetteServer | Should -BeNullOrEmpty
    }
}

Describe 'Requests inside Use-Cassette' {
    It 'are answered whatever the host, also those of modules' {
        Use-Cassette $folder { Get-Answer -Body $body; $Cassette.PlayCount } | Should -Be 'Hi there.', 1
    }

    It 'are known to the session' {
        Use-Cassette $folder {
            $null = Get-Answer -Body $body
            $Cassette.Requests[0].Messages[-1].Text | Should -Be 'Hello?'
            $Cassette.Requests[0].Model | Should -Be 'm'
            $Cassette.Requests[-1].Outcome | Should -Be 'Played'
        }
    }

    It 'match a cassette that is given as an object, whatever its name' {
        Use-Cassette $folder {
            $null = Get-Answer -Body $body
            $Cassette | Assert-CassetteMatch (Get-Cassette -LiteralPath $file)
            { $Cassette | Assert-CassetteMatch (Get-Cassette -LiteralPath $seed) } | Should -Throw -ErrorId 'CassetteAssertionFailed,*'
        }
    }

    It 'give what the real cmdlets give: <Name>' -ForEach @(
        @{ Name = 'an object'; Command = { (Invoke-RestMethod @request).object }; Expected = 'chat.completion' }
        @{ Name = 'from the pipeline'; Command = { ($body | Invoke-RestMethod https://host.example/v1/chat/completions -Method Post -ContentType application/json).object }; Expected = 'chat.completion' }
        @{ Name = 'headers and status'; Command = { $null = Invoke-RestMethod @request -StatusCodeVariable code -ResponseHeadersVariable headers; "$code $($headers['Content-Type'])" }; Expected = '200 application/json' }
        @{ Name = 'a web response'; Command = { (Invoke-WebRequest @request).GetType().Name }; Expected = 'BasicHtmlWebResponseObject' }
        @{ Name = 'a session variable'; Command = { $null = Invoke-WebRequest @request -SessionVariable web; $web.GetType().Name }; Expected = 'WebRequestSession' }
        @{ Name = 'a file'; Command = { Invoke-RestMethod @request -OutFile "$TestDrive/answer.json"; Test-Path "$TestDrive/answer.json" }; Expected = $true }
        @{ Name = 'with a token, though there is no encryption'; Command = { (Invoke-RestMethod @request -Authentication Bearer -Token ([System.Net.NetworkCredential]::new('', 'none').SecurePassword)).object }; Expected = 'chat.completion' }
    ) {
        $script:request = @{ Uri = 'https://host.example/v1/chat/completions'; Method = 'Post'; ContentType = 'application/json'; Body = $body }
        Use-Cassette $folder $Command | Should -Be $Expected
    }

    It 'fail as with the real service' {
        $answer = Join-Path $TestDrive 'busy'
        $null = Write-ChatCassette -Path (Join-Path $answer 'busy.json') -Response @{
            body = $null; is_streaming = $false; is_exception = $true
            exception_data = @{ category = 'provider_sdk'; provider = 'openai'; type = 'RateLimitError'; message = 'busy'; status_code = 429; body = @{ message = 'too many'; type = 'requests' } }
        }
        $problem = { Use-Cassette $answer { Get-Answer -Body $body } } | Should -Throw -PassThru
        $problem.Exception | Should -BeOfType Microsoft.PowerShell.Commands.HttpResponseException
        [int]$problem.Exception.Response.StatusCode | Should -Be 429
        $problem.ErrorDetails.Message | Should -Match 'too many'
        $problem.FullyQualifiedErrorId | Should -Be 'WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeRestMethodCommand'
    }

    It 'are not touched by a proxy in the environment' {
        $before = $env:HTTP_PROXY, $env:HTTPS_PROXY
        try {
            $env:HTTP_PROXY = $env:HTTPS_PROXY = 'http://127.0.0.1:9'
            Use-Cassette $folder { Get-Answer -Body $body } | Should -Be 'Hi there.'
        }
        finally {
            $env:HTTP_PROXY, $env:HTTPS_PROXY = $before
        }
    }

    It 'are left alone with -NoRedirect, and for a host of -Exclude' {
        $ask = { Invoke-RestMethod -Uri http://127.0.0.1:9/v1/chat/completions -Method Post -ContentType application/json -Body $body -NoProxy }
        (Use-Cassette $folder $ask).object | Should -Be 'chat.completion'
        { Use-Cassette $folder -NoRedirect $ask } | Should -Throw -ExceptionType System.Net.Http.HttpRequestException
        { Use-Cassette $folder -Exclude '127.0.0.*' $ask } | Should -Throw -ExceptionType System.Net.Http.HttpRequestException
    }

    It 'are the caller''s own in answers and errors' {
        Use-Cassette $folder {
            $answer = Invoke-WebRequest -Uri https://host.example/v1/chat/completions -Method Post -ContentType application/json -Body $body
            $answer.BaseResponse.RequestMessage.RequestUri | Should -Be 'https://host.example/v1/chat/completions'
            $answer.BaseResponse.RequestMessage.Headers.Key | Should -Not -Contain 'traceparent'
            $answer.BaseResponse.RequestMessage.Headers.Key | Should -Not -Contain 'x-cassette-upstream'
        }
    }
}

Describe 'A miss inside Use-Cassette' {
    It 'is a terminating error that names the difference, also when the 404 was swallowed' {
        $miss = { Use-Cassette $folder -Mode None { try { Get-Answer -Body $otherBody } catch { 'swallowed' } } } | Should -Throw -ErrorId "CassetteMiss$from" -PassThru
        $miss.Exception.Message | Should -BeLike "*nearest  hello.json*messages?0?.content: recorded 'Hello?', got 'Good bye?'*The mode is None, so nothing is recorded. To record what is missing, use the mode NewEpisodes."
        $miss.TargetObject | Should -BeOfType OpenAICassette.MissReport
    }

    It 'takes the place of an error that came from it, which it keeps' {
        $miss = { Use-Cassette $folder -Mode None { Get-Answer -Body $otherBody } } | Should -Throw -ErrorId "CassetteMiss$from" -PassThru
        $miss.Exception.Message | Should -BeLike '*The code then failed with: *'
    }

    It 'tells why nothing is recorded' {
        $ci = $env:CI
        try {
            $env:CI = 'true'
            { Use-Cassette $folder { Get-Answer -Body $otherBody } } | Should -Throw '*The mode is None because CI is set*'
        }
        finally {
            $env:CI = $ci
        }
    }

    It 'warns if nothing was asked although nothing is recorded' {
        Use-Cassette $folder -Mode None { } -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -BeLike "No request reached the cassette $([WildcardPattern]::Escape($folder)).*NewEpisodes.*"
    }

    It 'tells how to record anew where that is allowed' {
        { Use-Cassette $folder -Mode Once { Get-Answer -Body $otherBody } } | Should -Throw '*NewEpisodes*'
    }
}

Describe 'The environment of Use-Cassette' {
    It 'leads other clients to the cassette, and is restored after <_>' -ForEach 'the end', 'an error', 'a stop' {
        $name = 'OPENAI_BASE_URL', 'OPENAI_API_BASE', 'OPENAI_API_KEY', 'AZURE_OPENAI_ENDPOINT', 'ANTHROPIC_BASE_URL', 'OLLAMA_HOST', 'NO_PROXY'
        $before = $name | ForEach-Object { "$_=$([System.Environment]::GetEnvironmentVariable($_))" }
        $end = $_
        try {
            Use-Cassette $folder {
                $env:OPENAI_BASE_URL | Should -Be "$($Cassette.Uri)v1"
                $env:NO_PROXY | Should -Match '127\.0\.0\.1'
                'output'
                if ($end -eq 'an error') { throw 'end' }
            } | Select-Object -First ($end -eq 'a stop' ? 1 : 10) | Should -Be 'output'
        }
        catch {
            $_ | Should -Be 'end'
        }

        $name | ForEach-Object { "$_=$([System.Environment]::GetEnvironmentVariable($_))" } | Should -Be $before
    }

    It 'leads to the inner one of nested cassettes, and then to the outer one again' {
        $name = 'OPENAI_BASE_URL'
        $before = [System.Environment]::GetEnvironmentVariable($name)
        Use-Cassette $folder {
            $outer = $Cassette
            [System.Environment]::GetEnvironmentVariable($name) | Should -Be "$($outer.Uri)v1"
            Use-Cassette $folder {
                $Cassette | Should -Not -Be $outer
                [System.Environment]::GetEnvironmentVariable($name) | Should -Be "$($Cassette.Uri)v1"
                Get-Answer -Body $body | Should -Be 'Hi there.'
                $Cassette.PlayCount | Should -Be 1
            }

            [System.Environment]::GetEnvironmentVariable($name) | Should -Be "$($outer.Uri)v1"
            $Cassette | Should -Be $outer
            $outer.PlayCount | Should -Be 0
            Get-Answer -Body $body | Should -Be 'Hi there.'
            $outer.PlayCount | Should -Be 1
        }

        [System.Environment]::GetEnvironmentVariable($name) | Should -Be $before
    }

    It 'leads to the outer one again when the outer ends first' {
        $name = 'OPENAI_BASE_URL'
        $before = [System.Environment]::GetEnvironmentVariable($name)
        $outer = Enter-Cassette $folder -PassThru -WarningAction Ignore
        $inner = Enter-Cassette $folder -PassThru -WarningAction Ignore
        Get-CassetteServer -Port $outer.Uri.Port | Stop-CassetteServer
        [System.Environment]::GetEnvironmentVariable($name) | Should -Be "$($inner.Uri)v1"
        Exit-Cassette -WarningAction Ignore
        [System.Environment]::GetEnvironmentVariable($name) | Should -Be $before
        Exit-Cassette -WarningAction Ignore
    }

    It 'says why a request was missed before it shows what the client received' {
        try {
            Use-Cassette $folder -Mode None { Get-Answer -Body $otherBody }
            throw 'nothing was missed'
        }
        catch {
            $_.FullyQualifiedErrorId | Should -BeLike 'CassetteMiss,*'
            $_.Exception.Message | Should -BeLike "no recording matches POST*The code then failed with:*"
            $_.Exception.InnerException | Should -BeNullOrEmpty
        }
    }

    It 'tells the client the reason in the status line, which clients show first' {
        $script:problem = $null
        { Use-Cassette $folder -Mode None { try { Get-Answer -Body $otherBody } catch { $script:problem = $_ } } } | Should -Throw -ErrorId 'CassetteMiss,*'
        $problem.Exception.Message | Should -BeLike '*404 (no recording matches POST /v1/chat/completions; nearest is hello.json: messages*Good bye*'
    }

    It 'needs no variable' {
        Use-Cassette $folder { Use-Cassette $folder -NoEnvironment { Get-Answer -Body $body } } | Should -Be 'Hi there.'
    }

    It 'is not needed in parallel' {
        $answers = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module -Name $using:module
            Use-Cassette $using:folder -NoEnvironment {
                (Invoke-RestMethod -Uri https://host.example/v1/chat/completions -Method Post -ContentType application/json -Body $using:body).choices[0].message.content
            }
        }
        $answers | Should -Be (, 'Hi there.' * 4)
    }
}

Describe 'Use-Cassette' {
    It 'takes a file too' {
        Use-Cassette $file { Get-Answer -Body $body } | Should -Be 'Hi there.'
    }

    It 'with -RequireAllUsed fails for recordings that were not played' {
        { Use-Cassette $folder -RequireAllUsed { 1 } } | Should -Throw -ErrorId "CassetteNotAllUsed$from"
        Use-Cassette $folder -RequireAllUsed { Get-Answer -Body $body } | Should -Be 'Hi there.'
    }

    It 'with a mode that is none in CASSETTE_MODE says so' {
        try {
            $env:CASSETTE_MODE = 'Sometimes'
            { Use-Cassette $folder { 1 } } | Should -Throw "*CASSETTE_MODE must be one of None, Once, NewEpisodes, All; it is 'Sometimes'*"
        }
        finally {
            $env:CASSETTE_MODE = $null
        }
    }

    It 'without a cassette says what is missing under None' {
        { Use-Cassette (Join-Path $TestDrive 'nowhere') -Mode None { 1 } } | Should -Throw -ErrorId "CassetteNotFound$from"
    }

    It 'plays several recordings of one request in order' {
        $retry = Join-Path $TestDrive 'retry'
        $null = Write-ChatCassette -Path (Join-Path $retry '1.json') -Response @{
            body = $null; is_streaming = $false; is_exception = $true; exception_message = 'busy'
            exception_data = @{ category = 'provider_sdk'; provider = 'openai'; type = 'RateLimitError'; message = 'busy'; status_code = 429; body = @{ message = 'busy' } }
        }
        $null = Copy-Item -LiteralPath $file -Destination (Join-Path $retry '2.json')
        Use-Cassette $retry {
            { Get-Answer -Body $body } | Should -Throw
            Get-Answer -Body $body | Should -Be 'Hi there.'
        }
        Use-Cassette $retry {
            (Invoke-RestMethod -Uri https://host.example/v1/chat/completions -Method Post -ContentType application/json -Body $body -MaximumRetryCount 1 -RetryIntervalSec 1).object
        } | Should -Be 'chat.completion'
    }
}

Describe 'Enter-Cassette and Exit-Cassette' {
    BeforeAll {
        Enter-Cassette $folder
    }

    AfterAll {
        Exit-Cassette
    }

    It 'answer in one test' {
        Get-Answer -Body $body | Should -Be 'Hi there.'
    }

    It 'and in the next' {
        Get-Answer -Body $body | Should -Be 'Hi there.'
        $Cassette.PlayCount | Should -Be 2
    }
}

Describe 'Exit-Cassette' {
    It 'without Enter-Cassette is an error' {
        { Exit-Cassette } | Should -Throw -ErrorId 'CassetteNotEntered,OpenAICassette.Commands.ExitCassetteCommand'
        { Use-Cassette $folder { Exit-Cassette } } | Should -Throw -ErrorId 'CassetteNotEntered,OpenAICassette.Commands.ExitCassetteCommand'
    }

    It 'tells of misses' {
        Enter-Cassette $folder
        try { $null = Get-Answer -Body $otherBody } catch { $null = $_ }
        { Exit-Cassette } | Should -Throw -ErrorId 'CassetteMiss,OpenAICassette.Commands.ExitCassetteCommand'
        Get-CassetteServer | Should -BeNullOrEmpty
    }
}

Describe 'Test-Cassette -Unused' {
    It 'lists what no test has played' {
        $lonely = Copy-Item -LiteralPath $file -Destination (Join-Path $TestDrive 'lonely.json') -PassThru
        Use-Cassette $file { $null = Get-Answer -Body $body }
        (Test-Cassette -LiteralPath $file, $lonely.FullName -Unused).Path | Should -Be $lonely.FullName
    }
}
