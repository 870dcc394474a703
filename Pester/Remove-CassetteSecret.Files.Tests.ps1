BeforeDiscovery {
    $script:isRefused = & (Join-Path $PSScriptRoot 'Test-Permission.ps1')
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestSetup.ps1')
}

Describe 'Remove-CassetteSecret that writes' {
    BeforeEach {
        $script:secret = "sk-proj-$(Get-RandomText)"
        $script:folder = Join-Path $TestDrive (New-Guid).Guid
        $script:dirty = Write-CassetteWithSecret -Path (Join-Path $folder 'dirty.json') -Secret $secret
        $script:dirtyText = [System.IO.File]::ReadAllText($dirty)
    }

    Context 'With -InPlace' {
        It 'replaces the secret in the file and nothing else, and says nothing' {
            Get-Cassette -Path $dirty | Remove-CassetteSecret -InPlace *>&1 | Should -BeNullOrEmpty
            [System.IO.File]::ReadAllText($dirty) | Should -BeExactly $dirtyText.Replace($secret, 'REDACTED_OPENAI_API_KEY_1')
            (Get-ChildItem -LiteralPath $folder -Force).Name | Should -Be 'dirty.json'
        }

        It 'gives the written cassette with -PassThru' {
            $clean = Get-Cassette -Path $dirty | Remove-CassetteSecret -InPlace -PassThru -Confirm:$false
            $clean.Saved | Should -BeTrue
            $clean.Path | Should -Be $dirty
            ($clean | ConvertTo-Transcript).Turns.Text | Should -Contain 'Use REDACTED_OPENAI_API_KEY_1 now'
        }

        It 'does not touch a file without secrets, the second time included' {
            Remove-CassetteSecret -Path $dirty -InPlace
            $before = Get-Item -LiteralPath $dirty
            (Remove-CassetteSecret -Path $dirty -InPlace -PassThru).Saved | Should -BeTrue
            (Get-Item -LiteralPath $dirty).LastWriteTimeUtc | Should -Be $before.LastWriteTimeUtc
        }

        It 'saves what was cleaned in memory before' {
            $clean = Remove-CassetteSecret -Path $dirty -WarningAction SilentlyContinue
            $clean | Remove-CassetteSecret -InPlace
            [System.IO.File]::ReadAllText($dirty) | Should -Not -BeLike "*$secret*"
        }

        It 'ends placeholders with -Salt in a hash that is the same in every run, and another for another salt' {
            $placeholders = foreach ($salt in 'one', 'one', 'two') {
                $cassette = Get-Cassette -Path $dirty | Remove-CassetteSecret -Salt $salt -WarningAction Ignore
                [regex]::Match((Get-CassetteText $cassette), 'REDACTED_OPENAI_API_KEY_([0-9A-F]{12})').Groups[1].Value
            }
            $placeholders[0] | Should -Not -BeNullOrEmpty
            $placeholders[1] | Should -Be $placeholders[0]
            $placeholders[2] | Should -Not -Be $placeholders[0]
        }

        It 'warns when a recording loses its key, and renames it with -UpdateKey' {
            $named = Join-Path $folder "$((Get-Cassette -Path $dirty).Interactions[0].Key).json"
            Copy-Item -LiteralPath $dirty -Destination $named
            Remove-CassetteSecret -Path $named -InPlace -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -BeLike '*-UpdateKey*'
            Copy-Item -LiteralPath $dirty -Destination $named -Force
            Remove-CassetteSecret -Path $named -InPlace -UpdateKey -WarningVariable warnings
            $warnings | Should -BeNullOrEmpty
            Test-Path -LiteralPath $named | Should -BeFalse
            $renamed = Get-ChildItem -LiteralPath $folder | Where-Object Name -NE 'dirty.json' | Get-Cassette
            $renamed.Interactions[0].Key | Should -Be ([System.IO.Path]::GetFileNameWithoutExtension($renamed.Path))
            Get-CassetteText $renamed | Should -Not -Match $secret
        }

        It 'refuses -UpdateKey where no file is written' {
            { Remove-CassetteSecret -Path $dirty -UpdateKey } | Should -Throw -ErrorId 'UpdateKeyWithoutFile,*'
        }

        It 'changes nothing with -WhatIf' {
            Remove-CassetteSecret -Path $dirty -InPlace -PassThru -WhatIf | Should -BeNullOrEmpty
            [System.IO.File]::ReadAllText($dirty) | Should -BeExactly $dirtyText
        }

        It 'writes CassetteChanged, and leaves the file, when that was changed after listing' {
            $cassette = Get-Cassette -Path $dirty
            $null = Write-TestFile -Path $dirty -Text "$dirtyText "
            $cassette | Remove-CassetteSecret -InPlace -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -Be 'CassetteChanged,OpenAICassette.Commands.RemoveCassetteSecretCommand'
            [System.IO.File]::ReadAllText($dirty) | Should -BeExactly "$dirtyText "
        }
    }

    Context 'With -Destination' {
        It 'writes every cassette below a folder that it makes, and leaves the originals' {
            $null = Write-TestFile -Path (Join-Path $folder 'sub/plain.json') -Text $seedText
            $target = Join-Path (Join-Path $TestDrive (New-Guid).Guid) 'out [1]'
            $clean = Get-Cassette -Path $folder -Recurse | Remove-CassetteSecret -Destination $target -PassThru
            $clean.Path | Should -Be (Join-Path $target 'dirty.json'), (Join-Path $target 'sub/plain.json')
            $clean.SourcePath | Should -Be $dirty, (Join-Path $folder 'sub/plain.json')
            [System.IO.File]::ReadAllText((Join-Path $target 'sub/plain.json')) | Should -BeExactly $seedText
            [System.IO.File]::ReadAllText((Join-Path $target 'dirty.json')) | Should -Not -BeLike "*$secret*"
            [System.IO.File]::ReadAllText($dirty) | Should -BeExactly $dirtyText
        }

        It 'writes one cassette to a file with an extension, relative to the location' {
            Push-Location -LiteralPath $folder
            try {
                Remove-CassetteSecret -Path dirty.json -Destination ./clean.json | Should -BeNullOrEmpty
            }
            finally {
                Pop-Location
            }
            [System.IO.File]::ReadAllText((Join-Path $folder 'clean.json')) | Should -Not -BeLike "*$secret*"
        }

        It 'does not write two cassettes to one file: the second is an error' {
            $twin = Write-CassetteWithSecret -Path (Join-Path $folder 'sub/dirty.json') -Secret $secret
            $target = Join-Path $folder 'existing/dirty.json'
            $null = Write-TestFile -Path $target -Text 'old'
            Get-Cassette -LiteralPath $dirty, $twin | Remove-CassetteSecret -Destination (Split-Path -Path $target) -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'CassetteNotWritten,OpenAICassette.Commands.RemoveCassetteSecretCommand'
            [System.IO.File]::ReadAllText($target) | Should -BeLike '*REDACTED_*'
        }

        It 'writes nothing with -WhatIf' {
            Remove-CassetteSecret -Path $dirty -Destination (Join-Path $folder 'none') -WhatIf
            Test-Path -LiteralPath (Join-Path $folder 'none') | Should -BeFalse
        }

        It 'writes CassetteNotWritten where no folder can be, names no secret, and goes on' {
            $blocked = Join-Path $dirty 'below'
            Get-Cassette -LiteralPath $dirty, $seed | Remove-CassetteSecret -Destination $blocked -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 2
            $problems[0].FullyQualifiedErrorId | Should -Be 'CassetteNotWritten,OpenAICassette.Commands.RemoveCassetteSecretCommand'
            $problems[0].CategoryInfo.Category | Should -Be 'WriteError'
            $problems | Format-List -Property * -Force | Out-String -Width 4096 | Should -Not -BeLike "*$secret*"
            [System.IO.File]::ReadAllText($dirty) | Should -BeExactly $dirtyText
        }

        It 'writes CassetteNotWritten for a read-only folder, and leaves the original (where permissions bind this user)' -Skip:(-not $isRefused) {
            [System.IO.File]::SetUnixFileMode($folder, [System.IO.UnixFileMode]'UserRead, UserExecute')
            Remove-CassetteSecret -Path $dirty -InPlace -ErrorVariable problems -ErrorAction SilentlyContinue
            [System.IO.File]::SetUnixFileMode($folder, [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
            $problems[0].FullyQualifiedErrorId | Should -Be 'CassetteNotWritten,OpenAICassette.Commands.RemoveCassetteSecretCommand'
            [System.IO.File]::ReadAllText($dirty) | Should -BeExactly $dirtyText
        }

        It 'refuses to be combined with -InPlace, and another provider' {
            { Remove-CassetteSecret -Path $dirty -InPlace -Destination $folder } | Should -Throw -ErrorId 'InPlaceAndDestination,*'
            { Remove-CassetteSecret -Path $dirty -Destination Env:clean } | Should -Throw -ErrorId 'ProviderNotSupported,*'
            [System.IO.File]::ReadAllText($dirty) | Should -BeExactly $dirtyText
        }
    }
}
