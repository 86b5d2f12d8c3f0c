package windows

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// hostRegistries are the keys that hold one key for each native messaging host.
// Edge looks into those of Chrome and Chromium too (facts/os-browser.md 1.3);
// registrations are told as they stand.
var hostRegistries = []struct {
	browser platform.BrowserName
	path    string
}{
	{platform.BrowserChrome, `SOFTWARE\Google\Chrome\NativeMessagingHosts`},
	{platform.BrowserEdge, `SOFTWARE\Microsoft\Edge\NativeMessagingHosts`},
	{platform.BrowserChromium, `SOFTWARE\Chromium\NativeMessagingHosts`},
}

// hostScopes are the places of these keys. Both views share HKCU\SOFTWARE, so
// that it is looked at once and has no view.
var hostScopes = []struct {
	scope platform.Scope
	root  Root
	view  View
	told  int
}{
	{platform.ScopeUser, User, View64, 0},
	{platform.ScopeMachine, Machine, View32, 32},
	{platform.ScopeMachine, Machine, View64, 64},
}

// maxHosts is how many registrations below one key are looked at; a computer
// has a handful.
const maxHosts = 256

// hosts tells the native hosts of the official software. When a place could
// not be looked into, the area has failed and tells what the others held.
func (c *Computer) hosts(ctx context.Context) (change, error) {
	list, err := c.nativeHosts(ctx)
	look := platform.Seen()
	if err != nil {
		look = platform.Failure(platform.WhyOf(err), err)
	}
	return func(s *platform.Snapshot) { s.Hosts = platform.Hosts{Look: look, List: list} }, nil
}

// nativeHosts lists the registrations of the official software's hosts, with
// what could be seen of each even when there is an error.
func (c *Computer) nativeHosts(ctx context.Context) ([]platform.NativeHost, error) {
	var list []platform.NativeHost
	var faults []error
	machine := c.machineArch()
	for _, at := range hostScopes {
		for _, r := range hostRegistries {
			names, err := c.hostNames(at.root, r.path, at.view)
			if err != nil {
				faults = append(faults, err)
			}
			for _, name := range names {
				if err := ctx.Err(); err != nil {
					return list, err
				}
				h := platform.NativeHost{
					Name: platform.Printable(name, platform.LongestName), Browser: r.browser,
					Scope: at.scope, View: at.told,
				}
				manifest, err := c.registeredManifest(at.root, r.path+`\`+name, at.view)
				if c.describeHost(&h, manifest, err, machine) {
					list = append(list, h)
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b platform.NativeHost) int { return strings.Compare(a.Name, b.Name) })
	return list, errors.Join(faults...)
}

// hostNames lists the keys below a key, which need not be there.
func (c *Computer) hostNames(root Root, path string, view View) ([]string, error) {
	k, err := c.o.Registry.Open(root, path, view)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list native hosts: %w", err)
	}
	defer k.Close()
	names, err := k.Keys()
	if err != nil {
		return nil, fmt.Errorf("list native hosts: %w", err)
	}
	return names[:min(len(names), maxHosts)], nil
}

func (c *Computer) registeredManifest(root Root, path string, view View) (string, error) {
	k, err := c.o.Registry.Open(root, path, view)
	if err != nil {
		return "", err
	}
	defer k.Close()
	return k.Text("")
}

// describeHost fills in a registration, given the path of the manifest that it
// names, and reports whether it is one of the official software.
func (c *Computer) describeHost(h *platform.NativeHost, manifest string, err error, machine string) bool {
	h.State, h.Manifest = platform.HostReady, platform.Printable(manifest, platform.LongestText)
	var m chromium.HostManifest
	if err != nil {
		h.State = unreachable(err, platform.HostManifestMissing, platform.HostManifestBroken)
	} else if m, err = c.hostManifest(manifest, h.Name); err != nil {
		h.State = unreachable(err, platform.HostManifestMissing, platform.HostManifestBroken)
	}
	h.Origins = m.Origins
	program := ""
	if m.Path != "" {
		program = beside(manifest, m.Path)
		h.Program = platform.Printable(program, platform.LongestText)
	}
	h.Software = platform.SoftwareOf(h.Name, belowUser(manifest), belowUser(program), m.Description)
	if h.Software == platform.SoftwareNone {
		return false
	}
	if program != "" {
		f, fault := c.file(program)
		h.Arch, h.Version = f.Arch, f.Version
		if err == nil {
			h.State, err = programState(program, f, fault, machine)
		}
	}
	if err != nil {
		h.Detail = platform.Printable(err.Error(), platform.LongestText)
	}
	return true
}

// errRelative is the error of a manifest that browsers do not look for: what
// the registry holds must be a full path, and they take off no quotes.
var errRelative = errors.New("the registered path is not a full path")

func (c *Computer) hostManifest(name, host string) (chromium.HostManifest, error) {
	if !isFull(name) {
		return chromium.HostManifest{}, errRelative
	}
	folder, base, err := splitFile(name)
	if err != nil {
		return chromium.HostManifest{}, err
	}
	return chromium.ReadHostManifest(c.o.Files(folder), base, host)
}

// unreachable chooses the state for a file that could not be used.
func unreachable(err error, missing, broken platform.HostState) platform.HostState {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return missing
	case errors.Is(err, fs.ErrPermission), errors.Is(err, errElsewhere), errors.Is(err, errors.ErrUnsupported):
		return platform.HostUnseen
	}
	return broken
}

// errOtherMachine is the error of a program for another kind of machine.
var errOtherMachine = errors.New("the program is not for this kind of computer")

// programState judges the program of a host. Chromium starts what does not end
// in .exe through the command interpreter, so that it need not be a program.
func programState(name string, f File, err error, machine string) (platform.HostState, error) {
	script := !strings.EqualFold(path.Ext(slashed(name)), ".exe")
	switch {
	case err == nil && !script && !runsOn(f.Arch, machine):
		return platform.HostProgramBroken, fmt.Errorf("%s on %s: %w", f.Arch, machine, errOtherMachine)
	case err == nil, script && errors.Is(err, errNotProgram):
		return platform.HostReady, nil
	}
	return unreachable(err, platform.HostProgramMissing, platform.HostProgramBroken), err
}

// runsOn reports whether Windows 11 runs a program on a kind of machine. What
// is not known is not held against it.
func runsOn(program, machine string) bool {
	if program == "" || machine == "" || program == machine || program == "386" {
		return true
	}
	return program == "amd64" && machine == "arm64"
}

// machineArch tells the kind of the computer, which is not that of this program
// where it is emulated; "" when it is not known.
func (c *Computer) machineArch() string {
	k, err := c.o.Registry.Open(Machine, `SYSTEM\CurrentControlSet\Control\Session Manager\Environment`, View64)
	if err != nil {
		return ""
	}
	defer k.Close()
	arch, _ := k.Text("PROCESSOR_ARCHITECTURE")
	return map[string]string{"AMD64": "amd64", "ARM64": "arm64", "X86": "386"}[strings.ToUpper(arch)]
}

// isFull reports whether Chromium takes a path for a full one.
func isFull(p string) bool {
	p = strings.ReplaceAll(p, `\`, "/")
	return strings.HasPrefix(p, "//") || len(p) > 2 && p[1:3] == ":/"
}

// beside gives the path of a program, which may be named from the folder of the
// manifest (facts/os-browser.md 1.3).
func beside(manifest, program string) string {
	i := strings.LastIndexAny(manifest, `\/`)
	if isFull(program) || i < 0 {
		return program
	}
	return manifest[:i+1] + program
}

var userFolder = regexp.MustCompile(`(?i)^(\\\\\?\\)?[a-z]:[\\/]+users[\\/]+[^\\/]+`)

// belowUser takes the user's own folder off a path: a user called "hpki" must
// not make all his programs official.
func belowUser(p string) string { return userFolder.ReplaceAllString(p, "") }

// wantedExtensions are the extensions to look for: those that the hosts allow,
// then those of which the id is known (facts/os-browser.md 1.3).
func wantedExtensions(hosts []platform.NativeHost) []chromium.Wanted {
	var list []chromium.Wanted
	add := func(id string, software platform.Software) {
		if !slices.ContainsFunc(list, func(w chromium.Wanted) bool { return w.ID == id }) {
			list = append(list, chromium.Wanted{ID: id, Software: software})
		}
	}
	for _, h := range hosts {
		for _, id := range h.Origins {
			add(id, h.Software)
		}
	}
	for _, x := range platform.KnownExtensions {
		add(x.ID, x.Software)
	}
	return list
}
