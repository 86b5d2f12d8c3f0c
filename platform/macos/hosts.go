package macos

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// hostFolders are where browsers look for the manifests of native hosts: below
// the root, and in the user's folder (facts/os-browser.md 1.3).
var hostFolders = []struct {
	browser platform.BrowserName
	machine string
	user    string
}{
	{platform.BrowserChrome, "/Library/Google/Chrome/NativeMessagingHosts", "Library/Application Support/Google/Chrome/NativeMessagingHosts"},
	{platform.BrowserEdge, "/Library/Microsoft/Edge/NativeMessagingHosts", "Library/Application Support/Microsoft Edge/NativeMessagingHosts"},
	{platform.BrowserChromium, "/Library/Application Support/Chromium/NativeMessagingHosts", "Library/Application Support/Chromium/NativeMessagingHosts"},
}

// maxHosts is how many manifests of one folder are looked at.
const maxHosts = 256

// hosts tells the native hosts of the official software.
func (c *Computer) hosts(ctx context.Context) (change, error) {
	list, err := c.nativeHosts(ctx)
	look := platform.Seen()
	if err != nil {
		look = platform.Failure(platform.WhyOf(err), err)
		look.Detail = detail(err)
	}
	return func(s *platform.Snapshot) { s.Hosts = platform.Hosts{Look: look, List: list} }, nil
}

// nativeHosts lists the registrations of the official software's hosts, with
// what could be seen of each even when there is an error.
func (c *Computer) nativeHosts(ctx context.Context) ([]platform.NativeHost, error) {
	var list []platform.NativeHost
	var faults []error
	for _, f := range hostFolders {
		for _, at := range []struct {
			scope  platform.Scope
			folder string
		}{{platform.ScopeUser, c.atHome(f.user)}, {platform.ScopeMachine, f.machine}} {
			names, err := c.list(at.folder)
			if err != nil {
				faults = append(faults, fmt.Errorf("list native hosts: %w", err))
			}
			for _, name := range names[:min(len(names), maxHosts)] {
				if err := ctx.Err(); err != nil {
					return list, err
				}
				host, isManifest := strings.CutSuffix(name, ".json")
				h := platform.NativeHost{Name: platform.Printable(host, platform.LongestName), Browser: f.browser, Scope: at.scope}
				if isManifest && c.describeHost(ctx, &h, at.folder, name) {
					list = append(list, h)
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b platform.NativeHost) int { return strings.Compare(a.Name, b.Name) })
	return list, errors.Join(faults...)
}

// describeHost fills in a registration and reports whether it is one of the
// official software.
func (c *Computer) describeHost(ctx context.Context, h *platform.NativeHost, folder, file string) bool {
	h.State = platform.HostReady
	h.Manifest = platform.Printable(folder+"/"+file, platform.LongestText)
	m, err := c.hostManifest(folder, file, h.Name)
	if err == nil && !path.IsAbs(m.Path) {
		err = fmt.Errorf("path of the program: %w", errRelative)
	}
	if err != nil {
		h.State = unreachable(err, platform.HostManifestMissing, platform.HostManifestBroken)
	}
	h.Origins = m.Origins
	h.Program = platform.Printable(m.Path, platform.LongestText)
	h.Software = platform.SoftwareOfHost(h.Name, composed(belowUser(m.Path)))
	if h.Software == platform.SoftwareNone {
		h.Software = platform.SoftwareOf(m.Description)
	}
	if h.Software == platform.SoftwareNone {
		return false
	}
	if path.IsAbs(m.Path) {
		var fault error
		var state platform.HostState
		state, h.Arch, fault = c.hostProgram(ctx, m.Path)
		if b, err := c.bundle(appOf(m.Path)); err == nil {
			h.Version = b.version
		}
		if err == nil {
			h.State, err = state, fault
		}
	}
	if err != nil {
		h.Detail = detail(err)
	}
	return true
}

func (c *Computer) hostManifest(folder, file, host string) (chromium.HostManifest, error) {
	name, err := inTree(folder)
	if err != nil {
		return chromium.HostManifest{}, err
	}
	at, err := fs.Sub(c.o.Root, name)
	if err != nil {
		return chromium.HostManifest{}, err
	}
	return chromium.ReadHostManifest(at, file, host)
}

// unreachable chooses the state for a file that could not be used.
func unreachable(err error, gone, broken platform.HostState) platform.HostState {
	switch {
	case missing(err):
		return gone
	case errors.Is(err, fs.ErrPermission):
		return platform.HostUnseen
	}
	return broken
}

var (
	errNotExecutable = errors.New("the program may not be executed")
	errNeedsRosetta  = errors.New("the program is for Intel and Rosetta is not installed")
	errOtherMachine  = errors.New("the program is not for this kind of computer")
)

// hostProgram judges the program of a host.
func (c *Computer) hostProgram(ctx context.Context, program string) (platform.HostState, string, error) {
	info, err := c.stat(program)
	if err != nil {
		return unreachable(err, platform.HostProgramMissing, platform.HostProgramBroken), "", err
	}
	arch, err := c.programArch(program)
	if err != nil {
		return unreachable(err, platform.HostProgramMissing, platform.HostProgramBroken), arch, err
	}
	if info.Mode()&0o111 == 0 {
		return platform.HostProgramBroken, arch, errNotExecutable
	}
	if err := c.runnable(ctx, arch); err != nil {
		return platform.HostProgramBroken, arch, err
	}
	return platform.HostReady, arch, nil
}

// runnable says why this Mac cannot run programs of a kind. What is not known
// is not held against them.
func (c *Computer) runnable(ctx context.Context, arch string) error {
	machine, rosetta := c.kind(ctx)
	switch {
	case arch == "" || machine == "" || arch == machine || arch == archUniversal:
		return nil
	case machine == "arm64" && arch == "amd64":
		if rosetta == platform.SwitchOff {
			return errNeedsRosetta
		}
		return nil
	}
	return fmt.Errorf("%s on %s: %w", arch, machine, errOtherMachine)
}
