package wizard

import (
	"strconv"
	"strings"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

func browserDrawing(scene, checks.Finding) string { return "browser" }

// browserFacts lists the browsers with the official extensions in the profile
// used last, and the official software that they talk to.
func browserFacts(sc scene) []fact {
	r := rows{t: sc.t}
	for _, b := range sc.f.s.Browsers.List {
		r.add("browser", browserText(sc.t, b, sc.f.s.System.OS != "darwin"))
		if p := b.LastUsed(); p != nil {
			r.add("profile", p.Folder)
			for _, x := range p.Extensions {
				r.add("extension", words.Extension(sc.t, x))
			}
		}
	}
	for _, h := range sc.f.s.Hosts.List {
		r.add("host", h.Name+" – "+words.Browser(sc.t, h.Browser)+": "+words.HostState(sc.t, h.State))
	}
	for _, c := range sc.f.s.Clients.List {
		r.add("software", clientText(sc.t, c))
	}
	if v := sc.f.s.System.Rosetta; v != platform.SwitchUnknown {
		r.add("rosetta", sc.t.Text("wizard.rosetta."+string(v)))
	}
	for _, p := range sc.f.s.Clients.Processes {
		r.add("programs", processText(sc.t, p))
	}
	for _, p := range sc.f.s.Clients.Providers {
		r.add("provider", p.Name)
	}
	r.add("store", storeText(sc.t, sc.f.s.Store))
	return r.all
}

// clientText is one piece of official software, with the kind of computer that
// it is for where that is told.
func clientText(t assets.Texts, c platform.Client) string {
	parts := []string{strings.TrimSpace(c.Name + " " + c.Version)}
	if c.Arch != "" {
		parts = append(parts, words.Arch(t, c.Arch))
	}
	return strings.Join(parts, t.Text("format.list-separator"))
}

// browserText is one browser with its version and how it is. Where its windows
// are not counted, one that runs may well have some.
func browserText(t assets.Texts, b platform.Browser, counted bool) string {
	all := []string{strings.TrimSpace(words.Browser(t, b.Name) + " " + b.Version)}
	if b.Default {
		all = append(all, t.Text("wizard.browser.default"))
	}
	switch {
	case b.State == platform.NotApplicable:
		all = append(all, t.Text("wizard.browser.never"))
	case b.State == platform.Failed, b.State == platform.Refused:
		all = append(all, t.Text("wizard.browser.unseen"))
	case b.Windows > 0:
		all = append(all, t.Text("wizard.browser.windows"))
	case b.Running > 0 && counted:
		all = append(all, t.Text("wizard.browser.background"))
	case b.Running > 0:
		all = append(all, t.Text("wizard.browser.running"))
	}
	return strings.Join(all, t.Text("format.list-separator"))
}

// processText is a program that runs, with how long it has: whether one without
// a window still answers is not to be seen, and its age is all there is to go by.
func processText(t assets.Texts, p platform.Process) string {
	const minute, hour = 60, 60 * 60
	key, age := "wizard.process.hours", p.Age/hour
	switch {
	case p.Age < minute:
		key = "wizard.process.new"
	case p.Age < 2*hour:
		key, age = "wizard.process.minutes", p.Age/minute
	}
	return t.Text(key, assets.Args{"program": p.Program, "age": strconv.Itoa(age)})
}

// storeText counts the certificates of JPKI and HPKI in the system's store.
func storeText(t assets.Texts, s platform.Store) string {
	if !s.OK() || len(s.List) == 0 {
		return ""
	}
	mine, authorities := 0, 0
	for _, c := range s.List {
		switch {
		case c.CA:
			authorities++
		case c.Store == platform.StoreMy, c.Store == platform.StoreLogin:
			mine++
		}
	}
	return t.Text("wizard.store.counts", assets.Args{"mine": strconv.Itoa(mine), "authorities": strconv.Itoa(authorities)})
}
