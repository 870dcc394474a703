# Recording, and what could not be recorded.
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:from = ',OpenAICassette.Commands.UseCassetteCommand'
    $script:folder = Join-Path $TestDrive 'a [b] c'
    $null = Write-ChatCassette -Path (Join-Path $folder 'hello.json') -Response @{
        is_streaming = $false
        body         = @{ id = 'x'; object = 'chat.completion'; model = 'm'; choices = @(@{ index = 0; finish_reason = 'stop'; message = @{ role = 'assistant'; content = 'Hi there.' } }) }
    }
    $script:body = '{"model":"m","messages":[{"role":"user","content":"Hello?"}]}'

    # A service of another cassette server stands in for the real one.
    $script:service = Start-CassetteServer -LiteralPath $folder
    $script:nowhere = [uri]'http://127.0.0.1:9/v1'

    function Get-Answer {
        [CmdletBinding()]
        param([string] $Body)
        (Invoke-RestMethod -Uri https://api.openai.com/v1/chat/completions -Method Post -ContentType application/json -Body $Body).choices[0].message.content
    }
}

AfterAll {
    Stop-CassetteServer $service -WarningAction SilentlyContinue
}

Describe 'Recording with -Format' {
    It 'writes one <Format> file for a test, which answers the next time' -ForEach @(
        @{ Format = 'vcrpy'; File = 'talk [1].yaml' }
        @{ Format = 'har'; File = 'talk [1].har' }
    ) {
        $target = Join-Path -Path $TestDrive -ChildPath $Format -AdditionalChildPath 'talk [1]'
        Use-Cassette $target -Format $Format -Mode Once -Upstream $service.Uri {
            Get-Answer -Body $body | Should -Be 'Hi there.'
        }
        (Get-ChildItem -LiteralPath (Split-Path -Path $target)).Name | Should -Be $File
        (Get-Cassette -LiteralPath (Join-Path -Path $TestDrive -ChildPath $Format -AdditionalChildPath $File)).Format | Should -Be $Format
        Use-Cassette $target -Format $Format -Mode None -RequireAllUsed { Get-Answer -Body $body | Should -Be 'Hi there.' }
    }

    It 'adds to a file in its own format' {
        $file = Write-TestFile -Path (Join-Path $TestDrive 'team.har') -Text '{"log":{"version":"1.2","entries":[],"comment":"ours"}}'
        Use-Cassette $file -Mode NewEpisodes -Upstream $service.Uri { $null = Get-Answer -Body $body }
        $archive = Get-Content -LiteralPath $file -Raw | ConvertFrom-Json
        $archive.log.entries.Count | Should -Be 1
        $archive.log.comment | Should -Be 'ours'
    }

    It 'says which formats there are' {
        { Use-Cassette $folder -Format httprr { } } | Should -Throw -ExpectedMessage "*'httprr' is not a format that can be recorded in*vcrpy*"
    }
}

Describe 'What could not be recorded' {
    It 'is an error at the end' {
        $target = Join-Path $TestDrive 'no folder'
        Set-Content -LiteralPath $target -Value 'a file'
        $failed = {
            Use-Cassette (Join-Path $target 'recordings') -Mode NewEpisodes -Upstream $service.Uri -WarningAction SilentlyContinue {
                $null = Invoke-RestMethod -Uri https://host.example/v1/chat/completions -Method Post -ContentType application/json -Body '{}' -SkipHttpErrorCheck
            }
        } | Should -Throw -ErrorId "CassetteNotRecorded$from" -PassThru
        $failed.Exception.Message | Should -BeLike 'POST /v1/chat/completions: *not written*'
        $failed.CategoryInfo.Category | Should -Be 'WriteError'
    }

    It 'is not a body that is not JSON, which is replayed without the service: <Name>' -ForEach @(
        @{ Name = 'urlencoded'; Type = 'application/x-www-form-urlencoded'; Sent = 'model=m' }
        @{ Name = 'malformed JSON'; Type = 'application/json'; Sent = '{"model":' }
        @{ Name = 'multipart'; Type = 'multipart/form-data; boundary=b'; Sent = "--b`r`nContent-Disposition: form-data; name=`"model`"`r`n`r`nm`r`n--b--`r`n" }
    ) {
        $target = Join-Path $TestDrive "forms $Name"
        $block = {
            Invoke-RestMethod -Uri https://host.example/v1/chat/completions -Method Post -ContentType $Type -Body $Sent -SkipHttpErrorCheck
        }
        $live = Use-Cassette $target -Mode NewEpisodes -Upstream $service.Uri $block
        $replayed = Use-Cassette $target -Mode None $block
        $replayed | ConvertTo-Json -Depth 9 | Should -Be ($live | ConvertTo-Json -Depth 9)
    }

    It 'is a warning at once' {
        $script = {
            Import-Module -Name $env:CASSETTE_MODULE
            try {
                Use-Cassette $env:CASSETTE_TARGET -Mode NewEpisodes -Upstream http://127.0.0.1:9 {
                    $null = Invoke-RestMethod -Uri https://host.example/v1/models -SkipHttpErrorCheck
                    'after the request'
                }
            }
            catch { $_.FullyQualifiedErrorId }
        }
        try {
            $env:CASSETTE_MODULE = $module
            $env:CASSETTE_TARGET = Join-Path $TestDrive 'warned'
            $said = & $pwsh -NoProfile -NonInteractive -Command $script.ToString()
        }
        finally {
            $env:CASSETTE_MODULE = $env:CASSETTE_TARGET = $null
        }

        $said[0] | Should -BeLike '*GET /v1/models: not recorded: *'
        $said[-2, -1] | Should -Be 'after the request', 'CassetteNotRecorded,OpenAICassette.Commands.UseCassetteCommand'
    }

    It 'also when the service could not be reached and the block swallowed it' {
        $target = Join-Path $TestDrive 'unreachable'
        {
            Use-Cassette $target -Mode Once -Upstream $nowhere -WarningAction SilentlyContinue {
                $null = Get-Answer -Body $body -ErrorAction SilentlyContinue
            }
        } | Should -Throw -ErrorId "CassetteNotRecorded$from"
        Test-Path -LiteralPath $target | Should -BeFalse
    }

    It 'fails Exit-Cassette too' {
        Set-Content -LiteralPath (Join-Path $TestDrive 'entered') -Value 'a file'
        Enter-Cassette (Join-Path $TestDrive 'entered/recordings') -Mode NewEpisodes -Upstream $service.Uri -WarningAction SilentlyContinue
        $null = Invoke-RestMethod -Uri https://host.example/v1/chat/completions -Method Post -Body '{}' -SkipHttpErrorCheck -WarningAction SilentlyContinue
        { Exit-Cassette -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'CassetteNotRecorded,OpenAICassette.Commands.ExitCassetteCommand'
    }

    It 'is told by Stop-CassetteServer' {
        Set-Content -LiteralPath (Join-Path $TestDrive 'server') -Value 'a file'
        $recorder = Start-CassetteServer (Join-Path $TestDrive 'server/recordings') -Mode NewEpisodes -Upstream $service.Uri
        $null = Invoke-RestMethod -Uri "$($recorder.Uri)v1/chat/completions" -Method Post -Body '{}' -SkipHttpErrorCheck
        Stop-CassetteServer $recorder -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -BeLike 'POST /v1/chat/completions: *not written*'
        $recorder.LostCount | Should -Be 1
    }
}
