package windows

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"yomitori/platform"
)

// Elevated makes one repair as an administrator. It trusts nothing that the
// program without rights has seen: it looks for itself, judges again, and touches
// no file of anybody. Errors are as in platform.ElevatedExit.
func (c *Computer) Elevated(ctx context.Context, r platform.Repair) error {
	if !r.Elevated() {
		return notHere(r.Target())
	}
	c = c.afresh(ctx)
	switch r.ID() {
	case platform.RepairTurnOffDevice, platform.RepairTurnOnDevice, platform.RepairRestartDevice:
		return explained(r.Target(), c.repairDevice(ctx, r))
	}
	return explained(r.Target(), c.repairService(ctx, r))
}

// elevatedChange is the change of a repair that needs an administrator.
func elevatedChange(r platform.Repair) platform.Change {
	back, undoable := r.Back()
	return platform.Change{Kind: platform.ChangeElevated, Do: r, Back: back, Undoable: undoable}
}

// elevate has one repair made by an elevated program, and waits for it. Nothing
// crosses but the repair, which is one word of letters that need no quotes, and
// the exit code. That there is nothing to do any more is no error.
func (c *Computer) elevate(ctx context.Context, r platform.Repair) error {
	if !r.Elevated() {
		return platform.CannotRepair(platform.RepairNotUndoable, r.Target(), nil)
	}
	if c.o.Native.IsElevated != nil && c.o.Native.IsElevated() {
		return nothingIsDone(c.Elevated(ctx, r))
	}
	if c.o.Native.RunElevated == nil {
		return platform.CannotRepair(platform.RepairNoAdmin, r.Target(), unsupported("start elevated program"))
	}
	code, err := c.o.Native.RunElevated(ctx, "elevated "+r.String())
	if errors.Is(err, fs.ErrPermission) { // a policy, where nobody is asked
		return platform.CannotRepair(platform.RepairNoAdmin, r.Target(), err)
	}
	if err != nil {
		return fmt.Errorf("start elevated program: %w", err)
	}
	return nothingIsDone(platform.ElevatedError(code, r))
}
