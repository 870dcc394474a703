<#
.SYNOPSIS
    Runs the Pester files whose paths come through a pipe, and answers each with a line of JSON.
.DESCRIPTION
    The tests of OpenAICassette.Pester.Tests start this script. Standard input and output stay free for the tests.
.PARAMETER Pester
    The manifest of the Pester to use.
.PARAMETER Pipe
    The name of the pipe.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Pester,

    [Parameter(Mandatory)]
    [string] $Pipe
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module -Name $Pester

function Get-FailureText([object] $Item) {
    $Item.ErrorRecord | ForEach-Object { "$($_.DisplayErrorMessage ?? $_)`n$($_.DisplayStackTrace ?? $_.ScriptStackTrace)" } | Join-String -Separator "`n"
}

function Invoke-File([string] $Path) {
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Path
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    $run = Invoke-Pester -Configuration $configuration
    $failures = @(
        $run.Failed | ForEach-Object { @{ Name = $_.ExpandedPath; Message = Get-FailureText -Item $_ } }
        $run.FailedBlocks | ForEach-Object { @{ Name = "$($_.ExpandedPath) (set-up or clean-up)"; Message = Get-FailureText -Item $_ } }
        $run.FailedContainers | ForEach-Object { @{ Name = "$_"; Message = Get-FailureText -Item $_ } }
    )
    @{
        Passed       = $run.PassedCount
        Failed       = $failures.Count
        Skipped      = $run.SkippedCount
        Failures     = $failures
        SkippedTests = @($run.Skipped | ForEach-Object ExpandedPath)
    }
}

$stream = [System.IO.Pipes.NamedPipeClientStream]::new('.', $Pipe, [System.IO.Pipes.PipeDirection]::InOut)
try {
    $stream.Connect(60000)
    $reader = [System.IO.StreamReader]::new($stream)
    $writer = [System.IO.StreamWriter]::new($stream)
    while ($path = $reader.ReadLine()) {
        $answer = try {
            Invoke-File -Path $path
        }
        catch {
            @{ Passed = 0; Failed = 1; Skipped = 0; SkippedTests = @(); Failures = @(@{ Name = $path; Message = "$_`n$($_.ScriptStackTrace)" }) }
        }

        $writer.WriteLine((ConvertTo-Json -InputObject $answer -Depth 4 -Compress))
        $writer.Flush()
    }
}
finally {
    $stream.Dispose()
}
