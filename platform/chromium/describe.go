package chromium

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"

	"yomitori/platform"
)

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
			b.Look = failure(err)
		case len(state.Profiles) == 0:
			b.Look = platform.Absent()
		}
	}
	b.Background = state.Background
	named := 0
	for _, p := range state.limited() {
		v := platform.Profile{Folder: p.Folder, Name: p.Name, LastUsed: err == nil && p.Folder == state.lastUsed()}
		if !usualFolder.MatchString(p.Folder) {
			named++
			v.Folder = fmt.Sprint("other ", named)
		}
		describeProfile(userData, p.Folder, wanted, &v)
		b.Profiles = append(b.Profiles, v)
	}
}

// usualFolder is how Chromium names the folders of profiles. One that was made
// by the option --profile-directory may bear the name of a person, which is not
// told.
var usualFolder = regexp.MustCompile(`^(Default|Profile [0-9]{1,4})$`)

// maxFolders is how many entries of a user data folder are looked through;
// real ones have about a hundred.
const maxFolders = 4096

// profileFolders finds the profiles of a browser that lost its list of them.
func profileFolders(userData fs.FS) []LocalProfile {
	entries, _ := readFolder(userData, ".", maxFolders)
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
func describeProfile(userData fs.FS, name string, wanted []Wanted, v *platform.Profile) {
	folder, err := fs.Sub(userData, name)
	if err != nil {
		v.Look = failure(err)
		return
	}
	p, err := ReadPreferences(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		v.Look = platform.Absent()
		return
	case err != nil:
		v.Look = failure(err)
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
		if software := softwareNamed(manifest.Name); software != platform.SoftwareNone {
			x := platform.Extension{ID: id, Software: software}
			entry.fill(profile, manifest, &x)
			list = append(list, x)
		}
	}
	return list
}

// officialNames are those that stores give the extensions (facts/os-browser.md
// 1.1). More may follow, such as "AP" or "Edge/Chrome", but no other word:
// anybody may make an extension about e-Tax.
var officialNames = []struct {
	name *regexp.Regexp
	of   platform.Software
}{
	{regexp.MustCompile(`(?i)^マイナポータル( ?AP)?` + addition), platform.SoftwareMynaportal},
	{regexp.MustCompile(`(?i)^e-Tax ?AP` + addition), platform.SoftwareETax},
	{regexp.MustCompile(`(?i)^利用者クライアントソフト( ?AP)?` + addition), platform.SoftwareJPKI},
	{regexp.MustCompile(`(?i)^JPKI利用者ソフト( ?AP)?` + addition), platform.SoftwareJPKI},
}

// addition is what may end an official name: browsers and a version.
const addition = `([\s/・,()（）]*(for|Google|Microsoft|Edge|Chrome|拡張機能|用|版|Ver\.?|[0-9.]+))*[\s)）]*$`

// softwareNamed says whose software an extension of a name is.
func softwareNamed(name string) platform.Software {
	for _, n := range officialNames {
		if n.name.MatchString(name) {
			return n.of
		}
	}
	return platform.SoftwareNone
}

// fill tells what is known of an installed extension.
func (e Entry) fill(profile fs.FS, m ExtensionManifest, x *platform.Extension) {
	x.Installed = true
	x.Name, x.Version = m.Name, m.Version
	x.Enabled, x.Reasons = e.Enabled, e.Reasons
	x.Incognito, x.Location = e.Incognito, e.Location
	x.FilesMissing = e.filesMissing(profile)
}
