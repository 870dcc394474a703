# Files are taken wherever cassettes are, in every form in which PowerShell gives them.
BeforeDiscovery {
    $takes = Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'Cmdlets.psd1')
    $uses = Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'Contracts.psd1')
    $script:many = $takes.GetEnumerator() | Where-Object Value -EQ 'Files' | Sort-Object -Property Key | ForEach-Object { @{ Name = $_.Key; Use = $uses[$_.Key].Use } }
    $script:one = $takes.GetEnumerator() | Where-Object Value -EQ 'One' | Sort-Object -Property Key | ForEach-Object { @{ Name = $_.Key; Use = $uses[$_.Key].Use } }

    # $file is 'talk [1].json' in a folder with a space.
    $script:arguments = @(
        '(Get-Item -LiteralPath $file)', '-Path (Get-Item -LiteralPath $file)', '-LiteralPath (Get-Item -LiteralPath $file)', '(Get-Item -LiteralPath (Split-Path $file))'
        '(Get-Cassette -LiteralPath $file)', '-Path (Get-Cassette -LiteralPath $file)', '-LiteralPath (Get-Cassette -LiteralPath $file)'
        '-LP $file', '(Join-Path (Split-Path $file) "talk*.json")', '(Split-Path $file)', '([WildcardPattern]::Escape($file))'
    )
    $script:piped = @(
        'Get-ChildItem -LiteralPath (Split-Path $file) -File', 'Get-Item -LiteralPath (Split-Path $file)', '[WildcardPattern]::Escape($file)', 'Join-Path (Split-Path $file) "t*.json"'
        '[pscustomobject]@{ LiteralPath = $file }', '[pscustomobject]@{ Path = [WildcardPattern]::Escape($file) }', '[pscustomobject]@{ PSPath = (Get-Item -LiteralPath $file).PSPath }'
        '[pscustomobject]@{ FullName = $file }', 'ConvertTo-ForeignObject (Get-Item -LiteralPath $file)', 'Search-Cassette -LiteralPath $file brooklyn | Select-Object -First 1'
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:file = [System.IO.Path]::Combine($TestDrive, 'corpus', 'a folder', 'talk [1].json')
    $null = Write-CassetteWithSecret -Path $file -Secret "sk-proj-$(Get-RandomText -Length 100)"
    $script:body = "$((Get-Cassette -LiteralPath $file).Interactions[0].Request.Body)"

    function Invoke-Text {
        param([string] $Script)
        $destination = Join-Path $TestDrive (New-Guid)
        @(& ([scriptblock]::Create("param(`$file, `$body, `$destination) $Script")) $file $body $destination)
    }
}

Describe 'Every cmdlet on many cassettes: <Name>' -ForEach $many {
    BeforeAll {
        $script:count = (Invoke-Text -Script $Use.Replace('<path>', '-LiteralPath $file')).Count
    }

    It 'takes the argument <_>' -ForEach $arguments {
        (Invoke-Text -Script $Use.Replace('<path>', $_)).Count | Should -Be $count
    }

    It 'takes from the pipeline <_>' -ForEach $piped {
        $first, $rest = $Use.Split('<path>', 2)
        (Invoke-Text -Script "$_ | $first $rest").Count | Should -Be $count
    }

    It 'takes a file once, however many findings lead to it' {
        if ($Name -eq 'Get-Cassette') {
            Set-ItResult -Skipped -Because 'it gives what it is asked for'
        }

        $first, $rest = $Use.Split('<path>', 2)
        (Invoke-Text -Script "Search-Cassette -LiteralPath `$file brooklyn | $first $rest").Count | Should -Be $count
    }

    It 'searches folders below a piped one with -Recurse' {
        $first, $rest = $Use.Split('<path>', 2)
        (Invoke-Text -Script "Get-Item -LiteralPath (Split-Path (Split-Path `$file)) | $first -Recurse $rest").Count | Should -Be $count
    }

    It 'refuses an item of another provider from the pipeline, and says so' {
        $first, $rest = $Use.Split('<path>', 2)
        $Error.Clear()
        try {
            $null = Invoke-Text -Script "Get-Item -LiteralPath Env:PATH | $first -ErrorAction SilentlyContinue $rest"
        }
        catch {
            $null = $_
        }

        @($Error.FullyQualifiedErrorId) -like 'ProviderNotSupported,*' | Should -Not -BeNullOrEmpty
    }
}

Describe 'Every cmdlet on one cassette: <Name>' -ForEach $one {
    It 'takes the argument <_>' -ForEach '$file', '(Get-Item -LiteralPath $file)', '-Path $file', '-LiteralPath $file', '-LP (Get-Item -LiteralPath $file)', '(Get-Cassette -LiteralPath $file)', '(Split-Path $file)' {
        { Invoke-Text -Script $Use.Replace('<path>', $_) } | Should -Not -Throw
    }
}

Describe 'Compare-Cassette' {
    It 'takes <_>' -ForEach '$file', '(Get-Item -LiteralPath $file)', '(Get-Cassette -LiteralPath $file)', '(ConvertTo-ForeignObject (Get-Item -LiteralPath $file))', '(ConvertTo-ForeignObject (Get-Cassette -LiteralPath $file))' {
        $given = $_ -eq '$file' ? '([WildcardPattern]::Escape($file))' : $_
        (Invoke-Text -Script "Compare-Cassette $given $given -IncludeEqual").Status | Should -Be Same
        (Invoke-Text -Script "$given | Compare-Cassette $given -IncludeEqual").Status | Should -Be Same
    }
}

Describe 'A file that is no cassette' {
    BeforeAll {
        $script:settings = Write-TestFile -Path (Join-Path -Path $TestDrive -ChildPath 'settings' -AdditionalChildPath 'app.env') -Text "OPENAI_API_KEY=sk-proj-$(Get-RandomText -Length 100)`n"
    }

    It 'is searched for secrets, and cleaned, from the pipeline' {
        $found = Get-ChildItem -LiteralPath (Split-Path $settings) -Filter *.env | Find-CassetteSecret
        $found.Path | Should -Be $settings
        (Get-ChildItem -LiteralPath (Split-Path $settings) -Filter *.env | Remove-CassetteSecret -WarningAction Ignore).Read() | Should -Not -BeNullOrEmpty
    }

    It 'is refused by <_>, in words that name the cmdlets that take it' -ForEach 'Get-Cassette', 'ConvertTo-Transcript', 'Measure-Cassette' {
        Get-Item -LiteralPath $settings | & $_ -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems.Count | Should -Be 1
        "$problems" | Should -BeLike '*Find-CassetteSecret and Remove-CassetteSecret*'
    }
}

Describe 'An object that is no cassette' {
    It 'is refused with the cmdlets that take it: <Given>' -ForEach @(
        @{ Given = '(Get-Cassette -LiteralPath $file).Interactions[0]'; Says = '*Invoke-CassetteReplay*interaction*not Test-Cassette.' }
        @{ Given = 'Invoke-CassetteReplay -LiteralPath $file | Select-Object -First 1'; Says = '*ConvertTo-Transcript*not Test-Cassette.' }
        @{ Given = 'Compare-Cassette (Get-Item -LiteralPath $file) (Get-Item -LiteralPath $file) -IncludeEqual'; Says = '*ConvertTo-CassetteReport*not Test-Cassette.' }
        @{ Given = '42'; Says = '*System.Int32*Get-Cassette*' }
    ) {
        $problem = Invoke-Text -Script "$Given | Test-Cassette -ErrorAction SilentlyContinue -ErrorVariable problems; `$problems"
        $problem.FullyQualifiedErrorId | Should -BeLike 'InputNotSupported,*'
        "$problem" | Should -BeLike $Says
    }
}
