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
	if len(usable) == 0 {
		return []Finding{noUsable(in, names)}
	}
	return append(listed(in, usable), beside(in)...)
}

// listed judges the readers that PC/SC lists and a card can be put into.
func listed(in input, usable []string) []Finding {
	if len(working(in.s.Readers.List)) == 0 {
		return []Finding{find(ReaderFailing, Problem, Evidence{Readers: usable})}
	}
	found := []Finding{find(ReaderOK, OK, Evidence{Readers: usable})}
	if v := resourceManager(in.s.Services); v != nil && v.Start == platform.StartDisabled {
		// It runs on until somebody stops it, and does not come back then.
		found = append(found, find(ReaderServiceDisabled, Notice, Evidence{OS: in.s.System.OS, Service: v}))
	}
	return found
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
	off := e.Service != nil && e.Service.Start == platform.StartDisabled && !e.Service.Running
	switch l.Why {
	case platform.WhyAccessDenied:
		if in.s.System.Remote {
			return find(ReaderRemoteSession, Problem, e)
		}
		return find(ReaderAccessDenied, Problem, e)
	case platform.WhyNoService, platform.WhyServiceStopped:
		switch {
		case e.Service != nil && e.Service.Start == platform.StartDisabled:
			return find(ReaderServiceDisabled, Problem, e)
		case elsewhere(in.s.System):
			return find(ReaderRemoteSession, Problem, e)
		case (in.s.System.OS == "windows" || in.s.System.OS == "darwin") && !awake(in.s.Devices):
			// Windows stops SCardSvr with the last reader, and macOS starts what
			// serves readers with the first; that is health, not a fault, unless
			// a reader is attached.
			return noUsable(in, nil)
		}
		return find(ReaderServiceStopped, Problem, e)
	}
	switch {
	case off:
		return find(ReaderServiceDisabled, Problem, e)
	case l.Why == platform.WhyTimedOut, l.Why == platform.WhyReaderLost:
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

// noUsable says why there is no reader that a card can be put into; others are
// those that PC/SC lists all the same.
func noUsable(in input, others []string) Finding {
	if v := resourceManager(in.s.Services); v != nil && v.Start == platform.StartDisabled && !v.Running && (v.OK() || !v.Settled()) {
		return find(ReaderServiceDisabled, Problem, Evidence{OS: in.s.System.OS, Service: v})
	}
	if elsewhere(in.s.System) {
		return find(ReaderRemoteSession, Problem, Evidence{})
	}
	if f, ok := attached(in); ok {
		return f
	}
	switch {
	case len(others) > 0:
		return find(ReaderOnlyVirtual, Problem, Evidence{Readers: others})
	case awaitsApproval(in.s):
		return find(ReaderNone, Problem, Evidence{Conditions: []Condition{AccessoryApproval}})
	}
	return find(ReaderNone, Problem, Evidence{})
}

// elsewhere reports whether PC/SC shows the readers of the computer at which the
// user sits, and the devices are those of the one on the screen: what is attached
// to that does not matter then (facts/os-browser.md 3.1).
func elsewhere(s platform.System) bool { return s.OS == "windows" && s.RemoteKind == "rdp" }
