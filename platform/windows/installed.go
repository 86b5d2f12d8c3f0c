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

// installedProgram is what an installer entered. Only official software and
// known security software is kept.
type installedProgram struct {
	at                          uninstallPlace
	display, version, publisher string
	location                    string // as it stands, "" without one
	software                    platform.Software
	family                      string
}

// installedList is what all places hold. Entries that cannot be read are only
// counted: other programs leave no trace.
type installedList struct {
	list   []installedProgram
	unread int
}

// readInstalled looks through the places; with an error, it tells what the
// others held. No source tells the exact names, so platform.SoftwareOf decides
// (facts/os-browser.md 2.1).
func (c *Computer) readInstalled(ctx context.Context) (found installedList, err error) {
	var errs []error
	for _, at := range uninstallPlaces {
		err := c.withKey(at.root, keyUninstall, at.open, func(list Key) error {
			names, err := list.Keys()
			for _, name := range names[:min(len(names), mostInstalled)] {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				entry := c.withKey(at.root, keyUninstall+`\`+name, at.open, func(k Key) error {
					found.add(at, k)
					return nil
				})
				if entry != nil && !errors.Is(entry, fs.ErrNotExist) {
					found.unread++
				}
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, fmt.Errorf("list installed programs: %w", err))
		}
	}
	return found, errors.Join(errs...)
}

// add keeps an entry, if it is one of those that are.
func (l *installedList) add(at uninstallPlace, k Key) {
	display := printableValue(k, "DisplayName", platform.LongestName)
	p := installedProgram{at: at, display: display, software: platform.SoftwareOf(display), family: family(display)}
	if p.software == platform.SoftwareNone && p.family == "" {
		return
	}
	p.version = printableValue(k, "DisplayVersion", platform.LongestName)
	p.publisher = printableValue(k, "Publisher", platform.LongestName)
	if folder, err := k.Text("InstallLocation"); err == nil {
		p.location = unquoted(folder)
	}
	l.list = append(l.list, p)
}

// installedClients lists the official software among the installed programs.
func (c *Computer) installedClients(found *clientsFound) error {
	installed, err := c.installed()
	for _, p := range installed.list {
		if p.software == platform.SoftwareNone {
			continue
		}
		client := platform.Client{
			Name: p.display, Software: p.software, Version: p.version, Publisher: p.publisher,
			Source: platform.SourceInstaller, Scope: p.at.scope, View: p.at.view,
			Path: platform.Printable(p.location, platform.LongestText),
		}
		if p.location != "" {
			client.FilesMissing = c.gone(p.location)
		}
		if !slices.Contains(found.List, client) {
			found.List = append(found.List, client)
		}
	}
	if installed.unread > 0 {
		// What nobody may read is hardly an entry of the official software.
		found.add(fmt.Errorf("list installed programs: entries that cannot be read: %d", installed.unread))
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
