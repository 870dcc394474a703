# The module OpenAICassette.Query, which is staged beside the other one.
BeforeDiscovery {
    # A package of the other module alone has none.
    $script:isMissing = -not (Test-Path -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', 'out', 'OpenAICassette.Query', '*', 'OpenAICassette.Query.psd1')))
    $file = [System.IO.Path]::Combine($PSScriptRoot, '..', 'module', 'query', 'en-US', 'OpenAICassette.Query.Commands.dll-Help.xml')
    $script:examples = foreach ($command in ([xml](Get-Content -LiteralPath $file -Raw)).helpItems.command) {
        foreach ($example in $command.examples.example) {
            @{ Command = $command.details.name; Title = $example.title.Trim('-', ' '); Code = $example.code }
        }
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:queryStaged = [System.IO.Path]::Combine($repository, 'out', 'OpenAICassette.Query', $version)
    if (Test-Path -LiteralPath $queryStaged) {
        Import-Module -Name (Join-Path $queryStaged 'OpenAICassette.Query.psd1')
    }

    $script:corpus = Join-Path $TestDrive 'corpus'
    $script:index = Join-Path $TestDrive 'index'
    $script:first = Write-TestFile -Path (Join-Path $corpus 'first.json') -Text $seedText
    $null = Write-ChatCassette -Path (Join-Path -Path $corpus -ChildPath 'below' -AdditionalChildPath 'second.json') -Response @{
        is_streaming = $false
        body         = @{ model = 'm'; choices = @(@{ index = 0; finish_reason = 'length'; message = @{ role = 'assistant'; content = 'Hello!' } }); usage = @{ prompt_tokens = 4; completion_tokens = 2 } }
    }
}

AfterAll {
    Remove-Module -Name OpenAICassette.Query -ErrorAction Ignore
}

Describe 'The staged module' -Skip:$isMissing {
    It 'has the version of the module that it requires' {
        $data = Import-PowerShellDataFile -LiteralPath (Join-Path $queryStaged 'OpenAICassette.Query.psd1')
        $data.ModuleVersion | Should -Be $version
        $data.RequiredModules.RequiredVersion | Should -Be $version
        $data.CmdletsToExport | Should -Be (Get-Command -Module OpenAICassette.Query | ForEach-Object Name | Sort-Object)
    }

    It 'loads its database into a context of its own' {
        $null = Invoke-CassetteQuery 'SELECT 1 AS one' -Path $first
        $names = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name }
        $names | Should -Not -Contain 'DuckDB.NET.Data'
        $names | Should -Not -Contain 'OpenAICassette.Query'
    }

    It 'has help for <Command>: <Title>' -ForEach $examples {
        Push-Location -LiteralPath (New-Item -ItemType Directory -Path (Join-Path $TestDrive (New-Guid)))
        try {
            & ([scriptblock]::Create($Code)) | Should -Not -BeNullOrEmpty
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'Update-CassetteIndex' -Skip:$isMissing {
    It 'reads new files once, and says how many' {
        $made = Update-CassetteIndex $corpus -Recurse -Destination $index
        $made.PSTypeNames[0] | Should -Be 'OpenAICassette.CassetteIndexUpdate'
        $made.Files, $made.Read, $made.Interactions | Should -Be 2, 2, 2
        (Get-Item -LiteralPath $first).LastWriteTimeUtc = [datetime]::new(2026, 1, 2)
        $null = Update-CassetteIndex $corpus -Recurse -Destination $index
        (Get-Item -LiteralPath $first | Update-CassetteIndex -Destination $index).Unchanged | Should -Be 1
    }

    It 'writes nothing with -WhatIf' {
        $folder = Join-Path $TestDrive 'none'
        Update-CassetteIndex $corpus -Destination $folder -WhatIf | Should -BeNullOrEmpty
        $folder | Should -Not -Exist
    }

    It 'goes on after a file that cannot be read' {
        $broken = Write-TestFile -Path (Join-Path $TestDrive 'broken.json') -Text '{'
        $made = Update-CassetteIndex $broken, $first -Destination (Join-Path $TestDrive 'partly') -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'CassetteInvalidJson,OpenAICassette.Query.Commands.UpdateCassetteIndexCommand'
        $made.Files, $made.Failed | Should -Be 2, 1
    }

    It 'refuses <Id>' -ForEach @(
        @{ Id = 'ShardNotValid'; Shard = '3' }
        @{ Id = 'QueryFailed'; Shard = '1/7' }
    ) {
        $folder = Join-Path $TestDrive 'parts'
        $null = Update-CassetteIndex $corpus -Destination $folder -Shard 1/2
        { Update-CassetteIndex $corpus -Destination $folder -Shard $Shard } | Should -Throw -ErrorId "$Id,*"
    }
}

Describe 'Invoke-CassetteQuery' -Skip:$isMissing {
    BeforeAll {
        $null = Update-CassetteIndex $corpus -Recurse -Destination $index -Text
    }

    It 'returns an object with values of .NET for each row' {
        $row = Invoke-CassetteQuery 'SELECT model, input_tokens, finish_reasons FROM interactions WHERE model = ''m''' -Index $index
        $row.model | Should -BeExactly 'm'
        $row.input_tokens | Should -BeOfType ([long])
        , $row.finish_reasons | Should -BeOfType ([array])
        $row.finish_reasons | Should -Be 'length'
    }

    It 'answers alike of the files themselves' {
        $query = 'SELECT role, text FROM messages ORDER BY path, index, position'
        $answer = Invoke-CassetteQuery $query -Index $index | ConvertTo-Json
        Invoke-CassetteQuery $query -LiteralPath $corpus -Recurse | ConvertTo-Json | Should -BeExactly $answer
        $answer | Should -Match 'Hello!'
    }

    It 'calculates costs by a hashtable or a price file' {
        $query = 'SELECT sum(cost) AS cost FROM interactions'
        (Invoke-CassetteQuery $query -Index $index -Price @{ m = @{ Prompt = 1000000; Completion = 0 } }).cost | Should -Be 4
        $file = Write-TestFile -Path (Join-Path $TestDrive 'prices.json') -Text '{"m":{"prompt":0,"completion":1000000}}'
        (Invoke-CassetteQuery $query -Index $index -Price $file).cost | Should -Be 2
        (Invoke-CassetteQuery $query -Index $index).cost | Should -BeNullOrEmpty
    }

    It 'stops as soon as the pipeline has what it needs' {
        @(Invoke-CassetteQuery 'SELECT * FROM range(1000000000000)' -Index $index | Select-Object -First 1).Count | Should -Be 1
    }

    It 'warns of files that changed, and leaves them out' {
        $changed = Write-TestFile -Path (Join-Path -Path $TestDrive -ChildPath 'changing' -AdditionalChildPath 'a.json') -Text $seedText
        $folder = Join-Path $TestDrive 'stale'
        $null = Update-CassetteIndex $changed, $first -Destination $folder
        $null = Write-TestFile -Path $changed -Text $seedText.Replace($question, 'Why?')
        (Invoke-CassetteQuery 'SELECT count(*) AS n FROM interactions' -Index $folder -WarningVariable warning -WarningAction SilentlyContinue).n | Should -Be 1
        $warning | Should -Match '^left out 1 of 2 files'
    }

    It 'has an error for <Id>' -ForEach @(
        @{ Id = 'QueryFailed'; Use = { Invoke-CassetteQuery 'SELEC' -Index $index } }
        @{ Id = 'QueryFailed'; Use = { Invoke-CassetteQuery 'SELECT 1' -Index (Join-Path $TestDrive 'nowhere') } }
        @{ Id = 'QueryFailed'; Use = { Invoke-CassetteQuery 'SELECT * FROM findings' -Index $index } }
        @{ Id = 'PriceNotSupported'; Use = { Invoke-CassetteQuery 'SELECT 1' -Index $index -Price @{ m = 1 } } }
        @{
            Id  = 'PriceNotSupported'
            Use = {
                Invoke-CassetteQuery 'SELECT 1' -Index $index -Price @{ m = @{ Prompt = 1; Completion = 1; Cached = 'x' } }
            }
        }
    ) {
        $Use | Should -Throw -ErrorId "$Id,OpenAICassette.Query.Commands.InvokeCassetteQueryCommand"
    }
}
