BeforeDiscovery {
    $script:noCurl = -not (Get-Command -Name curl -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:from = ',OpenAICassette.Commands.InvokeWithCassetteCommand'
    $script:folder = Join-Path $TestDrive 'a [b] c'
    $null = Write-ChatCassette -Path (Join-Path $folder 'hello.json') -Response @{
        is_streaming = $false; body = @{ id = 'x'; choices = @(@{ index = 0; message = @{ role = 'assistant'; content = 'Hi there.' } }) }
    }
    $script:body = '{"model":"m","messages":[{"role":"user","content":"Hello?"}]}'
    $script:url = 'https://api.openai.com/v1/chat/completions'

    # A service of another cassette server stands in for the real one.
    $script:service = Start-CassetteServer -LiteralPath $folder
    $script:standIn = "api.openai.com=$($service.Uri)"
}

AfterAll {
    Stop-CassetteServer $service -WarningAction Ignore
}

Describe 'Invoke-WithCassette' -Skip:$noCurl {
    It 'records what a program asks a hard-coded host, and answers it without the service' {
        $target = Join-Path $TestDrive 'rec [1]'
        $asked = $service.RequestCount
        $recorded = Invoke-WithCassette $target -Mode Once -Upstream $standIn { curl -sS $url -d $body }
        ($recorded | ConvertFrom-Json).choices[0].message.content | Should -Be 'Hi there.'
        $service.RequestCount | Should -Be ($asked + 1)
        (Get-Cassette -LiteralPath $target -Recurse).Interactions[0].Url | Should -BeLike 'https://api.openai.com/*'

        $played = Invoke-WithCassette $target -Mode None -RequireAllUsed { param($session) Set-Variable -Name sessionMode -Value $session.Mode; curl -sS $url -d $body }
        ($played | ConvertFrom-Json).choices[0].message.content | Should -Be 'Hi there.'
        $service.RequestCount | Should -Be ($asked + 1)
        $sessionMode | Should -Be 'None'
    }

    It 'sets the variables for the block only, and keeps $LASTEXITCODE' {
        $names = 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'CURL_CA_BUNDLE'
        $before = $names.ForEach({ [Environment]::GetEnvironmentVariable($_) })
        $seen = Invoke-WithCassette (Join-Path $TestDrive 'variables') -Mode All -Upstream $standIn {
            $null = curl -sS $url -d $body
            $env:HTTPS_PROXY
            $env:SSL_CERT_FILE
            & $pwsh -NoProfile -Command 'exit 5'
        }
        $LASTEXITCODE | Should -Be 5
        $seen[0] | Should -Match '^http://cassette:[0-9a-f]{48}@127\.0\.0\.1:\d+$'
        $seen[1] | Should -Not -Exist
        $names.ForEach({ [Environment]::GetEnvironmentVariable($_) }) | Should -Be $before
    }

    It 'fails on a miss, also after an error of the block' {
        $target = Join-Path $TestDrive 'missed'
        $null = Invoke-WithCassette $target -Mode All -Upstream $standIn { curl -sS $url -d $body }
        $other = $body -replace 'Hello', 'Bye'
        { Invoke-WithCassette $target -Mode None { curl -sS $url -d $other } } |
            Should -Throw -ErrorId "CassetteMiss$from" -ExpectedMessage "*messages*recorded 'Hello?'*"
        { Invoke-WithCassette $target -Mode None { $null = curl -sS $url -d $other; throw 'failed' } } | Should -Throw -ErrorId "CassetteMiss$from"
        { Invoke-WithCassette $target -Mode None { $null = curl -sS $url -d $body; throw 'failed' } } | Should -Throw -ExpectedMessage 'failed'
    }

    It 'fails when no request was seen, and names other hosts' {
        { Invoke-WithCassette (Join-Path $TestDrive 'unseen') -Mode All { 1 } } |
            Should -Throw -ErrorId "CassetteNoRequest$from" -ExpectedMessage 'no request to a captured host was seen*'
        { Invoke-WithCassette $folder -Mode None { curl -sS https://other.example/ 2>$null } } |
            Should -Throw -ErrorId "CassetteNoRequest$from" -ExpectedMessage '*other.example:443*-HostName*'
    }

    It 'names a host whose certificate the program does not trust' {
        {
            Invoke-WithCassette $folder -Mode None -WarningAction SilentlyContinue {
                curl -sS --cacert ($IsWindows ? 'NUL' : '/dev/null') $url 2>$null
            }
        } | Should -Throw -ErrorId "CassetteNoRequest$from" -ExpectedMessage '*may not trust the certificate*'
    }

    It 'is not allowed inside another one' {
        { Invoke-WithCassette $folder -Mode None { Invoke-WithCassette $folder -Mode None { 1 } } } |
            Should -Throw -ErrorId "EnvironmentInUse$from"
        # The variables are free again.
        Invoke-WithCassette (Join-Path $TestDrive 'again') -Mode All -Upstream $standIn { $null = curl -sS $url -d $body; 'done' } | Should -Be 'done'
    }

    It 'waits for blocks of other runspaces' {
        $target = Join-Path $TestDrive 'parallel'
        $null = Invoke-WithCassette $target -Mode All -Upstream $standIn { curl -sS $url -d $body }
        $answers = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:module
            $ask = [scriptblock]::Create("curl -sS '$($using:url)' -d '$($using:body)'")
            Invoke-WithCassette $using:target -Mode None $ask
        }
        ($answers | ConvertFrom-Json).choices.message.content | Should -Be @('Hi there.', 'Hi there.', 'Hi there.', 'Hi there.')
        $env:HTTPS_PROXY | Should -BeNullOrEmpty
    }

    It 'is told what is not valid' {
        { Invoke-WithCassette (Join-Path $TestDrive 'nothing here') -Mode None { 1 } } | Should -Throw -ErrorId "CassetteNotFound$from"
        { Invoke-WithCassette $folder -Upstream 'api.openai.com' { 1 } } | Should -Throw -ExpectedMessage '*expected URL or HOST=URL*'
    }
}
