package linux

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"yomitori/platform"
)

// service is the one that Linux has for cards.
const service = "pcscd"

// planRestart plans to restart pcscd, which takes an administrator.
func (c *Computer) planRestart(r platform.Repair) ([]platform.Change, error) {
	if r.Target() != service || !c.hasPCSCD() || !c.hasSystemd() {
		return nil, notHere(r)
	}
	if c.o.UID != 0 {
		if _, err := c.o.Find("pkexec"); err != nil {
			return nil, platform.CannotRepair(platform.RepairNoAdmin, r.Target(), err)
		}
	}
	all, err := c.processes()
	if err != nil {
		return nil, err
	}
	change := platform.Change{Kind: platform.ChangeElevated, Do: r, Service: service, Start: c.unitStart()}
	for _, p := range all {
		change.Running = change.Running || p.name == service
	}
	return []platform.Change{change}, nil
}

func (c *Computer) hasPCSCD() bool {
	for _, p := range pcscdPrograms {
		if c.exists(p) {
			return true
		}
	}
	return false
}

// hasSystemd is how sd_booted(3) tells.
func (c *Computer) hasSystemd() bool { return c.exists("run/systemd/system") }

// Exit codes of pkexec(1): the user dismissed the question, or may not.
const (
	pkexecDismissed = 126
	pkexecDenied    = 127
)

// elevate has an administrator's copy of this program make a repair. All that
// crosses is the repair's own text.
func (c *Computer) elevate(ctx context.Context, r platform.Repair) error {
	if !r.Elevated() {
		return platform.Untouched(notHere(r))
	}
	if c.o.UID == 0 {
		return c.Elevated(ctx, r)
	}
	pkexec, err := c.o.Find("pkexec")
	if err != nil {
		return untouched(platform.RepairNoAdmin, r.Target(), err)
	}
	program, err := c.o.Executable()
	if err != nil {
		return platform.Untouched(fmt.Errorf("find this program: %w", err))
	}
	code, err := c.o.Run(ctx, pkexec, program, "elevated", r.String())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return untouched(platform.RepairNoAdmin, r.Target(), err)
	case err != nil:
		return fmt.Errorf("run elevated: %w", err)
	case code == pkexecDismissed, code == pkexecDenied:
		return untouched(platform.RepairRefused, r.Target(), fmt.Errorf("pkexec: exit code %d", code))
	}
	return platform.ElevatedError(code, r)
}

// Elevated makes an elevated repair in a program that an administrator started.
func (c *Computer) Elevated(ctx context.Context, r platform.Repair) error {
	if r.ID() != platform.RepairRestartService || r.Target() != service || !c.hasSystemd() {
		return platform.Untouched(notHere(r))
	}
	systemctl, err := c.o.Find("systemctl")
	if err != nil {
		return untouched(platform.RepairNotHere, service, err)
	}
	// The socket starts the service when a program asks; some distributions have
	// the service alone.
	code, err := c.o.Run(ctx, systemctl, "restart", service+".socket", service+".service")
	if err == nil && code != 0 {
		code, err = c.o.Run(ctx, systemctl, "restart", service+".service")
	}
	if err == nil && code != 0 {
		err = platform.CannotRepair(platform.RepairFailed, service, fmt.Errorf("systemctl: exit code %d", code))
	}
	return err
}
