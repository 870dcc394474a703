<#
.SYNOPSIS
    What the acceptance tests share: the staged module, the example, random secrets. Dot-source it in BeforeAll.
#>
$ErrorActionPreference = 'Stop'

$script:repository = Split-Path -Path $PSScriptRoot
$script:version = (Import-PowerShellDataFile -LiteralPath (Join-Path $repository 'OpenAICassette.psd1')).ModuleVersion
$script:staged = [System.IO.Path]::Combine($repository, 'out', 'OpenAICassette', $version)
$script:module = Join-Path $staged 'OpenAICassette.psd1'
if (-not (Test-Path -LiteralPath $module)) {
    throw "The module is not staged: $module is missing. Run ./build.ps1 first."
}

Import-Module -Name $module

# Runs the PowerShell of this process once more. As a tool of .NET it has no program beside its assemblies.
$program = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
$script:pwsh = (Test-Path -LiteralPath $program) ? $program : { dotnet (Join-Path $PSHOME 'pwsh.dll') @args }

# The Pester that runs these tests, for a PowerShell that is to run others: never another one that happens to be installed.
$script:pester = (Get-Module -Name Pester).Path -replace '\.psm1$', '.psd1'

$script:seed = [System.IO.Path]::Combine($staged, 'examples', 'capitals.json')
$script:seedText = [System.IO.File]::ReadAllText($seed)
$script:question = 'Repeat your previous response in all caps.'
$script:answer = 'THE TEAMS PLAYING IN THE IMAGE ARE THE CLEVELAND CAVALIERS AND THE BROOKLYN NETS.'
$script:recordings = [System.IO.Path]::GetFullPath('../shared/data/recordings', $repository)

# Random text that passes for a key: it always has letters and digits. No secret is ever written down in a test.
function Get-RandomText {
    param(
        [int] $Length = 48,
        [string] $Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    )
    $digits = -join (Get-Random -InputObject '2', '3', '4', '5', '6', '7' -Count 4)
    $rest = -join (1..($Length - 4) | ForEach-Object { Get-Random -InputObject $Letters.ToCharArray() })
    -join (Get-Random -InputObject "$digits$rest".ToCharArray() -Shuffle)
}

# Writes a file to the byte, and gives its path.
function Write-TestFile {
    param([string] $Path, [string] $Text)
    $null = New-Item -ItemType Directory -Path (Split-Path -Path $Path) -Force
    [System.IO.File]::WriteAllText($Path, $Text)
    $Path
}

# The example with a key in its last question.
function Write-CassetteWithSecret {
    param([string] $Path, [string] $Secret)
    Write-TestFile -Path $Path -Text $seedText.Replace($question, "Use $Secret now")
}

# A recording of one chat completion that is no stream.
function Write-ChatCassette {
    param([string] $Path, [System.Collections.IDictionary] $Response)
    $recording = @{
        request  = @{ method = 'POST'; url = 'http://localhost/v1/chat/completions'; endpoint = '/v1/chat/completions'; model = 'm'
            body = @{ model = 'm'; messages = @(@{ role = 'user'; content = 'Hello?' }) }
        }
        response = $Response
    }
    Write-TestFile -Path $Path -Text (ConvertTo-Json -InputObject $recording -Depth 20)
}

# The text of a cassette as it stands, on disk or in memory.
function Get-CassetteText {
    param([OpenAICassette.Cassette] $Cassette)
    [System.Text.Encoding]::UTF8.GetString($Cassette.Read().ToArray())
}

# An object as another process gives it.
function ConvertTo-ForeignObject {
    param([Parameter(Mandatory)] [object] $InputObject)
    [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($InputObject))
}

# What a command gives to users of another culture.
function Invoke-InCulture {
    param([string] $Culture, [scriptblock] $Command)
    $before = [cultureinfo]::CurrentCulture
    try {
        [cultureinfo]::CurrentCulture = $Culture
        & $Command
    }
    finally {
        [cultureinfo]::CurrentCulture = $before
    }
}

# The files below a folder with their contents, as one text.
function Get-FolderText {
    param([string] $Path)
    [System.IO.Directory]::EnumerateFiles($Path, '*', [System.IO.SearchOption]::AllDirectories) | ForEach-Object {
        $hash = [System.Security.Cryptography.SHA256]::HashData([System.IO.File]::ReadAllBytes($_))
        "$([System.IO.Path]::GetRelativePath($Path, $_).Replace('\', '/')) $([System.Convert]::ToHexString($hash))"
    } | Sort-Object | Join-String -Separator "`n"
}
