package checks

import (
	"slices"

	"yomitori/platform"
)

// sonoma is the first macOS whose own CCID driver serves readers
// (facts/os-browser.md 4).
const sonoma = 14

// unlistedOnMac says of readers on the bus why PC/SC does not list them.
func unlistedOnMac(in input, ccid []platform.Device) Finding {
	ds := in.s.Drivers
	if len(ds.SystemReaders) > 0 {
		// A driver works then; what does not is between it and PC/SC.
		var names []string
		for _, r := range ds.SystemReaders {
			names = append(names, r.Name)
		}
		return find(ReaderFailing, Problem, Evidence{OS: in.s.System.OS, Readers: names})
	}
	f := driverMissing(ccid, Problem)
	f.Evidence.OS = in.s.System.OS
	n, _ := release(in.s.System.Version)
	if hiding := hidingDrivers(in.s); len(hiding) > 0 {
		f.Evidence.Conditions, f.Evidence.Drivers = []Condition{HiddenByDriver}, hiding
	} else if ds.OK() && ds.AppleCCID == platform.SwitchOn && n >= sonoma {
		f.Evidence.Conditions = []Condition{AppleCCID}
	}
	return f
}

// hidingDrivers names the drivers of makers that match a reader and do not
// load, so that nobody serves it (facts/os-browser.md 4): those only for Intel
// on Apple silicon, where Rosetta does not help, and those of which macOS can
// read no name. For which readers they are is not looked at.
func hidingDrivers(s platform.Snapshot) []string {
	var names []string
	for _, d := range s.Drivers.List {
		foreign := d.Arch == "amd64" && s.System.Arch == "arm64"
		if d.Kind != platform.DriverReader || d.Apple || !d.Broken && !foreign {
			continue
		}
		name := d.ID
		if name == "" {
			name = "(null)" // as macOS lists it
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// awaitsApproval reports whether a reader may be attached that macOS shows to
// nobody before the user allowed it (facts/os-browser.md 4).
func awaitsApproval(s platform.Snapshot) bool {
	return s.System.AccessorySecurity == platform.SwitchOn && s.Devices.OK() && len(s.Devices.List)+len(s.Drivers.SystemReaders) == 0
}
