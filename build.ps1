#Requires -Version 7.6
<#
.SYNOPSIS
    Builds, stages, tests and packages the module.
.DESCRIPTION
    Build    compiles and stages the module into out/OpenAICassette/<version> (the default)
    Test     runs the tests that need no PowerShell
    Pester   stages the module and runs the acceptance tests on it
    Analyze  runs PSScriptAnalyzer over all PowerShell files
    Package  stages the module and packs it, the engine and the command-line tool into out/packages
    Clean    removes what the other tasks made
.EXAMPLE
    ./build.ps1
    Stages the module.
.EXAMPLE
    ./build.ps1 -Task Pester, Analyze
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Analyze', 'Package', 'Clean')]
    [string[]] $Task = 'Build'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$name = 'OpenAICassette'
$root = $PSScriptRoot
$out = Join-Path $root 'out'
$manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $root "$name.psd1")
$staged = Join-Path $out $name $manifest.ModuleVersion

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') ended with exit code $LASTEXITCODE"
    }
}

function Invoke-Build {
    if (Test-Path -LiteralPath $staged) {
        Remove-Item -LiteralPath $staged -Recurse -Force
    }

    # Only our own two assemblies: all else is in PowerShell.
    $publish = Join-Path $out 'publish'
    Invoke-DotNet publish (Join-Path $root 'src' $name) --configuration Release --output $publish --verbosity quiet --nologo
    $null = New-Item -ItemType Directory -Path $staged -Force
    Copy-Item -LiteralPath (Join-Path $publish "$name.dll"), (Join-Path $publish "$name.Core.dll") -Destination $staged
    Copy-Item -LiteralPath (Join-Path $root "$name.psd1"), (Join-Path $root 'LICENSE') -Destination $staged
    Copy-Item -Path (Join-Path $root 'module' '*') -Destination $staged -Recurse
    Remove-Item -LiteralPath $publish -Recurse -Force
    Write-Information "staged $staged" -InformationAction Continue
}

function Invoke-Test {
    Invoke-DotNet test (Join-Path $root "$name.slnx") --nologo
}

function Invoke-Pester5 {
    Invoke-Build
    Import-Module -Name Pester -MinimumVersion 5.7
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = Join-Path $root 'Pester'
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Normal'
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputPath = Join-Path $out 'pester.xml'
    $result = Invoke-Pester -Configuration $configuration
    if ($result.Result -ne 'Passed') {
        throw "Pester: $($result.FailedCount) tests failed, $($result.FailedContainersCount) files could not be run"
    }
}

function Invoke-Analyze {
    Import-Module -Name PSScriptAnalyzer
    $files = Get-ChildItem -LiteralPath $root, (Join-Path $root 'Pester'), (Join-Path $root 'module') -File -Recurse:$false |
        Where-Object Extension -In '.ps1', '.psm1', '.psd1'
    $found = $files | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName }
    $found | Out-String | Write-Information -InformationAction Continue
    if ($found) {
        throw "PSScriptAnalyzer: $(@($found).Count) findings"
    }
}

function Invoke-Package {
    Invoke-Build
    $packages = Join-Path $out 'packages'
    $null = New-Item -ItemType Directory -Path $packages -Force
    Compress-PSResource -Path $staged -DestinationPath $packages
    foreach ($project in "$name.Core", "$name.Cli") {
        Invoke-DotNet pack (Join-Path $root 'src' $project) --configuration Release --output $packages --nologo
    }
}

function Invoke-Clean {
    if (Test-Path -LiteralPath $out) {
        Remove-Item -LiteralPath $out -Recurse -Force
    }

    Invoke-DotNet clean (Join-Path $root "$name.slnx") --verbosity quiet --nologo
}

foreach ($step in $Task) {
    switch ($step) {
        'Build' { Invoke-Build }
        'Test' { Invoke-Test }
        'Pester' { Invoke-Pester5 }
        'Analyze' { Invoke-Analyze }
        'Package' { Invoke-Package }
        'Clean' { Invoke-Clean }
    }
}
