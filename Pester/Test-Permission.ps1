<#
.SYNOPSIS
    Tells whether the permissions of files bind this user: not on Windows, where they are others, and not a user who may override them.
#>
if ($IsWindows) {
    return $false
}

$file = New-TemporaryFile
try {
    $file.UnixFileMode = 'None'
    $null = [System.IO.File]::ReadAllBytes($file)
    $false
}
catch [System.UnauthorizedAccessException] {
    $true
}
finally {
    Remove-Item -LiteralPath $file -Force
}
