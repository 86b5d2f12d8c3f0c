# Remediation script for Intune Remediations, beside yomitori-detect.ps1 and with the
# same settings. It makes only repairs of which the person at the computer notices
# nothing: none that quits a browser, deletes anything or needs an administrator.
# Everything else is left to the person, whom the program tells what to do.

$program = Join-Path $env:ProgramFiles 'Yomitori\yomitori.exe'
$purpose = 'any' # as in yomitori-detect.ps1

if (-not (Test-Path -LiteralPath $program)) {
    Write-Output 'not installed'
    exit 0
}

# Runs the program and returns its exit code and what it printed.
function Invoke-Yomitori([string[]]$Arguments) {
    $out = [System.IO.Path]::GetTempFileName()
    $err = [System.IO.Path]::GetTempFileName()
    try {
        $run = Start-Process -FilePath $program -ArgumentList $Arguments `
            -Wait -PassThru -RedirectStandardOutput $out -RedirectStandardError $err
        return @{ Code = $run.ExitCode; Text = Get-Content -LiteralPath $out -Raw }
    }
    finally {
        Remove-Item -LiteralPath $out, $err -ErrorAction SilentlyContinue
    }
}

# Whether a repair may be made silently. A program is ended only where the browser
# that had started it is gone.
function Test-Safe([string]$Repair, $Result) {
    $id, $target = $Repair -split ':', 2
    switch ($id) {
        'refresh-pcsc' { return $true }
        'end-program' {
            $orphans = @($Result.snapshot.clients.processes | Where-Object { $_.orphan } | ForEach-Object { "$($_.id)" })
            return $orphans -contains $target
        }
    }
    return $false
}

$check = Invoke-Yomitori @('check', '--json', '--for', $purpose)
if ($check.Code -notin 0, 1, 2) {
    Write-Output "failed, exit code $($check.Code)"
    exit 1
}
if ($check.Code -ne 1) {
    Write-Output "nothing to repair, exit code $($check.Code)"
    exit 0
}

$result = $check.Text | ConvertFrom-Json
$first = $result.cause
$cause = $result.findings | Where-Object { $_.id -eq $first } | Select-Object -First 1
$made = @()
foreach ($repair in @($cause.repairs | Where-Object { Test-Safe $_ $result })) {
    $run = Invoke-Yomitori @('repair', $repair, '--for', $purpose, '--yes')
    $made += "$repair ($($run.Code))"
    $check = Invoke-Yomitori @('check', '--json', '--for', $purpose)
    if ($check.Code -notin 0, 1, 2) {
        Write-Output "failed after $($made -join ', '), exit code $($check.Code)"
        exit 1
    }
    $result = $check.Text | ConvertFrom-Json
    # 2 says that something could not be seen, not that the cause is still there.
    if ($check.Code -ne 1) {
        Write-Output "repaired: $($made -join ', '), exit code $($check.Code)"
        exit 0
    }
    if ($result.cause -ne $first) {
        Write-Output "repaired: $($made -join ', '); next: $($result.cause), $($result.support_code)"
        exit 1
    }
}
if ($made) {
    Write-Output "did not help: $($made -join ', '); $($result.cause), $($result.support_code)"
}
else {
    Write-Output "left to the person: $($result.cause), $($result.support_code)"
}
exit 1
