#Requires -Version 7.6
<#
.SYNOPSIS
    Builds, stages, tests and packages the module.
.DESCRIPTION
    Build    compiles and stages the module into out/OpenAICassette/<version> (the default)
    Test     runs the tests that need no PowerShell
    Pester   stages the module and runs the acceptance tests on it
    Help     makes the help of the staged module from the pages in docs/help
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
    [ValidateSet('Build', 'Test', 'Pester', 'Help', 'Analyze', 'Package', 'Clean')]
    [string[]] $Task = 'Build'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$name = 'OpenAICassette'
$root = $PSScriptRoot
$out = Join-Path -Path $root -ChildPath 'out'
$manifest = Import-PowerShellDataFile -LiteralPath (Join-Path -Path $root -ChildPath "$name.psd1")
$staged = Join-Path -Path $out -ChildPath $name -AdditionalChildPath $manifest.ModuleVersion

function Invoke-DotNet([string[]] $Argument) {
    & dotnet @Argument
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($Argument -join ' ') ended with exit code $LASTEXITCODE"
    }
}

function Invoke-Build {
    if (Test-Path -LiteralPath $staged) {
        Remove-Item -LiteralPath $staged -Recurse -Force
    }

    # Only our own two assemblies: all else is in PowerShell.
    $publish = Join-Path -Path $out -ChildPath 'publish'
    Invoke-DotNet -Argument publish, (Join-Path -Path $root -ChildPath 'src' -AdditionalChildPath $name), --configuration, Release, --output, $publish, --verbosity, quiet, --nologo
    $null = New-Item -ItemType Directory -Path $staged -Force
    Copy-Item -LiteralPath (Join-Path -Path $publish -ChildPath "$name.dll"), (Join-Path -Path $publish -ChildPath "$name.Core.dll") -Destination $staged
    Copy-Item -LiteralPath (Join-Path -Path $root -ChildPath "$name.psd1"), (Join-Path -Path $root -ChildPath 'LICENSE') -Destination $staged
    Copy-Item -Path (Join-Path -Path $root -ChildPath 'module' -AdditionalChildPath '*') -Destination $staged -Recurse
    Remove-Item -LiteralPath $publish -Recurse -Force
    Write-Information "staged $staged" -InformationAction Continue
}

function Invoke-Test {
    Invoke-DotNet -Argument test, (Join-Path -Path $root -ChildPath "$name.slnx"), --nologo
}

function Invoke-Pester5 {
    Invoke-Build

    # The tests run as Invoke-Pester alone would run them.
    Set-StrictMode -Off
    Import-Module -Name Pester -MinimumVersion 5.7
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = Join-Path -Path $root -ChildPath 'Pester'
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Normal'
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputPath = Join-Path -Path $out -ChildPath 'pester.xml'
    $result = Invoke-Pester -Configuration $configuration
    if (-not $result -or $result.Result -ne 'Passed') {
        throw "Pester: $($result.FailedCount) tests failed, $($result.FailedContainersCount) files could not be run"
    }
}

function Invoke-Help {
    # In a process of its own, which does not hold on to the module.
    Invoke-Build
    $script = Join-Path -Path $root -ChildPath 'docs' -AdditionalChildPath 'Build-Help.ps1'
    & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File $script -Module (Join-Path -Path $staged -ChildPath "$name.psd1")
    if ($LASTEXITCODE -ne 0) {
        throw 'The help could not be made'
    }

    Copy-Item -LiteralPath (Join-Path -Path $root -ChildPath 'module' -AdditionalChildPath 'en-US') -Destination $staged -Recurse -Force
}

function Invoke-Analyze {
    # The manifest is analyzed where it is staged: its paths lead nowhere in the source tree.
    Invoke-Build
    Import-Module -Name PSScriptAnalyzer
    $folders = 'Pester', 'docs', 'module', 'tests' | ForEach-Object { Join-Path -Path $root -ChildPath $_ }
    $files = @(
        Get-Item -LiteralPath (Join-Path -Path $root -ChildPath 'build.ps1'), (Join-Path -Path $staged -ChildPath "$name.psd1")
        Get-ChildItem -LiteralPath $folders -File -Recurse -Include '*.ps1', '*.psm1' | Where-Object FullName -NotMatch '[\\/](bin|obj|node_modules)[\\/]'
    )
    $found = @($files | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName })
    $found | Out-String | Write-Information -InformationAction Continue
    if ($found.Count -gt 0) {
        throw "PSScriptAnalyzer: $($found.Count) findings"
    }
}

function Invoke-Package {
    Invoke-Build
    $packages = Join-Path -Path $out -ChildPath 'packages'
    $null = New-Item -ItemType Directory -Path $packages -Force
    Compress-PSResource -Path $staged -DestinationPath $packages
    foreach ($project in "$name.Core", "$name.Cli") {
        Invoke-DotNet -Argument pack, (Join-Path -Path $root -ChildPath 'src' -AdditionalChildPath $project), --configuration, Release, --output, $packages, --nologo
    }
}

function Invoke-Clean {
    if (Test-Path -LiteralPath $out) {
        Remove-Item -LiteralPath $out -Recurse -Force
    }

    Invoke-DotNet -Argument clean, (Join-Path -Path $root -ChildPath "$name.slnx"), --verbosity, quiet, --nologo
}

foreach ($step in $Task) {
    switch ($step) {
        'Build' { Invoke-Build }
        'Test' { Invoke-Test }
        'Pester' { Invoke-Pester5 }
        'Help' { Invoke-Help }
        'Analyze' { Invoke-Analyze }
        'Package' { Invoke-Package }
        'Clean' { Invoke-Clean }
    }
}
