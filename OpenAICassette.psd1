@{
    RootModule           = 'OpenAICassette.dll'
    NestedModules        = @('OpenAICassette.Start.dll')
    ModuleVersion        = '0.1.0'
    GUID                 = '6a3c7c52-9d0e-4a55-8f0b-5f1f4f0c2b7e'
    Author               = 'OpenAICassette contributors'
    CompanyName          = 'OpenAICassette contributors'
    Copyright            = '(c) OpenAICassette contributors. MIT License.'
    Description          = 'Records, replays, reads, compares and cleans LLM API traffic in cassettes, including streams.'
    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.6'
    TypesToProcess       = @('OpenAICassette.Types.ps1xml')
    FormatsToProcess     = @('OpenAICassette.Format.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Assert-CassetteMatch'
        'Assert-CassetteRequest'
        'Assert-CassetteSaid'
        'Compare-Cassette'
        'ConvertTo-CassetteReport'
        'ConvertTo-Transcript'
        'Enter-Cassette'
        'Exit-Cassette'
        'Export-Cassette'
        'Export-CassetteTrace'
        'Export-Transcript'
        'Find-CassetteSecret'
        'Get-Cassette'
        'Get-CassetteServer'
        'Invoke-CassetteReplay'
        'Invoke-WithCassette'
        'Measure-Cassette'
        'Remove-CassetteSecret'
        'Repair-Cassette'
        'Search-Cassette'
        'Start-CassetteServer'
        'Stop-CassetteServer'
        'Test-Cassette'
        'Use-Cassette'
    )
    VariablesToExport    = @()
    AliasesToExport      = @('Should-HaveRequest', 'Should-HaveSaid', 'Should-MatchCassette')
    PrivateData          = @{
        PSData = @{
            Tags         = @('OpenAI', 'LLM', 'Cassette', 'Recording', 'Replay', 'Testing', 'Redaction', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            # ProjectUri is written here by build.ps1, which knows where it runs.
            ReleaseNotes = 'The first release. CHANGELOG.md of the project tells of every version.'
        }
    }
}
