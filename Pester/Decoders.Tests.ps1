BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')

    function Invoke-Script {
        param([string] $Script)
        & $pwsh -NoProfile -NonInteractive -Command $Script
        $LASTEXITCODE | Should -Be 0
    }

    $script:toml = Write-TestFile -Path (Join-Path $TestDrive 'a [1].toml') -Text @'
version = 1

[[interactions]]

[interactions.request]
method = "POST"
uri = "https://api.openai.com/v1/chat/completions"
body_type = "json"
body_content = '{"model":"m-1","messages":[{"role":"user","content":"Hi"}]}'

[interactions.request.headers]

[interactions.response]
status = 200
body_type = "json"
body_content = '{"choices":[{"index":0,"message":{"role":"assistant","content":"Hey"},"finish_reason":"stop"}]}'

[interactions.response.headers]
'@

    # One frame with one block that is stored as it is (RFC 8878, section 3.1.1).
    $answer = [System.Text.Encoding]::UTF8.GetBytes('{"choices":[{"index":0,"message":{"role":"assistant","content":"Hey"},"finish_reason":"stop"}]}')
    $block = ($answer.Length -shl 3) -bor 1
    $packed = [byte[]](0x28, 0xb5, 0x2f, 0xfd, 0x20, $answer.Length, ($block -band 0xff), ($block -shr 8), 0) + $answer
    $script:zstd = Write-TestFile -Path (Join-Path $TestDrive 'zstd.yaml') -Text @"
interactions:
- request:
    body: '{"model":"m-1","messages":[{"role":"user","content":"Hi"}]}'
    headers: {}
    method: POST
    uri: https://api.openai.com/v1/chat/completions
  response:
    body:
      string: !!binary $([System.Convert]::ToBase64String($packed))
    headers: {content-encoding: [zstd]}
    status: {code: 200, message: OK}
version: 1
"@
    $script:module = (Join-Path $staged 'OpenAICassette.psd1').Replace("'", "''")
}

Describe 'The decoders' {
    It 'read a cassette in TOML' {
        $read = Get-Cassette -LiteralPath $toml
        $read.Format | Should -Be 'cassetter'
        $read.Model | Should -Be 'm-1'
        ($read | Invoke-CassetteReplay).Text | Should -Be 'Hey'
    }

    It 'read a body that is packed with zstd' {
        (Get-Cassette -LiteralPath $zstd | Invoke-CassetteReplay).Text | Should -Be 'Hey'
    }

    It 'are loaded with their packages when they are needed, into a context of their own' {
        $loaded = "[System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { foreach (`$a in `$_.Assemblies) { if (`$a.GetName().Name -in 'Tomlyn', 'ZstdSharp') { `$_.Name } } }"
        $names = Invoke-Script "Import-Module '$module'; 'before:' + ($loaded); `$null = Get-Cassette -LiteralPath '$($toml.Replace("'", "''"))'; 'after:' + ($loaded)"
        $names | Should -Be 'before:', 'after:OpenAICassette.Decoders'
    }

    It 'are named by the error where they are not there, and a cassette with a packed body is still listed' {
        $copy = Join-Path $TestDrive 'without'
        Copy-Item -LiteralPath $staged -Destination $copy -Recurse
        Remove-Item -LiteralPath (Join-Path $copy 'decoders') -Recurse
        $path = (Join-Path $copy 'OpenAICassette.psd1').Replace("'", "''")
        $said = Invoke-Script @"
Import-Module '$path'
Get-Cassette -LiteralPath '$($toml.Replace("'", "''"))' -ErrorAction SilentlyContinue -ErrorVariable failed
`$failed[0].FullyQualifiedErrorId
`$failed[0].Exception.Message
(`$listed = Get-Cassette -LiteralPath '$($zstd.Replace("'", "''"))').Model
`$listed | ConvertTo-Transcript -ErrorAction SilentlyContinue -ErrorVariable unread
`$unread[0].FullyQualifiedErrorId
`$unread[0].Exception.Message
"@
        $said[0] | Should -BeLike 'DecoderUnavailable*'
        $said[1] | Should -BeLike '*OpenAICassette.Decoders.dll*install the module again*'
        $said[2] | Should -Be 'm-1'
        $said[3] | Should -BeLike 'DecoderUnavailable*'
        $said[4] | Should -BeLike '*body of the response of interaction 0 is packed with zstd*install the module again*'
    }
}
