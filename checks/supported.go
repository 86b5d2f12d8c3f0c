package checks

import (
	"slices"

	"yomitori/platform"
)

// support is what is published of a service for one system.
type support struct {
	os       string
	purposes []Purpose
	browsers []platform.BrowserName
	// registered are browsers that count where official software is registered
	// with them, because no list says which do.
	registered []platform.BrowserName
	// oldest and newest are the first numbers of the versions of the system
	// that the list names, 0 where there is no list.
	oldest, newest int
}

var (
	edgeAndChrome = []platform.BrowserName{platform.BrowserEdge, platform.BrowserChrome}
	onlySafari    = []platform.BrowserName{platform.BrowserSafari}
)

// supports is the one table of what is published (facts/os-browser.md 7). The
// versions of Windows stand in system.go, which counts builds.
var supports = []support{
	// Since 2025-10-14, Windows 11 with Edge or Chrome [66].
	{os: "windows", purposes: []Purpose{ETax}, browsers: edgeAndChrome},
	// No current list was found; the extension is in the stores of the two (1.1).
	{os: "windows", purposes: []Purpose{Mynaportal}, browsers: edgeAndChrome},
	// The manual of February 2026 (S2 §4). It names nothing for the Mac.
	{os: "windows", purposes: []Purpose{HPKI}, browsers: edgeAndChrome},
	// In March 2025, macOS 12 to 15 with Safari and not Chrome [13]. Whether
	// macOS 26 came to it was not found.
	{os: "darwin", purposes: []Purpose{ETax}, browsers: onlySafari, oldest: 12, newest: 15},
	// No current list was found; in 2020 Safari and Chrome were on it [70].
	{os: "darwin", purposes: []Purpose{Mynaportal}, browsers: onlySafari, registered: edgeAndChrome},
}

// supportOf is the row for a computer and a purpose; an empty one where nothing
// is published.
func supportOf(in input) support {
	for _, row := range supports {
		if row.os == in.s.System.OS && slices.Contains(row.purposes, in.question.Purpose) {
			return row
		}
	}
	return support{}
}

// supported lists the browsers with which the service can be used on this
// computer. What could not be looked at speaks against none of them.
func supported(in input) []platform.BrowserName {
	row := supportOf(in)
	list := slices.Clone(row.browsers)
	for _, b := range row.registered {
		if !in.s.Hosts.OK() || slices.ContainsFunc(in.s.Hosts.List, func(h platform.NativeHost) bool { return h.Browser == b }) {
			list = append(list, b)
		}
	}
	return list
}
