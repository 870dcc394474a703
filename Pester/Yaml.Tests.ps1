BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')

    # An assembly with the name of the module's YAML parser and another version, as another module may bring it.
    function Build-OtherParser {
        $path = Join-Path -Path $TestDrive -ChildPath "other-$(Get-Random)" -AdditionalChildPath 'YamlDotNet.dll'
        $null = New-Item -ItemType Directory -Path (Split-Path -Path $path)
        Add-Type -OutputAssembly $path -OutputType Library -TypeDefinition @'
[assembly: System.Reflection.AssemblyVersion("5.0.0.0")]
namespace YamlDotNet { public static class Other { public static string Name => typeof(Other).Assembly.GetName().Version.ToString(); } }
'@
        $path
    }

    function Invoke-Script {
        param([string] $Script)
        & $pwsh -NoProfile -NonInteractive -Command $Script
        $LASTEXITCODE | Should -Be 0
    }

    $script:cassette = Write-TestFile -Path (Join-Path $TestDrive 'a [1].yaml') -Text @'
interactions:
- request:
    body: '{"model":"m-1","messages":[{"role":"user","content":"Hi"}]}'
    headers: {}
    method: POST
    uri: https://api.openai.com/v1/chat/completions
  response:
    body:
      string: '{"choices":[{"index":0,"message":{"role":"assistant","content":"Hey"},"finish_reason":"stop"}]}'
    headers: {}
    status:
      code: 200
      message: OK
version: 1
'@
    $script:module = (Join-Path $staged 'OpenAICassette.psd1').Replace("'", "''")
    $script:quoted = $cassette.Replace("'", "''")
}

Describe 'A cassette in YAML' {
    It 'is read, and pipes on' {
        $read = Get-Cassette -LiteralPath $cassette
        $read.Format | Should -Be 'vcrpy'
        $read.Model | Should -Be 'm-1'
        ($read | ConvertTo-Transcript -As Text | Out-String) | Should -Match 'Hey'
        ($read | Invoke-CassetteReplay).Text | Should -Be 'Hey'
    }

    It 'is read with a parser that is loaded when it is needed, out of the way of others' {
        $loaded = "[System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { foreach (`$a in `$_.Assemblies) { if (`$a.GetName().Name -eq 'YamlDotNet') { `$_.Name } } }"
        $names = Invoke-Script "Import-Module '$module'; 'before:' + ($loaded); `$null = Get-Cassette -LiteralPath '$quoted'; 'after:' + ($loaded)"
        $names | Should -Be 'before:', 'after:OpenAICassette.Yaml'
    }

    It 'is read where another version of the parser was loaded before' {
        $other = (Build-OtherParser).Replace("'", "''")
        Invoke-Script "Add-Type -Path '$other'; Import-Module '$module'; (Get-Cassette -LiteralPath '$quoted').Model; [YamlDotNet.Other]::Name" |
            Should -Be 'm-1', '5.0.0.0'
    }

    It 'lets another version of the parser be loaded afterwards' {
        $other = (Build-OtherParser).Replace("'", "''")
        Invoke-Script "Import-Module '$module'; (Get-Cassette -LiteralPath '$quoted').Model; Add-Type -Path '$other'; [YamlDotNet.Other]::Name" |
            Should -Be 'm-1', '5.0.0.0'
    }

    It 'is an error that names what is missing where the parser is not there' {
        $copy = Join-Path $TestDrive 'without'
        Copy-Item -LiteralPath $staged -Destination $copy -Recurse
        Remove-Item -LiteralPath (Join-Path $copy 'yaml') -Recurse
        $path = (Join-Path $copy 'OpenAICassette.psd1').Replace("'", "''")
        $said = Invoke-Script "Import-Module '$path'; Get-Cassette -LiteralPath '$quoted' -ErrorAction SilentlyContinue -ErrorVariable failed; `$failed[0].FullyQualifiedErrorId; `$failed[0].Exception.Message"
        $said[0] | Should -BeLike 'YamlUnavailable*'
        $said[1] | Should -BeLike '*OpenAICassette.Yaml.dll*install the module again*'
    }
}
