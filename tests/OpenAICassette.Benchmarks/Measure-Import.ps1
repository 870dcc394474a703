#Requires -Version 7.6
<#
.SYNOPSIS
    Measures what importing the staged module adds to the start of an empty pwsh.
.DESCRIPTION
    Starts pwsh in turn without and with the import, and prints the medians and the median difference of the pairs in milliseconds.
#>
[CmdletBinding()]
param(
    [ValidateRange(3, 1000)]
    [int] $Count = 15
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = Resolve-Path -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath '..' -AdditionalChildPath '..')
$version = (Import-PowerShellDataFile -LiteralPath (Join-Path -Path $root -ChildPath 'OpenAICassette.psd1')).ModuleVersion
$module = Join-Path -Path $root -ChildPath 'out' -AdditionalChildPath 'OpenAICassette', $version, 'OpenAICassette.psd1'
$pwsh = (Get-Process -Id $PID).Path

function Measure-Start([string] $Command) {
    (Measure-Command { & $pwsh -NoProfile -NonInteractive -Command $Command }).TotalMilliseconds
}

function Get-Median([double[]] $Number) {
    @($Number | Sort-Object)[[int][math]::Floor($Number.Count / 2)]
}

$import = "Import-Module -Name '$($module.Replace("'", "''"))'"
$null = (Measure-Start '1'), (Measure-Start $import)
$pairs = foreach ($run in 1..$Count) {
    [pscustomobject]@{ Run = $run; Empty = Measure-Start '1'; Import = Measure-Start $import }
}

[pscustomobject]@{
    EmptyMs  = [math]::Round((Get-Median $pairs.Empty), 1)
    ImportMs = [math]::Round((Get-Median $pairs.Import), 1)
    AddsMs   = [math]::Round((Get-Median ($pairs | ForEach-Object { $_.Import - $_.Empty })), 1)
    Runs     = $Count
}
