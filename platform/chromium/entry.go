package chromium

import (
	"encoding/json"
	"math/bits"
	"slices"

	"yomitori/platform"
)

// Values of "state". Newer versions write none (facts/os-browser.md 1.4); the
// last is how older ones remembered that the user removed an extension that an
// installer had brought.
const (
	stateAbsent      = -1
	stateEnabled     = 1
	stateUninstalled = 2
)

// Entry is one installed extension in a profile's preferences.
type Entry struct {
	Enabled   bool
	Reasons   []int  // disable reasons, each one bit, in order
	Incognito bool   // allowed in private windows
	Location  int    // where it came from
	Path      string // of its folder: below "Extensions", or absolute
	Manifest  ExtensionManifest
}

// parseEntry reads one member of extensions.settings. It is an installed
// extension when it tells location and path: Chromium loads no other, and the
// rest is what it remembers of extensions that are gone, or never came.
func parseEntry(raw []byte) (e Entry, state int, ok bool) {
	m, err := members(raw, "location", "path", "state", "disable_reasons", "incognito", "manifest")
	if err != nil {
		return Entry{}, stateAbsent, false
	}
	state, told := value[int](m["state"])
	if !told {
		state = stateAbsent
	}
	location, hasLocation := value[int](m["location"])
	path, hasPath := value[string](m["path"])
	if !hasLocation || !hasPath || state == stateUninstalled {
		return Entry{}, state, false
	}
	e = Entry{Location: location, Path: path, Reasons: reasons(m["disable_reasons"])}
	e.Incognito, _ = value[bool](m["incognito"])
	e.Enabled = len(e.Reasons) == 0 && (state == stateAbsent || state == stateEnabled)
	e.Manifest = parseExtensionManifest(m["manifest"])
	return e, state, true
}

// maxReasons is how many disable reasons are held; Chromium has about 25.
const maxReasons = 64

// reasons reads disable_reasons: a mask, or in newer versions a list in which
// each number is a bit by itself (facts/os-browser.md 1.4).
func reasons(raw json.RawMessage) []int {
	var list []int
	if mask, ok := value[int64](raw); ok {
		for m := uint32(mask); m != 0; m &= m - 1 {
			list = append(list, 1<<bits.TrailingZeros32(m))
		}
	}
	elements, _ := value[[]json.RawMessage](raw)
	for _, element := range elements {
		if n, ok := value[int](element); ok && n != 0 && len(list) < maxReasons {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// ExtensionManifest is what an extension says about itself.
type ExtensionManifest struct {
	Name          string // perhaps "__MSG_key__"
	Version       string
	DefaultLocale string
}

// known reports whether there was a manifest.
func (m ExtensionManifest) known() bool { return m.Name != "" || m.Version != "" }

func parseExtensionManifest(raw []byte) ExtensionManifest {
	var m ExtensionManifest
	fields, err := members(raw, "name", "version", "default_locale")
	if err != nil {
		return m
	}
	m.Name, _ = value[string](fields["name"])
	m.Version, _ = value[string](fields["version"])
	m.DefaultLocale, _ = value[string](fields["default_locale"])
	m.Version = platform.Printable(m.Version, platform.LongestName)
	return m
}
