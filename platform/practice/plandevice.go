package practice

import (
	"slices"
	"strings"

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
	case !builtInNFC(*d):
		return none(platform.RepairInUse, d.Name)
	case !slices.ContainsFunc(p.s.Devices.List, func(o platform.Device) bool { return o.Instance != d.Instance && p.otherReader(o) }):
		return none(platform.RepairOnlyReader, d.Name)
	}
	return onThat(r, *d, platform.HeedOtherDevices, platform.HeedMayBeRefused)
}

func onThat(r platform.Repair, d platform.Device, heed ...platform.Heeding) (platform.RepairPlan, error) {
	ch := elevated(r)
	if r.ID() == platform.RepairTurnOnDevice && !builtInNFC(d) {
		// Nobody turns another reader off, not even to take this back.
		ch.Back, ch.Undoable = platform.Repair{}, false
	}
	ch.Device, ch.DeviceName = r.Target(), d.Name
	return one(ch, heed...)
}

// builtInNFC reports whether a device is the computer's own NFC.
func builtInNFC(d platform.Device) bool {
	return d.Class == platform.ClassNFC || strings.HasPrefix(d.Reader, "Microsoft IFD")
}

// otherReader reports whether a device is a reader that a person could take
// instead of the computer's own NFC.
func (p planner) otherReader(d platform.Device) bool {
	if d.Class != platform.ClassCCID && d.Class != platform.ClassKnownReader || d.Problem != 0 || d.Bus != "usb" || builtInNFC(d) ||
		d.Joined && d.Reader == "" {
		return false
	}
	return !slices.ContainsFunc(p.s.Readers.List, func(r platform.Reader) bool {
		return r.Name == d.Reader && (!r.Usable() || r.Unavailable || r.Class == platform.ReaderBuiltNFC)
	})
}
