BeforeDiscovery {
    $script:hasPSResourceGet = [bool](Get-Module -ListAvailable -Name Microsoft.PowerShell.PSResourceGet)
    if (-not $hasPSResourceGet) {
        Write-Warning -Message 'The package is not tested: there is no Microsoft.PowerShell.PSResourceGet.'
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')

    # A package that is tested is the one that build.ps1 made or was given; else one is made here.
    $script:package = [System.IO.Path]::Combine($repository, 'out', 'packages', "OpenAICassette.$version.nupkg")
    if ((-not (Test-Path -LiteralPath $package)) -and (Get-Module -ListAvailable -Name Microsoft.PowerShell.PSResourceGet)) {
        Compress-PSResource -Path $staged -DestinationPath $TestDrive
        $script:package = Join-Path $TestDrive "OpenAICassette.$version.nupkg"
    }

    # What a fresh PowerShell writes whose home is empty, so that it knows nothing of this user's modules and repositories.
    function Invoke-CleanPowerShell {
        param([string] $Script, [string[]] $Argument)
        $userHome = Join-Path $TestDrive 'home'
        # A folder that is missing has no path for .NET, so that what belongs below it would be written to the current folder.
        $null = New-Item -ItemType Directory -Force -Path ('.local/share', '.cache', '.config' | ForEach-Object { Join-Path $userHome $_ })
        $file = Write-TestFile -Path (Join-Path $TestDrive 'script.ps1') -Text "`$ErrorActionPreference = 'Stop'`n`$ProgressPreference = 'SilentlyContinue'`n$Script"
        $before = $env:HOME, $env:XDG_DATA_HOME, $env:XDG_CACHE_HOME, $env:XDG_CONFIG_HOME
        try {
            $env:HOME, $env:XDG_DATA_HOME, $env:XDG_CACHE_HOME, $env:XDG_CONFIG_HOME = $userHome, $null, $null, $null
            & $pwsh -NoProfile -NonInteractive -File $file @Argument 2>&1
        }
        finally {
            $env:HOME, $env:XDG_DATA_HOME, $env:XDG_CACHE_HOME, $env:XDG_CONFIG_HOME = $before
        }
    }
}

Describe 'The manifest for the gallery' {
    BeforeAll {
        $script:data = Import-PowerShellDataFile -LiteralPath $module
    }

    It 'says who, what, for which PowerShell, and on what terms' {
        $data.GUID | Should -Match '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        $data.CompatiblePSEditions | Should -Be 'Core'
        $data.PowerShellVersion | Should -Be '7.6'
        'Author', 'CompanyName', 'Copyright', 'Description' | ForEach-Object { $data[$_] | Should -Not -BeNullOrEmpty -Because $_ }
        'LicenseUri', 'ReleaseNotes' | ForEach-Object { $data.PrivateData.PSData[$_] | Should -Not -BeNullOrEmpty -Because $_ }
        'PSEdition_Core', 'Windows', 'Linux', 'MacOS' | ForEach-Object { $data.PrivateData.PSData.Tags | Should -Contain $_ }
    }

    It 'names every export, with no wildcard' {
        'FunctionsToExport', 'CmdletsToExport', 'VariablesToExport', 'AliasesToExport' | ForEach-Object {
            $data.ContainsKey($_) | Should -BeTrue -Because $_
            $data[$_] | Should -Not -Match '\*'
        }
    }

    It 'is of a version that the changelog tells of' {
        Get-Content -LiteralPath (Join-Path $repository 'CHANGELOG.md') | Should -Contain "## $version"
    }
}

Describe 'The package' -Skip:(-not $hasPSResourceGet) {
    BeforeAll {
        $script:files = [System.Collections.Generic.List[string]]::new()
        $zip = [System.IO.Compression.ZipFile]::OpenRead($package)
        try {
            $zip.Entries.FullName | ForEach-Object { $files.Add([uri]::UnescapeDataString($_)) }
        }
        finally {
            $zip.Dispose()
        }
    }

    It 'is smaller than 8 MB, most of which is the engine compiled for three systems' {
        (Get-Item -LiteralPath $package).Length | Should -BeLessThan 8MB
    }

    It 'holds the staged files, what package managers need, and no other' {
        $stagedFiles = Get-ChildItem -LiteralPath $staged -Recurse -File | ForEach-Object { [System.IO.Path]::GetRelativePath($staged, $_.FullName).Replace('\', '/') }
        $files | Where-Object { $_ -notmatch '^(_rels|package)/|^\[Content_Types\]\.xml$|\.nuspec$' } | Sort-Object | Should -Be ($stagedFiles | Sort-Object)
    }

    It 'tells nothing of the folder in which it was built' {
        foreach ($file in Get-ChildItem -LiteralPath $staged -Recurse -Filter OpenAICassette*.dll) {
            $text = [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file.FullName))
            $text.Contains($repository) | Should -BeFalse -Because $file.Name
        }
    }

    It 'is published to a repository, found, installed, imported and used, each as its user would' {
        $feed = (New-Item -ItemType Directory -Force -Path (Join-Path $TestDrive 'feed')).FullName

        # On Windows modules are installed into the user's own documents, wherever the home is; there the test stops short of that.
        $modules = Join-Path $TestDrive ($IsWindows ? 'modules' : 'home/.local/share/powershell/Modules')
        $null = New-Item -ItemType Directory -Force -Path $modules
        $name = "CassetteTest$(Get-Random)"
        $found = Invoke-CleanPowerShell -Argument $package, $feed, $modules, $name -Script @'
            $Package, $Feed, $Modules, $Name = $args
            Register-PSResourceRepository -Name $Name -Uri $Feed -Trusted
            try {
                Publish-PSResource -NupkgPath $Package -Repository $Name
                $found = Find-PSResource -Name OpenAICassette -Repository $Name
                "$($found.Name) $($found.Version) $($found.LicenseUri)"
                if ($IsWindows) {
                    $found | Save-PSResource -Path $Modules -TrustRepository
                }
                else {
                    $found | Install-PSResource -Scope CurrentUser -TrustRepository
                }
            }
            finally {
                Unregister-PSResourceRepository -Name $Name
            }
'@
        $found | Should -Be "OpenAICassette $version https://opensource.org/license/mit"

        $used = Invoke-CleanPowerShell -Argument $modules -Script @'
            $Modules = $args[0]
            if ($IsWindows) {
                $env:PSModulePath = $Modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
            }

            $cassette = Get-ChildItem -LiteralPath $Modules -Recurse -Filter capitals.json | Get-Cassette
            $cassette | ConvertTo-Transcript -As Text | Select-Object -Last 1
            (Get-Module -Name OpenAICassette).ModuleBase
            (Get-Help -Name Get-Cassette).Synopsis
'@
        $used[-3] | Should -Match '28 chunks'
        $used[-2] | Should -BeLike (Join-Path -Path $modules -ChildPath 'OpenAICassette' -AdditionalChildPath $version)
        $used[-1] | Should -Be (Get-Help -Name Get-Cassette).Synopsis
    }
}
