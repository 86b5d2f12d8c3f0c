package checks

import (
	"slices"

	"yomitori/platform"
)

// needed says which official software a service needs. The ids of e-Tax's own
// are in no public source (facts/os-browser.md 1.1), so Mynaportal's stands in
// for it unless this computer knows them; the purpose in the evidence says so.
func needed(in input) Evidence {
	if in.purpose != ETax {
		return Evidence{Software: platform.SoftwareMynaportal}
	}
	if knowsETax(in.s) {
		return Evidence{Software: platform.SoftwareETax}
	}
	return Evidence{Software: platform.SoftwareMynaportal, Purpose: ETax}
}

func knowsETax(s platform.Snapshot) bool {
	for _, h := range s.Hosts.List {
		if h.Software == platform.SoftwareETax {
			return true
		}
	}
	for _, b := range s.Browsers.List {
		for _, p := range b.Profiles {
			if slices.ContainsFunc(p.Extensions, func(x platform.Extension) bool {
				return x.Software == platform.SoftwareETax && x.Installed
			}) {
				return true
			}
		}
	}
	return false
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
	oneWillDo := len(list) > 1 && slices.ContainsFunc(fine, func(b string) bool { return slices.Contains(ready.Browsers, b) })
	var found []Finding
	for _, b := range list {
		ready.Software = verdicts[b.Name].software
		for _, f := range verdicts[b.Name].found {
			f.Evidence.WorksIn = fine
			switch {
			case oneWillDo && f.Status == Unknown:
				continue
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

// merge adds a finding, or, where another browser has the same one, that
// browser's name to it.
func merge(found []Finding, f Finding) []Finding {
	for i := range found {
		if found[i].ID == f.ID && found[i].Status == f.Status {
			both := append(slices.Clone(found[i].Evidence.Browsers), f.Evidence.Browsers...)
			found[i].Evidence.Browsers = slices.Compact(both)
			return found
		}
	}
	return append(found, f)
}
