package checks

import (
	"slices"
	"strconv"

	"yomitori/platform"
)

// forgetSession makes browsers forget an earlier login. Only ending all of a
// browser clears the choice of a certificate, a pressed キャンセル too; the SSL
// state is cleared for the advice that asks for it (facts/os-browser.md 3.3). What
// a Mac remembers for Safari is in the keychain.
func forgetSession(in input, f Finding) []platform.Repair {
	running := browsersInUse(in, func(b platform.Browser) bool { return b.Running > 0 })
	list := onBrowsers(platform.RepairQuitBrowser, running)
	for _, p := range in.s.Store.Preferences {
		list = append(list, of(platform.RepairForgetChoice, p.Host)...)
	}
	stored := running
	if len(stored) == 0 {
		stored = browsersInUse(in, func(b platform.Browser) bool { return b.State != platform.NotApplicable })
	}
	if !slices.Contains(f.Evidence.Conditions, Cancelled) { // which is in no file
		list = append(list, onBrowsers(platform.RepairClearSiteData, stored)...)
	}
	list = append(list, platform.ClearSSLState())
	if slices.Contains(f.Evidence.Conditions, AnotherCard) { // facts/os-browser.md 6.2
		list = append(list, onBrowsers(platform.RepairClearCache, stored)...)
	}
	return list
}

// browsersInUse names the browsers in which the user most likely tries, of those
// that a service supports: with a window, or the one that opens links, else all.
func browsersInUse(in input, is func(platform.Browser) bool) []string {
	can := supported(in)
	var all, prominent []platform.Browser
	for _, b := range in.s.Browsers.List {
		if !is(b) || len(can) > 0 && !slices.Contains(can, b.Name) {
			continue
		}
		all = append(all, b)
		if prominence(b) > 0 {
			prominent = append(prominent, b)
		}
	}
	if len(prominent) > 0 {
		all = prominent
	}
	slices.SortStableFunc(all, func(a, b platform.Browser) int { return prominence(b) - prominence(a) })
	return browserNames(all)
}

func onBrowsers(id platform.RepairID, names []string) []platform.Repair {
	var list []platform.Repair
	for _, n := range names {
		list = append(list, of(id, n)...)
	}
	return list
}

// quitNamed quits the browsers that the finding names.
func quitNamed(_ input, f Finding) []platform.Repair {
	return onBrowsers(platform.RepairQuitBrowser, f.Evidence.Browsers)
}

// quitOther leaves the browser that opens links, and where that is none of them
// the choice.
func quitOther(in input, f Finding) []platform.Repair {
	usual := func(name string) bool {
		return slices.ContainsFunc(in.s.Browsers.List, func(b platform.Browser) bool { return b.Default && string(b.Name) == name })
	}
	return onBrowsers(platform.RepairQuitBrowser, slices.DeleteFunc(slices.Clone(f.Evidence.Browsers), usual))
}

// chooseBrowser leads to the choice of the browser that opens links, where there
// is one to choose.
func chooseBrowser(in input, _ Finding) []platform.Repair {
	can := supported(in)
	if !slices.ContainsFunc(in.s.Browsers.List, func(b platform.Browser) bool { return slices.Contains(can, b.Name) }) {
		return nil
	}
	return []platform.Repair{platform.Open(platform.PlaceDefaultBrowser)}
}

// endHung ends what does not answer, or where all do, what outlived its browser.
func endHung(in input, f Finding) []platform.Repair {
	orphans := slices.Contains(f.Evidence.Conditions, Orphan)
	return endPrograms(in, func(p platform.Process) bool { return p.Hung && !orphans || p.Orphan && !p.Hung && orphans })
}

func endPrograms(in input, is func(platform.Process) bool) []platform.Repair {
	var list []platform.Repair
	for _, p := range in.s.Clients.Processes {
		if is(p) {
			list = append(list, of(platform.RepairEndProgram, strconv.Itoa(p.ID))...)
		}
	}
	return list
}

// freeCard ends what may hold the card, from that which nobody misses to the
// browsers.
func freeCard(in input, _ Finding) []platform.Repair {
	list := append([]platform.Repair{platform.RefreshPCSC()}, endPrograms(in, func(p platform.Process) bool { return p.Hung || p.Orphan })...)
	running := browsersInUse(in, func(b platform.Browser) bool { return b.Running > 0 })
	return append(list, onBrowsers(platform.RepairQuitBrowser, running)...)
}

// pagesOfExtensions are where each browser shows its extensions.
var pagesOfExtensions = map[string]platform.Place{
	string(platform.BrowserEdge): platform.PlaceExtensionsEdge, string(platform.BrowserChrome): platform.PlaceExtensionsChrome,
	string(platform.BrowserSafari): platform.PlaceSafariExtensions,
}

// turnOnExtension leads to where a person turns the extension on, and to where
// another is to be had if no switch does.
func turnOnExtension(in input, f Finding) []platform.Repair {
	var list []platform.Repair
	if slices.Contains(f.Evidence.Conditions, OldBrowser) {
		return nil // the browser has to be a newer one
	}
	for _, b := range f.Evidence.Browsers {
		if p, ok := pagesOfExtensions[b]; ok {
			list = append(list, platform.Open(p))
		}
	}
	if slices.Contains(f.Evidence.Conditions, Reinstall) {
		list = append(list, installExtension(in, f)...)
	}
	return list
}

// installExtension leads to where the extension is to be had: in a store, but for
// that of Safari, which is part of an app, and where the store is not known:
// e-Tax's own, and JPKI's on a Mac (facts/os-browser.md 1.1).
func installExtension(in input, f Finding) []platform.Repair {
	inSafari := slices.Contains(f.Evidence.Browsers, string(platform.BrowserSafari))
	switch {
	case inSafari:
	case f.Evidence.Software == platform.SoftwareMynaportal:
		return []platform.Repair{platform.Open(platform.PlaceMynaportalInStore)}
	case f.Evidence.Software == platform.SoftwareJPKI && in.s.System.OS != "darwin":
		return []platform.Repair{platform.Open(platform.PlaceJPKIInStore)}
	}
	return softwareOf(f.Evidence.Software)
}

// installSoftware leads to where the official software is to be had. Rosetta comes
// from elsewhere.
func installSoftware(in input, f Finding) []platform.Repair {
	if slices.Contains(f.Evidence.Conditions, NoRosetta) {
		return nil
	}
	list := softwareOf(f.Evidence.Software)
	if f.Evidence.StandsIn() {
		list = append(list, platform.Open(platform.PlaceETaxSetup))
	}
	if slices.Contains(f.Evidence.Conditions, Origin) {
		list = append(list, installExtension(in, f)...)
	}
	return list
}

func softwareOf(sw platform.Software) []platform.Repair {
	switch sw {
	case platform.SoftwareJPKI:
		return []platform.Repair{platform.Open(platform.PlaceJPKISoftware)}
	case platform.SoftwareMynaportal:
		return []platform.Repair{platform.Open(platform.PlaceMynaportalApp)}
	case platform.SoftwareETax:
		return []platform.Repair{platform.Open(platform.PlaceETaxSetup)}
	case platform.SoftwareHPKI:
		return []platform.Repair{platform.Open(platform.PlaceHPKIDriver)}
	}
	return nil
}
