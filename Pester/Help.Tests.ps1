BeforeDiscovery {
    $script:commands = (Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'Cmdlets.psd1')).Keys | Sort-Object

    # The file itself is asked which examples there are, as tests are discovered before the module is loaded.
    $file = [System.IO.Path]::Combine($PSScriptRoot, '..', 'module', 'en-US', 'OpenAICassette.dll-Help.xml')
    $script:examples = foreach ($command in ([xml](Get-Content -LiteralPath $file -Raw)).helpItems.command) {
        $number = 0
        foreach ($example in $command.examples.example) {
            $number++
            @{ Command = $command.details.name; Number = $number; Title = $example.title.Trim('-', ' ') -replace '^Example \d+: '; Code = $example.code }
        }
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:helpFile = [System.IO.Path]::Combine($staged, 'en-US', 'OpenAICassette.dll-Help.xml')

    # The text of paragraphs, as it is shown.
    function Get-HelpText {
        param([object[]] $Paragraph)
        ($Paragraph | ForEach-Object Text) -join "`n"
    }

    # The parameters of a command that are its own.
    function Get-OwnParameter {
        param([System.Management.Automation.CommandInfo] $Command)
        $Command.Parameters.Values | Where-Object { -not $_.IsDynamic -and $_.Name -notin [System.Management.Automation.PSCmdlet]::CommonParameters }
    }

    # What help says of a parameter of one or more sets, made from the metadata.
    function Get-ExpectedAttribute {
        param([System.Management.Automation.ParameterMetadata] $Parameter, [object[]] $Set)
        $position = ($Set.Position | Measure-Object -Maximum).Maximum
        $ways = @(
            if ($Set.ValueFromPipeline -contains $true) { 'ByValue' }
            if ($Set.ValueFromPipelineByPropertyName -contains $true) { 'ByPropertyName' }
        )
        $hasWildcards = $Parameter.Attributes.TypeId.Name -contains 'SupportsWildcardsAttribute'
        @(
            "type=$($Parameter.ParameterType.FullName)"
            "required=$("$($Set.IsMandatory -contains $true)".ToLowerInvariant())"
            "position=$($position -ge 0 ? "$position" : 'named')"
            "pipelineInput=$($ways ? "True ($($ways -join ', '))" : 'False')"
            "globbing=$("$hasWildcards".ToLowerInvariant())"
            "aliases=$($Parameter.Aliases.Count -gt 0 ? $Parameter.Aliases -join ', ' : 'none')"
        ) -join '; '
    }

    # What help says of a parameter.
    function Get-ActualAttribute {
        param([object] $Parameter)
        @(
            "type=$($Parameter.type.name)"
            foreach ($name in 'required', 'position', 'pipelineInput', 'globbing', 'aliases') { "$name=$($Parameter.$name)" }
        ) -join '; '
    }
}

Describe 'The help file' {
    It 'is UTF-8 without a mark, and XML' {
        $bytes = [System.IO.File]::ReadAllBytes($helpFile)
        $bytes[0] | Should -Be ([byte][char]'<')
        { [System.Text.UTF8Encoding]::new($false, $true).GetString($bytes) } | Should -Not -Throw
        { [xml](Get-Content -LiteralPath $helpFile -Raw) } | Should -Not -Throw
    }

    It 'is about exactly the exported cmdlets' {
        $names = ([xml](Get-Content -LiteralPath $helpFile -Raw)).helpItems.command.details.name
        $names | Sort-Object | Should -Be ((Get-Module -Name OpenAICassette).ExportedCmdlets.Keys | Sort-Object)
    }

    It 'is found by users of the culture <_>' -ForEach 'en-US', 'de-DE', 'ja-JP' {
        $before = [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentUICulture = $_
            (Get-Help -Name Get-Cassette).description | Should -Not -BeNullOrEmpty
        }
        finally {
            [cultureinfo]::CurrentUICulture = $before
        }
    }
}

Describe 'The pages in docs/help' {
    BeforeAll {
        $script:pages = [System.IO.Path]::Combine($repository, 'docs', 'help')

        # Makes the help anew in a folder of its own, and gives that folder.
        function Copy-HelpFolder {
            param([string] $Name)
            $folder = Join-Path $TestDrive $Name
            $null = New-Item -ItemType Directory -Path "$folder/docs", "$folder/module" -Force
            Copy-Item -LiteralPath $pages -Destination "$folder/docs" -Recurse
            Copy-Item -LiteralPath (Split-Path -Path $helpFile) -Destination "$folder/module" -Recurse
            $folder
        }
    }

    It 'and the help file are what the compiled cmdlets and the words of the pages make' {
        $folder = Copy-HelpFolder -Name same
        & "$repository/docs/Build-Help.ps1" -Module $module -Root $folder
        $shown = 'run ./build.ps1 -Task Help to make them anew'
        Get-FolderText -Path "$folder/docs/help" | Should -BeExactly (Get-FolderText -Path $pages) -Because $shown
        Get-FolderText -Path "$folder/module/en-US" | Should -BeExactly (Get-FolderText -Path (Split-Path -Path $helpFile)) -Because $shown
    }

    It 'are mended where they tell of other types, sets, pipeline input, aliases, syntax or parameters' {
        $edits = [ordered]@{
            'Type: System.String[]'                 = 'Type: System.String'
            '- Name: LiteralPath'                   = '- Name: Literal'
            'ValueFromPipelineByPropertyName: true' = 'ValueFromPipelineByPropertyName: false'
            '- PSPath'                              = '- FilePath'
            '[-Recurse] '                           = ''
            '### -Recurse'                          = "### -Nowhere`n`nIt is not there.`n`n### -Recurse"
        }
        $folder = Copy-HelpFolder -Name mended
        $page = "$folder/docs/help/Get-Cassette.md"
        $text = [System.IO.File]::ReadAllText($page)
        foreach ($edit in $edits.Keys) {
            $text.Contains($edit) | Should -BeTrue -Because "the page holds $edit"
            $text = $text.Replace($edit, $edits[$edit])
        }

        [System.IO.File]::WriteAllText($page, $text)
        & "$repository/docs/Build-Help.ps1" -Module $module -Root $folder
        Get-FolderText -Path "$folder/docs/help" | Should -BeExactly (Get-FolderText -Path $pages)
        Get-FolderText -Path "$folder/module/en-US" | Should -BeExactly (Get-FolderText -Path (Split-Path -Path $helpFile))
    }

    It 'are one for each cmdlet, and an index' {
        $names = (Get-ChildItem -LiteralPath $pages).BaseName | Sort-Object
        $names | Should -Be (@((Get-Module -Name OpenAICassette).ExportedCmdlets.Keys) + 'OpenAICassette' | Sort-Object)
    }

    It 'are made with places to fill in for a cmdlet that has none' {
        $folder = Copy-HelpFolder -Name missing
        Remove-Item -LiteralPath "$folder/docs/help/Get-Cassette.md"
        & "$repository/docs/Build-Help.ps1" -Module $module -Root $folder
        $page = [System.IO.File]::ReadAllText("$folder/docs/help/Get-Cassette.md")
        $page | Should -Match '(?m)^\{\{ Fill in DESCRIPTION \}\}$'
        $page | Should -Match '(?m)^\{\{ Fill in PARAMETERS/-Recurse \}\}$'
        $page | Should -Match '(?m)^### Example 1: \{\{ Title \}\}$'
        $page | Should -Match '(?m)^Type: System.String\[\]$'
    }

    It 'have words in every place' {
        (Select-String -Path "$pages/*.md" -SimpleMatch '{{', 'Fill in').Line | Should -BeNullOrEmpty
    }

    It 'mark up nothing but code, since Get-Help shows plain text' {
        $marks = foreach ($page in Get-ChildItem -LiteralPath $pages) {
            $text = [System.IO.File]::ReadAllText($page.FullName) -replace '(?s)^---.*?\n---\n' -replace '(?ms)^```.*?^```$' -replace '(?m)^- \[.*$' -replace '(?m)^### \[.*$'
            [regex]::Matches(($text -replace '`[^`\n]+`' -replace '\[about_CommonParameters\]\S+'), '.*[*_<>\[\]`\\].*').Value | Where-Object { $_ -notmatch '\babout_\w+|^### ' }
        }
        $marks | Should -BeNullOrEmpty
    }
}

Describe 'The help of <_>' -ForEach $commands {
    BeforeAll {
        $script:command = Get-Command -Name $_ -Module OpenAICassette
        $script:help = Get-Help -Name $_ -Full
    }

    It 'has a synopsis and a description that are not made from the syntax' {
        $help.Synopsis.Trim() | Should -Match '^[A-Z][^\r\n]+\.$'
        $help.Synopsis | Should -Not -Match '\[<CommonParameters>\]'
        $description = Get-HelpText -Paragraph $help.description
        $description.Length | Should -BeGreaterThan 200
        $description | Should -Not -Match '\[<CommonParameters>\]'
    }

    It 'has a syntax for each parameter set' {
        $help.syntax.syntaxItem.name | Sort-Object -Unique | Should -Be $command.Name
        $expected = foreach ($set in (Get-Module -Name OpenAICassette).ExportedCmdlets[$command.Name].ParameterSets) {
            $own = $set.Parameters | Where-Object Name -In (Get-OwnParameter -Command $command).Name
            ($own | Sort-Object -Property Name | ForEach-Object {
                "$($_.Name): $(Get-ExpectedAttribute -Parameter $command.Parameters[$_.Name] -Set $_)"
            }) -join "`n"
        }
        $actual = foreach ($item in $help.syntax.syntaxItem) {
            ($item.parameter | Sort-Object -Property name | ForEach-Object { "$($_.name): $(Get-ActualAttribute -Parameter $_)" }) -join "`n"
        }
        $actual | Sort-Object | Should -BeExactly ($expected | Sort-Object)
    }

    It 'has the parameters of the command, with their attributes' {
        $help.parameters.parameter.name | Sort-Object | Should -BeExactly ((Get-OwnParameter -Command $command).Name | Sort-Object)
        foreach ($parameter in Get-OwnParameter -Command $command) {
            $expected = Get-ExpectedAttribute -Parameter $parameter -Set @($parameter.ParameterSets.Values | ForEach-Object {
                    [pscustomobject]@{
                        IsMandatory = $_.IsMandatory; Position = $_.Position
                        ValueFromPipeline = $_.ValueFromPipeline; ValueFromPipelineByPropertyName = $_.ValueFromPipelineByPropertyName
                    }
                })
            Get-ActualAttribute -Parameter ($help.parameters.parameter | Where-Object name -EQ $parameter.Name) |
                Should -BeExactly $expected -Because "-$($parameter.Name) is so"
        }
    }

    It 'describes every parameter, and says what holds without it' {
        foreach ($parameter in $help.parameters.parameter) {
            Get-HelpText -Paragraph $parameter.description | Should -Match '^[A-Z].+\.' -Because "-$($parameter.name) has a description"
            $parameter.defaultValue | Should -Not -BeNullOrEmpty -Because "-$($parameter.name) has a default"
        }
    }

    It 'tells the defaults that the compiled cmdlet has' {
        $cmdlet = [System.Activator]::CreateInstance($command.ImplementingType)
        foreach ($parameter in Get-OwnParameter -Command $command | Where-Object { $command.ImplementingType.GetProperty($_.Name) }) {
            $value = $command.ImplementingType.GetProperty($parameter.Name).GetValue($cmdlet)
            $told = ($help.parameters.parameter | Where-Object name -EQ $parameter.Name).defaultValue
            if ($value -is [switch]) {
                $told | Should -Match '^(False|With and without|Streams and others)$' -Because "-$($parameter.Name) is a switch"
            }
            elseif ("$value" -and $value -ne ($value.GetType().IsValueType ? [System.Activator]::CreateInstance($value.GetType()) : '')) {
                # Some are looked at only when they are given, and then their description says what holds without them.
                $isAsked = (Get-HelpText -Paragraph ($help.parameters.parameter | Where-Object name -EQ $parameter.Name).description) -match '\bWithout it\b'
                $told | Should -Match "^($([regex]::Escape($value))$($isAsked ? '|None' : ''))\b" -Because "-$($parameter.Name) is $value if it is not given"
            }
            else {
                $told | Should -Match "^(None\b|0\b|All\b|$([regex]::Escape("$value" ? $value : 'None')))" -Because "-$($parameter.Name) has no value if it is not given"
            }
        }
    }

    It 'names every value of the parameters that take only some' {
        foreach ($parameter in Get-OwnParameter -Command $command) {
            $type = $parameter.ParameterType
            $values = @(
                if ($type.IsEnum) { [enum]::GetNames($type) }
                $parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.ValidateSetAttribute] } | ForEach-Object ValidValues
            )
            foreach ($item in $help.syntax.syntaxItem.parameter | Where-Object { $values -and $_.name -eq $parameter.Name }) {
                $item.parameterValueGroup.parameterValue | Should -Be $values
            }
        }
    }

    It 'says what goes in and what comes out' {
        $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
        $given = $help.returnValues.returnValue.type.name | Where-Object { $_ -ne 'None' } | Sort-Object
        $given | Should -Be ($command.OutputType.Name | Sort-Object)
        foreach ($name in @(@($help.inputTypes.inputType.type.name) -ne 'None') + @($given)) {
            $name -as [type] | Should -Not -BeNullOrEmpty -Because "$name is a type"
        }
    }

    It 'leads to what is related, three to six pages that exist, and not to itself' {
        $topics = Get-ChildItem -Path (Split-Path -Path $helpFile) -Filter 'about_*' | ForEach-Object { $_.Name -replace '\.help\.txt$' }
        $links = @($help.relatedLinks.navigationLink.linkText)
        $links.Count | Should -BeIn (3..6)
        $links | Sort-Object -Unique | Should -Be ($links | Sort-Object)
        $links | Where-Object { $_ -notin @((Get-Module -Name OpenAICassette).ExportedCmdlets.Keys) + $topics -or $_ -eq $command.Name } | Should -BeNullOrEmpty
    }

    It 'has at least three examples, each with code and remarks' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        foreach ($example in $help.examples.example) {
            $example.code | Should -Match ([regex]::Escape($command.Name))
            Get-HelpText -Paragraph $example.remarks | Should -Match '\w.+\.'
        }
    }

    It 'names only ids of errors and findings that there are' {
        $known = @([enum]::GetNames([OpenAICassette.CassetteError])) + @(
            'BaselineNotFound', 'BaselineNotValid', 'CassetteAssertionFailed', 'CassetteHasNoFile', 'CassetteMiss', 'CassetteNameTaken', 'CassetteNoRequest', 'CassetteNotAllUsed', 'CassetteNotEntered', 'CassetteNotRecorded'
            'CassetteSecretFound', 'CassetteUnhealthy', 'EnvironmentInUse', 'FindingReported', 'InPlaceAndDestination', 'InputNotSupported', 'JoinNotPossible'
            'PatternNotValid', 'PriceNotSupported', 'ProviderNotSupported', 'RecordedError', 'RegexNotValid', 'RequestsNotCaptured', 'RuleFileNotValid'
            'ServerNotConfigured', 'ServerNotFound', 'ServerNotStarted', 'TestNameNotKnown', 'UpdateKeyWithoutFile', 'UpdateWithoutBaseline'
        ) + @([OpenAICassette.HealthId].GetFields() | ForEach-Object { $_.GetRawConstantValue() })
        $text = (Get-HelpText -Paragraph $help.description) + "`n" + (Get-HelpText -Paragraph $help.alertSet.alert)
        $named = [regex]::Matches($text, '(?<=\(|, )[A-Z][a-z]+[A-Z]\w+(?=\)|, )|\b[A-Z][a-z]+[A-Z]\w+(?=: )').Value
        $named | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
    }
}

Describe 'The example <Number> of <Command>: <Title>' -ForEach $examples {
    BeforeAll {
        $script:folder = Join-Path $TestDrive "$Command-$Number"
        Copy-Item -LiteralPath (Split-Path -Path $seed) -Destination $folder -Recurse
    }

    It 'runs without error, and leaves the module as it was' {
        $before = Get-FolderText -Path $staged
        $problems = $null
        Push-Location -LiteralPath $folder
        try {
            $given = & { [CmdletBinding()] param() & ([scriptblock]::Create($Code)) } -ErrorVariable problems -ErrorAction Stop 6>$null 4>$null
        }
        finally {
            Pop-Location
            Stop-CassetteServer -All -WarningAction Ignore
        }

        $problems | Should -BeNullOrEmpty
        Get-FolderText -Path $staged | Should -BeExactly $before
        if ($Code -notmatch '-WhatIf|Write-Host|Set-Content|-Destination' -and $Command -ne 'Stop-CassetteServer') {
            $given | Should -Not -BeNullOrEmpty
        }
    }
}

Describe 'The examples in a fresh PowerShell' {
    It 'find the module that is installed and not yet imported' {
        $code = (Get-Help -Name Get-Cassette).examples.example[0].code
        $setup = '$env:PSModulePath = ''' + (Split-Path -Path (Split-Path -Path $staged)).Replace("'", "''") +
        ''' + [System.IO.Path]::PathSeparator + $env:PSModulePath; $ErrorActionPreference = ''Stop'''
        $written = & $pwsh -NoProfile -NonInteractive -Command "$setup; & { $code } | ForEach-Object Name" 2>&1
        $written | Should -Contain 'capitals.json'
    }
}
