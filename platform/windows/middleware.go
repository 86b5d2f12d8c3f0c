package windows

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"yomitori/platform"
)

// Where card drivers are (facts/os-browser.md 2.1).
const jpkiKey = `SOFTWARE\JPKI`

var (
	jpkiLibraries = []string{"JPKIPKCS11Sign64.dll", "JPKIPKCS11Sign.dll"}
	jpkiFiles     = append([]string{"JPKIMenu.exe"}, jpkiLibraries...)
	hpkiLibraries = []string{"HpkiAuthP11_MPKCS11H.dll", "HpkiSigP11_MPKCS11H.dll"}
)

// middleware looks for the card drivers in their own keys and places.
func (c *Computer) middleware(found *clientsFound) error {
	folders, err := c.jpkiFolders(found)
	folders = append(folders, joinPath(c.programFiles(), "JPKI"))
	var seen []string
	for _, folder := range folders {
		if slices.ContainsFunc(seen, func(s string) bool { return samePath(s, folder) }) {
			continue
		}
		seen = append(seen, folder)
		for _, name := range jpkiLibraries {
			c.addLibrary(found, joinPath(folder, name), platform.SoftwareJPKI)
		}
	}
	for _, view := range []View{View64, View32} {
		for _, name := range hpkiLibraries {
			c.addLibrary(found, joinPath(c.systemFolder(view), name), platform.SoftwareHPKI)
		}
	}
	return err
}

// jpkiFolders reads where the JPKI software says it is, in both views.
func (c *Computer) jpkiFolders(found *clientsFound) ([]string, error) {
	var folders []string
	var errs []error
	for _, view := range []View{View64, View32} {
		folder, err := c.machineText(jpkiKey, "InstallPath", view)
		switch {
		case errors.Is(err, fs.ErrNotExist) || err == nil && folder == "":
			continue
		case err != nil:
			errs = append(errs, fmt.Errorf("look for the JPKI software: %w", err))
			continue
		}
		folder = unquoted(folder)
		folders = append(folders, folder)
		found.List = append(found.List, platform.Client{
			Name: "JPKI", Software: platform.SoftwareJPKI, Source: platform.SourceRegistry,
			Scope: platform.ScopeMachine, View: int(view),
			Path: platform.Printable(folder, platform.LongestText),
			FilesMissing: !slices.ContainsFunc(jpkiFiles, func(name string) bool {
				return !c.gone(joinPath(folder, name))
			}),
		})
	}
	return folders, errors.Join(errs...)
}

// addLibrary adds a library, if it is there.
func (c *Computer) addLibrary(found *clientsFound, path string, of platform.Software) {
	f, err := c.file(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errElsewhere) {
		return
	}
	found.note(err)
	_, base, _ := splitFile(path)
	found.List = append(found.List, platform.Client{
		Name: base, Software: of, Version: f.Version, Arch: f.Arch, Source: platform.SourceFile,
		Scope: platform.ScopeMachine, Path: platform.Printable(path, platform.LongestText),
	})
}

// machineText reads a text value of a key for the whole computer.
func (c *Computer) machineText(path, name string, view View) (string, error) {
	k, err := c.o.Registry.Open(Machine, path, view)
	if err != nil {
		return "", err
	}
	defer k.Close()
	return k.Text(name)
}

// programFiles is where 64-bit programs are installed.
func (c *Computer) programFiles() string {
	if folder, err := c.folder(ProgramFiles); err == nil {
		return folder
	}
	return `C:\Program Files`
}

// systemFolder is where the system libraries for programs of a view are.
func (c *Computer) systemFolder(view View) string {
	root := c.o.Getenv("SystemRoot")
	if root == "" {
		root = `C:\Windows`
	}
	if view == View32 {
		return joinPath(root, "SysWOW64")
	}
	return joinPath(root, "System32")
}
