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

// virtual reports whether a device exists in software only, like the reader of
// Windows Hello for Business (enumerators of platform/windows/devices.go).
func virtual(d platform.Device) bool { return d.Bus == "root" || d.Bus == "swd" }

// driverless reports whether a device is a reader that its driver keeps from
// working: none, one that fails, or one that somebody turned off.
func driverless(d platform.Device) bool {
	switch d.Class {
	case platform.ClassNoDriver:
		return !virtual(d)
	case platform.ClassCCID, platform.ClassKnownReader:
		return d.Problem != 0 && !virtual(d)
	}
	return false
}

// awake reports whether a reader is attached for which Windows starts its
// smart-card service: one of the reader class whose driver works.
func awake(all platform.Devices) bool {
	return slices.ContainsFunc(all.List, func(d platform.Device) bool {
		return d.Class == platform.ClassCCID && d.Problem == 0 && !onWinUSB(d) && !virtual(d)
	})
}

// attached says of devices that PC/SC lists no reader for what they lack.
func attached(in input) (Finding, bool) {
	var driver, ccid, idle, known []platform.Device
	for _, d := range in.s.Devices.List {
		switch {
		case driverless(d):
			driver = append(driver, d)
		case virtual(d):
		case d.Class == platform.ClassKnownReader, onWinUSB(d):
			known = append(known, d)
		case d.Class == platform.ClassCCID && in.s.System.OS == "windows" && d.Driver != "":
			idle = append(idle, d)
		case d.Class == platform.ClassCCID:
			ccid = append(ccid, d)
		}
	}
	switch {
	case len(driver) > 0:
		return driverMissing(driver, Problem), true
	case in.s.System.OS == "darwin" && len(ccid)+len(known) > 0 && (len(ccid) > 0 || len(hidingDrivers(in.s)) > 0):
		return unlistedOnMac(in, append(ccid, known...)), true
	case len(ccid) > 0:
		return driverMissing(ccid, Problem), true
	case len(idle) > 0:
		return notPCSC(in, idle, Problem), true
	case len(known) > 0:
		return notPCSC(in, known, Problem), true
	}
	return Finding{}, false
}

// notPCSC says of devices that PC/SC does not list them. Those of a reader's
// class that Windows does drive have lost their way, and can find it again.
func notPCSC(in input, ds []platform.Device, s Status) Finding {
	e := Evidence{OS: in.s.System.OS, Devices: deviceNames(ds)}
	if !slices.ContainsFunc(ds, func(d platform.Device) bool { return d.Class != platform.ClassCCID || onWinUSB(d) }) {
		e.Conditions = []Condition{Unlisted}
	}
	return find(ReaderNotPCSC, s, e)
}

// beside says what is the matter with a device while another reader works: the
// card may be lying on it.
func beside(in input) []Finding {
	var driver, unlisted []platform.Device
	for _, d := range in.s.Devices.List {
		switch {
		case driverless(d) && d.Reader == "":
			driver = append(driver, d)
		case virtual(d), driverless(d), onWinUSB(d), !d.Joined, d.Reader != "", listedAs(d, in.s.Readers):
		case d.Class == platform.ClassKnownReader, d.Class == platform.ClassCCID:
			unlisted = append(unlisted, d)
		}
	}
	var found []Finding
	if len(driver) > 0 {
		found = append(found, driverMissing(driver, Notice))
	}
	if len(unlisted) > 0 {
		found = append(found, notPCSC(in, unlisted, Notice))
	}
	return found
}

// listedAs reports whether PC/SC lists a reader of the device's model: its own
// driver can make the reader a device of its own.
func listedAs(d platform.Device, rs platform.Readers) bool {
	return slices.ContainsFunc(rs.List, func(r platform.Reader) bool { return r.Model != "" && r.Model == d.Name })
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
