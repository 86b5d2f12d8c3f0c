package windows

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"yomitori/platform"
)

// How long a device may take. The call waits for the driver to let go of it.
const (
	changeLimit = time.Minute
	settleLimit = 10 * time.Second
)

// errNeedsRestart is the answer where Windows carries a change out with its next
// start only. What was asked for is kept.
var errNeedsRestart = errors.New("takes effect when Windows starts again")

var errNoEffect = errors.New("the device did not change")

// attachedNow lists the devices and the readers that they are, as the area does.
func (c *Computer) attachedNow(ctx context.Context) (platform.Devices, error) {
	see, err := c.devices(ctx)
	if err != nil {
		return platform.Devices{}, err
	}
	var s platform.Snapshot
	see(&s)
	return s.Devices, nil
}

// planDevice judges as the elevated side will, and besides by what PC/SC told of
// the readers.
func (c *Computer) planDevice(ctx context.Context, p *platform.RepairPlan, s platform.Snapshot) error {
	all, err := c.attachedNow(ctx)
	if err != nil {
		return err
	}
	handle := p.Repair.Target()
	d := all.ByHandle(handle)
	if d == nil {
		return platform.CannotRepair(platform.RepairGone, handle, nil)
	}
	switch p.Repair.ID() {
	case platform.RepairTurnOnDevice:
		if d.Problem != platform.ProblemDisabled {
			return nothingToDo(d.Name)
		}
	case platform.RepairRestartDevice:
		if d.Problem == platform.ProblemDisabled {
			p.First = []platform.Repair{platform.TurnOnDevice(handle)}
			return nil
		}
		p.Heed = []platform.Heeding{platform.HeedCardsOfAll}
	case platform.RepairTurnOffDevice:
		p.Heed = []platform.Heeding{platform.HeedOtherDevices}
	}
	if err := c.mayChange(p.Repair, *d, all.List, s.Readers.List); err != nil {
		return err
	}
	p.Heed = append(p.Heed, platform.HeedMayBeRefused)
	change := elevatedChange(p.Repair)
	if p.Repair.ID() == platform.RepairTurnOnDevice && !d.BuiltInNFC() {
		// Nobody turns another reader off, not even to take this back.
		change.Back, change.Undoable = platform.Repair{}, false
	}
	change.Device, change.DeviceName = handle, d.Name
	p.Changes = []platform.Change{change}
	return nil
}

// mayChange says why a device must be left as it is.
func (c *Computer) mayChange(r platform.Repair, d platform.Device, all []platform.Device, readers []platform.Reader) error {
	if r.ID() == platform.RepairTurnOnDevice {
		if d.Problem == 0 {
			return nothingToDo(d.Name)
		}
		return nil
	}
	if c.o.Native.Remote == nil {
		return unsupported("ask for session")
	}
	// The readers of a remote session are those of another computer.
	if remote, err := c.o.Native.Remote(); err != nil || remote {
		return platform.CannotRepair(platform.RepairNotHere, d.Name, err)
	}
	if r.ID() == platform.RepairRestartDevice {
		if d.Class == platform.ClassNoDriver {
			return notHere(d.Name)
		}
		return nil
	}
	switch {
	case d.Problem == platform.ProblemDisabled:
		return nothingToDo(d.Name)
	case !d.BuiltInNFC():
		return platform.CannotRepair(platform.RepairInUse, d.Name, errors.New("not the computer's own NFC"))
	case !slices.ContainsFunc(all, func(o platform.Device) bool { return !platform.SameDevice(o, d) && o.IsOtherReader(readers) }):
		return platform.CannotRepair(platform.RepairOnlyReader, d.Name, nil)
	}
	return nil
}

// repairDevice is the elevated side.
func (c *Computer) repairDevice(ctx context.Context, r platform.Repair) error {
	if c.o.Native.ChangeDevice == nil {
		return unsupported("change device")
	}
	all, err := c.attachedNow(ctx)
	if err != nil {
		return err
	}
	d := all.ByHandle(r.Target())
	if d == nil {
		return platform.CannotRepair(platform.RepairGone, r.Target(), nil)
	}
	if err := c.mayChange(r, *d, all.List, nil); err != nil {
		return err
	}
	to := map[platform.RepairID]DeviceState{
		platform.RepairTurnOffDevice: DeviceOff, platform.RepairTurnOnDevice: DeviceOn, platform.RepairRestartDevice: DeviceRestarted,
	}[r.ID()]
	later := false
	err = within(ctx, changeLimit, func() (err error) {
		later, err = c.o.Native.ChangeDevice(d.Instance, to)
		return err
	})
	if err != nil {
		return begun(d.Name, fmt.Errorf("change device: %w", err)) // in one of its two places perhaps
	}
	if later {
		return platform.CannotRepair(platform.RepairDenied, d.Name, errNeedsRestart)
	}
	return begun(d.Name, c.awaitDevice(ctx, d.Instance, to))
}

// awaitDevice waits until a device is what it was changed to. A device that comes
// back may be gone for a moment.
func (c *Computer) awaitDevice(ctx context.Context, instance string, to DeviceState) error {
	err := until(ctx, settleLimit, func() (bool, error) {
		records, err := c.o.Native.Devices()
		if err != nil {
			return false, err
		}
		i := slices.IndexFunc(records, func(r DeviceRecord) bool { return strings.EqualFold(r.Instance, instance) })
		return i >= 0 && (records[i].Problem == platform.ProblemDisabled) == (to == DeviceOff), nil
	})
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return platform.CannotRepair(platform.RepairDenied, "", errNoEffect)
	}
	return err
}
