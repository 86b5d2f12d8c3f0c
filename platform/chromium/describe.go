package chromium

import (
	"errors"
	"io/fs"
	"maps"
	"regexp"
	"slices"

	"yomitori/platform"
)

// Wanted is an extension to look for in each profile.
type Wanted struct {
	ID       string
	Software platform.Software
}

// Describe fills in what a browser keeps in its user data folder: the look,
// the profiles, the background switch, and in each profile every wanted
// extension and those whose name tells that they belong to official software.
// A folder that does not exist is that of a browser that was never started.
func Describe(userData fs.FS, wanted []Wanted, b *platform.Browser) {
	b.Look = platform.Seen()
	state, err := ReadLocalState(userData)
	if err != nil {
		state = LocalState{Profiles: profileFolders(userData)}
		switch {
		case !errors.Is(err, fs.ErrNotExist):
			b.Look = platform.Failure(platform.WhyOf(err), err)
		case len(state.Profiles) == 0:
			b.Look = platform.Absent()
		}
	}
	b.Background = state.Background
	for _, p := range state.limited() {
		v := platform.Profile{Folder: p.Folder, Name: p.Name, LastUsed: err == nil && p.Folder == state.lastUsed()}
		describeProfile(userData, wanted, &v)
		b.Profiles = append(b.Profiles, v)
	}
}

// usualFolder is how Chromium names the folders of profiles.
var usualFolder = regexp.MustCompile(`^(Default|Profile [0-9]{1,4})$`)

// profileFolders finds the profiles of a browser that lost its list of them.
func profileFolders(userData fs.FS) []LocalProfile {
	entries, err := fs.ReadDir(userData, ".")
	if err != nil {
		return nil
	}
	var list []LocalProfile
	for _, e := range entries {
		if e.IsDir() && usualFolder.MatchString(e.Name()) {
			list = append(list, LocalProfile{Folder: e.Name()})
		}
	}
	return list
}

// describeProfile fills in one profile. When a part of its preferences could
// not be read, only what is surely installed is told: an extension that was
// not seen may stand in the part that is missing.
func describeProfile(userData fs.FS, wanted []Wanted, v *platform.Profile) {
	folder, err := fs.Sub(userData, v.Folder)
	if err != nil {
		v.Look = platform.Failure(platform.WhyOf(err), err)
		return
	}
	p, err := ReadPreferences(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		v.Look = platform.Absent()
		return
	case err != nil:
		v.Look = platform.Failure(platform.WhyOf(err), err)
	default:
		v.Look = platform.Seen()
	}
	seen := map[string]bool{}
	for _, w := range wanted {
		entry, installed := p.Installed[w.ID]
		if seen[w.ID] || !installed && err != nil {
			continue
		}
		seen[w.ID] = true
		x := platform.Extension{ID: w.ID, Software: w.Software, Removed: p.Removed[w.ID] && !installed}
		if installed {
			entry.fill(folder, entry.describe(folder, w.ID), &x)
		}
		v.Extensions = append(v.Extensions, x)
	}
	v.Extensions = append(v.Extensions, official(folder, p, seen)...)
}

// maxNamed is how many extensions are looked at for their names.
const maxNamed = 256

// official finds, among the extensions that were not looked for by their ids,
// those of official software by their names.
func official(profile fs.FS, p Preferences, seen map[string]bool) []platform.Extension {
	var list []platform.Extension
	others := slices.DeleteFunc(slices.Sorted(maps.Keys(p.Installed)), func(id string) bool { return seen[id] })
	for _, id := range others[:min(len(others), maxNamed)] {
		entry := p.Installed[id]
		manifest := entry.describe(profile, id)
		if software := platform.SoftwareOf(manifest.Name); software != platform.SoftwareNone {
			x := platform.Extension{ID: id, Software: software}
			entry.fill(profile, manifest, &x)
			list = append(list, x)
		}
	}
	return list
}

// fill tells what is known of an installed extension.
func (e Entry) fill(profile fs.FS, m ExtensionManifest, x *platform.Extension) {
	x.Installed = true
	x.Name, x.Version = m.Name, m.Version
	x.Enabled, x.Reasons = e.Enabled, e.Reasons
	x.Incognito, x.Location = e.Incognito, e.Location
	x.FilesMissing = e.filesMissing(profile)
}
