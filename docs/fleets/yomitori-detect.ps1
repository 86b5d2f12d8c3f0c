# Detection script for Intune Remediations. Run it with the logged-on credentials and
# in 64-bit PowerShell: browsers, certificates and readers are those of the person.
# Exit code 1 means that a cause was found; the one line of output names it.

$program = Join-Path $env:ProgramFiles 'Yomitori\yomitori.exe'
$purpose = 'any' # etax, mynaportal, hpki or any

if (-not (Test-Path -LiteralPath $program)) {
    Write-Output 'not installed'
    exit 0
}

$out = [System.IO.Path]::GetTempFileName()
$err = [System.IO.Path]::GetTempFileName()
try {
    # The program has windows: PowerShell would not wait for it by itself.
    $run = Start-Process -FilePath $program -ArgumentList 'check', '--json', '--for', $purpose `
        -Wait -PassThru -RedirectStandardOutput $out -RedirectStandardError $err
    $code = $run.ExitCode
    $text = Get-Content -LiteralPath $out -Raw
}
finally {
    Remove-Item -LiteralPath $out, $err -ErrorAction SilentlyContinue
}

if ($code -notin 0, 1, 2) {
    Write-Output "failed, exit code $code"
    exit 1
}
if ($code -eq 0) {
    Write-Output 'ok'
    exit 0
}

$result = $text | ConvertFrom-Json
if ($result.schema -ne 'yomitori/1') {
    Write-Output "failed, schema $($result.schema)"
    exit 1
}
if ($code -eq 2) {
    # Nothing that could be repaired is known.
    Write-Output "undetermined, $($result.support_code)"
    exit 0
}
Write-Output "$($result.cause), $($result.support_code)"
exit 1
