package practice

import (
	"slices"

	"yomitori/platform"
)

func (p planner) device(r platform.Repair) (platform.RepairPlan, error) {
	d := p.s.Devices.ByHandle(r.Target())
	switch {
	case d == nil:
		return none(platform.RepairGone, r.Target())
	case r.ID() == platform.RepairTurnOnDevice:
		if d.Problem != platform.ProblemDisabled {
			return none(platform.RepairNothing, d.Name)
		}
		return onThat(r, *d, platform.HeedMayBeRefused)
	case p.s.System.Remote: // the readers are those of another computer
		return none(platform.RepairNotHere, d.Name)
	case r.ID() == platform.RepairRestartDevice:
		if d.Problem == platform.ProblemDisabled {
			return first(platform.TurnOnDevice(r.Target()))
		}
		if d.Class == platform.ClassNoDriver {
			return none(platform.RepairNotHere, d.Name)
		}
		return onThat(r, *d, platform.HeedCardsOfAll, platform.HeedMayBeRefused)
	case d.Problem == platform.ProblemDisabled:
		return none(platform.RepairNothing, d.Name)
	case !d.BuiltInNFC():
		return none(platform.RepairInUse, d.Name)
	case !slices.ContainsFunc(p.s.Devices.List, func(o platform.Device) bool { return !platform.SameDevice(o, *d) && o.IsOtherReader(p.s.Readers.List) }):
		return none(platform.RepairOnlyReader, d.Name)
	}
	return onThat(r, *d, platform.HeedOtherDevices, platform.HeedMayBeRefused)
}

func onThat(r platform.Repair, d platform.Device, heed ...platform.Heeding) (platform.RepairPlan, error) {
	ch := elevated(r)
	if r.ID() == platform.RepairTurnOnDevice && !d.BuiltInNFC() {
		// Nobody turns another reader off, not even to take this back.
		ch.Back, ch.Undoable = platform.Repair{}, false
	}
	ch.Device, ch.DeviceName = r.Target(), d.Name
	return one(ch, heed...)
}
