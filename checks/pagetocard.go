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
	if in.question.Purpose != ETax {
		return Evidence{Software: platform.SoftwareMynaportal}
	}
	if knowsETax(in.s) {
		return Evidence{Software: platform.SoftwareETax, Purpose: ETax}
	}
	return Evidence{Software: platform.SoftwareMynaportal, Purpose: ETax}
}

// knowsETax reports whether a native host of e-Tax's own is registered: it tells
// the ids of the extension. A name that an extension gives itself does not do;
// one of Safari is part of an app and known by its bundle identifier.
func knowsETax(s platform.Snapshot) bool {
	return inSafari(s, platform.SoftwareETax) ||
		slices.ContainsFunc(s.Hosts.List, func(h platform.NativeHost) bool { return h.Software == platform.SoftwareETax })
}

// alsoMynaportal judges Mynaportal's software beside e-Tax's own: e-Tax may well
// need both, but whether it does is not known, so what is the matter with it is
// a notice. On a Mac it is not judged: nobody knows there which other software
// e-Tax would need, JPKI's or Mynaportal's (macSoftware).
func alsoMynaportal(in input) []Finding {
	if in.s.System.OS == "darwin" || needed(in).Software != platform.SoftwareETax {
		return nil
	}
	in.question.Purpose = Mynaportal
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

// way is one piece of official software through which a page can reach the
// card, with the finding that it is not there, if so.
type way struct {
	base   Evidence
	client *Finding
}

// ways lists the software that will do, that which is there first. There is one,
// but on a Mac, where nobody knows which a service needs.
func ways(in input) []way {
	bases := []Evidence{needed(in)}
	if in.s.System.OS == "darwin" {
		bases = macSoftware(in)
	}
	var list []way
	for _, e := range bases {
		list = append(list, way{e, clientThere(in, e)})
	}
	i := slices.IndexFunc(list, func(w way) bool { return w.client == nil })
	if i > 0 {
		list[0], list[i] = list[i], list[0]
	}
	return list
}

// pageToCard judges the way of e-Tax and Mynaportal: a page, the extension,
// the native host, the card. It returns the evidence for when all is well.
func pageToCard(in input) ([]Finding, Evidence) {
	list, ws := judged(in), ways(in)
	verdicts, fine := verdictsOf(in, ws)
	ready := ws[0].base
	ready.Browsers = browserNames(list)
	// Where nobody knows which browser the user opens, one that is ready will do.
	isFine := func(b platform.Browser) bool { return slices.Contains(fine, string(b.Name)) }
	oneWillDo := len(list) > 1 && slices.ContainsFunc(list, isFine)
	// One that could not be looked at is not held against it, but for the only
	// one that has a window.
	shownIsFine := slices.ContainsFunc(list, func(b platform.Browser) bool { return b.Windows > 0 && isFine(b) })
	var found []Finding
	for _, b := range list {
		ready.Software = verdicts[b.Name].software
		for _, f := range verdicts[b.Name].found {
			if !f.Evidence.StandsIn() {
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
	if client := noClient(ws); client != nil {
		found = append([]Finding{*client}, found...)
	}
	return found, ready
}

// verdictsOf judges every supported browser, and names those that are ready.
func verdictsOf(in input, ws []way) (verdicts map[platform.BrowserName]verdict, fine []string) {
	verdicts = map[platform.BrowserName]verdict{}
	can, client := supported(in), noClient(ws)
	for _, b := range in.s.Browsers.List {
		if !slices.Contains(can, b.Name) {
			continue
		}
		v := verdictOn(in, b, ws)
		verdicts[b.Name] = v
		if client == nil && !slices.ContainsFunc(v.found, isOpen) {
			fine = append(fine, string(b.Name))
		}
	}
	return verdicts, fine
}

// noClient is the finding that none of the software is there, or nil.
func noClient(ws []way) *Finding {
	if slices.ContainsFunc(ws, func(w way) bool { return w.client == nil }) {
		return nil
	}
	return ws[0].client
}

// verdict is what was found in one browser, and of which software.
type verdict struct {
	found    []Finding
	software platform.Software
}

// verdictOn judges one browser by the way that comes nearest to working.
func verdictOn(in input, b platform.Browser, ws []way) verdict {
	if noClient(ws) != nil {
		return verdict{extension(in, b, ws[0].base), ws[0].base.Software}
	}
	var best verdict
	for i, w := range ws {
		v := verdict{software: w.base.Software}
		if w.client == nil {
			v.found = connection(in, b, w.base)
		} else {
			v.found = []Finding{*w.client}
		}
		if i == 0 || gravity(v.found) < gravity(best.found) {
			best = v
		}
	}
	return best
}

// connection judges what stands between a browser and the card. The extension
// of Safari uses the app that it is part of, and no native host
// (facts/os-browser.md 4).
func connection(in input, b platform.Browser, e Evidence) []Finding {
	if b.Name == platform.BrowserSafari {
		return append(macApp(in, b, e), extension(in, b, e)...)
	}
	return append(host(in, b, e), extension(in, b, e)...)
}

// gravity is that of the worst of some findings.
func gravity(found []Finding) int {
	n := 0
	for _, f := range found {
		n = max(n, worst[f.Status])
	}
	return n
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
