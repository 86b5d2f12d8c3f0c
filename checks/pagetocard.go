package checks

import (
	"slices"

	"yomitori/platform"
)

// needed says which official software a service needs. The ids of e-Tax's own
// are in no public source (facts/os-browser.md 1.1), so Mynaportal's stands in
// for it unless this computer knows them. What e-Tax needs besides is not known
// either way; the purpose in the evidence keeps the words careful.
func needed(in input) Evidence {
	if in.purpose != ETax {
		return Evidence{Software: platform.SoftwareMynaportal}
	}
	if knowsETax(in.s) {
		return Evidence{Software: platform.SoftwareETax, Purpose: ETax}
	}
	return Evidence{Software: platform.SoftwareMynaportal, Purpose: ETax}
}

// knowsETax reports whether a native host of e-Tax's own is registered: it tells
// the ids of the extension. A name that an extension gives itself does not do.
func knowsETax(s platform.Snapshot) bool {
	return slices.ContainsFunc(s.Hosts.List, func(h platform.NativeHost) bool { return h.Software == platform.SoftwareETax })
}

// alsoMynaportal judges Mynaportal's software beside e-Tax's own: e-Tax may well
// need both, but whether it does is not known, so what is the matter with it is
// a notice.
func alsoMynaportal(in input) []Finding {
	if needed(in).Software != platform.SoftwareETax {
		return nil
	}
	in.purpose = Mynaportal
	found, _ := pageToCard(in)
	return lowered(found)
}

// lowered makes notices of problems, where nobody knows whether they matter.
func lowered(found []Finding) []Finding {
	for i := range found {
		if found[i].Status == Problem {
			found[i].Status = Notice
		}
	}
	return found
}

// pageToCard judges the way of e-Tax and Mynaportal: a page, the extension,
// the native host, the card. It returns the evidence for when all is well.
func pageToCard(in input) ([]Finding, Evidence) {
	base := needed(in)
	list := judged(in)
	ready := base
	ready.Browsers = browserNames(list)

	client := clientThere(in, base)
	var fine []string
	verdicts := map[platform.BrowserName][]Finding{}
	for _, b := range in.s.Browsers.List {
		if !slices.Contains(supported, b.Name) {
			continue
		}
		v := extension(in, b, base)
		if client == nil {
			v = append(host(in, b, base), v...)
		}
		verdicts[b.Name] = v
		if client == nil && !slices.ContainsFunc(v, isOpen) {
			fine = append(fine, string(b.Name))
		}
	}
	// Where nobody knows which browser the user opens, one that is ready will do.
	isFine := func(b platform.Browser) bool { return slices.Contains(fine, string(b.Name)) }
	oneWillDo := len(list) > 1 && slices.ContainsFunc(list, isFine)
	// One that could not be looked at is not held against it, but for the only
	// one that has a window.
	shownIsFine := slices.ContainsFunc(list, func(b platform.Browser) bool { return b.Windows > 0 && isFine(b) })
	var found []Finding
	for _, b := range list {
		for _, f := range verdicts[b.Name] {
			if !base.StandsIn() {
				f.Evidence.WorksIn = fine // of e-Tax's own, nobody looked there
			}
			switch {
			case oneWillDo && f.Status == Unknown:
				if b.Windows == 0 || shownIsFine {
					continue
				}
			case oneWillDo:
				f.Status = Notice
			}
			found = merge(found, f)
		}
	}
	if oneWillDo {
		ready.Browsers = fine
	}
	if client != nil {
		found = append([]Finding{*client}, found...)
	}
	return found, ready
}

// oneByOne are the findings with which a person is sent to a place in one
// browser, so that they are told of one browser only, the first.
var oneByOne = []ID{ExtensionOff, ExtensionPermission, ExtensionCorrupt, HostBroken}

// merge adds a finding, or, where another browser has the same one, that
// browser's name to it. Each id stands once: of what differs, a problem, else
// that which came first.
func merge(found []Finding, f Finding) []Finding {
	i := slices.IndexFunc(found, func(o Finding) bool { return o.ID == f.ID })
	if i < 0 {
		return append(found, f)
	}
	o := &found[i]
	switch {
	case f.Status == Problem && o.Status != Problem:
		*o = f
	case !slices.Contains(oneByOne, f.ID) && alike(*o, f):
		both := append(slices.Clone(o.Evidence.Browsers), f.Evidence.Browsers...)
		o.Evidence.Browsers = slices.Compact(both)
	}
	return found
}

// alike reports whether two findings say the same of two browsers.
func alike(a, b Finding) bool {
	return a.Status == b.Status && a.Evidence.Software == b.Evidence.Software && slices.Equal(a.Evidence.Conditions, b.Evidence.Conditions)
}
