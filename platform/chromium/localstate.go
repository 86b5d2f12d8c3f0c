package chromium

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"yomitori/platform"
)

const (
	// maxLocalState is far above any real file (real ones are below 1 MB).
	maxLocalState = 16 << 20
	// maxProfiles is how many profiles are looked at.
	maxProfiles = 64
)

// initialProfile is the folder of the profile that Chromium makes first.
const initialProfile = "Default"

// LocalState is the part of a browser's "Local State" file that is used here.
type LocalState struct {
	Profiles   []LocalProfile  // sorted by folder
	LastUsed   string          // folder name of the profile used last, or ""
	Background platform.Switch // the user's choice to keep running without windows
}

// LocalProfile is one profile in "Local State".
type LocalProfile struct {
	Folder string
	Name   string // what its owner calls it
}

// ReadLocalState reads "Local State" in a browser's user data folder. An error
// wraps fs.ErrNotExist when the browser has never been started.
func ReadLocalState(userData fs.FS) (LocalState, error) {
	raw, err := readFile(userData, "Local State", maxLocalState)
	if err != nil {
		return LocalState{}, fmt.Errorf("read Local State: %w", err)
	}
	s, err := ParseLocalState(raw)
	if err != nil {
		return LocalState{}, fmt.Errorf("parse Local State: %w", err)
	}
	return s, nil
}

// ParseLocalState understands the contents of "Local State".
func ParseLocalState(raw []byte) (LocalState, error) {
	var s LocalState
	top, err := members(raw, "profile", "background_mode")
	if err != nil {
		return s, err
	}
	if mode, err := members(top["background_mode"], "enabled"); err == nil {
		if on, ok := value[bool](mode["enabled"]); ok {
			s.Background = position(on)
		}
	}
	if top["profile"] == nil {
		return s, nil
	}
	profile, err := members(top["profile"], "info_cache", "last_used")
	if err != nil {
		return s, fmt.Errorf("profile: %w", err)
	}
	s.LastUsed, _ = value[string](profile["last_used"])
	if profile["info_cache"] != nil {
		if s.Profiles, err = profiles(profile["info_cache"]); err != nil {
			return s, fmt.Errorf("info_cache: %w", err)
		}
	}
	return s, nil
}

// errEnough ends a walk through more entries than any real file has.
var errEnough = errors.New("more entries than any real file has")

// maxInfoCache bounds what is held of a file that was made to be hostile.
const maxInfoCache = 4096

func profiles(infoCache []byte) ([]LocalProfile, error) {
	var list []LocalProfile
	err := each(infoCache, func(folder string, info json.RawMessage) error {
		if !profileFolder(folder) {
			return nil
		}
		if len(list) == maxInfoCache {
			return errEnough
		}
		p := LocalProfile{Folder: folder}
		if m, err := members(info, "name"); err == nil {
			name, _ := value[string](m["name"])
			p.Name = platform.Printable(name, platform.LongestName)
		}
		list = append(list, p)
		return nil
	})
	byFolder := func(a, b LocalProfile) int { return strings.Compare(a.Folder, b.Folder) }
	slices.SortStableFunc(list, byFolder)
	return slices.CompactFunc(list, func(a, b LocalProfile) bool { return a.Folder == b.Folder }), err
}

// profileFolder reports whether a name is that of a folder directly in the user
// data folder which a person can use. The two left out are Chromium's own.
func profileFolder(name string) bool {
	return fs.ValidPath(name) && name != "." && !strings.ContainsAny(name, `/\:`) &&
		len(name) <= platform.LongestName && name == platform.Printable(name, platform.LongestName) &&
		name != "Guest Profile" && name != "System Profile"
}

// limited returns at most maxProfiles profiles, the one used last among them.
func (s LocalState) limited() []LocalProfile {
	if len(s.Profiles) <= maxProfiles {
		return s.Profiles
	}
	list := slices.Clone(s.Profiles[:maxProfiles])
	for _, p := range s.Profiles[maxProfiles:] {
		if p.Folder == s.lastUsed() {
			list[maxProfiles-1] = p
		}
	}
	return list
}

// lastUsed is the profile that the browser opens: without an entry the first.
func (s LocalState) lastUsed() string {
	if s.LastUsed == "" {
		return initialProfile
	}
	return s.LastUsed
}

func position(on bool) platform.Switch {
	if on {
		return platform.SwitchOn
	}
	return platform.SwitchOff
}
