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

// pageToCard judges the way of e-Tax and Mynaportal: a page, the extension,
// the native host, the card. It returns the evidence for when all is well.
func pageToCard(in input) ([]Finding, Evidence) {
	base := needed(in)
	list := judged(in.s.Browsers)
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
	oneWillDo := len(list) > 1 && slices.ContainsFunc(fine, func(b string) bool { return slices.Contains(ready.Browsers, b) })
	var found []Finding
	for _, b := range list {
		for _, f := range verdicts[b.Name] {
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
	if client != nil {
		found = append([]Finding{*client}, found...)
	}
	return found, ready
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
