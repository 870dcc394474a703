#Requires -Version 7.6
<#
.SYNOPSIS
    Compares Get-Cassette with Get-Content -Raw | ConvertFrom-Json over the same folder, in one PowerShell.
.DESCRIPTION
    Prints the time of each, their ratio, and how much memory listing took above the empty PowerShell.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Path,

    [ValidateRange(1, 100)]
    [int] $Count = 3
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = Resolve-Path -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath '..' -AdditionalChildPath '..')
$version = (Import-PowerShellDataFile -LiteralPath (Join-Path -Path $root -ChildPath 'OpenAICassette.psd1')).ModuleVersion
$module = Join-Path -Path $root -ChildPath 'out' -AdditionalChildPath 'OpenAICassette', $version, 'OpenAICassette.psd1'

function Get-WorkingSet {
    [System.GC]::Collect()
    $process = Get-Process -Id $PID
    $process.Refresh()
    $process.WorkingSet64 / 1MB
}

$empty = Get-WorkingSet
Import-Module -Name $module
$list = foreach ($run in 1..$Count) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $cassettes = @(Get-Cassette -LiteralPath $Path -Recurse)
    $clock.Elapsed.TotalMilliseconds
}

$full = Get-WorkingSet
$files = [System.IO.Directory]::GetFiles($Path, '*.json', 'AllDirectories')
$convert = (Measure-Command { foreach ($file in $files) { $null = Get-Content -LiteralPath $file -Raw | ConvertFrom-Json } }).TotalMilliseconds
$median = @($list | Sort-Object)[[int][math]::Floor($Count / 2)]

[pscustomobject]@{
    Cassettes         = $cassettes.Count
    GetCassetteMs     = [math]::Round($median)
    FirstMs           = [math]::Round(@($list)[0])
    ConvertFromJsonMs = [math]::Round($convert)
    TimesFaster       = [math]::Round($convert / $median, 1)
    MoreMemoryMB      = [math]::Round($full - $empty)
} | Format-List
