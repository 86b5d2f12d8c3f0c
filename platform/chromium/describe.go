package chromium

import (
	"errors"
	"io/fs"

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
	state, err := ReadLocalState(userData)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		b.Look = platform.Absent()
		return
	case err != nil:
		b.Look = platform.Failure(platform.WhyOf(err), err)
		return
	}
	b.Look = platform.Seen()
	for _, folder := range state.Profiles {
		b.Profiles = append(b.Profiles, platform.Profile{
			Look: platform.Seen(), Folder: folder, LastUsed: folder == state.LastUsed,
		})
	}
}
