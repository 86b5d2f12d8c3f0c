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

// keyUninstall holds a key for each program that can be uninstalled.
const keyUninstall = `SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall`

// uninstallPlace is where installers enter programs.
type uninstallPlace struct {
	root  Root
	open  View
	scope platform.Scope
	view  int // as it is told
}

// uninstallPlaces are those there are. What is below HKCU\SOFTWARE is the same
// in both views.
var uninstallPlaces = []uninstallPlace{
	{Machine, View64, platform.ScopeMachine, 64},
	{Machine, View32, platform.ScopeMachine, 32},
	{User, View64, platform.ScopeUser, 0},
}

// mostInstalled bounds how many programs of one place are looked at.
const mostInstalled = 4096

// eachInstalled hands on every installed program with its display name. Entries
// that cannot be read are only counted: other programs leave no trace.
func (c *Computer) eachInstalled(ctx context.Context, use func(at uninstallPlace, display string, k Key)) (unread int, err error) {
	var errs []error
	for _, at := range uninstallPlaces {
		err := c.withKey(at.root, keyUninstall, at.open, func(list Key) error {
			names, err := list.Keys()
			for _, name := range names[:min(len(names), mostInstalled)] {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				entry := c.withKey(at.root, keyUninstall+`\`+name, at.open, func(k Key) error {
					use(at, printableValue(k, "DisplayName", platform.LongestName), k)
					return nil
				})
				if entry != nil && !errors.Is(entry, fs.ErrNotExist) {
					unread++
				}
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, fmt.Errorf("list installed programs: %w", err))
		}
	}
	return unread, errors.Join(errs...)
}

// installedClients lists the official software among the installed programs. No
// source tells the exact names, so platform.SoftwareOf decides
// (facts/os-browser.md 2.1).
func (c *Computer) installedClients(ctx context.Context, found *clientsFound) error {
	unread, err := c.eachInstalled(ctx, func(at uninstallPlace, display string, k Key) {
		software := platform.SoftwareOf(display)
		if software == platform.SoftwareNone {
			return
		}
		client := platform.Client{
			Name:      display,
			Software:  software,
			Version:   printableValue(k, "DisplayVersion", platform.LongestName),
			Publisher: printableValue(k, "Publisher", platform.LongestName),
			Source:    platform.SourceInstaller,
			Scope:     at.scope,
			View:      at.view,
		}
		if folder, err := k.Text("InstallLocation"); err == nil && folder != "" {
			folder = unquoted(folder)
			client.Path = platform.Printable(folder, platform.LongestText)
			client.FilesMissing = c.gone(folder)
		}
		if !slices.Contains(found.List, client) {
			found.List = append(found.List, client)
		}
	})
	if unread > 0 {
		// What nobody may read is hardly an entry of the official software.
		found.add(fmt.Errorf("list installed programs: entries that cannot be read: %d", unread))
	}
	return err
}

// gone reports whether a file or folder is certainly not there.
func (c *Computer) gone(name string) bool { return errors.Is(c.exists(name), fs.ErrNotExist) }

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
