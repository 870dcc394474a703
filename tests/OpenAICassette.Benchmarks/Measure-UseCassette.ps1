<#
.SYNOPSIS
    What Use-Cassette adds to a test: warm, and the first time with the import; beside a Pester mock of Invoke-RestMethod in the same run.
#>
[CmdletBinding()]
param([int] $Count = 50)

$ErrorActionPreference = 'Stop'
$version = (Import-PowerShellDataFile -LiteralPath "$PSScriptRoot/../../OpenAICassette.psd1").ModuleVersion
$module = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../out/OpenAICassette/$version/OpenAICassette.psd1")
$cassette = "$PSScriptRoot/../../module/examples/suite/cassettes"
$file = Join-Path ([System.IO.Path]::GetTempPath()) "Measure-UseCassette-$PID.Tests.ps1"
Set-Content -LiteralPath $file -Value @"
param(`$Times)
Describe 'Cost' {
    It 'first' { `$Times.First += , (Measure-Command { Import-Module '$module'; Use-Cassette '$cassette' { 1 } }).TotalMilliseconds }
    It 'warm' -ForEach (1..$Count) { `$Times.Warm += , (Measure-Command { Use-Cassette '$cassette' { 1 } }).TotalMilliseconds }
    It 'mock' -ForEach (1..$Count) { `$Times.Mock += , (Measure-Command { Mock Invoke-RestMethod { 1 } }).TotalMilliseconds }
}
"@
try {
    $times = @{ First = @(); Warm = @(); Mock = @() }
    Import-Module -Name Pester -MinimumVersion 5.7
    $null = Invoke-Pester -Container (New-PesterContainer -Path $file -Data @{ Times = $times }) -Output None -PassThru
    [pscustomobject]@{
        FirstMs     = [math]::Round($times.First[0], 1)
        WarmMs      = [math]::Round(($times.Warm | Sort-Object)[$Count / 2], 2)
        MockFirstMs = [math]::Round($times.Mock[0], 1)
        MockMs      = [math]::Round(($times.Mock | Sort-Object)[$Count / 2], 2)
    }
}
finally {
    Remove-Item -LiteralPath $file
}
