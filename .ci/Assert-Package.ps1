<#
.SYNOPSIS
    What build.ps1 checks in each package that it made. It uses the variables of that script.
#>

# Fails unless a package has its own page, the notices, and symbols that lead to the sources.
function Assert-Package([string] $Project) {
    $file = Join-Path -Path $packages -ChildPath "$Project.$($manifest.ModuleVersion).nupkg"
    $symbols = [System.IO.Path]::ChangeExtension($file, '.snupkg')
    $entries = $file, $symbols | ForEach-Object {
        $zip = [System.IO.Compression.ZipFile]::OpenRead($_)
        try {
            foreach ($entry in $zip.Entries | Where-Object FullName -Match '^(README\.md|THIRD-PARTY-NOTICES\.txt|.+\.(nuspec|pdb))$') {
                $stream = $entry.Open()
                $bytes = [System.IO.MemoryStream]::new()
                $stream.CopyTo($bytes)
                $stream.Dispose()
                @{ Name = $entry.FullName; Text = [System.Text.Encoding]::UTF8.GetString($bytes.ToArray()) }
            }
        }
        finally {
            $zip.Dispose()
        }
    }

    $page = [System.IO.File]::ReadAllText((Join-Path -Path $root -ChildPath 'src' -AdditionalChildPath $Project, 'README.md'))
    $problems = @(
        if (@($entries | Where-Object { $_.Name -eq 'README.md' -and $_.Text -eq $page }).Count -ne 1) { 'its README.md is missing' }
        if (@($entries | Where-Object { $_.Name -eq 'THIRD-PARTY-NOTICES.txt' }).Count -ne 1) { 'its THIRD-PARTY-NOTICES.txt is missing' }
        if (-not ($entries | Where-Object { $_.Name -like '*.nuspec' -and $_.Text -match '<readme>README\.md</readme>' })) { 'its nuspec names no readme' }
        $pdbs = @($entries | Where-Object { $_.Name -like "*/$Project.pdb" -or $_.Name -like '*.pdb' })
        if ($pdbs.Count -eq 0) { 'its symbols are missing' }
        if ($address -and -not ($pdbs | Where-Object { $_.Text.Contains('"documents":') })) { 'its symbols have no SourceLink' }
    )
    if ($problems) {
        throw "$Project`: $($problems -join ', ')"
    }
}
