package chromium_test

import (
	"encoding/json"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// kept fails the test when a text from a file went through unchecked.
func kept(t *testing.T, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if s != platform.Printable(s, platform.LongestText) {
			t.Errorf("not printable: %q", s)
		}
	}
}

func FuzzPreferences(f *testing.F) {
	f.Add([]byte(settings(entry(""))))
	f.Add([]byte(settings(entry(`"state":0,"disable_reasons":3`), `"`+jpki+`":{"location":1,"path":"x"}`)))
	f.Add([]byte(`{"extensions":{"settings":[],"external_uninstalls":["` + mynaportal + `"]}}`))
	f.Add([]byte(`{"extensions":null}`))
	f.Add([]byte("\xef\xbb\xbf{}"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		b := describe(t, fstest.MapFS{
			"Local State":                {Data: raw},
			"Default/Preferences":        {Data: []byte(settings(entry("")))},
			"Default/Secure Preferences": {Data: raw},
		})
		for _, p := range b.Profiles {
			kept(t, p.Name, p.Folder)
			for _, x := range p.Extensions {
				kept(t, x.Name, x.Version)
				if x.ID != mynaportal && platform.SoftwareOf(x.Name) == platform.SoftwareNone {
					t.Errorf("another extension is told: %+v", x)
				}
				if x.Enabled && (!x.Installed || len(x.Reasons) > 0) {
					t.Errorf("%+v", x)
				}
			}
		}
		if !json.Valid(raw) {
			if _, err := chromium.ParsePreferences(raw); err == nil {
				t.Error("taken though it is not JSON")
			}
		}
	})
}

func FuzzManifest(f *testing.F) {
	f.Add(hostManifest())
	f.Add(hostManifest("stdio", "x"))
	f.Add(hostManifest("マイナポータル", "\x83}"))
	f.Add([]byte(`{"allowed_origins":[null,"extension://` + jpki + `"],"name":[]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := chromium.ParseHostManifest(raw, "jp.go.cao.mpa")
		kept(t, m.Name, m.Description)
		for _, id := range m.Origins {
			if !chromium.IsExtensionID(id) {
				t.Errorf("origin %q", id)
			}
		}
		if err == nil && (m.Name != "jp.go.cao.mpa" || m.Path == "" || !utf8.Valid(raw)) {
			t.Errorf("taken: %+v", m)
		}
	})
}

func FuzzPolicies(f *testing.F) {
	f.Add(`{"*":{"installation_mode":"blocked"}}`, "*", uint64(1))
	f.Add(`{"`+mynaportal+`,x":{"installation_mode":"allowed"},"update_url:x":1}`, mynaportal+";https://x", uint64(0))
	f.Add(`["*"]`, "jp.go.cao.mpa", uint64(7))
	f.Fuzz(func(t *testing.T, text, element string, n uint64) {
		for _, raw := range [][]chromium.RawPolicies{
			machine(func(p *chromium.RawPolicies) {
				for _, name := range chromium.PolicyLists {
					p.Lists[name] = []string{element, text}
				}
				for _, name := range chromium.PolicySwitches {
					p.Numbers[name] = n
				}
				p.Texts[chromium.PolicySettings] = text
			}),
			machine(func(p *chromium.RawPolicies) {
				for _, name := range append(chromium.PolicyLists, chromium.PolicySwitches...) {
					p.Texts[name] = text
				}
				p.Modes = map[string]string{element: text, "*": text}
			}),
		} {
			got := chromium.ReadPolicies(raw, []string{mynaportal}, nil)
			for _, x := range got.Extensions {
				if x.ID != "*" && x.ID != mynaportal {
					t.Errorf("another rule is told: %+v", x)
				}
			}
			for _, h := range got.Hosts {
				kept(t, h.Host)
				if h.Host != "*" && platform.SoftwareOf(h.Host) == platform.SoftwareNone {
					t.Errorf("another rule is told: %+v", h)
				}
			}
		}
	})
}
