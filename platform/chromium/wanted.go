package chromium

import (
	"slices"

	"yomitori/platform"
	"yomitori/platform/rules"
)

// Wanted is an extension to look for in each profile.
type Wanted struct {
	ID       string
	Software platform.Software
}

// WantedBy are the extensions to look for: those that the hosts allow, then
// those of which the id is known (facts/os-browser.md 1.3).
func WantedBy(hosts []platform.NativeHost) []Wanted {
	var list []Wanted
	add := func(id string, software platform.Software) {
		if !slices.ContainsFunc(list, func(w Wanted) bool { return w.ID == id }) {
			list = append(list, Wanted{ID: id, Software: software})
		}
	}
	for _, h := range hosts {
		for _, id := range h.Origins {
			add(id, h.Software)
		}
	}
	for _, x := range rules.Extensions {
		add(x.ID, x.Software)
	}
	return list
}

// Concerning lists the extensions and hosts of which policies are told: the
// wanted ones, those found in a browser's profiles, and the hosts.
func Concerning(wanted []Wanted, profiles []platform.Profile, hosts []platform.NativeHost) (ids, names []string) {
	for _, w := range wanted {
		ids = append(ids, w.ID)
	}
	for _, p := range profiles {
		for _, x := range p.Extensions {
			ids = append(ids, x.ID)
		}
	}
	for _, h := range hosts {
		names = append(names, h.Name)
	}
	return ids, names
}
