# What every exported cmdlet takes as a path. Module.Tests.ps1 and Help.Tests.ps1 hold each cmdlet to its row.
#
#   Files   It works on any number of cassettes: -Path takes several paths at position 0, with wildcards, and -LiteralPath takes them as written.
#   One     It is about one cassette or folder, which may not exist yet: -Path takes one path as written, so there is no -LiteralPath.
#   None    It works on what is in the session, such as servers and requests: there is neither.
@{
    'Assert-CassetteMatch'     = 'One'
    'Assert-CassetteRequest'   = 'None'
    'Assert-CassetteSaid'      = 'None'
    'Compare-Cassette'         = 'None'
    'ConvertTo-CassetteReport' = 'None'
    'ConvertTo-Transcript'     = 'Files'
    'Enter-Cassette'           = 'One'
    'Exit-Cassette'            = 'None'
    'Export-Cassette'          = 'Files'
    'Export-CassetteTrace'     = 'Files'
    'Export-Transcript'        = 'Files'
    'Find-CassetteSecret'      = 'Files'
    'Get-Cassette'             = 'Files'
    'Get-CassetteServer'       = 'None'
    'Invoke-CassetteReplay'    = 'Files'
    'Invoke-WithCassette'      = 'One'
    'Measure-Cassette'         = 'Files'
    'Remove-CassetteSecret'    = 'Files'
    'Repair-Cassette'          = 'Files'
    'Search-Cassette'          = 'Files'
    'Start-CassetteServer'     = 'Files'
    'Stop-CassetteServer'      = 'None'
    'Test-Cassette'            = 'Files'
    'Use-Cassette'             = 'One'
}
