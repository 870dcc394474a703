BeforeDiscovery {
    $script:cmdlets = (Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'Cmdlets.psd1')).GetEnumerator() |
        Sort-Object -Property Key | ForEach-Object { @{ Name = $_.Key; Takes = $_.Value } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:commands = (Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'Cmdlets.psd1')).Keys | Sort-Object
    $script:aliases = 'Should-HaveRequest', 'Should-HaveSaid', 'Should-MatchCassette'

    # What a fresh PowerShell writes, with the module's path in $module.
    function Invoke-FreshPowerShell {
        param([string] $Command)
        $quoted = "'" + $module.Replace("'", "''") + "'"
        & $pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; `$module = $quoted; $Command" 2>&1
    }
}

Describe 'The manifest' {
    It 'is valid' {
        (Test-ModuleManifest -Path $module).Version | Should -Be $version
    }

    It 'exports exactly the cmdlets, the names that read well in Pester, and nothing else' {
        $loaded = Get-Module -Name OpenAICassette
        $loaded.ExportedCommands.Keys | Sort-Object | Should -Be ($commands + $aliases | Sort-Object)
        $loaded.ExportedCmdlets.Keys | Sort-Object | Should -Be $commands
        $loaded.ExportedAliases.Keys | Sort-Object | Should -Be $aliases
        $loaded.ExportedVariables.Count | Should -Be 0
    }

    It 'is the staged one' {
        (Get-Module -Name OpenAICassette).ModuleBase | Should -Be $staged
    }
}

Describe 'The staged folder' {
    It 'holds the expected files and no other' {
        $files = Get-ChildItem -LiteralPath $staged -Recurse -File |
            ForEach-Object { [System.IO.Path]::GetRelativePath($staged, $_.FullName).Replace('\', '/') }
        $expected = @(
            'LICENSE', 'THIRD-PARTY-NOTICES.txt', 'OpenAICassette.Core.dll', 'OpenAICassette.dll', 'OpenAICassette.Start.dll', 'OpenAICassette.Format.ps1xml'
            'OpenAICassette.psd1', 'OpenAICassette.Types.ps1xml', 'examples/capitals.json', 'facts.schema.json', 'recording.schema.json', 'rules.schema.json', 'transcript.schema.json'
            'examples/suite/Chat.ps1', 'examples/suite/Chat.Tests.ps1', 'examples/suite/workflow.yml'
            'yaml/OpenAICassette.Yaml.dll', 'yaml/YamlDotNet.dll', 'yaml/YamlDotNet.LICENSE'
            'decoders/OpenAICassette.Decoders.dll', 'decoders/Tomlyn.dll', 'decoders/Tomlyn.LICENSE'
            'decoders/ZstdSharp.dll', 'decoders/ZstdSharp.LICENSE'
            'markdown/OpenAICassette.Markdown.dll', 'markdown/Markdig.dll', 'markdown/Markdig.LICENSE'
        )
        $compiled = '^compiled/(linux-x64|osx-arm64|win-x64)/OpenAICassette\.Core\.dll$'
        $files | Where-Object { $_ -notmatch "^en-US/|^examples/suite/cassettes/|$compiled" } | Sort-Object | Should -Be ($expected | Sort-Object)
    }

    It 'names the license of every assembly of others, as it stands beside it' {
        $notices = [System.IO.File]::ReadAllText((Join-Path $staged 'THIRD-PARTY-NOTICES.txt')).ReplaceLineEndings("`n")
        $query = [System.IO.Path]::Combine($repository, 'out', 'OpenAICassette.Query')
        $folders = @($staged) + @(if (Test-Path -LiteralPath $query) { $query })
        $others = Get-ChildItem -LiteralPath $folders -Recurse -File -Include '*.dll', '*.so', '*.dylib' | Where-Object Name -NotLike 'OpenAICassette*'
        $others.Name | Should -Contain 'YamlDotNet.dll'
        foreach ($file in $others) {
            $notices | Should -Match "(?m)^Files: .*\b$([regex]::Escape($file.Name))\b" -Because "$($file.Name) ships"
        }

        foreach ($license in Get-ChildItem -LiteralPath $folders -Recurse -File -Filter '*.LICENSE') {
            $text = [System.IO.File]::ReadAllText($license.FullName).ReplaceLineEndings("`n") -replace '^.*under this license:\n'
            $notices.Contains($text.Trim()) | Should -BeTrue -Because "$($license.Name) is repeated"
        }
    }

    It 'names the packages that only the tools hold' {
        $notices = [System.IO.File]::ReadAllText((Join-Path $staged 'THIRD-PARTY-NOTICES.txt'))
        'System.CommandLine', '.NET runtime and libraries' | ForEach-Object { $notices | Should -Match "(?m)^$([regex]::Escape($_))\r?$" }
    }

    It 'is smaller than 4.75 MB, and than 5.5 MB for each system that the engine is compiled for' {
        $compiled, $other = (Get-ChildItem -LiteralPath $staged -Recurse -File).Where({ $_.FullName -match '[\\/]compiled[\\/]' }, 'Split')
        ($other | Measure-Object -Property Length -Sum).Sum | Should -BeLessThan 4.75MB
        $compiled | ForEach-Object { $_.Length | Should -BeLessThan 5.5MB -Because $_.FullName }
    }

    It 'has a type file and a format file that are XML' -ForEach 'OpenAICassette.Format.ps1xml', 'OpenAICassette.Types.ps1xml' {
        { [xml](Get-Content -LiteralPath (Join-Path $staged $_) -Raw) } | Should -Not -Throw
    }
}

Describe 'The engine' {
    BeforeAll {
        $script:system = "$($IsWindows ? 'win' : $IsMacOS ? 'osx' : 'linux')-$([System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)".ToLowerInvariant()

        # Where a fresh PowerShell loads the engine from, after a command has worked with it.
        function Get-EnginePath {
            param([string] $Manifest)
            $quoted = "'" + $Manifest.Replace("'", "''") + "'"
            & $pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; Import-Module $quoted; `$null = Get-Cassette '$seed'; [OpenAICassette.Cassette].Assembly.Location" 2>&1
        }

        # A copy of the module, with another engine for this system.
        function Copy-Module {
            param([string] $Name, [scriptblock] $Change)
            $copy = Join-Path $TestDrive $Name
            Copy-Item -LiteralPath $staged -Destination $copy -Recurse
            & $Change (Join-Path $copy 'compiled')
            Join-Path $copy 'OpenAICassette.psd1'
        }
    }

    It 'is the one that was compiled for this system' {
        $compiled = [System.IO.Path]::Combine($staged, 'compiled', $system, 'OpenAICassette.Core.dll')
        if (-not (Test-Path -LiteralPath $compiled)) {
            Set-ItResult -Skipped -Because "the engine is not compiled for $system"
        }

        Get-EnginePath -Manifest $module | Should -Be $compiled
    }

    It 'is compiled while it runs where it was not compiled for the system' {
        $manifest = Copy-Module -Name 'other' -Change { param($Folder) Remove-Item -LiteralPath $Folder -Recurse -ErrorAction Ignore }
        Get-EnginePath -Manifest $manifest | Should -Be (Join-Path (Split-Path $manifest) 'OpenAICassette.Core.dll')
    }

    It 'is compiled while it runs where .NET refuses the one that was compiled' {
        $manifest = Copy-Module -Name 'refused' -Change {
            param($Folder)
            $null = Write-TestFile -Path ([System.IO.Path]::Combine($Folder, $system, 'OpenAICassette.Core.dll')) -Text 'not for this system'
        }
        Get-EnginePath -Manifest $manifest | Should -Be (Join-Path (Split-Path $manifest) 'OpenAICassette.Core.dll')
    }
}

Describe 'Importing' {
    It 'works in a fresh process, writes nothing, and brings the type literals' {
        $written = Invoke-FreshPowerShell 'Import-Module $module; [OpenAICassette.Cassette].FullName'
        $written | Should -Be 'OpenAICassette.Cassette'
    }

    It 'works a second time in the same session' {
        $written = Invoke-FreshPowerShell 'Import-Module $module; Import-Module $module -Force; (Get-Command Get-Cassette).Source'
        $written | Should -Be 'OpenAICassette'
    }

    It 'works again after removal' {
        $written = Invoke-FreshPowerShell 'Import-Module $module; Remove-Module OpenAICassette; Import-Module $module; (Get-Command Get-Cassette).Source'
        $written | Should -Be 'OpenAICassette'
    }

    It 'gives no warning of unapproved verbs' {
        Import-Module -Name $module -Force -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }

    It 'loads its own three assemblies, and listing loads nothing of what only other commands use' {
        $loaded = 'function Get-Loaded { [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } }; $before = Get-Loaded; Import-Module $module; $after = Get-Loaded;'
        $own = Invoke-FreshPowerShell "$loaded `$after | Where-Object { `$_ -notin `$before } | Sort-Object"
        $own | Should -Be 'OpenAICassette', 'OpenAICassette.Core', 'OpenAICassette.Start'
        $listing = Invoke-FreshPowerShell "$loaded `$null = Get-Cassette '$($seed.Replace("'", "''"))'; Get-Loaded | Where-Object { `$_ -notin `$after }"
        $listing | Where-Object { $_ -match '^System\.(Net|Security|Xml|Linq|IO\.Compression|Collections\.Immutable)' } | Should -BeNullOrEmpty
    }

    It 'loads no assembly beside its own that is not part of the shared framework or PowerShell' {
        $framework = Split-Path -Path ([object].Assembly.Location)
        $own = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | Where-Object { $_.GetName().Name -in 'OpenAICassette', 'OpenAICassette.Core', 'OpenAICassette.Start' }
        $own.Count | Should -Be 3
        foreach ($assembly in $own) {
            foreach ($name in $assembly.GetReferencedAssemblies().Name) {
                $isKnown = $name -like 'OpenAICassette*' -or (Test-Path -LiteralPath (Join-Path $framework "$name.dll")) -or
                    ($assembly.GetName().Name -in 'OpenAICassette', 'OpenAICassette.Start' -and $name -eq 'System.Management.Automation')
                $isKnown | Should -BeTrue -Because "$($assembly.GetName().Name) refers to $name"
            }
        }
    }
}

Describe 'The cmdlet <Name>' -ForEach $cmdlets {
    BeforeAll {
        $script:command = Get-Command -Name $Name
    }

    It 'has an approved verb and a singular noun' {
        (Get-Verb).Verb | Should -Contain $command.Verb
        $command.Noun | Should -Not -Match '[^s]s$'
    }

    It 'declares its output type' {
        $command.OutputType.Type | Should -Not -BeNullOrEmpty
    }

    It 'takes paths as its row says: <Takes>' {
        $path = $command.Parameters['Path']
        $isThere = @{ Files = @('Path', 'LiteralPath'); One = @('Path'); None = @() }[$Takes]
        'Path', 'LiteralPath' | Where-Object { $command.Parameters.ContainsKey($_) } | Should -Be $isThere
        if ($Takes -eq 'One') {
            $path.ParameterType | Should -Be ([string])
            $path.ParameterSets.Values.Position | Should -Contain 0
            $path.Attributes.TypeId.Name | Should -Not -Contain 'SupportsWildcardsAttribute'
        }
    }

    It 'shows its syntax and its help' {
        Get-Command -Name $command.Name -Syntax | Should -Match "(?m)^$($command.Name)"
        if ($Takes -eq 'Files') {
            Get-Command -Name $command.Name -Syntax | Should -Match "(?m)^$($command.Name) \[-Path\] <string\[\]>"
        }

        (Get-Help -Name $command.Name | Out-String) | Should -Match "(?s)SYNOPSIS.+$($command.Name)"
    }
}

Describe 'The cmdlet <Name>, which takes files' -ForEach ($cmdlets | Where-Object Takes -EQ 'Files') {
    It 'takes a position-0 path with wildcards, and a literal path' {
        $command = Get-Command -Name $Name
        $path = $command.Parameters['Path']
        $path.ParameterType | Should -Be ([string[]])
        $path.ParameterSets.Values.Position | Should -Contain 0
        $path.Attributes.TypeId.Name | Should -Contain 'SupportsWildcardsAttribute'
        $command.Parameters['LiteralPath'].ParameterType | Should -Be ([string[]])
        $command.Parameters['LiteralPath'].Aliases | Should -Contain 'LP'
    }
}

Describe 'The table view of <Type>' -ForEach @(
    @{ Type = 'Cassette'; Columns = 'Name', 'Model', 'Endpoint', 'Chunks', 'Said'; Make = { Get-Cassette -LiteralPath $seed } }
    @{ Type = 'Interaction'; Columns = 'Index', 'Method', 'Endpoint', 'Model', 'Chunks'; Make = { (Get-Cassette -LiteralPath $seed).Interactions } }
    @{ Type = 'ReplayEvent'; Columns = 'Index', 'Offset', 'Text', 'ToolCalls', 'Finish'; Make = { Invoke-CassetteReplay -LiteralPath $seed } }
    @{ Type = 'Turn'; Columns = 'Role', 'Said', 'ToolCalls', 'Finish'; Make = { (ConvertTo-Transcript -LiteralPath $seed).Turns } }
    @{ Type = 'Chunk'; Columns = 'Index', 'Chunk'; Make = { (Get-Cassette -LiteralPath $seed).Interactions.Chunks } }
    @{ Type = 'CassetteDifference'; Columns = 'Area', 'Place', 'Old', 'New'; Make = { (Compare-Cassette $seed $longName).Differences | Where-Object Area -EQ 'Request' } }
    @{ Type = 'HealthFinding'; Columns = 'Severity', 'Audience', 'Id', 'Message'; Make = { Test-Cassette -LiteralPath $seed } }
    @{ Type = 'CassetteServer'; Columns = 'Uri', 'Recordings', 'Requests', 'Misses', 'Running'; Make = { Start-CassetteServer -LiteralPath $seed } }
    @{ Type = 'ReceivedRequest'; Columns = 'No', 'Request', 'Status', 'Outcome', 'Answer'; Make = { Get-MissedRequest } }
    @{ Type = 'CassetteMeasure'; Columns = 'Name', 'Files', 'Chunks', 'PromptTokens', 'CompletionTokens'; Make = { Measure-Cassette -LiteralPath $seed, $longName } }
) {
    BeforeAll {
        $text = $seedText.Replace('gpt-4o', 'togethercomputer/m2-bert-80M-32k-retrieval')
        function Get-MissedRequest {
            $server = Start-CassetteServer -LiteralPath $seed
            $null = Invoke-RestMethod -Uri "$($server.Uri)v1/chat/completions" -Method Post -Body '{"model":"another"}' -SkipHttpErrorCheck
            $server.Requests
        }

        $script:longName = Write-TestFile -Path (Join-Path $TestDrive 'long.json') -Text $text
    }

    AfterAll {
        Stop-CassetteServer -All -WarningAction Ignore
    }

    It 'has the columns <Columns> at <_> columns of screen' -ForEach 80, 120 {
        $lines = (& $Make | Out-String -Width $_) -split '\r?\n' | Where-Object { $_ }
        $head = [array]::FindIndex([string[]] $lines, [Predicate[string]] { $args[0] -match '^[ -]+$' }) - 1
        -split $lines[$head] | Should -Be $Columns
        $lines | Where-Object Length -GT $_ | Should -BeNullOrEmpty
    }
}

Describe 'The lists of <Type>' -ForEach @(
    @{ Type = 'Cassette'; Make = { Get-Cassette -LiteralPath $seed } }
    @{ Type = 'Interaction'; Make = { (Get-Cassette -LiteralPath $seed).Interactions | Select-Object -First 1 } }
    @{ Type = 'RecordedResponse'; Make = { (Get-Cassette -LiteralPath $seed).Interactions.Response } }
    @{ Type = 'ReplayEvent'; Make = { Invoke-CassetteReplay -LiteralPath $seed | Select-Object -First 1 } }
    @{ Type = 'Transcript'; Make = { ConvertTo-Transcript -LiteralPath $seed } }
    @{ Type = 'Turn'; Make = { (ConvertTo-Transcript -LiteralPath $seed).Turns | Select-Object -First 1 } }
    @{ Type = 'Message'; Make = { (ConvertTo-Transcript -LiteralPath $seed).Turns.Message | Select-Object -First 1 } }
) {
    It 'can be indexed from both ends' {
        $made = & $Make
        $made.GetType().Name | Should -Be $Type
        foreach ($property in $made.PSObject.Properties | Where-Object TypeNameOfValue -Match 'IReadOnlyList') {
            $list = $made.($property.Name)
            $items = @($list)
            if ($items) {
                $list[0].Equals($items[0]) | Should -BeTrue -Because "$($property.Name)[0] is its first item"
                $list[-1].Equals($items[-1]) | Should -BeTrue -Because "$($property.Name)[-1] is its last item"
            }
        }
    }
}
