<#
.SYNOPSIS
    The file that Get-Help reads (MAML), made of the words of the pages and of what the cmdlets tell of themselves.
#>

$script:helpNamespaces = [ordered]@{
    command = [System.Xml.Linq.XNamespace]::Get('http://schemas.microsoft.com/maml/dev/command/2004/10')
    maml    = [System.Xml.Linq.XNamespace]::Get('http://schemas.microsoft.com/maml/2004/10')
    dev     = [System.Xml.Linq.XNamespace]::Get('http://schemas.microsoft.com/maml/dev/2004/10')
}

# An element with elements, attributes or text in it.
function ConvertTo-Element([string] $Name, [object[]] $Content) {
    $prefix, $local = $Name -split ':'
    $element = [System.Xml.Linq.XElement]::new($helpNamespaces[$prefix].GetName($local))
    foreach ($item in $Content) {
        $element.Add($item -is [System.Xml.Linq.XObject] ? [System.Xml.Linq.XObject] $item : "$item")
    }

    $element
}

# Paragraphs as plain text.
function ConvertTo-ParagraphElement([string[]] $Paragraph) {
    $Paragraph | ForEach-Object { ConvertTo-Element -Name 'maml:para' -Content $_.Replace('`', '') }
}

# What help tells of a parameter in one or more sets.
function ConvertTo-ParameterAttribute([object] $Parameter, [object[]] $In) {
    $position = ($In.Position | Measure-Object -Maximum).Maximum
    $ways = @(
        if ($In.ValueFromPipeline -contains $true) { 'ByValue' }
        if ($In.ValueFromPipelineByPropertyName -contains $true) { 'ByPropertyName' }
    )
    $attributes = [ordered]@{
        required       = "$($In.IsMandatory -contains $true)".ToLowerInvariant()
        variableLength = "$($Parameter.Type.IsArray)".ToLowerInvariant()
        globbing       = "$($Parameter.Wildcards)".ToLowerInvariant()
        pipelineInput  = $ways ? "True ($($ways -join ', '))" : 'False'
        position       = $position -ge 0 ? "$position" : 'named'
        aliases        = $Parameter.Aliases ? $Parameter.Aliases -join ', ' : 'none'
    }
    $attributes.Keys | ForEach-Object { [System.Xml.Linq.XAttribute]::new($_, $attributes[$_]) }
}

# The value that a parameter takes; a switch takes none.
function ConvertTo-ValueElement([object] $Parameter) {
    if (-not $Parameter.IsSwitch) {
        ConvertTo-Element -Name 'command:parameterValue' -Content @(
            [System.Xml.Linq.XAttribute]::new('required', 'true')
            [System.Xml.Linq.XAttribute]::new('variableLength', "$($Parameter.Type.IsArray)".ToLowerInvariant())
            $Parameter.ShortType
        )
    }
}

# The values of a parameter that takes only some.
function ConvertTo-ValueGroupElement([object] $Parameter) {
    if ($Parameter.Values) {
        ConvertTo-Element -Name 'command:parameterValueGroup' -Content @($Parameter.Values | ForEach-Object {
                ConvertTo-Element -Name 'command:parameterValue' -Content @(
                    [System.Xml.Linq.XAttribute]::new('required', 'false')
                    [System.Xml.Linq.XAttribute]::new('variableLength', 'false')
                    $_
                )
            })
    }
}

# The type of a parameter.
function ConvertTo-TypeElement([object] $Parameter) {
    ConvertTo-Element -Name 'dev:type' -Content @(
        ConvertTo-Element -Name 'maml:name' -Content $Parameter.Type.FullName
        ConvertTo-Element -Name 'maml:uri'
    )
}

function ConvertTo-SyntaxElement([object] $Command) {
    foreach ($set in $Command.Sets) {
        ConvertTo-Element -Name 'command:syntaxItem' -Content @(
            ConvertTo-Element -Name 'maml:name' -Content $Command.Name
            foreach ($in in $set.Parameters) {
                $parameter = $Command.Parameters | Where-Object Name -EQ $in.Name
                ConvertTo-Element -Name 'command:parameter' -Content @(
                    ConvertTo-ParameterAttribute -Parameter $parameter -In $in
                    ConvertTo-Element -Name 'maml:name' -Content $in.Name
                    ConvertTo-ValueGroupElement -Parameter $parameter
                    ConvertTo-ValueElement -Parameter $parameter
                    ConvertTo-TypeElement -Parameter $parameter
                )
            }
        )
    }
}

function ConvertTo-ParameterElement([object] $Command, [System.Collections.IDictionary] $Words) {
    foreach ($parameter in $Command.Parameters) {
        ConvertTo-Element -Name 'command:parameter' -Content @(
            ConvertTo-ParameterAttribute -Parameter $parameter -In @($parameter.Sets.Values)
            ConvertTo-Element -Name 'maml:name' -Content $parameter.Name
            ConvertTo-Element -Name 'maml:description' -Content @(ConvertTo-ParagraphElement -Paragraph $Words["PARAMETERS/-$($parameter.Name)"].Paragraphs)
            ConvertTo-ValueElement -Parameter $parameter
            ConvertTo-TypeElement -Parameter $parameter
            ConvertTo-Element -Name 'dev:defaultValue' -Content (Get-HelpDefault -Words $Words -Parameter $parameter)
        )
    }
}

# What goes in, or what comes out.
function ConvertTo-InputOutputElement([System.Collections.IDictionary] $Words, [string] $Section, [string] $Name) {
    foreach ($heading in $Words.Keys -like "$Section/*") {
        ConvertTo-Element -Name $Name -Content @(
            ConvertTo-Element -Name 'dev:type' -Content (ConvertTo-Element -Name 'maml:name' -Content ($heading -replace "^$Section/"))
            ConvertTo-Element -Name 'maml:description' -Content @(ConvertTo-ParagraphElement -Paragraph $Words[$heading].Paragraphs)
        )
    }
}

function ConvertTo-ExampleElement([System.Collections.IDictionary] $Words) {
    foreach ($heading in $Words.Keys -like 'EXAMPLES/*') {
        ConvertTo-Element -Name 'command:example' -Content @(
            ConvertTo-Element -Name 'maml:title' -Content "-------- $($heading -replace '^EXAMPLES/') --------"
            ConvertTo-Element -Name 'dev:code' -Content $Words[$heading].Code[0]
            ConvertTo-Element -Name 'dev:remarks' -Content @(
                ConvertTo-ParagraphElement -Paragraph $Words[$heading].Paragraphs
                ConvertTo-Element -Name 'maml:para'
            )
        )
    }
}

function ConvertTo-CommandElement([object] $Command, [System.Collections.IDictionary] $Words, [string[]] $Link) {
    $verb, $noun = $Command.Name -split '-'
    ConvertTo-Element -Name 'command:command' -Content @(
        ConvertTo-Element -Name 'command:details' -Content @(
            ConvertTo-Element -Name 'command:name' -Content $Command.Name
            ConvertTo-Element -Name 'command:verb' -Content $verb
            ConvertTo-Element -Name 'command:noun' -Content $noun
            ConvertTo-Element -Name 'maml:description' -Content @(ConvertTo-ParagraphElement -Paragraph $Words['SYNOPSIS'].Paragraphs)
        )
        ConvertTo-Element -Name 'maml:description' -Content @(ConvertTo-ParagraphElement -Paragraph $Words['DESCRIPTION'].Paragraphs)
        ConvertTo-Element -Name 'command:syntax' -Content @(ConvertTo-SyntaxElement -Command $Command)
        ConvertTo-Element -Name 'command:parameters' -Content @(ConvertTo-ParameterElement -Command $Command -Words $Words)
        ConvertTo-Element -Name 'command:inputTypes' -Content @(ConvertTo-InputOutputElement -Words $Words -Section INPUTS -Name 'command:inputType')
        ConvertTo-Element -Name 'command:returnValues' -Content @(ConvertTo-InputOutputElement -Words $Words -Section OUTPUTS -Name 'command:returnValue')
        if ($Words['NOTES'].Paragraphs) {
            ConvertTo-Element -Name 'maml:alertSet' -Content (
                ConvertTo-Element -Name 'maml:alert' -Content @(ConvertTo-ParagraphElement -Paragraph $Words['NOTES'].Paragraphs)
            )
        }
        ConvertTo-Element -Name 'command:examples' -Content @(ConvertTo-ExampleElement -Words $Words)
        ConvertTo-Element -Name 'command:relatedLinks' -Content @($Link | ForEach-Object {
                ConvertTo-Element -Name 'maml:navigationLink' -Content @(
                    ConvertTo-Element -Name 'maml:linkText' -Content $_
                    ConvertTo-Element -Name 'maml:uri'
                )
            })
    )
}

# The whole file, as text.
function Format-HelpFile([object[]] $Item) {
    $all = [System.Xml.Linq.XElement]::new([System.Xml.Linq.XName]::Get('helpItems', 'http://msh'))
    $all.Add([System.Xml.Linq.XAttribute]::new('schema', 'maml'))
    foreach ($prefix in $helpNamespaces.Keys) {
        $all.Add([System.Xml.Linq.XAttribute]::new([System.Xml.Linq.XNamespace]::Xmlns.GetName($prefix), $helpNamespaces[$prefix].NamespaceName))
    }

    $all.Add([System.Xml.Linq.XAttribute]::new('xmlns', 'http://msh'))
    foreach ($entry in $Item) {
        $all.Add([System.Xml.Linq.XElement] (ConvertTo-CommandElement -Command $entry.Command -Words $entry.Words -Link $entry.Links))
    }

    $settings = [System.Xml.XmlWriterSettings] @{ Indent = $true; IndentChars = '    '; NewLineChars = "`n"; Encoding = [System.Text.UTF8Encoding]::new($false) }
    $bytes = [System.IO.MemoryStream]::new()
    $writer = [System.Xml.XmlWriter]::Create($bytes, $settings)
    [System.Xml.Linq.XDocument]::new($all).Save($writer)
    $writer.Dispose()
    [System.Text.Encoding]::UTF8.GetString($bytes.ToArray()) + "`n"
}
