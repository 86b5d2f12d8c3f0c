package macos

import (
	"context"
	"errors"
	"path"
	"strings"

	"yomitori/platform"
)

// readerService serves card readers. launchd starts it again when it has ended
// (facts/os-browser.md 4).
const readerService = "com.apple.ifdreader"

func (c *Computer) planRestart(_ context.Context, r platform.Repair) (platform.RepairPlan, error) {
	if !canElevate(r) {
		return platform.RepairPlan{}, notHere(r.Target())
	}
	return one(platform.Change{Kind: platform.ChangeElevated, Do: r, Service: readerService, Running: true},
		platform.HeedMayBeRefused, platform.HeedCardsOfAll), nil
}

// canElevate reports whether a repair is one that an administrator makes here.
func canElevate(r platform.Repair) bool { return r == platform.RestartService(readerService) }

// elevation is the script that starts this program as an administrator. Its
// program and the repair are arguments, which the shell gets quoted: neither
// is ever part of a script. What the program prints is left out, so that the
// error holds nothing but its exit code.
var elevation = []string{
	"-e", "on run argv",
	"-e", `do shell script (quoted form of item 1 of argv) & " elevated " & (quoted form of item 2 of argv) & " >/dev/null 2>&1" with administrator privileges`,
	"-e", "end run", "--",
}

// elevate has a repair made by an administrator: by this program if it is one,
// or after the question of macOS.
func (c *Computer) elevate(ctx context.Context, r platform.Repair) error {
	if !canElevate(r) {
		return notHere(r.Target())
	}
	if c.o.UID == 0 {
		return c.Elevated(ctx, r)
	}
	program, err := c.o.Executable()
	if err == nil && (!path.IsAbs(program) || strings.ContainsRune(program, 0)) {
		err = errRelative
	}
	if err != nil {
		return platform.CannotRepair(platform.RepairNoAdmin, r.Target(), err)
	}
	_, err = c.o.Ask(ctx, osascript, append(elevation[:len(elevation):len(elevation)], program, r.String())...)
	return elevationError(err, r)
}

// elevationError is the outcome of the script above.
func elevationError(err error, r platform.Repair) error {
	if err == nil {
		return nil
	}
	number, ok := scriptError(err)
	switch {
	case !ok:
		return platform.CannotRepair(platform.RepairWhyOf(err), r.Target(), err)
	case number > 0:
		return platform.ElevatedError(number, r)
	case number == userCancelled:
		return platform.CannotRepair(platform.RepairRefused, r.Target(), err)
	case number == authorizationNoGUI, number == noInteraction:
		return platform.CannotRepair(platform.RepairNoAdmin, r.Target(), err)
	case number == authorizationNo:
		return platform.CannotRepair(platform.RepairDenied, r.Target(), err)
	}
	return platform.CannotRepair(platform.RepairFailed, r.Target(), err)
}

// Elevated makes a repair with the rights that this program has. It is what the
// elevated program does, and believes nothing of what it was told.
func (c *Computer) Elevated(ctx context.Context, r platform.Repair) error {
	if !canElevate(r) {
		return notHere(r.Target())
	}
	_, err := c.o.Run(ctx, "/usr/bin/killall", "-9", readerService)
	var exit *ExitError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &exit):
		return platform.CannotRepair(platform.RepairWhyOf(err), readerService, err)
	case strings.Contains(exit.Stderr, "No matching processes"):
		return platform.CannotRepair(platform.RepairNothing, readerService, err)
	case strings.Contains(exit.Stderr, "Operation not permitted"):
		return platform.CannotRepair(platform.RepairDenied, readerService, err)
	}
	return platform.CannotRepair(platform.RepairFailed, readerService, err)
}
