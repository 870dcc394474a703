BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:from = ',OpenAICassette.Commands.StartCassetteServerCommand'
    $script:folder = Join-Path $TestDrive 'a [b] c'
    $script:hello = Write-ChatCassette -Path (Join-Path $folder 'hello [1].json') -Response @{
        is_streaming = $false; body = @{ id = 'x'; choices = @(@{ index = 0; message = @{ role = 'assistant'; content = 'Hi there.' } }) }
    }
    $script:body = '{"model":"m","messages":[{"role":"user","content":"Hello?"}]}'

    # What a server answers to a chat request.
    function Get-Answer {
        param([OpenAICassette.CassetteServer] $Server, [string] $Body = $body, [System.Collections.IDictionary] $Headers = @{})
        Invoke-WebRequest -Uri "$($Server.Uri)v1/chat/completions" -Method Post -Body $Body -Headers $Headers -SkipHttpErrorCheck -NoProxy
    }

    # The values of the variables by which clients find a server.
    function Get-ClientVariable {
        'OPENAI_BASE_URL', 'OPENAI_API_BASE', 'OPENAI_API_KEY', 'AZURE_OPENAI_ENDPOINT', 'ANTHROPIC_BASE_URL', 'OLLAMA_HOST', 'NO_PROXY' |
            ForEach-Object { "$_=$([Environment]::GetEnvironmentVariable($_))" }
    }
}

Describe 'Start-CassetteServer' {
    AfterEach {
        Stop-CassetteServer -All -WarningAction Ignore
    }

    It 'answers from <Name>' -ForEach @(
        @{ Name = 'a folder in brackets'; Start = { Start-CassetteServer -LiteralPath $folder } }
        @{ Name = 'a file in brackets'; Start = { Start-CassetteServer -LiteralPath $hello } }
        @{ Name = 'a pattern'; Start = { Start-CassetteServer -Path ([System.IO.Path]::Combine($TestDrive, 'a*', '*.json')) } }
        @{ Name = 'the pipeline'; Start = { Get-Cassette -LiteralPath $folder | Start-CassetteServer } }
        @{ Name = 'cassettes of another process'; Start = { ConvertTo-ForeignObject -InputObject (Get-Cassette -LiteralPath $hello) | Start-CassetteServer } }
        @{ Name = 'the folder above'; Start = { Start-CassetteServer -LiteralPath $TestDrive -Recurse } }
    ) {
        $server = & $Start
        $server | Should -BeOfType ([OpenAICassette.CassetteServer])
        ((Get-Answer -Server $server).Content | ConvertFrom-Json).choices[0].message.content | Should -BeExactly 'Hi there.'
        $server.RequestCount | Should -Be 1
        $server.MissCount | Should -Be 0
        $server.Requests[0].Interaction.Cassette.Name | Should -Be 'hello [1].json'
        $server.Requests[-1].Messages[0].Text | Should -Be 'Hello?'
    }

    It 'makes one server of all that is piped in' {
        $server = Get-Cassette -LiteralPath $hello, $seed | Start-CassetteServer
        @($server).Count | Should -Be 1
        $server.InteractionCount | Should -Be 2
        $server.Unused.Count | Should -Be 2
    }

    It 'warns when nothing is piped in' {
        $server = @() | Start-CassetteServer -WarningVariable warnings -WarningAction SilentlyContinue
        $server.InteractionCount | Should -Be 0
        "$warnings" | Should -Be 'The server has no recordings, so every request will be a miss.'
    }

    It 'listens on the given port and address, and says when the port is taken' {
        $server = Start-CassetteServer -LiteralPath $hello -ListenAddress 127.0.0.1
        $server.Uri.Host | Should -Be '127.0.0.1'
        { Start-CassetteServer -LiteralPath $hello -Port $server.Port } | Should -Throw -ErrorId "ServerNotStarted$from" -ExpectedMessage "Cannot listen on 127.0.0.1:$($server.Port): *"
        @(Get-CassetteServer).Count | Should -Be 1
        $port = $server.Port
        $server.Stop()
        (Start-CassetteServer -LiteralPath $hello -Port $port).Port | Should -Be $port
    }

    It 'matches by -Strict, -IgnoreMember and -Sequence' {
        $changed = $body.Replace('{"model"', '{"temperature":0.5,"seed":1,"model"')
        (Get-Answer -Server (Start-CassetteServer -LiteralPath $hello) -Body $changed).StatusCode | Should -Be 404
        (Get-Answer -Server (Start-CassetteServer -LiteralPath $hello -IgnoreMember '/temperature') -Body $changed).StatusCode | Should -Be 200
        (Get-Answer -Server (Start-CassetteServer -LiteralPath $hello -IgnoreMember '/temperature' -Strict) -Body $changed).StatusCode | Should -Be 404
        $once = Start-CassetteServer -LiteralPath $hello -Sequence Once
        1..2 | ForEach-Object { (Get-Answer -Server $once).StatusCode } | Should -Be 200, 404
    }

    It 'injects -Fault into the first requests, and tells so' {
        $server = Start-CassetteServer -LiteralPath $hello -Fault 503, '429'
        1..3 | ForEach-Object { (Get-Answer -Server $server).StatusCode } | Should -Be 503, 429, 200
        "$($server.Requests.Fault | Where-Object { $_ })" | Should -Be '503 429'
    }

    It 'injects -Fault by rate and seed' {
        $statuses = 1..2 | ForEach-Object {
            $server = Start-CassetteServer -LiteralPath $hello -Fault 500 -FaultRate 0.5 -FaultSeed 3
            (1..20 | ForEach-Object { (Get-Answer -Server $server).StatusCode }) -join ' '
        }
        $statuses[0] | Should -Be $statuses[1]
        $statuses[0] | Should -Match '200'
        $statuses[0] | Should -Match '500'
    }

    It 'paces streams, and lets web pages in, when asked to' {
        $server = Start-CassetteServer -LiteralPath $seed -Speed 1e6 -TokensPerSecond 1e6 -TimeToFirstToken 1 -AllowOrigin 'http://localhost:3000'
        $recorded = "$((Get-Cassette -LiteralPath $seed).Interactions[0].Request.Body)"
        $answered = Get-Answer -Server $server -Body $recorded -Headers @{ Origin = 'http://localhost:3000' }
        $answered.Headers['Access-Control-Allow-Origin'] | Should -Be 'http://localhost:3000'
        $text = [System.Text.Encoding]::UTF8.GetString($answered.RawContentStream.ToArray())
        $text | Should -Match '(?s)^data: .+data: \[DONE\]\n\n$'
        ([regex]::Matches($text, '(?m)^data: \{')).Count | Should -Be 28
    }

    It 'is the same for users of the culture <_>' -ForEach 'de-DE', 'tr-TR', 'ar-SA' {
        $server = Invoke-InCulture -Culture $_ -Command { Start-CassetteServer -LiteralPath $hello -Fault 'stall@1', 'SlowFirstByte@0.5' }
        (Get-Answer -Server $server -Headers @{ 'x-cassette-fault' = '503' }).StatusCode | Should -Be 503
        $server.Uri.OriginalString | Should -Match '^http://127\.0\.0\.1:\d+/$'
    }

    It 'answers clients of other runspaces at the same time' {
        $server = Start-CassetteServer -LiteralPath $hello
        $uri = "$($server.Uri)v1/chat/completions"
        $sent = $body
        $parallel = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel { (Invoke-RestMethod -Uri $using:uri -Method Post -Body $using:sent -NoProxy).choices[0].message.content }
        $jobs = 1..2 | ForEach-Object { Start-ThreadJob { (Invoke-RestMethod -Uri $using:uri -Method Post -Body $using:sent -NoProxy).choices[0].message.content } }
        @($parallel) + @($jobs | Receive-Job -Wait -AutoRemoveJob) | Should -Be (@('Hi there.') * 10)
        $server.RequestCount | Should -Be 10
    }

    It 'outlives the runspace that started it' {
        Start-ThreadJob { Import-Module $using:module; $null = Start-CassetteServer -LiteralPath $using:hello } | Receive-Job -Wait -AutoRemoveJob
        (Get-Answer -Server (Get-CassetteServer)).StatusCode | Should -Be 200
    }
}

Describe 'The environment' {
    BeforeEach {
        $env:OPENAI_API_KEY = 'before'
        $env:NO_PROXY = 'example.com'
        $script:before = Get-ClientVariable
        $script:server = Start-CassetteServer -LiteralPath $hello -SetEnvironment
    }

    AfterEach {
        Stop-CassetteServer -All -WarningAction Ignore
        Remove-Item -LiteralPath Env:OPENAI_API_KEY, Env:NO_PROXY
    }

    It 'leads clients to the server' {
        $root = $server.Uri.OriginalString.TrimEnd('/')
        Get-ClientVariable | Should -Be @(
            "OPENAI_BASE_URL=$root/v1", "OPENAI_API_BASE=$root/v1", 'OPENAI_API_KEY=cassette', "AZURE_OPENAI_ENDPOINT=$root"
            "ANTHROPIC_BASE_URL=$root", "OLLAMA_HOST=$root", 'NO_PROXY=example.com,127.0.0.1,localhost'
        )
    }

    It 'is as before after <Name>' -ForEach @(
        @{ Name = 'Stop-CassetteServer'; Stop = { $server | Stop-CassetteServer } }
        @{ Name = 'the method Stop()'; Stop = { $server.Stop() } }
        @{ Name = 'the method Dispose()'; Stop = { $server.Dispose() } }
        @{ Name = 'Remove-Module'; Stop = { Remove-Module -Name OpenAICassette; Import-Module -Name $module } }
    ) {
        & $Stop
        $server.IsRunning | Should -BeFalse
        Get-ClientVariable | Should -Be $before
    }

    It 'belongs to one server at a time' {
        $during = Get-ClientVariable
        { Start-CassetteServer -LiteralPath $hello -SetEnvironment } | Should -Throw -ErrorId "EnvironmentInUse$from"
        @(Get-CassetteServer).Count | Should -Be 1
        Get-ClientVariable | Should -Be $during
        $other = Start-CassetteServer -LiteralPath $hello
        $other.Stop()
        Get-ClientVariable | Should -Be $during
    }
}

Describe 'The errors of Start-CassetteServer' {
    AfterEach {
        Stop-CassetteServer -All -WarningAction Ignore
    }

    It 'ends with ServerNotConfigured for <Name>' -ForEach @(
        @{ Name = 'a fault that there is not'; Start = { Start-CassetteServer -LiteralPath $hello -Fault Explode }; Message = "'Explode' is not a valid fault*" }
        @{ Name = 'a pointer to the whole body'; Start = { Start-CassetteServer -LiteralPath $hello -IgnoreMember '/' }; Message = "'/' does not name a member*" }
    ) {
        $Start | Should -Throw -ErrorId "ServerNotConfigured$from" -ExpectedMessage $Message
        Get-CassetteServer | Should -BeNullOrEmpty
    }

    It 'starts with the others when one file is broken' {
        $broken = Write-TestFile -Path ([System.IO.Path]::Combine($TestDrive, 'broken', 'a.json')) -Text '{'
        $server = Start-CassetteServer -LiteralPath $broken, $hello -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -Be "CassetteInvalidJson$from"
        $server.InteractionCount | Should -Be 1
    }

    It 'starts nothing when nothing could be loaded from <Name>' -ForEach @(
        @{ Name = 'a path'; Start = { Start-CassetteServer -LiteralPath (Join-Path $TestDrive 'missing.json') @quiet }; Id = 'CassetteNotFound' }
        @{ Name = 'the pipeline'; Start = { 5 | Start-CassetteServer @quiet }; Id = 'InputNotSupported' }
    ) {
        $script:quiet = @{ ErrorVariable = 'script:problems'; ErrorAction = 'SilentlyContinue'; WarningVariable = 'script:warnings' }
        & $Start | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be "$Id$from"
        $warnings | Should -BeNullOrEmpty
        Get-CassetteServer | Should -BeNullOrEmpty
    }

    It 'warns when there is nothing to answer with' {
        $empty = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'empty')
        $server = Start-CassetteServer -LiteralPath $empty -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Be 'The server has no recordings, so every request will be a miss.'
        $server.InteractionCount | Should -Be 0
    }
}

Describe 'Completion' {
    It 'knows the faults that begin with <Word>' -ForEach @(
        @{ Word = ''; Faults = '429', '500', '503', 'Disconnect@5', 'Stall@3', 'TruncatedEvent@2', 'MalformedJson@2', 'BrokenChunk@2', 'SlowFirstByte@5' }
        @{ Word = 'd'; Faults = 'Disconnect@5' }
        @{ Word = "'S"; Faults = 'Stall@3', 'SlowFirstByte@5' }
        @{ Word = '5'; Faults = '500', '503' }
    ) {
        $line = "Start-CassetteServer -Fault $Word"
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.ListItemText | Where-Object { $_ -in [OpenAICassette.Fault]::Examples } | Should -Be $Faults
    }
}
