package practice

import (
	"slices"
	"strings"

	"yomitori/platform"
)

// unlike reports whether a system has no browser of a name.
func (p planner) unlike(name platform.BrowserName) bool {
	switch name {
	case platform.BrowserSafari:
		return p.s.System.OS != "darwin"
	case platform.BrowserEdge, platform.BrowserChrome, platform.BrowserChromium:
		return false
	}
	return true
}

// programs are those of browsers on Windows.
var programs = map[platform.BrowserName]string{platform.BrowserEdge: "msedge.exe", platform.BrowserChrome: "chrome.exe"}

func (p planner) quit(name platform.BrowserName) (platform.RepairPlan, error) {
	b := browserOf(p.s, name)
	switch {
	case p.unlike(name):
		return none(platform.RepairNotHere, string(name))
	case b == nil || b.Running == 0:
		return none(platform.RepairNothing, string(name))
	}
	end := platform.Change{Kind: platform.ChangeEndProcess, Browser: name}
	ask := platform.Change{Kind: platform.ChangeCloseBrowser, Browser: name, Count: b.Running}
	if p.s.System.OS == "windows" {
		end.Count, end.Program, end.Running = b.Running, programs[name], true
		if b.Windows == 0 {
			return one(end)
		}
	}
	return platform.RepairPlan{Changes: []platform.Change{ask, end}, Heed: []platform.Heeding{platform.HeedUnsavedWork}}, nil
}

// dataFolders are those of browsers' user data, below a user's own.
var dataFolders = map[string]map[platform.BrowserName]string{
	"windows": {
		platform.BrowserEdge: `C:\Users\practice\AppData\Local\Microsoft\Edge\User Data`, platform.BrowserChrome: `C:\Users\practice\AppData\Local\Google\Chrome\User Data`,
	},
	"darwin": {
		platform.BrowserEdge: "/Users/practice/Library/Application Support/Microsoft Edge", platform.BrowserChrome: "/Users/practice/Library/Application Support/Google/Chrome",
	},
}

// files plans what would be removed from a browser's files. A snapshot does not
// tell what is in them, so how much it is, is made up too; once removed, there is
// nothing more.
func (p planner) files(r platform.Repair) (platform.RepairPlan, error) {
	name := platform.BrowserName(r.Target())
	folder := dataFolders[p.s.System.OS][name]
	b := browserOf(p.s, name)
	switch {
	case folder == "":
		return none(platform.RepairNotHere, r.Target())
	case b != nil && b.Running > 0:
		return first(platform.QuitBrowser(name))
	case b == nil || p.cleared(r):
		return none(platform.RepairNothing, r.Target())
	}
	var plan platform.RepairPlan
	for _, v := range b.Profiles {
		if r.ID() == platform.RepairClearCache {
			plan.Changes = append(plan.Changes, cachesOf(folder, name, v.Folder)...)
		} else {
			plan.Changes = append(plan.Changes, siteDataOf(folder, name, v.Folder)...)
			plan.Heed = []platform.Heeding{platform.HeedOtherLogins}
		}
	}
	if len(plan.Changes) == 0 {
		return none(platform.RepairNothing, r.Target())
	}
	return plan, nil
}

// cleared reports whether a repair was made before.
func (p planner) cleared(r platform.Repair) bool {
	kind := platform.ChangeCookies
	if r.ID() == platform.RepairClearCache {
		kind = platform.ChangeCacheFolder
	}
	return slices.ContainsFunc(p.made, func(m made) bool {
		return m.change.Kind == kind && string(m.change.Browser) == r.Target()
	})
}

func siteDataOf(folder string, b platform.BrowserName, profile string) []platform.Change {
	const host = "myna.go.jp"
	return []platform.Change{
		{Kind: platform.ChangeCookies, Undoable: true, Browser: b, Profile: profile, Path: below(folder, profile, "Network", "Cookies"), Count: 7},
		{
			Kind: platform.ChangeSiteFolder, Undoable: true, Browser: b, Profile: profile, Host: host,
			Path: below(folder, profile, "IndexedDB", "https_"+host+"_0.indexeddb.leveldb"), Count: 6, Bytes: 41 << 10,
		},
	}
}

func cachesOf(folder string, b platform.BrowserName, profile string) []platform.Change {
	var list []platform.Change
	for _, name := range []string{"Cache", "Code Cache"} {
		list = append(list, platform.Change{
			Kind: platform.ChangeCacheFolder, Browser: b, Profile: profile, Path: below(folder, profile, name), Count: 812, Bytes: 148 << 20,
		})
	}
	return list
}

// below joins a path as the system of the folder writes it.
func below(folder string, names ...string) string {
	separator := "/"
	if strings.Contains(folder, `\`) {
		separator = `\`
	}
	return strings.Join(append([]string{folder}, names...), separator)
}

// places are those that a system can open, besides those on the internet.
var places = map[string][]platform.Place{
	"windows": {
		platform.PlaceExtensionsEdge, platform.PlaceExtensionsChrome, platform.PlaceWindowsUpdate, platform.PlaceDateAndTime, platform.PlaceCertificates,
		platform.PlaceDeviceManager, platform.PlaceServices, platform.PlaceProxy, platform.PlaceDefaultBrowser,
	},
	"darwin": {
		platform.PlaceExtensionsEdge, platform.PlaceExtensionsChrome, platform.PlaceSafariExtensions, platform.PlaceDateAndTime, platform.PlaceCertificates,
		platform.PlaceProxy, platform.PlaceDefaultBrowser, platform.PlacePrivacy,
	},
	"linux": {platform.PlaceExtensionsEdge, platform.PlaceExtensionsChrome},
}

// inBrowser are the places that are pages of a browser.
var inBrowser = map[platform.Place]platform.BrowserName{
	platform.PlaceExtensionsEdge: platform.BrowserEdge, platform.PlaceExtensionsChrome: platform.BrowserChrome, platform.PlaceSafariExtensions: platform.BrowserSafari,
}

// open plans to open a place. Making it opens nothing.
func (p planner) open(place platform.Place) (platform.RepairPlan, error) {
	ch := platform.Change{Kind: platform.ChangeOpen, Place: place}
	if place.OnTheInternet() {
		return one(ch, platform.HeedInternet)
	}
	name, page := inBrowser[place]
	if !slices.Contains(places[p.s.System.OS], place) || page && browserOf(p.s, name) == nil {
		return none(platform.RepairNotHere, string(place))
	}
	return one(ch)
}
