# What holds for every exported cmdlet, whatever it does.
BeforeDiscovery {
    $takes = Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'Cmdlets.psd1')
    $script:cmdlets = (Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'Contracts.psd1')).GetEnumerator() | Sort-Object -Property Key | ForEach-Object {
        @{ Name = $_.Key; Takes = $takes[$_.Key]; Use = $_.Value.Use; Streams = $_.Value['Streams']; Writes = $_.Value['Writes'] }
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
    $script:request = "$((Get-Cassette -LiteralPath $seed).Interactions[0].Request.Body)"
    $script:cassetteText = $seedText.Replace($question, "Use sk-proj-$(Get-RandomText -Length 100) now")

    # A cassette with a secret, and so with something to tell for each cmdlet.
    function Write-TestCassette {
        param([string] $Folder = (Join-Path $TestDrive (New-Guid)))
        Write-TestFile -Path (Join-Path $Folder 'talk [1].json') -Text $cassetteText
    }

    # A use of a cmdlet as a script; without another path it is that of the file.
    function Get-Script {
        param([string] $Use, [string] $Path = '-LiteralPath $file', [string] $Before)
        $parameter = $Takes -eq 'One' ? $Path.Replace('-LiteralPath', '-Path') : $Path
        "param(`$file, `$body, `$destination) $Before; " + $Use.Replace('<path>', $parameter)
    }

    # The body that the cassette answers.
    function Get-RequestBody {
        param([string] $File)
        "$((Get-Cassette -LiteralPath $File).Interactions[0].Request.Body)"
    }

    function Invoke-Use {
        param([string] $Script, [string] $File = (Write-TestCassette))
        & ([scriptblock]::Create($Script)) $File (Get-RequestBody $File) (Join-Path $TestDrive (New-Guid))
    }

    # An error of a command, whether it ends the command or not.
    function Get-Problem {
        param([string] $Script)
        $Error.Clear()
        try {
            $null = Invoke-Use -Script $Script -ErrorAction SilentlyContinue 2>$null
        }
        catch {
            return $_
        }

        $Error | Select-Object -Last 1
    }

    # What a runspace of its own writes, and its errors.
    function Invoke-InRunspace {
        param([System.Management.Automation.PSLanguageMode] $LanguageMode, [string] $Script, [string] $File)
        $session = [initialsessionstate]::CreateDefault2()
        $session.ImportPSModule(@($module))
        $session.LanguageMode = $LanguageMode
        $runspace = [runspacefactory]::CreateRunspace($session)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $null = $shell.AddScript($Script).AddArgument($File).AddArgument((Get-RequestBody $File)).AddArgument((Join-Path $TestDrive (New-Guid)))
            [pscustomobject]@{ Output = @($shell.Invoke()); Errors = @($shell.Streams.Error | ForEach-Object { "$_" }) }
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }
}

Describe 'The contracts' {
    It 'are about every exported cmdlet' {
        (Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'Contracts.psd1')).Keys | Sort-Object |
            Should -Be ((Get-Module -Name OpenAICassette).ExportedCmdlets.Keys | Sort-Object)
    }
}

Describe 'Every cmdlet: <Name>' -ForEach $cmdlets {
    BeforeAll {
        $script:script = Get-Script -Use $Use
        $script:count = @(Invoke-Use -Script $script).Count
    }

    It 'gives what it declares' {
        $declared = (Get-Command -Name $Name).OutputType.Type
        $output = @(Invoke-Use -Script $script)
        if ($declared -contains [void]) {
            $output | Should -BeNullOrEmpty
        }
        else {
            $output | Should -Not -BeNullOrEmpty
            foreach ($item in $output) {
                $declared | Where-Object { $_.IsInstanceOfType($item) } | Should -Not -BeNullOrEmpty -Because "$($item.GetType()) is not in $declared"
            }
        }
    }

    It 'works under strict mode' {
        @(Invoke-Use -Script (Get-Script -Use $Use -Before 'Set-StrictMode -Version Latest')).Count | Should -Be $count
    }

    It 'works in <_>' -ForEach 'tr-TR', 'de-DE' {
        @(Invoke-InCulture -Culture $_ -Command { Invoke-Use -Script $script }).Count | Should -Be $count
    }

    It 'takes a path <_>' -ForEach @(
        @{ Folder = 'with spaces' }, @{ Folder = 'with [brackets] and `ticks`' }, @{ Folder = "with 'quotes' and `$money" }, @{ Folder = "`u{43a}`u{43b}`u{44e}`u{447}-`u{9375}-`u{11f}`u{131}`u{15f}`u{130}" }
        @{ Folder = (1..6 | ForEach-Object { 'a-folder-with-a-name-of-fifty-characters-or-so-no-' + $_ }) -join '/' }
    ) {
        $file = Write-TestCassette -Folder (Join-Path -Path $TestDrive -ChildPath "$(New-Guid)" -AdditionalChildPath $Folder)
        @(Invoke-Use -Script $script -File $file).Count | Should -Be $count
    }

    It 'works in a runspace of <_>' -ForEach 'FullLanguage', 'ConstrainedLanguage' {
        $ran = Invoke-InRunspace -LanguageMode $_ -Script $script -File (Write-TestCassette)
        $ran.Errors | Should -BeNullOrEmpty
        $ran.Output.Count | Should -Be $count
    }

    It 'works in parallel' {
        $files = 1..3 | ForEach-Object { Write-TestCassette }
        $counts = $files | ForEach-Object -Parallel {
            Import-Module -Name $using:module
            $body = "$((Get-Cassette -LiteralPath $_).Interactions[0].Request.Body)"
            @(& ([scriptblock]::Create($using:script)) $_ $body (Join-Path $using:TestDrive (New-Guid))).Count
        }
        $counts | Should -Be @($count, $count, $count)
    }

    It 'works in a thread job' {
        $file = Write-TestCassette
        $imports = Get-Script -Use $Use -Before "Import-Module -Name '$($module.Replace("'", "''"))'"
        $job = Start-ThreadJob -ArgumentList $file, (Get-RequestBody $file), (Join-Path $TestDrive (New-Guid)) -ScriptBlock ([scriptblock]::Create($imports))
        @($job | Receive-Job -Wait -AutoRemoveJob).Count | Should -Be $count
    }

    It 'asks before it changes anything, and with -WhatIf changes nothing' {
        (Get-Command -Name $Name).Parameters.ContainsKey('WhatIf') | Should -Be ([bool]$Writes -or $Name -eq 'Stop-CassetteServer')
        if ($Writes) {
            $folder = Join-Path $TestDrive (New-Guid)
            $file = Write-TestCassette -Folder $folder
            $before = Get-FolderText -Path $folder
            $entries = (Get-ChildItem -LiteralPath $TestDrive).Name
            $null = & ([scriptblock]::Create((Get-Script -Use $Writes -Path '-LiteralPath $file -WhatIf'))) $file '' (Join-Path $TestDrive 'never-made') -Confirm:$false
            Get-FolderText -Path $folder | Should -Be $before
            (Get-ChildItem -LiteralPath $TestDrive).Name | Should -Be $entries
        }
    }
}

Describe 'Every cmdlet with paths: <Name>' -ForEach ($cmdlets | Where-Object Takes -NE 'None') {
    It 'refuses the path <_> of another provider, and says so' -ForEach 'Env:\PATH', 'Function:\prompt' {
        $problem = Get-Problem -Script (Get-Script -Use $Use -Path "-LiteralPath $_")
        $problem.FullyQualifiedErrorId | Should -BeLike 'ProviderNotSupported,*'
        $problem.CategoryInfo.Category | Should -Be InvalidArgument
        "$problem" | Should -BeLike "*$($_.Split(':')[0])*"
    }
}

Describe 'Every cmdlet on many cassettes: <Name>' -ForEach ($cmdlets | Where-Object Takes -EQ 'Files') {
    It 'takes brackets for a pattern in -Path and for themselves in -LiteralPath' {
        $file = Write-TestCassette
        $null = Write-TestFile -Path (Join-Path (Split-Path $file) 'talk 1.json') -Text $cassetteText
        @(Invoke-Use -Script (Get-Script -Use $Use -Path '-Path $file') -File $file) | ForEach-Object { "$($_.PSObject.Properties['Path'].Value)" } | Where-Object { $_ } |
            Should -Not -BeLike '*`[1`]*'
        @(Invoke-Use -Script (Get-Script -Use $Use -Path '-Path ([WildcardPattern]::Escape($file))') -File $file).Count | Should -Be @(Invoke-Use -Script (Get-Script -Use $Use) -File $file).Count
    }

    It 'takes the cassettes that a job gives' {
        $file = Write-TestCassette
        $command = [scriptblock]::Create('param($file, $body, $destination) $input | ' + $Use.Replace('<path>', ''))
        $own = @(Get-Cassette -LiteralPath $file | & $command $file '' (Join-Path $TestDrive (New-Guid))).Count
        $foreign = @(ConvertTo-ForeignObject (Get-Cassette -LiteralPath $file) | & $command $file '' (Join-Path $TestDrive (New-Guid)))
        $foreign.Count | Should -Be $own
    }
}

Describe 'Every cmdlet that streams: <Name>' -ForEach ($cmdlets | Where-Object Streams) {
    It 'gives each object before the next cassette is asked for' {
        $file = Write-TestCassette
        $piped = $Name -eq 'Get-Cassette' ? $file.Replace('[', '`[').Replace(']', '`]') : (Get-Cassette -LiteralPath $file)
        $asked = [System.Collections.Generic.List[int]]::new()
        $command = 'param($asked, $piped, $destination) 1..50 | ForEach-Object { $asked.Add($_); $piped } | ' + $Use.Replace('<path>', '') + ' | Select-Object -First 1'
        $first = & ([scriptblock]::Create($command)) $asked $piped (Join-Path $TestDrive (New-Guid))
        $null -ne $first | Should -BeTrue
        $asked | Should -Be 1
    }
}

# Test-Cassette's errors are findings.
Describe 'Every cmdlet whose path must lead to a cassette: <Name>' -ForEach ($cmdlets | Where-Object Takes -NE 'None' | Where-Object Name -NE 'Test-Cassette') {
    It 'tells of a path that leads nowhere with one id' {
        # A cmdlet that can record creates the folder.
        $mode = (Get-Command -Name $Name).Parameters.ContainsKey('Mode') ? ' -Mode None' : ''
        $problem = Get-Problem -Script (Get-Script -Use $Use -Path "-LiteralPath `"`$file.none`"$mode")
        $problem.FullyQualifiedErrorId | Should -BeLike 'CassetteNotFound,*'
        $problem.CategoryInfo.Category | Should -Be ObjectNotFound
    }
}

Describe 'Every cmdlet that writes an error for a cassette: <Name>' -ForEach ($cmdlets | Where-Object Takes -EQ 'Files' | Where-Object Name -NE 'Test-Cassette') {
    It 'goes on after an error unless it is told to stop' {
        $goesOn = Get-Script -Use $Use -Path '-LiteralPath "$file.none", $file -ErrorAction SilentlyContinue -ErrorVariable +problems'
        @(Invoke-Use -Script "$goesOn; if (`$problems.Count -ne 1) { throw `$problems.Count }").Count | Should -BeGreaterThan 0
        $ignores = Get-Script -Use $Use -Path '-LiteralPath "$file.none" -ErrorAction Ignore'
        { Invoke-Use -Script $ignores } | Should -Not -Throw
        $stops = Get-Script -Use $Use -Path '-LiteralPath "$file.none", $file -ErrorAction Stop'
        { Invoke-Use -Script $stops } | Should -Throw -ErrorId 'CassetteNotFound,*'
    }
}

Describe 'Every place to write to: <_>' -ForEach @(
    'Export-Cassette -LiteralPath $file -Destination Env:\x', 'Export-Transcript -LiteralPath $file -Destination Env:\x'
    'Remove-CassetteSecret -LiteralPath $file -Destination Env:\x', 'Start-CassetteServer Env:\x -Mode Once -Upstream https://api.example.com/v1'
) {
    It 'is a folder or a file' {
        { Invoke-Use -Script "param(`$file) $_" } | Should -Throw -ErrorId 'ProviderNotSupported,*'
    }
}
