package checks

import (
	"slices"

	"yomitori/platform"
)

// japanese is the code page of a Japanese Windows, for which the official
// software writes its messages (facts/os-browser.md 2.1).
const japanese = 932

// clientThere judges whether the official software is installed. It returns nil
// when it is there.
func clientThere(in input, e Evidence) *Finding {
	installed := onWindows
	if in.s.System.OS == "darwin" {
		installed = onMac
	}
	there, emptied := installed(in.s, e.Software)
	switch {
	case there:
		return nil
	case emptied:
		e.Conditions = []Condition{FilesMissing}
	}
	f := find(ClientMissing, Problem, e)
	for _, a := range []platform.Area{platform.AreaHosts, platform.AreaClients} {
		if l := *in.s.Look(a); !l.OK() {
			e.Area, e.Why = a, l.Why
			f = find(ClientMissing, Unknown, e)
			break
		}
	}
	return &f
}

// onWindows reports whether official software is installed, or registered with
// its files gone. A native host of it, registered with any browser, speaks for
// that as well as an installer's entry does.
func onWindows(s platform.Snapshot, sw platform.Software) (there, emptied bool) {
	there = slices.ContainsFunc(s.Hosts.List, func(h platform.NativeHost) bool { return h.Software == sw }) ||
		slices.ContainsFunc(s.Clients.Processes, func(p platform.Process) bool { return p.Software == sw })
	for _, c := range s.Clients.List {
		switch {
		case c.Software != sw:
		case c.FilesMissing:
			emptied = true
		default:
			there = true
		}
	}
	return there, emptied
}

// session judges what runs now: it goes away when everything is closed.
func session(in input) []Finding {
	found := hung(in.s.Clients)
	found = append(found, several(in.s.Clients.Processes)...)
	if in.s.System.OS == "darwin" { // which browsers have a window is not told
		return append(found, locale(in)...)
	}
	found = append(found, twoAtOnce(in)...)
	if in.isFor(HPKI) || slices.ContainsFunc(found, func(f Finding) bool { return f.Status != Unknown }) {
		found = append(found, background(in)...)
	}
	return append(found, locale(in)...)
}

// hung says that official software does not answer. One that outlived its
// browser answers to nobody, but stands in the way only if it holds the card.
func hung(c platform.Clients) []Finding {
	var stuck, orphans []string
	for _, p := range c.Processes {
		switch {
		case p.Hung:
			stuck = append(stuck, p.Program)
		case p.Orphan:
			orphans = append(orphans, p.Program)
		}
	}
	switch {
	case len(stuck) > 0:
		return []Finding{find(ClientHung, Problem, Evidence{Programs: stuck})}
	case !c.OK():
		return []Finding{unseen(ClientHung, platform.AreaClients, c.Look)}
	case len(orphans) > 0:
		return []Finding{find(ClientHung, Notice, Evidence{Programs: orphans, Conditions: []Condition{Orphan}})}
	}
	return nil
}

// several says that one program is open more than once. Native hosts do not
// count, since a browser starts as many as it needs, nor do those that a program
// starts of itself.
func several(all []platform.Process) []Finding {
	var seen, twice []string
	for _, p := range all {
		switch {
		case p.Host != "" || p.Child || slices.Contains(twice, p.Program):
		case slices.Contains(seen, p.Program):
			twice = append(twice, p.Program)
		default:
			seen = append(seen, p.Program)
		}
	}
	if len(twice) == 0 {
		return nil
	}
	return []Finding{find(ClientSeveral, Notice, Evidence{Programs: twice})}
}

// twoAtOnce says that two browsers are in use while the official software runs.
func twoAtOnce(in input) []Finding {
	var open []string
	can := supported(in)
	for _, b := range in.s.Browsers.List {
		if slices.Contains(can, b.Name) && b.Windows > 0 {
			open = append(open, string(b.Name))
		}
	}
	official := slices.ContainsFunc(in.s.Clients.Processes, func(p platform.Process) bool {
		return p.Software == platform.SoftwareJPKI || p.Software == platform.SoftwareMynaportal
	})
	if len(open) < 2 || !official {
		return nil
	}
	return []Finding{find(BrowserTwoAtOnce, Notice, Evidence{Browsers: open})}
}

// background says that a browser goes on without a window. Most computers have
// one that does, so it is said only where what such a browser keeps matters: to
// the choice of a certificate, or when something that runs is the matter.
func background(in input) []Finding {
	var e Evidence
	can := supported(in)
	for _, b := range in.s.Browsers.List {
		if !slices.Contains(can, b.Name) || b.Windows > 0 || b.Running == 0 {
			continue
		}
		e.Browsers = append(e.Browsers, string(b.Name))
		if b.Policies.Background == platform.SwitchOn {
			e.Policies = append(e.Policies, "BackgroundModeEnabled")
		}
		if b.Policies.StartupBoost == platform.SwitchOn {
			e.Policies = append(e.Policies, "StartupBoostEnabled")
		}
	}
	switch {
	case len(e.Browsers) == 0:
		return nil
	case len(e.Policies) > 0:
		e.Conditions = []Condition{ByPolicy}
	}
	slices.Sort(e.Policies)
	e.Policies = slices.Compact(e.Policies)
	return []Finding{find(BrowserBackground, Notice, e)}
}

// locale says that messages of the JPKI software would be garbled.
func locale(in input) []Finding {
	page := in.s.System.CodePage
	there := slices.ContainsFunc(in.s.Clients.List, func(c platform.Client) bool { return c.Software == platform.SoftwareJPKI })
	if page == 0 || page == japanese || !there {
		return nil
	}
	return []Finding{find(ClientLocale, Notice, Evidence{CodePage: page, Software: platform.SoftwareJPKI})}
}
