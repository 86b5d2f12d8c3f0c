package checks

import (
	"slices"

	"yomitori/platform"
)

// browser judges the way from a page to the card. There are two: e-Tax and
// Mynaportal go through an extension and a native host, HPKI-KAGURA asks the
// browser for a certificate of the system's store (facts/os-browser.md 8.2).
func browser(in input) []Finding {
	if f, ok := cannotJudgeBrowser(in); ok {
		return []Finding{f}
	}
	found, ready := unsupported(in), Evidence{}
	if in.question.Purpose == HPKI {
		more, e := tlsLogin(in)
		found, ready = append(found, more...), e
	} else {
		more, e := pageToCard(in)
		for _, f := range alsoMynaportal(in) {
			more = merge(more, f)
		}
		found, ready = append(found, more...), e
	}
	found = append(found, session(in)...)
	if slices.ContainsFunc(found, func(f Finding) bool { return isOpen(f) || leavesDoubt(in, f) }) {
		return found
	}
	return append(found, find(BrowserOK, OK, ready))
}

// isOpen reports whether a finding keeps the step from being well.
func isOpen(f Finding) bool { return f.Status == Problem || f.Status == Unknown }

// leavesDoubt reports whether a notice keeps the step from being called well:
// one about the way as a whole, or about a browser that has a window, where the
// user may be trying. That a CA certificate is old matters to no login.
func leavesDoubt(in input, f Finding) bool {
	switch f.ID {
	case ClientMissing, StoreMissing, StoreHidden:
		return true
	}
	l := catalogue[f.ID].link
	return in.question.Purpose != HPKI && (l == linkHost || l == linkExtension) && slices.ContainsFunc(in.s.Browsers.List, func(b platform.Browser) bool {
		return b.Windows > 0 && slices.Contains(f.Evidence.Browsers, string(b.Name))
	})
}

// browserAreas are the areas that the step rests on; the last two only for a
// login through the certificate store.
var browserAreas = []platform.Area{
	platform.AreaSystem, platform.AreaBrowsers, platform.AreaHosts, platform.AreaClients,
	platform.AreaStore, platform.AreaServices,
}

// cannotJudgeBrowser returns the one finding for a computer on which the step
// as a whole is open.
func cannotJudgeBrowser(in input) (Finding, bool) {
	areas := browserAreas
	if in.question.Purpose != HPKI {
		areas = areas[:4]
	}
	for _, a := range areas {
		if l := *in.s.Look(a); !l.Settled() {
			return unseen(BrowserOK, a, l), true
		}
	}
	e := Evidence{OS: in.s.System.OS, Area: platform.AreaBrowsers, Why: in.s.Browsers.Why}
	switch {
	case !in.s.System.OK():
		return unseen(BrowserOK, platform.AreaSystem, in.s.System.Look), true
	case in.s.System.OS == "darwin" && in.question.Purpose == HPKI:
		// Neither a driver nor a manual is known (facts/os-browser.md 2.2), so
		// nobody can say what would be missing.
		rule, _ := systemRule(in, HPKI)
		return find(BrowserOK, Unknown, in.by(rule.Rule, Evidence{OS: e.OS, Conditions: []Condition{WindowsOnly}})), true
	case (in.s.System.OS == "windows" || in.s.System.OS == "darwin") && in.s.Browsers.OK():
		return Finding{}, false
	case in.s.System.OS != "linux" && e.Why == "":
		e.Why = platform.WhyNotBuilt
	}
	return find(BrowserOK, Unknown, e), true
}

// unsupported says that no supported browser is there, or that links open in
// another one.
func unsupported(in input) []Finding {
	can := supported(in)
	rule := browserRule(in)
	e := in.by(rule.Rule, Evidence{OS: in.s.System.OS, Supported: texts(can)})
	var all []string
	usable, other := false, platform.BrowserName("")
	for _, b := range in.s.Browsers.List {
		all = append(all, string(b.Name))
		switch {
		case slices.Contains(can, b.Name):
			usable = true
		case b.Default:
			other = b.Name
		}
	}
	switch {
	case !usable: // and it stays one when the list is old: a browser that it names is to be had anywhere
		e.Browsers = all
		return []Finding{find(BrowserUnsupported, Problem, e)}
	case other != "":
		e.Browsers = []string{string(other)}
		if slices.Contains(rule.Registered, other) {
			e.Conditions = []Condition{NotRegistered}
		}
		return []Finding{find(BrowserUnsupported, Notice, e)}
	case in.s.Browsers.DefaultOther:
		e.Conditions = []Condition{Unlisted}
		return []Finding{find(BrowserUnsupported, Notice, e)}
	}
	return nil
}

// judged lists the browsers that the judgement is about, that which the user
// most likely tries with first: those that have a window and the one that opens
// links, else those that run, else every supported one. The one that opens links
// says little while it was never started, so then it comes after those that run.
// On a Mac every service can be used with Safari, and which browsers have a
// window is not told, so there it comes before those that run.
func judged(in input) []platform.Browser {
	can := supported(in)
	of := func(is func(platform.Browser) bool) []platform.Browser {
		var list []platform.Browser
		for _, b := range in.s.Browsers.List {
			if slices.Contains(can, b.Name) && is(b) {
				list = append(list, b)
			}
		}
		slices.SortStableFunc(list, func(a, b platform.Browser) int { return prominence(b) - prominence(a) })
		return list
	}
	for _, is := range []func(platform.Browser) bool{
		func(b platform.Browser) bool { return b.Windows > 0 || b.Default && b.State != platform.NotApplicable },
		func(b platform.Browser) bool { return b.Name == platform.BrowserSafari },
		func(b platform.Browser) bool { return b.Running > 0 },
		func(b platform.Browser) bool { return b.Default },
	} {
		if list := of(is); len(list) > 0 {
			return list
		}
	}
	return of(func(platform.Browser) bool { return true })
}

// prominence orders browsers: one with a window before the one that opens links.
func prominence(b platform.Browser) int {
	n := 0
	if b.Default {
		n++
	}
	if b.Windows > 0 {
		n += 2
	}
	return n
}

func browserNames(bs []platform.Browser) []string {
	var names []string
	for _, b := range bs {
		names = append(names, string(b.Name))
	}
	return names
}

func texts(names []platform.BrowserName) []string {
	var all []string
	for _, n := range names {
		all = append(all, string(n))
	}
	return all
}
