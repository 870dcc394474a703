<#
.SYNOPSIS
    The clients that every machine has, asking a server: curl, Invoke-RestMethod and Invoke-WebRequest, also behind a proxy.
#>
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:server = Start-CassetteServer -Path $seed
    $script:uri = "$($server.Uri)v1/chat/completions"
    $script:request = (ConvertFrom-Json -InputObject $seedText -AsHashtable).request.body
    $script:body = ConvertTo-Json -InputObject $request -Depth 20 -Compress
    $script:chunks = (ConvertFrom-Json -InputObject $seedText -AsHashtable).response.body

    # What a stream of events says.
    function Get-StreamText {
        param([string[]] $Line)
        $data = $Line | Where-Object { $_ -like 'data: {*' } | ForEach-Object { ConvertFrom-Json -InputObject $_.Substring(6) }
        -join $data.choices.delta.content
    }
}

AfterAll {
    $server | Stop-CassetteServer
}

Describe 'curl' -Skip:(-not (Get-Command -Name curl -CommandType Application -ErrorAction Ignore)) {
    BeforeAll {
        $script:file = Write-TestFile -Path (Join-Path $TestDrive 'body.json') -Text $body
    }

    It 'gets the recorded stream, with an event for each chunk and the end' {
        $lines = curl --silent --no-buffer --header 'Content-Type: application/json' --data-binary "@$file" $uri
        $LASTEXITCODE | Should -Be 0
        Get-StreamText -Line $lines | Should -BeExactly $answer
        @($lines -like 'data: *').Count | Should -Be ($chunks.Count + 1)
        @($lines -like 'data: *')[-1] | Should -BeExactly 'data: [DONE]'
    }

    It 'gets the same when it sends the body <Name>' -ForEach @(
        @{ Name = 'in chunks'; Option = '--header', 'Transfer-Encoding: chunked' }
        @{ Name = 'after asking whether it may'; Option = '--header', 'Expect: 100-continue' }
        @{ Name = 'over HTTP/1.0'; Option = , '--http1.0' }
    ) {
        $lines = curl --silent @Option --header 'Content-Type: application/json' --data-binary "@$file" $uri
        $LASTEXITCODE | Should -Be 0
        Get-StreamText -Line $lines | Should -BeExactly $answer
    }

    It 'is told by the status what fails, and why by the body' {
        $lines = @(curl --silent --write-out '%{http_code}' --header 'Content-Type: application/json' --data '{"model":"gpt-4o","messages":[]}' $uri)
        $lines[-1] | Should -BeLike '*404'
        $lines -join '' | Should -BeLike '*no recording matches POST /v1/chat/completions*'
    }

    It 'reaches the server past a proxy when NO_PROXY names it' {
        $before = $env:http_proxy, $env:NO_PROXY
        try {
            $env:http_proxy = 'http://127.0.0.1:9'
            $env:NO_PROXY = '127.0.0.1'
            Get-StreamText -Line (curl --silent --header 'Content-Type: application/json' --data-binary "@$file" $uri) | Should -BeExactly $answer
        }
        finally {
            $env:http_proxy, $env:NO_PROXY = $before
        }
    }
}

Describe 'Invoke-RestMethod' {
    It 'gets the recorded stream as text' {
        $text = Invoke-RestMethod -Uri $uri -Method Post -Body $body -ContentType 'application/json'
        Get-StreamText -Line $text.Split("`n") | Should -BeExactly $answer
    }

    It 'gets an answer that is no stream as an object' {
        $greeting = "Hi $([char]0xE9)"
        $folder = Join-Path $TestDrive 'whole'
        $null = Write-ChatCassette -Path (Join-Path $folder 'whole.json') -Response @{
            body = @{ id = 'c'; choices = @(
                    @{ index = 0; message = @{ role = 'assistant'; content = $greeting }; finish_reason = 'stop' }
                    @{ index = 1; message = @{ role = 'assistant'; content = $null; refusal = 'No.' }; finish_reason = 'stop' }
                ); usage = @{ prompt_tokens = 1; completion_tokens = 2; total_tokens = 3 } }
            is_streaming = $false
        }
        $whole = Start-CassetteServer -Path $folder
        try {
            $sent = ConvertTo-Json -InputObject @{ model = 'm'; messages = @(@{ role = 'user'; content = 'Hello?' }) } -Depth 5
            $got = Invoke-RestMethod -Uri "$($whole.Uri)v1/chat/completions" -Method Post -Body $sent -ContentType 'application/json'
            $got.choices[0].message.content | Should -BeExactly $greeting
            $got.choices[1].message.refusal | Should -BeExactly 'No.'
            $got.usage.total_tokens | Should -Be 3
        }
        finally {
            $whole | Stop-CassetteServer
        }
    }

    It 'lists the models of the cassettes' {
        (Invoke-RestMethod -Uri "$($server.Uri)v1/models").data.id | Should -BeExactly 'gpt-4o'
    }

    It 'throws what was missed, with the status' {
        $missed = { Invoke-RestMethod -Uri $uri -Method Post -Body '{"model":"gpt-4o","messages":[]}' -ContentType 'application/json' } | Should -Throw -PassThru
        [int]$missed.Exception.StatusCode | Should -Be 404
        (ConvertFrom-Json -InputObject $missed.ErrorDetails.Message).error.message | Should -BeLike 'no recording matches*'
    }
}

Describe 'Invoke-WebRequest' {
    It 'gets the type of a stream, and which cassette answered' {
        $response = Invoke-WebRequest -Uri $uri -Method Post -Body $body -ContentType 'application/json'
        $response.StatusCode | Should -Be 200
        $response.Headers['Content-Type'] | Should -BeLike 'text/event-stream*'
        $response.Headers['x-cassette'] | Should -BeExactly 'capitals.json'
        Get-StreamText -Line $response.Content.Split("`n") | Should -BeExactly $answer
    }

    It 'asks with HEAD' {
        (Invoke-WebRequest -Uri "$($server.Uri)v1/models" -Method Head).StatusCode | Should -Be 200
    }
}

Describe 'Clients behind a proxy' {
    # .NET reads the variables once, so that a process of its own is needed.
    It 'reach the server with HTTP_PROXY set, as the environment of the server says' {
        $before = $env:HTTP_PROXY, $env:http_proxy, $env:NO_PROXY
        $proxied = Start-CassetteServer -Path $seed -SetEnvironment
        try {
            $env:HTTP_PROXY = 'http://127.0.0.1:9'
            $env:http_proxy = 'http://127.0.0.1:9'
            $ids = & $pwsh -NoProfile -NonInteractive -Command '(Invoke-RestMethod -Uri "$env:OPENAI_BASE_URL/models" -Headers @{ Authorization = "Bearer $env:OPENAI_API_KEY" }).data.id'
            $ids | Should -BeExactly 'gpt-4o'
        }
        finally {
            $proxied | Stop-CassetteServer
            $env:HTTP_PROXY, $env:http_proxy, $env:NO_PROXY = $before
        }
    }
}
