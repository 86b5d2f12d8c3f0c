package checks

import "yomitori/platform"

// nfc judges whether something that is no reader for cards, or a second one,
// stands in the way of the reader in use.
func nfc(in input) []Finding {
	var found []Finding
	list := in.s.Readers.List
	_, usable := readerNames(list)
	var builtIn, external []string
	for i, r := range list {
		e := Evidence{Readers: []string{r.Name}}
		switch r.Class {
		case platform.ReaderVirtual:
			if i == 0 && len(usable) > 0 {
				found = append(found, find(NFCVirtualFirst, Notice, e))
			}
		case platform.ReaderSIM:
			found = append(found, find(NFCSIMSlot, Notice, e))
		case platform.ReaderToken:
			found = append(found, find(NFCTokenAsCard, Notice, e))
		case platform.ReaderBuiltNFC:
			builtIn = append(builtIn, r.Name)
		case platform.ReaderPlain:
			external = append(external, r.Name)
		}
	}
	for _, d := range in.s.Devices.List {
		if d.Class == platform.ClassNFC {
			// The kernel keeps it, so PC/SC does not list it; it is there all the same.
			builtIn = append(builtIn, d.Name)
		}
	}
	if len(builtIn) > 0 && len(external) > 0 {
		found = append(found, find(NFCConflict, Notice, Evidence{Readers: append(builtIn, external...)}))
	}
	switch {
	case len(usable) == 0:
		return []Finding{find(NFCOK, Unknown, Evidence{Area: platform.AreaReaders})}
	case len(found) == 0:
		return []Finding{find(NFCOK, OK, Evidence{Readers: usable})}
	}
	return found
}
