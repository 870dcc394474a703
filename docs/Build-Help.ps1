#Requires -Version 7.6
<#
.SYNOPSIS
    Makes the help of the module from its pages.
.DESCRIPTION
    People write the words: the pages in docs/help are their source. The compiled cmdlets give everything else, such as syntax,
    types, aliases and pipeline input. This script joins the two and writes the pages anew, in the schema of platyPS 2024-05-01,
    the index of them, docs/help/OpenAICassette.md, and the file that Get-Help reads, module/en-US/OpenAICassette.dll-Help.xml. A cmdlet without a page is given one with
    {{ places }} to be filled in.

    In a page, code stands in backticks and nothing else is marked up: Get-Help shows plain text.
.PARAMETER Module
    The manifest of the staged module.
.PARAMETER Requires
    The manifest of a staged module that the module requires.
.PARAMETER Root
    The folder that holds those of the pages and of the file.
.PARAMETER Pages
    The folder of the pages, below the root.
.PARAMETER Output
    The folder of the file that Get-Help reads, below the root.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Module,

    [string] $Requires,

    [string] $Root = (Split-Path -Path $PSScriptRoot),

    [string] $Pages = 'docs/help',

    [string] $Output = 'module/en-US'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. (Join-Path -Path $PSScriptRoot -ChildPath 'HelpPage.ps1')
. (Join-Path -Path $PSScriptRoot -ChildPath 'HelpFile.ps1')

# Names in an order that is the same on every machine.
function Get-OrderedName([string[]] $Name) {
    $ordered = @($Name | Select-Object -Unique)
    [array]::Sort($ordered, [System.StringComparer]::OrdinalIgnoreCase)
    $ordered
}

# The parameters of a set that are the command's own, in the order in which syntax shows them.
function Get-SetParameter([System.Management.Automation.CommandInfo] $Command, [System.Management.Automation.CommandParameterSetInfo] $Set) {
    $own = @{}
    $Set.Parameters | Where-Object { $_.Name -notin [System.Management.Automation.PSCmdlet]::CommonParameters } | ForEach-Object { $own[$_.Name] = $_ }
    Get-OrderedName -Name $own.Keys | ForEach-Object { $own[$_] } | Sort-Object -Stable -Property @(
        { $_.Position -ge 0 ? $_.Position : [int]::MaxValue }
        { -not $_.IsMandatory }
    )
}

# All that the compiled cmdlet tells of itself.
function Get-HelpCommand([System.Management.Automation.CommandInfo] $Command) {
    $sets = @($Command.ParameterSets | ForEach-Object {
            [pscustomobject]@{ Name = $_.Name; IsDefault = $_.IsDefault; Syntax = "$($Command.Name) $_"; Parameters = @(Get-SetParameter -Command $Command -Set $_) }
        })
    $parameters = foreach ($name in Get-OrderedName -Name ($sets | ForEach-Object { $_.Parameters } | ForEach-Object Name)) {
        $metadata = $Command.Parameters[$name]
        $type = $metadata.ParameterType
        [pscustomobject]@{
            Name      = $name
            Type      = $type
            ShortType = ([Microsoft.PowerShell.ToStringCodeMethods]::Type([psobject] $type) -split '\.')[-1]
            IsSwitch  = $type -eq [switch]
            Wildcards = $metadata.Attributes.TypeId.Name -contains 'SupportsWildcardsAttribute'
            Aliases   = @($metadata.Aliases)
            Values    = @(
                if ($type.IsEnum) { [enum]::GetNames($type) }
                $metadata.Attributes | Where-Object { $_ -is [System.Management.Automation.ValidateSetAttribute] } | ForEach-Object ValidValues
            )
            Sets      = $metadata.ParameterSets
        }
    }

    [pscustomobject]@{
        Name       = $Command.Name
        Module     = $Command.ModuleName
        HelpFile   = "$([System.IO.Path]::GetFileName($Command.DLL))-Help.xml"
        Aliases    = @(Get-OrderedName -Name ($Command.Module.ExportedAliases.Values | Where-Object Definition -EQ $Command.Name | ForEach-Object Name))
        Sets       = $sets
        Parameters = @($parameters)
    }
}

if ($Requires) {
    Import-Module -Name $Requires
}

$imported = Import-Module -Name $Module -PassThru
$assembly = (Import-PowerShellDataFile -LiteralPath $Module).RootModule
$pagesFolder = Join-Path -Path $Root -ChildPath $Pages
$folder = Join-Path -Path $Root -ChildPath $Output
$null = New-Item -ItemType Directory -Path $pagesFolder, $folder -Force
$related = Import-PowerShellDataFile -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath 'Related.psd1')
$names = @(Get-OrderedName -Name $imported.ExportedCmdlets.Keys)

$items = foreach ($name in $names) {
    $file = Join-Path -Path $pagesFolder -ChildPath "$name.md"
    $command = Get-HelpCommand -Command $imported.ExportedCmdlets[$name]
    $words = Read-HelpPage -Path $file
    [System.IO.File]::WriteAllText($file, (Format-HelpPage -Command $command -Words $words -Link $related[$name]))
    [pscustomobject]@{ Command = $command; Words = Read-HelpPage -Path $file; Links = $related[$name] }
}

$index = Join-Path -Path $pagesFolder -ChildPath "$($imported.Name).md"
[System.IO.File]::WriteAllText($index, (Format-HelpIndex -Module $imported -Date (Read-HelpPage -Path $index)['DATE'] -Item $items))
[System.IO.File]::WriteAllText((Join-Path -Path $folder -ChildPath "$assembly-Help.xml"), (Format-HelpFile -Item $items))
