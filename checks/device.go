package checks

import (
	"slices"
	"strings"

	"yomitori/platform"
)

// winUSB is the driver service of Windows that hands a device to one program
// and makes no reader of it.
const winUSB = "winusb"

func onWinUSB(d platform.Device) bool { return strings.EqualFold(d.Driver, winUSB) }

// driverless reports whether a device is a reader that its driver keeps from
// working: none, one that fails, or one that somebody turned off.
func driverless(d platform.Device) bool {
	switch d.Class {
	case platform.ClassNoDriver:
		return true
	case platform.ClassCCID, platform.ClassKnownReader:
		return d.Problem != 0
	}
	return false
}

// awake reports whether a reader is attached for which Windows starts its
// smart-card service: one of the reader class whose driver works.
func awake(all platform.Devices) bool {
	return slices.ContainsFunc(all.List, func(d platform.Device) bool {
		return d.Class == platform.ClassCCID && d.Problem == 0
	})
}

// attached says of devices that PC/SC lists no reader for what they lack.
func attached(in input) (Finding, bool) {
	var driver, ccid, known []platform.Device
	for _, d := range in.s.Devices.List {
		switch {
		case driverless(d):
			driver = append(driver, d)
		case d.Class == platform.ClassCCID:
			ccid = append(ccid, d)
		case d.Class == platform.ClassKnownReader:
			known = append(known, d)
		}
	}
	switch {
	case len(driver) > 0:
		return driverMissing(driver, Problem), true
	case len(ccid) > 0:
		return driverMissing(ccid, Problem), true
	case len(known) > 0:
		return find(ReaderNotPCSC, Problem, Evidence{OS: in.s.System.OS, Devices: deviceNames(known)}), true
	}
	return Finding{}, false
}

// beside says what is the matter with a device while another reader works: the
// card may be lying on it.
func beside(in input) []Finding {
	var driver, unlisted []platform.Device
	for _, d := range in.s.Devices.List {
		switch {
		case driverless(d) && d.Reader == "":
			driver = append(driver, d)
		case d.Class == platform.ClassKnownReader && d.Joined && d.Reader == "" && !onWinUSB(d):
			unlisted = append(unlisted, d)
		}
	}
	var found []Finding
	if len(driver) > 0 {
		found = append(found, driverMissing(driver, Notice))
	}
	if len(unlisted) > 0 {
		found = append(found, find(ReaderNotPCSC, Notice, Evidence{OS: in.s.System.OS, Devices: deviceNames(unlisted)}))
	}
	return found
}

func driverMissing(ds []platform.Device, s Status) Finding {
	e := Evidence{Devices: deviceNames(ds), Problem: ds[0].Problem}
	if !slices.ContainsFunc(ds, func(d platform.Device) bool { return d.Problem != platform.ProblemDisabled }) {
		e.Conditions = []Condition{Disabled}
	}
	return find(ReaderDriverMissing, s, e)
}

func deviceNames(ds []platform.Device) []string {
	var names []string
	for _, d := range ds {
		names = append(names, d.Name)
	}
	return names
}
