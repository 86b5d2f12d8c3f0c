package macos

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// browser says how to find a browser.
type browser struct {
	name platform.BrowserName
	id   string // bundle identifier
	// apps are the places of its app; in the user's folder below Applications too.
	apps []string
	// userData is its folder in the user's Application Support, and domain that
	// of its managed settings; "" where these are not Chromium's.
	userData, domain string
}

// Since macOS 13 Safari lies outside of the sealed system. /Applications leads
// there, and its processes bear one of the three paths.
var browsers = []browser{
	{platform.BrowserSafari, "com.apple.Safari", []string{
		"/Applications/Safari.app",
		"/System/Cryptexes/App/System/Applications/Safari.app",
		"/System/Volumes/Preboot/Cryptexes/App/System/Applications/Safari.app",
	}, "", ""},
	{platform.BrowserChrome, "com.google.Chrome", []string{"/Applications/Google Chrome.app"}, "Google/Chrome", "com.google.Chrome"},
	{platform.BrowserEdge, "com.microsoft.edgemac", []string{"/Applications/Microsoft Edge.app"}, "Microsoft Edge", "com.microsoft.Edge"},
	{platform.BrowserChromium, "org.chromium.Chromium", []string{"/Applications/Chromium.app"}, "Chromium", "org.chromium.Chromium"},
	{platform.BrowserFirefox, "org.mozilla.firefox", []string{"/Applications/Firefox.app"}, "", ""},
}

// browsers lists the installed browsers. What could not be looked at in one is
// told there; a list of processes that could not be had is told of the area.
func (c *Computer) browsers(ctx context.Context) (change, error) {
	hosts, _ := c.nativeHosts(ctx) // the area of hosts tells of failures
	running, err := c.processes(ctx)
	errs := []error{err}
	standard, err := c.defaultBrowser()
	errs = append(errs, err)
	var list []platform.Browser
	for _, b := range browsers {
		app, version, found := c.findApp(b)
		if !found {
			continue
		}
		v := platform.Browser{Name: b.name, Version: version, Default: strings.EqualFold(standard, b.id)}
		for _, p := range running {
			if b.owns(p, app) {
				v.Running++
			}
		}
		c.describeBrowser(ctx, b, hosts, &v)
		list = append(list, v)
	}
	area := look(errs, true)
	return func(s *platform.Snapshot) { s.Browsers = platform.Browsers{Look: area, List: list} }, nil
}

// findApp finds the app of a browser. One that is there and cannot be read is
// installed all the same.
func (c *Computer) findApp(b browser) (app, version string, found bool) {
	for _, app := range append(slices.Clone(b.apps), c.atHome(homeApplications+"/"+path.Base(b.apps[0]))) {
		v, err := c.bundle(app)
		if err == nil || !missing(err) {
			return app, v.version, true
		}
	}
	return "", "", false
}

// owns reports whether a process runs from inside of the browser's app: Safari
// itself, and of Chromium all helpers. WebKit shows pages in processes of its
// own that lie with the system, which are not counted.
func (b browser) owns(p process, app string) bool {
	for _, a := range append(slices.Clone(b.apps), app) {
		if strings.HasPrefix(p.program, a+"/Contents/") {
			return true
		}
	}
	return false
}

// describeBrowser fills in what a browser keeps on disk and what is decided
// for it.
func (c *Computer) describeBrowser(ctx context.Context, b browser, hosts []platform.NativeHost, v *platform.Browser) {
	switch {
	case b.name == platform.BrowserSafari:
		c.describeSafari(ctx, v)
	case b.userData == "":
		v.Look = platform.Absent()
	default:
		c.describeChromium(b, hosts, v)
	}
}

func (c *Computer) describeChromium(b browser, hosts []platform.NativeHost, v *platform.Browser) {
	wanted := chromium.WantedBy(hosts)
	name, err := inTree(c.atHome("Library/Application Support/" + b.userData))
	var folder fs.FS
	if err == nil {
		folder, err = fs.Sub(c.o.Root, name)
	}
	if err != nil {
		v.Look = platform.Failure(platform.WhyOf(err), err)
	} else {
		chromium.Describe(folder, wanted, v)
	}
	ids, names := chromium.Concerning(wanted, v.Profiles, hosts)
	v.Policies = chromium.ReadPolicies(c.rawPolicies(b.domain), ids, names)
}

// handlersFile says which apps open what, where the user chose.
const handlersFile = "Library/Preferences/com.apple.LaunchServices/com.apple.launchservices.secure.plist"

// defaultBrowser names the app that opens links, "" where the user never chose
// one.
func (c *Computer) defaultBrowser() (string, error) {
	var v struct {
		Handlers loose[[]loose[struct {
			Scheme loose[string] `plist:"LSHandlerURLScheme"`
			App    loose[string] `plist:"LSHandlerRoleAll"`
		}]] `plist:"LSHandlers"`
	}
	err := c.readPlist(c.atHome(handlersFile), &v)
	if err != nil && !missing(err) {
		return "", fmt.Errorf("look for default browser: %w", err)
	}
	for _, h := range v.Handlers.value {
		if strings.EqualFold(h.value.Scheme.value, "https") {
			return h.value.App.value, nil
		}
	}
	return "", nil
}
