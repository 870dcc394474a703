<#
.SYNOPSIS
    The Markdown pages of the help: reads the words that people wrote, and writes a page in the schema of platyPS 2024-05-01.
#>

# The words of a page by their headings, such as 'DESCRIPTION' and 'PARAMETERS/-Path': paragraphs, and code that stands in a fence.
function Read-HelpPage([string] $Path) {
    $words = [ordered]@{}
    $text = [System.IO.File]::Exists($Path) ? [System.IO.File]::ReadAllText($Path).ReplaceLineEndings("`n") : ''
    $words['DATE'] = $text -match '(?m)^ms\.date: (\S+)$' ? $Matches[1] : [datetime]::UtcNow.ToString('MM/dd/yyyy', [cultureinfo]::InvariantCulture)
    $section = $heading = ''
    $fence = $null
    foreach ($line in $text -split "`n") {
        if ($null -ne $fence) {
            if ($line -ne '```') {
                $fence.Add($line)
                continue
            }

            $words[$heading].Code += $fence -join "`n"
            $fence = $null
        }
        elseif ($line -match '^(##|###) (.+)$') {
            $section = $Matches[1] -eq '##' ? $Matches[2] : $section
            $heading = $Matches[1] -eq '##' ? $section : "$section/$($Matches[2])"
            $words[$heading] = [pscustomobject]@{ Paragraphs = @(); Code = @() }
        }
        elseif ($heading -and $line -match '^```') {
            $fence = [System.Collections.Generic.List[string]]::new()
        }
        elseif ($heading -and $line) {
            $words[$heading].Paragraphs += $line
        }
    }

    $words
}

# The paragraphs below a heading; where there are none yet, the place to fill in.
function Get-HelpParagraph([System.Collections.IDictionary] $Words, [string] $Heading) {
    $found = @($Words.Contains($Heading) ? $Words[$Heading].Paragraphs : @())
    $found.Count -gt 0 ? $found : "{{ Fill in $Heading }}"
}

# The headings below a section; where there are none yet, the first one.
function Get-HelpHeading([System.Collections.IDictionary] $Words, [string] $Section, [string] $New) {
    $found = @($Words.Keys -like "$Section/*")
    $found.Count -gt 0 ? $found : "$Section/$New"
}

# What holds without a parameter, in the words of the page.
function Get-HelpDefault([System.Collections.IDictionary] $Words, [object] $Parameter) {
    $heading = "PARAMETERS/-$($Parameter.Name)"
    $yaml = $Words.Contains($heading) ? $Words[$heading].Code -join "`n" : ''
    $value = $yaml -match '(?m)^DefaultValue: (.+)$' ? $Matches[1] : $Parameter.IsSwitch ? 'False' : 'None'
    $value -match "^'(.*)'$" ? $Matches[1].Replace("''", "'") : $value
}

# Text as a scalar of YAML, in quotes where it would not be taken as it stands.
function ConvertTo-YamlScalar([string] $Text) {
    $Text -match "^[\w(][^:#']*$" ? $Text : "'$($Text.Replace("'", "''"))'"
}

# Breaks a line of syntax between parameters, before it has more than 100 characters.
function Split-HelpSyntax([string] $Syntax) {
    $line, $parts = $Syntax -split ' (?=\[?\[?-|\[<)'
    foreach ($part in $parts) {
        if ($line.Length + $part.Length -ge 100) {
            $line
            $line = ''
        }

        $line += " $part"
    }

    $line
}

# The block of YAML below a parameter.
function Format-HelpParameter([object] $Parameter, [string] $Default) {
    '```yaml'
    "Type: $($Parameter.Type.FullName)"
    "DefaultValue: $(ConvertTo-YamlScalar -Text $Default)"
    "SupportsWildcards: $("$($Parameter.Wildcards)".ToLowerInvariant())"
    $Parameter.Aliases ? 'Aliases:' : 'Aliases: []'
    $Parameter.Aliases | ForEach-Object { "- $_" }
    'ParameterSets:'
    foreach ($set in Get-OrderedName -Name $Parameter.Sets.Keys) {
        $in = $Parameter.Sets[$set]
        "- Name: $($set -eq '__AllParameterSets' ? '(All)' : $set)"
        "  Position: $($in.Position -ge 0 ? $in.Position : 'Named')"
        foreach ($flag in 'IsMandatory', 'ValueFromPipeline', 'ValueFromPipelineByPropertyName', 'ValueFromRemainingArguments') {
            "  $($flag -replace 'Mandatory', 'Required'): $("$($in.$flag)".ToLowerInvariant())"
        }
    }

    'DontShow: false'
    $Parameter.Values ? 'AcceptedValues:' : 'AcceptedValues: []'
    $Parameter.Values | ForEach-Object { "- $_" }
    "HelpMessage: ''"
    '```'
}

# A whole page: blocks with an empty line between them.
function Format-HelpPage([object] $Command, [System.Collections.IDictionary] $Words, [string[]] $Link) {
    $blocks = @(
        @(
            '---'
            'document type: cmdlet'
            "external help file: $($Command.HelpFile)"
            "HelpUri: ''"
            'Locale: en-US'
            "Module Name: $($Command.Module)"
            "ms.date: $($Words['DATE'])"
            'PlatyPS schema version: 2024-05-01'
            "title: $($Command.Name)"
            '---'
        ) -join "`n"
        "# $($Command.Name)"
        '## SYNOPSIS'
        Get-HelpParagraph -Words $Words -Heading 'SYNOPSIS'
        '## SYNTAX'
        foreach ($set in $Command.Sets) {
            "### $($set.Name)$($set.IsDefault -and $set.Name -ne '__AllParameterSets' ? ' (Default)' : '')"
            @('```'; Split-HelpSyntax -Syntax $set.Syntax; '```') -join "`n"
        }

        '## ALIASES'
        $Command.Aliases | ForEach-Object { "- ``$_``" } | Join-String -Separator "`n" | Where-Object { $_ }
        '## DESCRIPTION'
        Get-HelpParagraph -Words $Words -Heading 'DESCRIPTION'
        '## EXAMPLES'
        foreach ($heading in Get-HelpHeading -Words $Words -Section 'EXAMPLES' -New 'Example 1: {{ Title }}') {
            "### $($heading -replace '^EXAMPLES/')"
            @('```powershell'; $Words.Contains($heading) ? $Words[$heading].Code : '{{ Code }}'; '```') -join "`n"
            Get-HelpParagraph -Words $Words -Heading $heading
        }

        '## PARAMETERS'
        foreach ($parameter in $Command.Parameters) {
            "### -$($parameter.Name)"
            Get-HelpParagraph -Words $Words -Heading "PARAMETERS/-$($parameter.Name)"
            (Format-HelpParameter -Parameter $parameter -Default (Get-HelpDefault -Words $Words -Parameter $parameter)) -join "`n"
        }

        '### CommonParameters'
        'This cmdlet supports the common parameters, such as `-ErrorAction`, `-ErrorVariable` and `-Verbose`. For more information, see [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).'
        foreach ($section in 'INPUTS', 'OUTPUTS') {
            "## $section"
            foreach ($heading in Get-HelpHeading -Words $Words -Section $section -New 'None') {
                "### $($heading -replace "^$section/")"
                Get-HelpParagraph -Words $Words -Heading $heading
            }
        }

        '## NOTES'
        $Words.Contains('NOTES') ? $Words['NOTES'].Paragraphs : @()
        '## RELATED LINKS'
        @(
            $Link | ForEach-Object { $_ -like 'about_*' ? "- [$_](../../module/en-US/$_.help.txt)" : "- [$_]($_.md)" }
        ) -join "`n"
    )
    ($blocks -join "`n`n") + "`n"
}

# The page of the module: what it is for, and where the pages of its commands are.
function Format-HelpIndex([System.Management.Automation.PSModuleInfo] $Module, [string] $Date, [object[]] $Item) {
    $blocks = @(
        @(
            '---'
            'document type: module'
            "HelpInfoUri: ''"
            'Locale: en-US'
            "Module Guid: $($Module.Guid)"
            "Module Name: $($Module.Name)"
            "ms.date: $Date"
            'PlatyPS schema version: 2024-05-01'
            "title: $($Module.Name) Module"
            '---'
        ) -join "`n"
        "# $($Module.Name) Module"
        '## Description'
        $Module.Description
        "## $($Module.Name)"
        foreach ($entry in $Item) {
            "### [$($entry.Command.Name)]($($entry.Command.Name).md)"
            Get-HelpParagraph -Words $entry.Words -Heading 'SYNOPSIS'
        }
    )
    ($blocks -join "`n`n") + "`n"
}
