package macos

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"yomitori/platform"
)

const (
	maxClients       = 256
	libraryFolder    = "/usr/local/lib"
	receiptFolder    = "/var/db/receipts"
	utilitiesFolder  = "/Applications/Utilities"
	jpkiFolder       = utilitiesFolder + "/JPKI.localized"
	applications     = "/Applications"
	homeApplications = "Applications"
)

// packages are the installers of the official software by their ids, and what
// each is sure to bring (facts/os-browser.md 2.2).
var packages = []struct{ id, brings string }{
	{"jp.go.jpki", "/Applications/JPKI.app"},
	{"jp.go.cao.mpa", ""}, // where today's version puts its app was not found
}

// clients looks for the official client programs and card libraries: installed
// and running. When a place where they would be registered cannot be read, the
// area has failed and tells what the others held: what was not found may be
// there all the same.
func (c *Computer) clients(ctx context.Context) (change, error) {
	var found platform.Clients
	blind := errors.Join(c.apps(&found), c.receipts(ctx, &found), c.libraries(&found))
	found.Look = look([]error{blind, c.clientProcesses(ctx, &found)}, blind == nil)
	return func(s *platform.Snapshot) { s.Clients = found }, nil
}

// composed is a name in the form in which people write it. Names of files may
// have the marks of kana as characters of their own.
func composed(name string) string { return norm.NFC.String(name) }

// apps looks for apps by their names, in the folders in which installers put
// them. Other apps are not looked into.
func (c *Computer) apps(found *platform.Clients) error {
	var errs []error
	for _, at := range []struct {
		folder string
		scope  platform.Scope
		all    bool // everything in it is of the official software
	}{
		{applications, platform.ScopeMachine, false},
		{utilitiesFolder, platform.ScopeMachine, false},
		{jpkiFolder, platform.ScopeMachine, true},
		{c.atHome(homeApplications), platform.ScopeUser, false},
	} {
		names, err := c.list(at.folder)
		if err != nil {
			errs = append(errs, fmt.Errorf("list apps: %w", err))
		}
		for _, name := range names {
			app, isApp := strings.CutSuffix(composed(name), ".app")
			software := platform.SoftwareOf(app)
			if at.all && software == platform.SoftwareNone {
				software = platform.SoftwareJPKI
			}
			if isApp && software != platform.SoftwareNone && len(found.List) < maxClients {
				found.List = append(found.List, c.app(at.folder+"/"+name, app, software, at.scope))
			}
		}
	}
	return errors.Join(errs...)
}

func (c *Computer) app(full, name string, software platform.Software, scope platform.Scope) platform.Client {
	b, err := c.bundle(full)
	return platform.Client{
		Name: platform.Printable(name, platform.LongestName), Software: software,
		Version: b.version, Arch: b.arch, MinSystem: b.minSystem,
		Source: platform.SourceFile, Scope: scope, Path: platform.Printable(full, platform.LongestText),
		FilesMissing: missing(err) || missing(b.broken),
	}
}

// receipt is what the installer of macOS keeps of a package.
type receipt struct {
	ID      loose[string] `plist:"PackageIdentifier"`
	Version loose[string] `plist:"PackageVersion"`
	// pkgutil names them otherwise.
	ToolID      loose[string] `plist:"pkgid"`
	ToolVersion loose[string] `plist:"pkg-version"`
}

// receipts looks for the packages that the installer remembers: by its files,
// or where they cannot be listed, by its tool.
func (c *Computer) receipts(ctx context.Context, found *platform.Clients) error {
	names, err := c.list(receiptFolder)
	if err != nil {
		if asked := c.askReceipts(ctx, found); asked != nil {
			return errors.Join(fmt.Errorf("list packages: %w", err), asked)
		}
		return nil
	}
	var errs []error
	for _, name := range names {
		id, isReceipt := strings.CutSuffix(name, ".plist")
		if !isReceipt || !officialPackage(id) || len(found.List) == maxClients {
			continue
		}
		var r receipt
		if err := c.readPlist(receiptFolder+"/"+name, &r); err != nil {
			errs = append(errs, err)
		}
		found.List = append(found.List, c.installed(id, r.Version.value))
	}
	return errors.Join(errs...)
}

// officialPackage reports whether a package is of the official software. The
// names of packages are those of domains, so that they are not searched for
// words.
func officialPackage(id string) bool {
	return slices.ContainsFunc([]string{"jp.go.jpki", "jp.go.cao.mpa", "jp.go.nta"}, func(p string) bool {
		return id == p || strings.HasPrefix(id, p+".")
	})
}

func (c *Computer) askReceipts(ctx context.Context, found *platform.Clients) error {
	var errs []error
	for _, p := range packages {
		out, err := c.o.Run(ctx, "/usr/sbin/pkgutil", "--pkg-info-plist", p.id)
		var exit *ExitError
		if errors.As(err, &exit) {
			continue // no such package
		}
		var r receipt
		if err == nil {
			err = parsePlist(out, &r)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("look for package: %w", err))
			continue
		}
		found.List = append(found.List, c.installed(p.id, r.ToolVersion.value))
	}
	return errors.Join(errs...)
}

// installed describes a package, and whether what it brought is gone.
func (c *Computer) installed(id, version string) platform.Client {
	v := platform.Client{
		Name: platform.Printable(id, platform.LongestName), Software: platform.SoftwareOf(id),
		Version: platform.Printable(version, platform.LongestName),
		Source:  platform.SourceInstaller, Scope: platform.ScopeMachine,
	}
	for _, p := range packages {
		if p.id == id && p.brings != "" {
			_, err := c.stat(p.brings)
			v.Path, v.FilesMissing = p.brings, missing(err)
		}
	}
	return v
}

// libraries looks for the PKCS#11 libraries.
func (c *Computer) libraries(found *platform.Clients) error {
	names, err := c.list(libraryFolder)
	for _, name := range names {
		software := platform.SoftwareOf(name)
		if !strings.HasSuffix(name, ".dylib") || software == platform.SoftwareNone || len(found.List) == maxClients {
			continue
		}
		full := libraryFolder + "/" + name
		arch, err := c.programArch(full)
		found.List = append(found.List, platform.Client{
			Name: platform.Printable(name, platform.LongestName), Software: software, Arch: arch,
			Source: platform.SourceFile, Scope: platform.ScopeMachine, Path: platform.Printable(full, platform.LongestText),
			FilesMissing: missing(err), // a link that leads nowhere
		})
	}
	if err != nil {
		return fmt.Errorf("list libraries: %w", err)
	}
	return nil
}

// clientProcesses lists the running programs of the official software.
func (c *Computer) clientProcesses(ctx context.Context, found *platform.Clients) error {
	running, err := c.processes(ctx)
	if err != nil {
		return err
	}
	hosts, err := c.nativeHosts(ctx)
	started, originErr := c.startedByBrowser(ctx)
	for _, p := range running {
		software, host := softwareOfProcess(p), ""
		i := slices.IndexFunc(hosts, func(h platform.NativeHost) bool {
			return path.IsAbs(p.program) && path.Clean(p.program) == path.Clean(h.Program)
		})
		if i >= 0 {
			software = hosts[i].Software
		}
		if software == platform.SoftwareNone || len(found.Processes) == maxClients {
			continue
		}
		// The program of a host may be an app that the user opened himself, so
		// it serves as a host only where a browser started it.
		if i >= 0 && started[p.id] {
			host = hosts[i].Name
		}
		found.Processes = append(found.Processes, platform.Process{
			Program: platform.Printable(composed(p.name()), platform.LongestName), Software: software,
			ID: p.id, Host: host, Age: p.age, Child: isChild(p, running),
			// launchd takes over what a browser leaves behind.
			Orphan: host != "" && p.parent == 1,
		})
	}
	return errors.Join(err, originErr)
}

// softwareOfProcess tells official software by the name of the program and of
// the app it lies in. Other folders bear the names of people and of what they
// do.
func softwareOfProcess(p process) platform.Software {
	full := composed(belowUser(p.program))
	if strings.HasPrefix(full, jpkiFolder+"/") || strings.HasPrefix(full, libraryFolder+"/JPKI/") {
		return platform.SoftwareJPKI
	}
	return platform.SoftwareOf(path.Base(full), path.Base(appOf(full)))
}
