# A use of every exported cmdlet that works, for Contract.Tests.ps1. $file is a cassette, $body its request, and $destination a folder that
# does not exist yet. <path> is where the tests put the path parameter.
#
#   Use       The command.
#   Streams   True when it gives an object for each cassette as soon as that comes; the others sum up, compare or collect.
#   Writes    The command when it changes files, or stops something, for which it must ask.
@{
    'Assert-CassetteMatch'     = @{ Use = 'Use-Cassette -Path $file -NoEnvironment { $null = Invoke-RestMethod -Uri https://api.example.com/v1/chat/completions -Method Post -Body $body; $Cassette | Assert-CassetteMatch <path> }' }
    'Assert-CassetteRequest'   = @{ Use = 'Use-Cassette -Path $file -NoEnvironment { $null = Invoke-RestMethod -Uri https://api.example.com/v1/chat/completions -Method Post -Body $body; $Cassette | Assert-CassetteRequest -Times 1 }' }
    'Assert-CassetteSaid'      = @{ Use = 'Use-Cassette -Path $file -NoEnvironment { $null = Invoke-RestMethod -Uri https://api.example.com/v1/chat/completions -Method Post -Body $body; $Cassette | Assert-CassetteSaid "what teams" }' }
    'Compare-Cassette'         = @{ Use = 'Compare-Cassette -ReferenceObject (Get-Cassette -LiteralPath $file) -DifferenceObject (Get-Cassette -LiteralPath $file) -IncludeEqual' }
    'ConvertTo-CassetteReport' = @{ Use = 'Test-Cassette -LiteralPath $file | ConvertTo-CassetteReport -As Markdown' }
    'ConvertTo-Transcript'     = @{ Use = 'ConvertTo-Transcript <path>'; Streams = $true }
    'Enter-Cassette'           = @{ Use = 'Enter-Cassette <path> -NoEnvironment -PassThru; Exit-Cassette' }
    'Exit-Cassette'            = @{ Use = 'Enter-Cassette -Path $file -NoEnvironment; Exit-Cassette' }
    'Export-Cassette'          = @{ Use = 'Export-Cassette <path> -Destination $destination -PassThru'; Streams = $true; Writes = 'Export-Cassette <path> -Destination $destination' }
    'Export-CassetteTrace'     = @{ Use = 'Export-CassetteTrace <path> -Destination $destination'; Writes = 'Export-CassetteTrace <path> -Destination $destination' }
    'Export-Transcript'        = @{ Use = 'Export-Transcript <path> -Destination $destination'; Writes = 'Export-Transcript <path> -Destination $destination' }
    'Find-CassetteSecret'      = @{ Use = 'Find-CassetteSecret <path>'; Streams = $true; Writes = 'Find-CassetteSecret <path> -Baseline $destination -UpdateBaseline' }
    'Get-Cassette'             = @{ Use = 'Get-Cassette <path>'; Streams = $true }
    'Get-CassetteServer'       = @{ Use = '$server = Start-CassetteServer -LiteralPath $file; Get-CassetteServer -Port $server.Port; $server | Stop-CassetteServer' }
    'Invoke-CassetteReplay'    = @{ Use = 'Invoke-CassetteReplay <path>'; Streams = $true }
    'Invoke-WithCassette'      = @{ Use = 'Invoke-WithCassette <path> -AllHosts { Invoke-RestMethod -Uri http://api.openai.com/v1/chat/completions -Method Post -Body $body -Proxy $env:HTTP_PROXY -ProxyCredential ([pscredential]::new(''cassette'', (ConvertTo-SecureString -AsPlainText -Force -String ([uri] $env:HTTP_PROXY).UserInfo.Split('':'')[1]))) }' }
    'Measure-Cassette'         = @{ Use = 'Measure-Cassette <path>' }
    'Remove-CassetteSecret'    = @{ Use = 'Remove-CassetteSecret <path> -WarningAction Ignore'; Streams = $true; Writes = 'Remove-CassetteSecret <path> -InPlace' }
    'Repair-Cassette'          = @{ Use = 'Repair-Cassette <path> -Id ResponseId -PassThru'; Streams = $true; Writes = 'Repair-Cassette <path>' }
    'Search-Cassette'          = @{ Use = 'Search-Cassette <path> -Pattern "brooklyn.nets"'; Streams = $true }
    'Start-CassetteServer'     = @{ Use = 'Start-CassetteServer <path> | ForEach-Object { $_; $_ | Stop-CassetteServer }' }
    'Stop-CassetteServer'      = @{ Use = 'Start-CassetteServer -LiteralPath $file | Stop-CassetteServer' }
    'Test-Cassette'            = @{ Use = 'Test-Cassette <path>'; Streams = $true; Writes = 'Test-Cassette <path> -Baseline $destination -UpdateBaseline' }
    'Use-Cassette'             = @{ Use = 'Use-Cassette <path> -NoEnvironment { 1 }' }
}
