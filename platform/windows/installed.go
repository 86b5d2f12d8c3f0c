package windows

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"yomitori/platform"
)

// uninstallKey holds a key for each program that can be uninstalled.
const uninstallKey = `SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall`

// uninstallPlaces are where installers enter programs. What is below
// HKCU\SOFTWARE is the same in both views.
var uninstallPlaces = []struct {
	root  Root
	open  View
	scope platform.Scope
	view  int // as it is told
}{
	{Machine, View64, platform.ScopeMachine, 64},
	{Machine, View32, platform.ScopeMachine, 32},
	{User, View64, platform.ScopeUser, 0},
}

// mostInstalled bounds how many programs of one place are looked at.
const mostInstalled = 4096

// installedClients lists the official software among the installed programs. No
// source tells the exact names, so platform.SoftwareOf decides
// (facts/os-browser.md 2.1). Other programs leave no trace, not even where
// their entries cannot be read.
func (c *Computer) installedClients(ctx context.Context, found *clientsFound) error {
	var errs []error
	for _, place := range uninstallPlaces {
		k, err := c.o.Registry.Open(place.root, uninstallKey, place.open)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("list installed programs: %w", err))
			continue
		}
		names, err := k.Keys()
		k.Close()
		if err != nil {
			errs = append(errs, fmt.Errorf("list installed programs: %w", err))
		}
		refused := 0
		for _, name := range names[:min(len(names), mostInstalled)] {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			client, err := c.uninstallEntry(place.root, place.open, name)
			if err != nil {
				refused++
			}
			client.Scope, client.View = place.scope, place.view
			if client.Software != platform.SoftwareNone && !slices.Contains(found.List, client) {
				found.List = append(found.List, client)
			}
		}
		if refused > 0 {
			found.note(fmt.Errorf("read installed programs: %d of %d entries cannot be read", refused, len(names)))
		}
	}
	return errors.Join(errs...)
}

// uninstallEntry reads one entry. It has no software when it is somebody
// else's.
func (c *Computer) uninstallEntry(root Root, view View, name string) (platform.Client, error) {
	k, err := c.o.Registry.Open(root, uninstallKey+`\`+name, view)
	if errors.Is(err, fs.ErrNotExist) {
		return platform.Client{}, nil
	}
	if err != nil {
		return platform.Client{}, err
	}
	defer k.Close()
	display := printableValue(k, "DisplayName", platform.LongestName)
	software := platform.SoftwareOf(display)
	if software == platform.SoftwareNone {
		return platform.Client{}, nil
	}
	client := platform.Client{
		Name:      display,
		Software:  software,
		Version:   printableValue(k, "DisplayVersion", platform.LongestName),
		Publisher: printableValue(k, "Publisher", platform.LongestName),
		Source:    platform.SourceInstaller,
	}
	if folder, err := k.Text("InstallLocation"); err == nil && folder != "" {
		folder = unquoted(folder)
		client.Path = platform.Printable(folder, platform.LongestText)
		client.FilesMissing = c.gone(folder)
	}
	return client, nil
}

// gone reports whether a file or folder is certainly not there.
func (c *Computer) gone(name string) bool {
	folder, base, err := splitFile(name)
	if err != nil {
		return false
	}
	_, err = fs.Stat(c.o.Files(folder), base)
	return errors.Is(err, fs.ErrNotExist)
}

// printableValue is a text value for people, "" without one.
func printableValue(k Key, name string, limit int) string {
	text, err := k.Text(name)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(platform.Printable(text, limit))
}

// unquoted takes off the quotation marks that some installers put around paths.
func unquoted(path string) string { return strings.Trim(strings.TrimSpace(path), `"`) }
