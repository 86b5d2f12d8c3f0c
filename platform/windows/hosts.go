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

// wow64 is between HKCU\SOFTWARE and the keys above in three more of the places
// that Microsoft lists for Edge (learn.microsoft.com, "Native messaging"). What
// is there is told as a registration with Edge: no other browser looks there.
const wow64 = `WOW6432Node\`

// hostPlace is one key that holds a key for each host.
type hostPlace struct {
	browser platform.BrowserName
	scope   platform.Scope
	root    Root
	path    string
	view    View
	told    int
}

// hostPlaces lists them all.
func hostPlaces() []hostPlace {
	var list []hostPlace
	for _, at := range hostScopes {
		for _, r := range hostRegistries {
			list = append(list, hostPlace{r.browser, at.scope, at.root, r.path, at.view, at.told})
		}
	}
	for _, r := range hostRegistries {
		path := strings.Replace(r.path, `\`, `\`+wow64, 1)
		list = append(list, hostPlace{platform.BrowserEdge, platform.ScopeUser, User, path, View64, 32})
	}
	return list
}

// maxHosts is how many registrations below one key are looked at; a computer
// has a handful.
const maxHosts = 256

// hosts tells the native hosts of the official software. When a place could
// not be looked into, the area has failed and tells what the others held.
func (c *Computer) hosts(context.Context) (change, error) {
	list, err := c.nativeHosts()
	look := platform.Seen()
	if err != nil {
		look = failure(err)
	}
	return func(s *platform.Snapshot) { s.Hosts = platform.Hosts{Look: look, List: list} }, nil
}

// readNativeHosts lists the registrations of the official software's hosts,
// with what could be seen of each even when there is an error.
func (c *Computer) readNativeHosts(ctx context.Context) ([]platform.NativeHost, error) {
	var list []platform.NativeHost
	var faults []error
	for _, at := range hostPlaces() {
		names, err := c.hostNames(at.root, at.path, at.view)
		if err != nil {
			faults = append(faults, err)
		}
		for _, name := range names {
			if err := ctx.Err(); err != nil {
				return list, err
			}
			if h, ok := c.nativeHost(at, name); ok && !toldAlready(list, h) {
				list = append(list, h)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b platform.NativeHost) int { return strings.Compare(a.Name, b.Name) })
	return list, errors.Join(faults...)
}

// toldAlready reports whether a registration in one of the last three places
// only repeats one of this user's.
func toldAlready(list []platform.NativeHost, h platform.NativeHost) bool {
	return h.Scope == platform.ScopeUser && h.View != 0 && slices.ContainsFunc(list, func(o platform.NativeHost) bool {
		return o.Scope == h.Scope && strings.EqualFold(o.Name, h.Name) && strings.EqualFold(o.Manifest, h.Manifest)
	})
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

// nativeHost looks at one registration, and reports whether it is one of the
// official software.
func (c *Computer) nativeHost(at hostPlace, name string) (platform.NativeHost, bool) {
	manifest, err := c.text(at.root, at.path+`\`+name, at.view, "")
	h := platform.NativeHost{
		Name: platform.Printable(name, platform.LongestName), Browser: at.browser, Scope: at.scope, View: at.told,
		State: platform.HostReady, Manifest: platform.Printable(manifest, platform.LongestText),
	}
	var m chromium.HostManifest
	if err == nil {
		m, err = c.hostManifest(manifest, h.Name)
	}
	if err != nil {
		h.State = unreachable(err, platform.HostManifestMissing, platform.HostManifestBroken)
	}
	h.Origins = m.Origins
	program := ""
	if m.Path != "" {
		program = beside(manifest, m.Path)
		h.Program = platform.Printable(program, platform.LongestText)
	}
	h.Software = platform.SoftwareOfHost(h.Name, belowUser(manifest), belowUser(program))
	if h.Software == platform.SoftwareNone {
		h.Software = platform.SoftwareOf(m.Description)
	}
	if h.Software == platform.SoftwareNone {
		return h, false
	}
	if program != "" {
		f, fault := c.file(program)
		h.Arch, h.Version = f.Arch, f.Version
		if err == nil {
			h.State, err = programState(program, fault)
		}
	}
	h.Detail = detail(err)
	return h, true
}

// errRelative is the error of a manifest that browsers do not look for: what
// the registry holds must be a full path, and they take off no quotes.
var errRelative = errors.New("the registered path is not a full path")

func (c *Computer) hostManifest(name, host string) (chromium.HostManifest, error) {
	if !isFull(name) {
		return chromium.HostManifest{}, errRelative
	}
	folder, base, err := c.onDrive(name)
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

// programState tells whether there is a program, given the error of reading it.
// Chromium starts what does not end in .exe through the command interpreter, so
// that it need not be one. Whether it runs on this kind of computer is for
// others to judge.
func programState(name string, err error) (platform.HostState, error) {
	script := !strings.EqualFold(path.Ext(slashed(name)), ".exe")
	if err == nil || script && errors.Is(err, errNotProgram) {
		return platform.HostReady, nil
	}
	return unreachable(err, platform.HostProgramMissing, platform.HostProgramBroken), err
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
