#Requires -Version 7.6
<#
.SYNOPSIS
    Draws the picture of the README: a terminal in which real commands ran, as an SVG file.
.DESCRIPTION
    Runs each command in a fresh folder with the module and its examples, and draws what it wrote. The same module draws the same
    bytes. A test compares the picture with the file.
.PARAMETER Module
    The manifest of the staged module.
.PARAMETER Output
    The file to write.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Module,

    [string] $Output = (Join-Path -Path $PSScriptRoot -ChildPath 'terminal.svg')
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# What is typed, and what runs: a line of the picture is as short as a reader is patient.
$commands = @(
    @{ Typed = 'Use-Cassette ./cassettes { Get-Capital France }    # recorded before: no network, no key, no mock' }
    @{ Typed = 'Use-Cassette ./cassettes { Get-Capital Peru }' }
    @{ Typed = 'Get-Cassette capitals.json | ConvertTo-Transcript -As Text' }
    @{ Typed = 'Get-ChildItem app.env | Find-CassetteSecret | Select-Object Rule, Line, Preview' }
)
$width = 110
$examples = Join-Path -Path (Split-Path -Path $Module) -ChildPath 'examples'

function Get-Output([string] $Command) {
    try {
        $written = & ([scriptblock]::Create($Command)) | Out-String -Width $width
    }
    catch {
        # As far as the reason; what the code then failed with follows below it.
        $written = ($_.Exception.Message -split "`n`n")[0]
    }

    $written.ReplaceLineEndings("`n").Trim("`n") -split "`n" | ForEach-Object { $_.TrimEnd() }
}

function Split-Line([string] $Line) {
    for (; $Line.Length -gt $width; $Line = '  ' + $Line.Substring($at).TrimStart()) {
        $at = $Line.LastIndexOf(' ', $width)
        $at = $at -le 2 ? $width : $at
        $Line.Substring(0, $at)
    }

    $Line
}

Import-Module -Name $Module
$folder = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "picture-$(New-Guid)"
$null = New-Item -ItemType Directory -Path (Join-Path -Path $folder -ChildPath 'cassettes')
$lines = [System.Collections.Generic.List[object]]::new()
$style = $PSStyle.OutputRendering
$ci = $env:CI
Push-Location -LiteralPath $folder
try {
    $PSStyle.OutputRendering = 'PlainText'
    $env:CI = 'true'
    Copy-Item -LiteralPath (Join-Path -Path $examples -ChildPath 'capitals.json') -Destination .
    Get-ChildItem -LiteralPath (Join-Path -Path $examples -ChildPath 'suite' -AdditionalChildPath 'cassettes') -Recurse -Filter *.json | Copy-Item -Destination cassettes

    # Something that looks like a key and never was one, the same in each run.
    $key = -join (0..47 | ForEach-Object { 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7'[($_ * 11) % 27] })
    Set-Content -LiteralPath app.env -Value "# settings", "OPENAI_API_KEY=sk-proj-$key"
    . (Join-Path -Path $examples -ChildPath 'suite' -AdditionalChildPath 'Chat.ps1')
    foreach ($command in $commands) {
        $lines.Add(@{ Class = 'p'; Text = "PS> $($command.Typed)" })
        Get-Output -Command $command.Typed | ForEach-Object { Split-Line -Line $_ } | ForEach-Object { $lines.Add(@{ Class = 'o'; Text = $_ }) }
        $lines.Add(@{ Class = 'o'; Text = '' })
    }
}
finally {
    Pop-Location
    $PSStyle.OutputRendering = $style
    $env:CI = $ci
    Remove-Item -LiteralPath $folder -Recurse -Force
}

$height = 46 + (($lines.Count - 1) * 19) + 10
$svg = @(
    "<svg xmlns=`"http://www.w3.org/2000/svg`" viewBox=`"0 0 940 $height`" role=`"img`" aria-label=`"A terminal: a test is answered from a cassette, a miss is explained, a conversation is shown, a secret is found`">"
    '<style>text{font:13.5px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre}.p{fill:#7ee787}.o{fill:#d6deeb}</style>'
    '<rect width="100%" height="100%" rx="8" fill="#161b22"/>'
    '<circle cx="18" cy="16" r="5" fill="#ff5f56"/><circle cx="36" cy="16" r="5" fill="#ffbd2e"/><circle cx="54" cy="16" r="5" fill="#27c93f"/>'
    $y = 46
    foreach ($line in $lines) {
        if ($line.Text) {
            $text = [System.Security.SecurityElement]::Escape($line.Text)
            "<text xml:space=`"preserve`" x=`"16`" y=`"$y`" class=`"$($line.Class)`">$text</text>"
        }

        $y += 19
    }

    '</svg>'
)
[System.IO.File]::WriteAllText($Output, ($svg -join "`n") + "`n")
