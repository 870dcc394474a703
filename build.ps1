#!/usr/bin/env pwsh
#Requires -Version 7.6
<#
.SYNOPSIS
    Builds, stages, tests and packages the module.
.DESCRIPTION
    Build    compiles and stages the module into out/OpenAICassette/<version>, compiled ahead for this system (the default),
             and the module for queries into out/OpenAICassette.Query/<version>, with the database for this machine
    Test     runs all tests, as "dotnet test" does
    Pester   stages the module and runs the acceptance tests on it, those in the folder Pester
    Help     makes the help of the staged module from the pages in docs/help
    Analyze  runs PSScriptAnalyzer over all PowerShell files and validates the help pages with platyPS, both from the PowerShell Gallery
    Native   publishes the command-line tool as a native program of one system: its package into out/packages, and an archive
             with a checksum into out/archives
    Package  stages the modules, compiled ahead for all systems and with the database for each, and packs them, the engine
             and the command-line tools into out/packages
    Publish  publishes the packages that are in out/packages, with the keys in PSGALLERY_API_KEY and NUGET_API_KEY, the latter to NUGET_SOURCE
    Clean    removes what the other tasks made
.PARAMETER Package
    A module package to run the acceptance tests on, instead of building the module.
.PARAMETER System
    The system that the task Native builds for, by the name that .NET has for it, such as linux-musl-x64. The default is this one.
.PARAMETER NativePackages
    A folder with the packages that the task Native made on other machines, for the task Package, which otherwise makes only
    the one of this system.
.PARAMETER ProjectUri
    The address of the project, for the packages; without it that of the GitHub repository whose workflow this runs in.
.EXAMPLE
    ./build.ps1
    Stages the module.
.EXAMPLE
    ./build.ps1 -Task Pester, Analyze
.EXAMPLE
    ./build.ps1 -Task Pester -Package ./OpenAICassette.0.1.0.nupkg
    Tests a package as it will be published.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Help', 'Analyze', 'Native', 'Package', 'Publish', 'Clean')]
    [string[]] $Task = 'Build',

    [string] $Package,

    [string] $System,

    [string] $NativePackages,

    [uri] $ProjectUri = ($env:GITHUB_REPOSITORY ? "$env:GITHUB_SERVER_URL/$env:GITHUB_REPOSITORY" : $null)
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$name = 'OpenAICassette'
$root = $PSScriptRoot
$out = Join-Path -Path $root -ChildPath 'out'
$manifest = Import-PowerShellDataFile -LiteralPath (Join-Path -Path $root -ChildPath "$name.psd1")
$staged = Join-Path -Path $out -ChildPath $name -AdditionalChildPath $manifest.ModuleVersion
$address = "$ProjectUri"
$publish = Join-Path -Path $out -ChildPath 'publish'
$packages = Join-Path -Path $out -ChildPath 'packages'
$queryStaged = Join-Path -Path $out -ChildPath "$name.Query" -AdditionalChildPath $manifest.ModuleVersion

# The systems that most users and hosted workflows have; each adds 1.7 MB to the package of the module, which may have 8.
$compiledFor = 'linux-x64', 'osx-arm64', 'win-x64'

# The systems that the command-line tool has a native program for. On others its portable package runs, which needs .NET.
$nativeFor = 'linux-x64', 'linux-arm64', 'linux-musl-x64', 'win-x64', 'win-arm64', 'osx-arm64', 'osx-x64'
$modulePackage = Join-Path -Path $packages -ChildPath "$name.$($manifest.ModuleVersion).nupkg"
$queryPackage = Join-Path -Path $packages -ChildPath "$name.Query.$($manifest.ModuleVersion).nupkg"
$libraries = "$name.Core", "$name.Yaml", "$name.Decoders", "$name.Markdown", "$name.Xunit", "$name.Query.Cli"

. (Join-Path -Path $root -ChildPath '.ci' -AdditionalChildPath 'Assert-Package.ps1')

function Invoke-DotNet([string[]] $Argument) {
    & dotnet @Argument
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($Argument -join ' ') ended with exit code $LASTEXITCODE"
    }
}

# What was staged or packed before is never taken for what is made now.
function Initialize-Staged {
    $staged, $modulePackage | Where-Object { Test-Path -LiteralPath $_ } | Remove-Item -Recurse -Force
    $null = New-Item -ItemType Directory -Path $staged, $packages -Force
}

# The system that this runs on, as .NET names it.
function Get-System {
    $os = $IsWindows ? 'win' : $IsMacOS ? 'osx' : 'linux'
    "$os-$([System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)".ToLowerInvariant()
}

# Publishes a project to the folder that assemblies are then taken from.
function Invoke-ProjectPublish([string] $Project, [string[]] $Argument) {
    Invoke-DotNet -Argument (@('publish', (Join-Path -Path $root -ChildPath 'src' -AdditionalChildPath $Project), '--configuration', 'Release', '--output', $publish, '--verbosity', 'quiet', '--nologo') + $Argument)
}

function Copy-Published([string[]] $Assembly, [string] $Destination) {
    $Assembly | ForEach-Object { Copy-Item -LiteralPath (Join-Path -Path $publish -ChildPath "$_.dll") -Destination $Destination }
}

# The engine with code for a system, which .NET would otherwise compile while the first commands run.
function Add-CompiledEngine([string] $System) {
    Invoke-ProjectPublish -Project "$name.Core" -Argument '--runtime', $System, '--no-self-contained', '-p:PublishReadyToRun=true', '-p:DisableTransitiveFrameworkReferenceDownloads=true'
    $folder = New-Item -ItemType Directory -Force -Path (Join-Path -Path $staged -ChildPath 'compiled' -AdditionalChildPath $System)
    Copy-Published -Assembly "$name.Core" -Destination $folder
    Remove-Item -LiteralPath $publish -Recurse -Force
}

function Invoke-Build([string[]] $System = (Get-System)) {
    Initialize-Staged

    # Our own assemblies: what else they need is in PowerShell.
    Invoke-ProjectPublish -Project $name
    Invoke-ProjectPublish -Project "$name.Start"
    Copy-Published -Assembly $name, "$name.Core", "$name.Start" -Destination $staged
    Copy-Item -LiteralPath (Join-Path -Path $root -ChildPath "$name.psd1"), (Join-Path -Path $root -ChildPath 'LICENSE'), (Join-Path -Path $root -ChildPath 'THIRD-PARTY-NOTICES.txt') -Destination $staged
    Get-ChildItem -LiteralPath (Join-Path -Path $root -ChildPath 'module') | Where-Object Name -NE 'query' | Copy-Item -Destination $staged -Recurse

    # The readers of YAML, TOML and zstd and the renderer of Markdown stand apart with their packages, because the module
    # loads them into contexts of their own.
    $apart = [ordered]@{ Yaml = @('YamlDotNet'); Decoders = @('Tomlyn', 'ZstdSharp'); Markdown = @('Markdig') }
    foreach ($part in $apart.Keys) {
        Invoke-ProjectPublish -Project "$name.$part"
        Copy-Published -Assembly (@("$name.$part") + $apart[$part]) -Destination (Join-Path -Path $staged -ChildPath $part.ToLowerInvariant())
    }

    Remove-Item -LiteralPath $publish -Recurse -Force
    $System | Where-Object { $_ -in $compiledFor } | ForEach-Object { Add-CompiledEngine -System $_ }
    Add-ProjectUri -Path (Join-Path -Path $staged -ChildPath "$name.psd1")
    Write-Information "staged $staged" -InformationAction Continue
    Invoke-QueryBuild
}

function Add-ProjectUri([string] $Path) {
    if ($address) {
        $text = Get-Content -LiteralPath $Path -Raw
        Set-Content -LiteralPath $Path -Value $text.Replace('# ProjectUri', "ProjectUri   = '$address' #") -NoNewline
    }
}

# The module for queries: its cmdlets, and in a folder of its own the engine with the database, which is loaded into a
# context of its own.
function Invoke-QueryBuild([switch] $AllSystems) {
    Get-Item -LiteralPath $queryStaged -ErrorAction Ignore | Remove-Item -Recurse -Force
    $engine = Join-Path -Path $queryStaged -ChildPath 'query'
    Invoke-ProjectPublish -Project "$name.Query.Commands"
    $null = New-Item -ItemType Directory -Path $queryStaged -Force
    Copy-Item -Path (Join-Path -Path $root -ChildPath 'module' -AdditionalChildPath 'query', '*') -Destination $queryStaged -Recurse
    Copy-Item -LiteralPath (Join-Path -Path $root -ChildPath 'LICENSE'), (Join-Path -Path $root -ChildPath 'THIRD-PARTY-NOTICES.txt') -Destination $queryStaged
    Copy-Published -Assembly "$name.Query.Commands" -Destination $queryStaged
    Copy-Published -Assembly "$name.Query", 'DuckDB.NET.Data', 'DuckDB.NET.Bindings' -Destination $engine
    foreach ($folder in Get-ChildItem -LiteralPath (Join-Path -Path $publish -ChildPath 'runtimes') -Directory) {
        if ($AllSystems -or $folder.Name -eq ($IsMacOS ? 'osx' : (Get-System))) {
            $target = New-Item -ItemType Directory -Path (Join-Path -Path $engine -ChildPath 'runtimes' -AdditionalChildPath $folder.Name, 'native') -Force
            Get-ChildItem -LiteralPath (Join-Path -Path $folder.FullName -ChildPath 'native') -Filter '*duckdb.*' | Copy-Item -Destination $target
        }
    }

    Remove-Item -LiteralPath $publish -Recurse -Force
    Add-ProjectUri -Path (Join-Path -Path $queryStaged -ChildPath "$name.Query.psd1")
    Write-Information "staged $queryStaged" -InformationAction Continue
}

# Stages what a package holds, without what only package managers read.
function Expand-Package([string] $GivenPackage) {
    # It may be the very file that staging clears away.
    $given = Copy-Item -LiteralPath $GivenPackage -Destination ([System.IO.Path]::GetTempFileName()) -PassThru -Force
    Initialize-Staged
    Move-Item -LiteralPath $given -Destination $modulePackage
    [System.IO.Compression.ZipFile]::ExtractToDirectory($modulePackage, $staged)
    '_rels', 'package', '[Content_Types].xml', "$name.nuspec" | ForEach-Object { Remove-Item -LiteralPath (Join-Path -Path $staged -ChildPath $_) -Recurse -Force }
    Write-Information "staged $GivenPackage" -InformationAction Continue

    # The module for queries is tested too if its package is beside the given one.
    if (Test-Path -LiteralPath $queryStaged) {
        Remove-Item -LiteralPath $queryStaged -Recurse -Force
    }

    $beside = Join-Path -Path (Split-Path -Path $GivenPackage) -ChildPath "$name.Query.$($manifest.ModuleVersion).nupkg"
    if (Test-Path -LiteralPath $beside) {
        [System.IO.Compression.ZipFile]::ExtractToDirectory((Convert-Path -LiteralPath $beside), $queryStaged)
        Write-Information "staged $beside" -InformationAction Continue
    }
}

function Invoke-Test {
    Invoke-DotNet -Argument test, (Join-Path -Path $root -ChildPath "$name.slnx"), --nologo
}

# The same tests as those of "dotnet test", on what is staged here.
function Invoke-AcceptanceTest([string] $GivenPackage) {
    if ($GivenPackage) {
        Expand-Package -GivenPackage $GivenPackage
    }
    else {
        Invoke-Build
    }

    $before = $env:OPENAICASSETTE_STAGED
    try {
        $env:OPENAICASSETTE_STAGED = $staged
        Invoke-DotNet -Argument test, (Join-Path -Path $root -ChildPath 'tests' -AdditionalChildPath "$name.Pester.Tests"), --nologo
    }
    finally {
        $env:OPENAICASSETTE_STAGED = $before
    }
}

function Invoke-Help {
    # In a process of its own, which does not hold on to the module.
    Invoke-Build
    $script = Join-Path -Path $root -ChildPath 'docs' -AdditionalChildPath 'Build-Help.ps1'
    Invoke-DotNet -Argument tool, restore
    $run = 'tool', 'run', 'pwsh', '--', '-NoProfile', '-NonInteractive', '-File', $script
    Invoke-DotNet -Argument @($run + '-Module' + (Join-Path -Path $staged -ChildPath "$name.psd1"))
    Invoke-DotNet -Argument @(
        $run
        '-Module', (Join-Path -Path $queryStaged -ChildPath "$name.Query.psd1")
        '-Requires', (Join-Path -Path $staged -ChildPath "$name.psd1")
        '-Pages', 'docs/help-query'
        '-Output', 'module/query/en-US'
    )
    Copy-Item -LiteralPath (Join-Path -Path $root -ChildPath 'module' -AdditionalChildPath 'query', 'en-US') -Destination $queryStaged -Recurse -Force
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

    Import-Module -Name Microsoft.PowerShell.PlatyPS
    $pages = 'help', 'help-query' | ForEach-Object { Get-ChildItem -LiteralPath (Join-Path -Path $root -ChildPath 'docs' -AdditionalChildPath $_) -Filter '*-*.md' }
    $invalid = @($pages | Where-Object { -not (Test-MarkdownCommandHelp -Path $_.FullName) })
    if ($invalid.Count -gt 0) {
        throw "platyPS: $($invalid.Name -join ', ') cannot be read"
    }
}

function Invoke-Pack([string] $Project, [string[]] $Argument) {
    Invoke-DotNet -Argument (@('pack', (Join-Path -Path $root -ChildPath 'src' -AdditionalChildPath $Project), '--configuration', 'Release', '--output', $packages, '--nologo', "-p:ProjectUri=$address") + $Argument)
}

# A package of the command-line tool; without a system the one that names the others.
function Get-ToolPackage([string] $System) {
    Join-Path -Path $packages -ChildPath ("$name.Cli.$System.$($manifest.ModuleVersion).nupkg".Replace('..', '.'))
}

function Invoke-Native([string] $System) {
    $null = New-Item -ItemType Directory -Path $packages -Force
    Invoke-Pack -Project "$name.Cli" -Argument --runtime, $System

    # The archive holds the program of the package, so that both are the same.
    $folder = Join-Path -Path $out -ChildPath 'native' -AdditionalChildPath "cassette-$($manifest.ModuleVersion)-$System"
    if (Test-Path -LiteralPath $folder) {
        Remove-Item -LiteralPath $folder -Recurse -Force
    }

    $archives = Join-Path -Path $out -ChildPath 'archives'
    $null = New-Item -ItemType Directory -Path $folder, $archives -Force
    $zip = [System.IO.Compression.ZipFile]::OpenRead((Get-ToolPackage -System $System))
    try {
        $program = $zip.Entries | Where-Object { $_.FullName -match '/cassette(\.exe)?$' }
        [System.IO.Compression.ZipFileExtensions]::ExtractToFile($program, (Join-Path -Path $folder -ChildPath $program.Name))
    }
    finally {
        $zip.Dispose()
    }

    Copy-Item -LiteralPath (Join-Path -Path $root -ChildPath 'LICENSE'), (Join-Path -Path $root -ChildPath 'README.md'), (Join-Path -Path $root -ChildPath 'THIRD-PARTY-NOTICES.txt') -Destination $folder
    $archive = Join-Path -Path $archives -ChildPath "$(Split-Path -Path $folder -Leaf)$($System.StartsWith('win') ? '.zip' : '.tar.gz')"
    if ($System.StartsWith('win')) {
        Compress-Archive -Path $folder -DestinationPath $archive -Force
    }
    else {
        # Packages keep no rights.
        & chmod +x (Join-Path -Path $folder -ChildPath 'cassette')
        & tar -czf $archive -C (Split-Path -Path $folder) (Split-Path -Path $folder -Leaf)
        if ($LASTEXITCODE -ne 0) {
            throw "tar ended with exit code $LASTEXITCODE"
        }
    }

    $hash = (Get-FileHash -LiteralPath $archive -Algorithm SHA256).Hash.ToLowerInvariant()
    Set-Content -LiteralPath "$archive.sha256" -Value "$hash  $(Split-Path -Path $archive -Leaf)`n" -NoNewline
    Write-Information "packed $archive" -InformationAction Continue
}

# The tool as a package for each system that has one, a portable one, and one that names them.
function Invoke-ToolPackage([string] $NativeFolder) {
    Get-Item -Path (Join-Path -Path $packages -ChildPath "$name.Cli*.nupkg") | Remove-Item
    if ($NativeFolder) {
        $nativeFor | ForEach-Object { Get-Item -Path (Join-Path -Path $NativeFolder -ChildPath "$name.Cli.$_.*.nupkg") } | Copy-Item -Destination $packages
    }
    else {
        Invoke-Native -System (Get-System)
    }

    Invoke-Pack -Project "$name.Cli" -Argument --runtime, any
    $packed, $missing = $nativeFor.Where({ Test-Path -LiteralPath (Get-ToolPackage -System $_) }, 'Split')
    Invoke-Pack -Project "$name.Cli" -Argument ('-p:ToolPackageRuntimeIdentifiers="{0}"' -f (@($packed) + 'any' -join ';'))
    if ($missing) {
        Write-Information "left out: the native command-line tool for $($missing -join ', '), where the portable one is installed" -InformationAction Continue
    }
}

function Invoke-Package([string] $NativeFolder) {
    Invoke-Build -System $compiledFor
    Compress-PSResource -Path $staged -DestinationPath $packages
    Invoke-QueryBuild -AllSystems
    if (Test-Path -LiteralPath $queryPackage) {
        Remove-Item -LiteralPath $queryPackage
    }

    # The module that this one requires is found where it is staged.
    $before = $env:PSModulePath
    try {
        $env:PSModulePath = $out + [System.IO.Path]::PathSeparator + $before
        Compress-PSResource -Path $queryStaged -DestinationPath $packages
    }
    finally {
        $env:PSModulePath = $before
    }

    $libraries | ForEach-Object { Invoke-Pack -Project $_ }
    $libraries | ForEach-Object { Assert-Package -Project $_ }
    Invoke-ToolPackage -NativeFolder $NativeFolder
}

function Invoke-Publish {
    if (-not $address) {
        throw 'A package is published by the workflow of its project, which knows the address of it.'
    }

    # All or nothing: what is missing is found before the first package goes out, and a second run goes on where the first one ended.
    # The package that names those of the systems comes last.
    $files = @(
        $libraries | ForEach-Object { Join-Path -Path $packages -ChildPath "$_.$($manifest.ModuleVersion).nupkg" }
        $nativeFor + 'any' + '' | ForEach-Object { Get-ToolPackage -System $_ }
    )
    $missing = @(
        @($modulePackage, $queryPackage) + $files | Where-Object { -not (Test-Path -LiteralPath $_) }
        'PSGALLERY_API_KEY', 'NUGET_API_KEY', 'NUGET_SOURCE' | Where-Object { -not [System.Environment]::GetEnvironmentVariable($_) }
    )
    if ($missing.Count -gt 0) {
        throw "Nothing is published without $($missing -join ', ')"
    }

    # The second module requires the first.
    foreach ($module in @{ Name = $name; Package = $modulePackage }, @{ Name = "$name.Query"; Package = $queryPackage }) {
        if (-not (Find-PSResource -Name $module.Name -Version $manifest.ModuleVersion -Repository PSGallery -ErrorAction Ignore)) {
            Publish-PSResource -NupkgPath $module.Package -Repository PSGallery -ApiKey $env:PSGALLERY_API_KEY
        }
    }

    foreach ($file in $files) {
        & dotnet nuget push $file --source $env:NUGET_SOURCE --api-key $env:NUGET_API_KEY --skip-duplicate
        if ($LASTEXITCODE -ne 0) {
            throw "dotnet nuget push $file ended with exit code $LASTEXITCODE"
        }
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
        'Pester' { Invoke-AcceptanceTest -GivenPackage $Package }
        'Help' { Invoke-Help }
        'Analyze' { Invoke-Analyze }
        'Native' { Invoke-Native -System ($System ? $System : (Get-System)) }
        'Package' { Invoke-Package -NativeFolder $NativePackages }
        'Publish' { Invoke-Publish }
        'Clean' { Invoke-Clean }
    }
}
