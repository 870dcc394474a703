@{
    RootModule           = 'OpenAICassette.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '6a3c7c52-9d0e-4a55-8f0b-5f1f4f0c2b7e'
    Author               = 'OpenAICassette contributors'
    CompanyName          = 'OpenAICassette contributors'
    Copyright            = '(c) OpenAICassette contributors. MIT License.'
    Description          = 'Reads, replays, transcribes and cleans recorded LLM traffic: cassettes with OpenAI-style API calls, streams included.'
    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.6'
    TypesToProcess       = @('OpenAICassette.Types.ps1xml')
    FormatsToProcess     = @('OpenAICassette.Format.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Assert-CassetteMatch'
        'Assert-CassetteRequest'
        'Assert-CassetteSaid'
        'ConvertTo-Transcript'
        'Enter-Cassette'
        'Exit-Cassette'
        'Export-Cassette'
        'Get-Cassette'
        'Get-CassetteServer'
        'Invoke-CassetteReplay'
        'Invoke-CassetteRequest'
        'Measure-Cassette'
        'Remove-CassetteSecret'
        'Repair-Cassette'
        'Start-CassetteServer'
        'Stop-CassetteServer'
        'Test-Cassette'
        'Use-Cassette'
    )
    VariablesToExport    = @()
    AliasesToExport      = @('Should-HaveRequest', 'Should-HaveSaid', 'Should-MatchCassette')
    PrivateData          = @{
        PSData = @{
            Tags       = @('OpenAI', 'LLM', 'Cassette', 'Recording', 'Replay', 'Testing', 'Redaction', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
        }
    }
}
