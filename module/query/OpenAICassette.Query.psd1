@{
    RootModule           = 'OpenAICassette.Query.Commands.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '1c0b7f0e-1d5c-4f0c-9a2e-7c8a2a5f4d11'
    Author               = 'OpenAICassette contributors'
    CompanyName          = 'OpenAICassette contributors'
    Copyright            = '(c) OpenAICassette contributors. MIT License.'
    Description          = 'Indexes recorded LLM API traffic as Parquet and answers SQL about it.'
    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.6'
    # Both are built together, so each version needs the other module in the same version.
    RequiredModules      = @(@{ ModuleName = 'OpenAICassette'; RequiredVersion = '0.1.0' })
    FunctionsToExport    = @()
    CmdletsToExport      = @('Invoke-CassetteQuery', 'Update-CassetteIndex')
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('OpenAI', 'LLM', 'Cassette', 'Recording', 'DuckDB', 'Parquet', 'SQL', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            # ProjectUri is written here by build.ps1, which knows where it runs.
            ReleaseNotes = 'The first release. CHANGELOG.md of the project tells of every version.'
        }
    }
}
