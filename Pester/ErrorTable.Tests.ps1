BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')

    # Ids with their categories, as the source makes them.
    function Get-MadeError {
        $source = (Get-Content -Path (Join-Path $repository 'src/OpenAICassette/Hosting/*Errors.cs') -Raw) -join "`n"
        [regex]::Matches($source, '"(\w+)",\s+ErrorCategory\.(\w+)') | ForEach-Object { "$($_.Groups[1]) $($_.Groups[2])" }
        [regex]::Match($source, '(?s)"RecordedError".+?}(;|,\s)').Value | ForEach-Object { [regex]::Matches($_, '=> ErrorCategory\.(\w+)') } |
            ForEach-Object { "RecordedError $($_.Groups[1])" }

        # Those of Core are made from its exceptions.
        $errors = [OpenAICassette.Commands.GetCassetteCommand].Assembly.GetType('OpenAICassette.Hosting.Errors', $true)
        $make = $errors.GetMethod('Of', [type[]]@([OpenAICassette.CassetteException], [object]))
        foreach ($id in [enum]::GetValues([OpenAICassette.CassetteError])) {
            foreach ($inner in $null, [System.UnauthorizedAccessException]::new()) {
                $record = $make.Invoke($null, @([OpenAICassette.CassetteException]::new($id, 'x', 'y', $null, $inner), 'x'))
                "$($record.FullyQualifiedErrorId) $($record.CategoryInfo.Category)"
            }
        }
    }

    # Ids with their categories, as the help tells them: rows of the table with the columns Id, Category and When.
    function Get-ToldError {
        $text = Get-Content -LiteralPath (Join-Path $staged 'en-US/about_OpenAICassette.help.txt')
        $categories = [enum]::GetNames([System.Management.Automation.ErrorCategory])
        $text | Where-Object { $_ -match '^\s+([A-Z]\w+)\s+([A-Z]\w+)\s+\S' -and $Matches[2] -in $categories } | ForEach-Object { $null = $_ -match '^\s+(\w+)\s+(\w+)'; "$($Matches[1]) $($Matches[2])" }
    }
}

Describe 'The table of errors in about_OpenAICassette' {
    It 'tells of every id with every category that it can have, and of no other' {
        $made = Get-MadeError | Sort-Object -Unique
        $made.Count | Should -BeGreaterThan 25
        Get-ToldError | Sort-Object | Should -Be $made
    }

    It 'misses none, because errors are made in the files of Hosting' {
        $elsewhere = Get-ChildItem -LiteralPath (Join-Path $repository 'src/OpenAICassette') -Recurse -Filter *.cs | Where-Object Name -NotLike '*Errors.cs' |
            Select-String -Pattern 'new ErrorRecord\(|new\(.+ErrorCategory\.' -CaseSensitive
        $elsewhere | Should -BeNullOrEmpty
    }
}
