package checks

import (
	"slices"

	"yomitori/platform"
)

// nfc judges whether something that is no reader for cards, or a second one,
// stands in the way of the reader in use.
func nfc(in input) []Finding {
	_, usable := readerNames(in.s.Readers.List)
	if len(usable) == 0 {
		return []Finding{find(NFCOK, Unknown, Evidence{Area: platform.AreaReaders})}
	}
	found := append(strangers(in.s.Readers.List), conflict(in)...)
	if names := winUSBReaders(in.s.Devices); len(names) > 0 {
		found = append(found, find(NFCOnWinUSB, Notice, Evidence{Devices: names}))
	}
	if len(found) == 0 {
		return []Finding{find(NFCOK, OK, Evidence{Readers: usable})}
	}
	return found
}

// strangers lists what looks like a reader with a card to other programs.
func strangers(list []platform.Reader) []Finding {
	var found []Finding
	for i, r := range list {
		e := Evidence{Readers: []string{r.Name}}
		switch r.Class {
		case platform.ReaderVirtual:
			if i == 0 {
				found = append(found, find(NFCVirtualFirst, Notice, e))
			}
		case platform.ReaderSIM:
			found = append(found, find(NFCSIMSlot, Notice, e))
		case platform.ReaderToken:
			found = append(found, find(NFCTokenAsCard, Notice, e))
		}
	}
	return found
}

// conflict says that there is NFC inside the computer beside an external
// reader. Where the system told which device is behind a reader, the two are
// counted once.
func conflict(in input) []Finding {
	var inside []string    // readers that are the computer's own NFC
	var proximity []string // its NFC that PC/SC does not list
	for _, d := range in.s.Devices.List {
		switch {
		case d.Class != platform.ClassNFC || d.Problem != 0:
		case d.Reader != "":
			inside = append(inside, d.Reader)
		default:
			// The system keeps it to itself; it is there all the same.
			proximity = append(proximity, d.Name)
		}
	}
	var builtIn, external []string
	for _, r := range in.s.Readers.List {
		switch {
		case r.Class == platform.ReaderBuiltNFC, slices.Contains(inside, r.Name):
			builtIn = append(builtIn, r.Name)
		case r.Class == platform.ReaderPlain:
			external = append(external, r.Name)
		}
	}
	if len(builtIn) == 0 {
		builtIn = proximity
	}
	if len(builtIn) == 0 || len(external) == 0 {
		return nil
	}
	return []Finding{find(NFCConflict, Notice, Evidence{Readers: append(slices.Clone(builtIn), external...)})}
}

// winUSBReaders names known readers that run on a driver which makes no reader
// of them.
func winUSBReaders(all platform.Devices) []string {
	var names []string
	for _, d := range all.List {
		if onWinUSB(d) && d.Problem == 0 && d.Reader == "" {
			names = append(names, d.Name)
		}
	}
	return names
}
