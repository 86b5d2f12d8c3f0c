package checks

import (
	"slices"

	"yomitori/platform"
)

// restartPCSC restarts what hands out readers.
func restartPCSC(in input) []platform.Repair {
	switch in.s.System.OS {
	case "windows":
		return []platform.Repair{platform.RestartService("SCardSvr")}
	case "linux":
		return []platform.Repair{platform.RestartService("pcscd")}
	case "darwin":
		return []platform.Repair{platform.RestartService("com.apple.ifdreader")}
	}
	return nil
}

// wakeReaders brings readers back that are listed and do not answer: by the
// device first, which disturbs nothing else.
func wakeReaders(in input, f Finding) []platform.Repair {
	var exact, all []platform.Repair
	for i, d := range in.s.Devices.List {
		if !isReader(d) || d.Problem != 0 {
			continue
		}
		r := onDevice(in, platform.RepairRestartDevice, i)
		all = append(all, r...)
		if d.Reader != "" && slices.Contains(f.Evidence.Readers, d.Reader) {
			exact = append(exact, r...)
		}
	}
	if len(exact) == 0 && len(all) == 1 {
		exact = all
	}
	return append(append(exact, platform.RefreshPCSC()), restartPCSC(in)...)
}

// findReaders helps readers that Windows drives and PC/SC has lost. While another
// one works, nothing is done that takes it away.
func findReaders(in input, f Finding) []platform.Repair {
	if !slices.Contains(f.Evidence.Conditions, Unlisted) {
		return []platform.Repair{platform.Open(platform.PlaceDeviceManager)}
	}
	var list []platform.Repair
	for i, d := range in.s.Devices.List {
		if isReader(d) && d.Problem == 0 && d.Driver != "" && d.Reader == "" && !listedAs(d, in.s.Readers) {
			list = append(list, onDevice(in, platform.RepairRestartDevice, i)...)
		}
	}
	if f.Status == Problem {
		list = append(append(list, platform.RefreshPCSC()), restartPCSC(in)...)
	}
	return list
}

// isReader reports whether a device is a reader for cards that is there and that
// a driver makes one of.
func isReader(d platform.Device) bool {
	return (d.Class == platform.ClassCCID || d.Class == platform.ClassKnownReader) && !virtual(d) && !onWinUSB(d)
}

// driverOfReader turns on what somebody turned off, and leads to drivers for the
// rest.
func driverOfReader(in input, f Finding) []platform.Repair {
	var list []platform.Repair
	for i, d := range in.s.Devices.List {
		if driverless(d) && d.Problem == platform.ProblemDisabled && (f.Status == Problem || d.Reader == "") {
			list = append(list, onDevice(in, platform.RepairTurnOnDevice, i)...)
		}
	}
	if !slices.Contains(f.Evidence.Conditions, Disabled) {
		list = append(list, platform.Open(platform.PlaceWindowsUpdate), platform.Open(platform.PlaceDeviceManager))
	}
	return list
}

func approveReader(_ input, f Finding) []platform.Repair {
	if !slices.Contains(f.Evidence.Conditions, AccessoryApproval) {
		return nil
	}
	return []platform.Repair{platform.Open(platform.PlacePrivacy)}
}

// turnOffNFC turns the NFC inside the computer off, while there is another reader
// to put the card on and the right card is not on the NFC itself.
func turnOffNFC(in input, f Finding) []platform.Repair {
	var inside []int
	for i, d := range in.s.Devices.List {
		if d.Class == platform.ClassNFC && d.Problem == 0 {
			inside = append(inside, i)
		}
	}
	works := func(r platform.Reader) bool { return external(in, r) }
	onNFC := rightCard(in) && !works(in.s.Readers.List[seat(in)])
	if onNFC || !slices.ContainsFunc(in.s.Readers.List, works) {
		return nil
	}
	var list []platform.Repair
	for _, i := range inside {
		d := in.s.Devices.List[i]
		// Where the system does not tell which reader it is, there must be no
		// doubt which device is meant.
		if slices.Contains(f.Evidence.Readers, d.Reader) || d.Reader == "" && len(inside) == 1 {
			list = append(list, onDevice(in, platform.RepairTurnOffDevice, i)...)
		}
	}
	return list
}

// external reports whether a reader works that a card can be put on and that is
// not the NFC inside the computer.
func external(in input, r platform.Reader) bool {
	return r.Class == platform.ReaderPlain && !r.Unavailable && !slices.ContainsFunc(in.s.Devices.List, func(d platform.Device) bool {
		return d.Class == platform.ClassNFC && d.Reader == r.Name
	})
}

// onDevice makes a repair of a device, where its handle names just this one and
// the readers are those of this computer.
func onDevice(in input, id platform.RepairID, i int) []platform.Repair {
	handle := in.s.Devices.Handle(i)
	if elsewhere(in.s.System) || in.s.Devices.ByHandle(handle) != &in.s.Devices.List[i] {
		return nil
	}
	return of(id, handle)
}
