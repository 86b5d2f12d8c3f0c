package checks

import "yomitori/platform"

// reader judges the way from the program to a reader: service, driver, reader.
func reader(in input) []Finding {
	l := in.s.Readers.Look
	switch {
	case !l.Settled():
		return []Finding{unseen(ReaderOK, platform.AreaReaders, l)}
	case !l.OK():
		return []Finding{noReaders(in, l)}
	}
	names, usable := readerNames(in.s.Readers.List)
	switch {
	case len(usable) > 0 && len(working(in.s.Readers.List)) == 0:
		return []Finding{find(ReaderFailing, Problem, Evidence{Readers: usable})}
	case len(usable) > 0:
		return []Finding{find(ReaderOK, OK, Evidence{Readers: usable})}
	case len(names) > 0:
		return []Finding{find(ReaderOnlyVirtual, Problem, Evidence{Readers: names})}
	}
	return []Finding{emptyList(in)}
}

func readerNames(list []platform.Reader) (all, usable []string) {
	for _, r := range list {
		all = append(all, r.Name)
		if r.Usable() {
			usable = append(usable, r.Name)
		}
	}
	return all, usable
}

// working lists the readers that a card can be put into and that answer.
func working(list []platform.Reader) []platform.Reader {
	var found []platform.Reader
	for _, r := range list {
		if r.Usable() && !r.Unavailable {
			found = append(found, r)
		}
	}
	return found
}

// noReaders says why PC/SC could not be asked for its readers.
func noReaders(in input, l platform.Look) Finding {
	e := Evidence{OS: in.s.System.OS, Area: platform.AreaReaders, Why: l.Why, Service: resourceManager(in.s.Services)}
	switch l.Why {
	case platform.WhyNoService, platform.WhyServiceStopped:
		switch {
		case e.Service != nil && e.Service.Start == platform.StartDisabled:
			return find(ReaderServiceDisabled, Problem, e)
		case in.s.System.OS == "windows" && !sawReader(in.s.Devices):
			// Windows stops SCardSvr with the last reader; that is health, not a
			// fault, unless a reader is attached.
			return find(ReaderNone, Problem, e)
		}
		return find(ReaderServiceStopped, Problem, e)
	case platform.WhyAccessDenied:
		if in.s.System.Remote {
			return find(ReaderRemoteSession, Problem, e)
		}
		return find(ReaderAccessDenied, Problem, e)
	case platform.WhyTimedOut, platform.WhyReaderLost:
		return find(ReaderFailing, Problem, e)
	}
	return unseen(ReaderOK, platform.AreaReaders, l)
}

// resourceManager is the service that hands out readers, when it was looked at.
func resourceManager(s platform.Services) *platform.Service {
	if !s.OK() {
		return nil
	}
	for i, v := range s.List {
		if v.Name == "SCardSvr" || v.Name == "pcscd" {
			return &s.List[i]
		}
	}
	return nil
}

func sawReader(d platform.Devices) bool {
	ccid, known := devicesByClass(d)
	return len(ccid)+len(known) > 0
}

// emptyList says why PC/SC lists no reader at all.
func emptyList(in input) Finding {
	ccid, known := devicesByClass(in.s.Devices)
	switch {
	case len(ccid) > 0:
		return find(ReaderDriverMissing, Problem, Evidence{Devices: ccid})
	case len(known) > 0:
		return find(ReaderNotPCSC, Problem, Evidence{OS: in.s.System.OS, Devices: known})
	case in.s.System.OS == "windows" && in.s.System.RemoteKind == "rdp":
		return find(ReaderRemoteSession, Problem, Evidence{})
	}
	return find(ReaderNone, Problem, Evidence{})
}

func devicesByClass(d platform.Devices) (ccid, known []string) {
	for _, v := range d.List {
		switch v.Class {
		case platform.ClassCCID:
			ccid = append(ccid, v.Name)
		case platform.ClassKnownReader:
			known = append(known, v.Name)
		}
	}
	return ccid, known
}
