package windows

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// browser says how to find a browser.
type browser struct {
	name    platform.BrowserName
	program string
	// folder holds the program, below one of the folders for programs.
	folder string
	// vendor names its keys in the registry and its folder of user data; ""
	// where these are not Chromium's.
	vendor string
	// progID is how the names of its file types start.
	progID string
}

var browsers = []browser{
	{platform.BrowserEdge, "msedge.exe", `Microsoft\Edge\Application`, `Microsoft\Edge`, "MSEdgeHTM"},
	{platform.BrowserChrome, "chrome.exe", `Google\Chrome\Application`, `Google\Chrome`, "ChromeHTML"},
	{platform.BrowserFirefox, "firefox.exe", `Mozilla Firefox`, "", "FirefoxURL"},
}

// browsers lists the installed browsers. What could not be looked at in one is
// told there; a list of processes that could not be had is told of the area.
func (c *Computer) browsers(context.Context) (change, error) {
	hosts, _ := c.nativeHosts() // the area of hosts tells of failures
	running, err := c.processes()
	found := platform.Browsers{Look: platform.Seen()}
	found.Detail = detail(err)
	progID := c.defaultProgID()
	found.DefaultOther = progID != "" && !slices.ContainsFunc(browsers, func(b browser) bool { return b.opens(progID) })
	for _, b := range browsers {
		path := c.browserProgram(b)
		if path == "" {
			continue
		}
		v := platform.Browser{
			Name: b.name, Version: c.browserVersion(b, path),
			Default: b.opens(progID),
		}
		for _, p := range running {
			if b.owns(p, path) {
				v.Running++
				v.Windows += p.Windows
			}
		}
		c.describeBrowser(b, hosts, &v)
		found.List = append(found.List, v)
	}
	return func(s *platform.Snapshot) { s.Browsers = found }, nil
}

// appPaths is where programs register for the command "start".
const appPaths = `SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\`

// browserProgram finds the program of a browser, or returns "".
func (c *Computer) browserProgram(b browser) string {
	for _, at := range hostScopes {
		path, err := c.text(at.root, appPaths+b.program, at.view, "")
		path = strings.Trim(path, `" `)
		if err == nil && path != "" && !errors.Is(c.exists(path), fs.ErrNotExist) {
			return path
		}
	}
	for _, known := range []KnownFolder{ProgramFiles, ProgramFilesX86, LocalAppData} {
		folder, err := c.folder(known)
		if err != nil {
			continue
		}
		if path := joinPath(folder, b.folder, b.program); c.exists(path) == nil {
			return path
		}
	}
	return ""
}

// exists returns nil for a file that is there.
func (c *Computer) exists(path string) error {
	folder, base, err := c.onDrive(path)
	if err != nil {
		return err
	}
	_, err = fs.Stat(c.o.Files(folder), base)
	return err
}

// browserVersion asks the program, then what the browser wrote when it ran.
func (c *Computer) browserVersion(b browser, path string) string {
	if f, err := c.file(path); err == nil && f.Version != "" {
		return f.Version
	}
	if b.vendor == "" {
		return ""
	}
	version, _ := c.text(User, `SOFTWARE\`+b.vendor+`\BLBeacon`, View64, "version")
	return platform.Printable(version, platform.LongestName)
}

// progIDChoices are where Windows keeps what opens links, the later version
// first: since 24H2 some computers write the first only, and leave what is in
// the other as it was (microsoft/PowerToys pull request 40115; kolbi.cz,
// "UserChoiceLatest").
var progIDChoices = []string{`UserChoiceLatest\ProgId`, "UserChoice"}

// defaultProgID names what opens links, "" where nothing was chosen.
func (c *Computer) defaultProgID() string {
	for _, choice := range progIDChoices {
		id, err := c.text(User, `SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\`+choice, View64, "ProgId")
		if err == nil && id != "" {
			return id
		}
	}
	return ""
}

// opens reports whether a file type is one of the browser's.
func (b browser) opens(progID string) bool { return hasPrefixFold(progID, b.progID) }

// owns reports whether a process is one of the browser. Other programs are made
// of Chromium and keep its name, so the path counts where it is known.
func (b browser) owns(p Process, path string) bool {
	if !strings.EqualFold(p.Name, b.program) {
		return false
	}
	usual := strings.ToLower(slashed(`\` + b.folder + `\` + b.program))
	return p.Path == "" || samePath(p.Path, path) || strings.HasSuffix(strings.ToLower(slashed(p.Path)), usual)
}

// describeBrowser fills in what a browser keeps on disk and what is decided
// for it.
func (c *Computer) describeBrowser(b browser, hosts []platform.NativeHost, v *platform.Browser) {
	if b.vendor == "" {
		v.Look = platform.Absent()
		return
	}
	wanted := chromium.WantedBy(hosts)
	if folder, err := c.userData(b); err != nil {
		v.Look = failure(err)
	} else {
		chromium.Describe(c.o.Files(folder), wanted, v)
	}
	ids, names := chromium.Concerning(wanted, v.Profiles, hosts)
	v.Policies = chromium.ReadPolicies(c.rawPolicies(b.vendor), ids, names)
}

// errVariable is the error of a policy that places user data by a variable of
// the browser's own.
var errVariable = errors.New("policy UserDataDir uses a variable")

// userData tells where a browser keeps its profiles: where a policy says, or
// below the user's local data.
func (c *Computer) userData(b browser) (string, error) {
	for _, at := range policyScopes {
		folder, err := c.text(at.root, policyKey(b.vendor), View64, "UserDataDir")
		if err != nil || folder == "" {
			continue
		}
		if strings.Contains(folder, "${") {
			return "", errVariable
		}
		return c.localFolder(folder)
	}
	local, err := c.folder(LocalAppData)
	if err != nil {
		return "", err
	}
	return c.localFolder(joinPath(local, b.vendor, "User Data"))
}

// localFolder is a folder in its plain form, if it may be opened.
func (c *Computer) localFolder(folder string) (string, error) {
	parent, base, err := c.onDrive(strings.TrimRight(folder, `\/`))
	if err != nil {
		return "", fmt.Errorf("find user data: %w", err)
	}
	return joinPath(parent, base), nil
}
