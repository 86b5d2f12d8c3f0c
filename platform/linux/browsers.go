package linux

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// browser says how to find a browser: its programs, its processes and, where the
// files are Chromium's, its user data folder and that of its caches below the
// user's home.
type browser struct {
	name      platform.BrowserName
	programs  []string
	processes []string
	userData  string
	caches    string
}

var browsers = []browser{
	{platform.BrowserChrome, []string{"usr/bin/google-chrome", "usr/bin/google-chrome-stable"}, []string{"chrome"}, ".config/google-chrome", ".cache/google-chrome"},
	{platform.BrowserEdge, []string{"usr/bin/microsoft-edge", "usr/bin/microsoft-edge-stable"}, []string{"msedge"}, ".config/microsoft-edge", ".cache/microsoft-edge"},
	{platform.BrowserChromium, []string{"usr/bin/chromium", "usr/bin/chromium-browser"}, []string{"chromium"}, ".config/chromium", ".cache/chromium"},
	{platform.BrowserFirefox, []string{"usr/bin/firefox", "usr/bin/firefox-esr"}, []string{"firefox", "firefox-esr"}, "", ""},
}

// browsers lists the installed browsers with the user's processes of each.
func (c *Computer) browsers(context.Context) (func(*platform.Snapshot), error) {
	running, err := c.processes()
	if err != nil {
		return nil, fmt.Errorf("look for browsers: %w", err)
	}
	var list []platform.Browser
	for _, b := range browsers {
		if !c.installed(b) {
			continue
		}
		v := platform.Browser{Name: b.name}
		for _, p := range running {
			if slices.Contains(b.processes, p.name) && p.uid == c.o.UID {
				v.Running++
			}
		}
		c.profiles(b, &v)
		list = append(list, v)
	}
	return func(s *platform.Snapshot) {
		s.Browsers = platform.Browsers{Look: platform.Seen(), List: list}
	}, nil
}

func (c *Computer) installed(b browser) bool {
	for _, p := range b.programs {
		if c.exists(p) {
			return true
		}
	}
	return false
}

// profiles fills in what the browser keeps on disk.
func (c *Computer) profiles(b browser, v *platform.Browser) {
	if b.userData == "" {
		v.Look = platform.Absent()
		return
	}
	folder, err := fs.Sub(c.o.Root, path.Join(c.o.Home, b.userData))
	if err != nil {
		v.Look = platform.Failure(platform.WhyOf(err), err)
		return
	}
	chromium.Describe(folder, nil, v)
}
