package macos

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"yomitori/platform"
)

// bundle is an app, a driver or an extension: a folder with an Info.plist.
type bundle struct {
	path      string
	id        string
	version   string
	program   string // full path of what it runs, "" when it does not say
	minSystem string
	arch      string
	// broken is why its program could not be looked at.
	broken error
}

type infoPlist struct {
	ID           loose[string] `plist:"CFBundleIdentifier"`
	ShortVersion loose[string] `plist:"CFBundleShortVersionString"`
	Version      loose[string] `plist:"CFBundleVersion"`
	Executable   loose[string] `plist:"CFBundleExecutable"`
	MinSystem    loose[string] `plist:"LSMinimumSystemVersion"`
}

// bundle reads what a bundle says about itself, and what its program is for.
func (c *Computer) bundle(full string) (bundle, error) {
	b := bundle{path: full}
	if info, err := c.stat(full); err != nil {
		return b, err
	} else if !info.IsDir() {
		return b, errNotRegular
	}
	var info infoPlist
	if err := c.readPlist(full+"/Contents/Info.plist", &info); err != nil {
		return b, err
	}
	b.id = platform.Printable(info.ID.value, platform.LongestName)
	b.version = info.ShortVersion.value
	if b.version == "" {
		b.version = info.Version.value
	}
	b.version = platform.Printable(b.version, platform.LongestName)
	b.minSystem = platform.Printable(info.MinSystem.value, platform.LongestName)
	if exe := info.Executable.value; exe != "" && exe == path.Base(exe) {
		b.program = full + "/Contents/MacOS/" + exe
		b.arch, b.broken = c.programArch(b.program)
	}
	return b, nil
}

// appOf returns the app in which a program lies, or "".
func appOf(program string) string {
	app, _, ok := strings.Cut(program, ".app/Contents/")
	if !ok {
		return ""
	}
	return app + ".app"
}

// missing reports whether an error says that a file is not there.
func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
