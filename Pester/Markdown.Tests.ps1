BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:said = Write-ChatCassette -Path (Join-Path $TestDrive 'said.json') -Response @{
        is_streaming = $false
        body         = @{ choices = @(@{ message = @{ content = "**Yes**: <script>alert(1)</script> [x](javascript:alert(1))" } }) }
    }
    $script:module = (Join-Path $staged 'OpenAICassette.psd1').Replace("'", "''")

    function Invoke-Script {
        param([string] $Script)
        & $pwsh -NoProfile -NonInteractive -Command $Script
        $LASTEXITCODE | Should -Be 0
    }
}

Describe 'Markdown in pages' {
    It 'is formatted, with the recorded text beside it, and nothing in it is more than text' {
        $page = ConvertTo-Transcript -LiteralPath $said -As Html
        $page | Should -Match '<strong>Yes</strong>: &lt;script&gt;alert\(1\)&lt;/script&gt; x</p>'
        $page | Should -Match '<p class="raw" dir="auto">\*\*Yes\*\*'
        $page | Should -Not -Match '<script|href="javascript'
    }

    It 'is parsed by a package that is loaded when the first page is made, into a context of its own' {
        $loaded = "[System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { foreach (`$a in `$_.Assemblies) { if (`$a.GetName().Name -eq 'Markdig') { `$_.Name } } }"
        $names = Invoke-Script "Import-Module '$module'; 'before:' + ($loaded); `$null = ConvertTo-Transcript -LiteralPath '$($said.Replace("'", "''"))' -As Html; 'after:' + ($loaded)"
        $names[0] | Should -Be 'before:'
        $names[1] | Should -BeLike 'after:*OpenAICassette.Markdown*'
    }
}
