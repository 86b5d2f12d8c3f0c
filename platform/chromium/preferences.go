package chromium

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
)

const (
	// maxPreferences is far above any real file (real ones are below 5 MB).
	maxPreferences = 32 << 20
	// maxEntries is how many extensions of one profile are held.
	maxEntries = 4096
)

// Preferences is what a profile says about its extensions.
type Preferences struct {
	// Installed has the extensions that the browser loads or would load were
	// they not disabled, by id.
	Installed map[string]Entry
	// Removed has the ids of those that an installer had brought and the user
	// removed: the browser does not take them from an installer again.
	Removed map[string]bool
}

// preferenceFiles hold the entries: the first on an ordinary Windows or macOS,
// the second on Linux and in a domain (facts/os-browser.md 1.4).
var preferenceFiles = []string{"Secure Preferences", "Preferences"}

// ReadPreferences reads the preferences of a profile, given its folder. The
// error wraps fs.ErrNotExist when the profile was never used. What one file
// holds is returned even when the other could not be read.
func ReadPreferences(profile fs.FS) (Preferences, error) {
	all := Preferences{Installed: map[string]Entry{}, Removed: map[string]bool{}}
	var faults []error
	missing := 0
	for _, name := range preferenceFiles {
		raw, err := readFile(profile, name, maxPreferences)
		if errors.Is(err, fs.ErrNotExist) {
			missing++
			continue
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("read %s: %w", name, err))
			continue
		}
		p, err := ParsePreferences(raw)
		if err != nil {
			faults = append(faults, fmt.Errorf("parse %s: %w", name, err))
			continue
		}
		for id, e := range p.Installed {
			if _, known := all.Installed[id]; !known {
				all.Installed[id] = e
			}
		}
		maps.Copy(all.Removed, p.Removed)
	}
	if missing == len(preferenceFiles) {
		return all, fmt.Errorf("read preferences: %w", fs.ErrNotExist)
	}
	return all, errors.Join(faults...)
}

// ParsePreferences understands the contents of "Preferences" or "Secure
// Preferences". An entry that is broken is left out and costs no other.
func ParsePreferences(raw []byte) (Preferences, error) {
	p := Preferences{Installed: map[string]Entry{}, Removed: map[string]bool{}}
	top, err := members(raw, "extensions")
	if err != nil {
		return p, err
	}
	extensions, err := members(top["extensions"], "settings", "external_uninstalls")
	if err != nil {
		return p, nil // a profile without extensions, or one that lost them
	}
	ids, _ := value[[]json.RawMessage](extensions["external_uninstalls"])
	for _, raw := range ids {
		if id, _ := value[string](raw); IsExtensionID(id) && len(p.Removed) < maxEntries {
			p.Removed[id] = true
		}
	}
	_ = each(extensions["settings"], func(id string, raw json.RawMessage) error {
		if !IsExtensionID(id) {
			return nil
		}
		e, state, ok := parseEntry(raw)
		if state == stateUninstalled {
			p.Removed[id] = true
		}
		if ok {
			p.Installed[id] = e
		}
		if len(p.Installed)+len(p.Removed) > 2*maxEntries {
			return errEnough
		}
		return nil
	})
	return p, nil
}

// IsExtensionID reports whether s has the form of an extension's id.
func IsExtensionID(s string) bool {
	if len(s) != 32 {
		return false
	}
	for _, c := range s {
		if c < 'a' || c > 'p' {
			return false
		}
	}
	return true
}
