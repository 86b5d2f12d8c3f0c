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
	var found []Finding
	if !in.s.Clients.OK() {
		found = append(found, unseen(ClientHung, platform.AreaClients, in.s.Clients.Look))
	}
	found = append(found, hung(in.s.Clients.Processes)...)
	found = append(found, several(in.s.Clients.Processes)...)
	found = append(found, browsersRunning(in)...)
	return append(found, locale(in)...)
}

// hung says that official software does not answer. One that outlived its
// browser answers to nobody, but stands in the way only if it holds the card.
func hung(all []platform.Process) []Finding {
	var stuck, orphans []string
	for _, p := range all {
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
	case len(orphans) > 0:
		return []Finding{find(ClientHung, Notice, Evidence{Programs: orphans, Conditions: []Condition{Orphan}})}
	}
	return nil
}

// several says that one program is open more than once. Native hosts do not
// count: a browser starts as many as it needs.
func several(all []platform.Process) []Finding {
	var seen, twice []string
	for _, p := range all {
		switch {
		case p.Host != "" || slices.Contains(twice, p.Program):
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

// browsersRunning says of browsers that two are in use while the official
// software runs, and that one goes on without a window.
func browsersRunning(in input) []Finding {
	if in.s.System.OS == "darwin" {
		return nil // which of them have a window is not told
	}
	var open, behind []string
	can := supported(in)
	for _, b := range in.s.Browsers.List {
		switch {
		case !slices.Contains(can, b.Name):
		case b.Windows > 0:
			open = append(open, string(b.Name))
		case b.Running > 0:
			behind = append(behind, string(b.Name))
		}
	}
	var found []Finding
	official := slices.ContainsFunc(in.s.Clients.Processes, func(p platform.Process) bool {
		return p.Software == platform.SoftwareJPKI || p.Software == platform.SoftwareMynaportal
	})
	if len(open) > 1 && official {
		found = append(found, find(BrowserTwoAtOnce, Notice, Evidence{Browsers: open}))
	}
	if len(behind) > 0 {
		found = append(found, find(BrowserBackground, Notice, Evidence{Browsers: behind}))
	}
	return found
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
