package windows_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/windows"
)

const proxyRegistry = `
[HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Internet Settings]
"ProxyEnable"=dword:00000001
"ProxyServer"="http=proxy.base.oqs-pdl.org:8080;https=proxy.base.oqs-pdl.org:8080"
"ProxyOverride"="*.local;<local>"
"AutoConfigURL"="http://院内.example/proxy.pac"
[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings]
"ProxyEnable"=dword:00000000
"ProxyServer"="old:80"
`

const proxyForAll = `
[HKLM\Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings]
"ProxySettingsPerUser"=dword:00000000
`

func TestNetwork(t *testing.T) {
	answer := func(user, machine windows.ProxyRecord) func(platform.ProxySource) (windows.ProxyRecord, error) {
		return func(s platform.ProxySource) (windows.ProxyRecord, error) {
			if s == platform.ProxyUser {
				return user, nil
			}
			return machine, nil
		}
	}
	none := func(platform.ProxySource) (windows.ProxyRecord, error) {
		return windows.ProxyRecord{}, errors.New("no answer")
	}
	entry := func(s platform.ProxySource, m platform.ProxyMode) platform.Proxy {
		return platform.Proxy{Look: platform.Seen(), Source: s, Mode: m}
	}
	failed := platform.Proxy{Look: platform.Failure(platform.WhyError, nil), Source: platform.ProxyMachine}
	user := []platform.Proxy{
		{Look: platform.Seen(), Source: platform.ProxyUser, Mode: platform.ProxyPAC, PAC: "http://院内.example/proxy.pac"},
		{
			Look: platform.Seen(), Source: platform.ProxyUser, Mode: platform.ProxyManual, Known: "oqs", Bypass: "*.local;<local>",
			Server: "http=proxy.base.oqs-pdl.org:8080;https=proxy.base.oqs-pdl.org:8080",
		},
	}
	for _, c := range []struct {
		name     string
		registry string
		native   func(platform.ProxySource) (windows.ProxyRecord, error)
		want     []platform.Proxy
	}{
		{
			"direct", "", answer(windows.ProxyRecord{}, windows.ProxyRecord{}),
			[]platform.Proxy{entry(platform.ProxyUser, platform.ProxyDirect), entry(platform.ProxyMachine, platform.ProxyDirect)},
		},
		{
			"every way", "",
			answer(windows.ProxyRecord{Detect: true, PAC: "http://p/a.pac", Server: "p:80", Bypass: "<local>"}, windows.ProxyRecord{Server: "q:80"}),
			[]platform.Proxy{
				entry(platform.ProxyUser, platform.ProxyDetect),
				{Look: platform.Seen(), Source: platform.ProxyUser, Mode: platform.ProxyPAC, PAC: "http://p/a.pac"},
				{Look: platform.Seen(), Source: platform.ProxyUser, Mode: platform.ProxyManual, Server: "p:80", Bypass: "<local>"},
				{Look: platform.Seen(), Source: platform.ProxyMachine, Mode: platform.ProxyManual, Server: "q:80"},
			},
		},
		{"registry", proxyRegistry, none, append(user[:2:2], failed)},
		{"registry for all", proxyRegistry + proxyForAll, none, []platform.Proxy{entry(platform.ProxyUser, platform.ProxyDirect), failed}},
		{
			"hostile text", "",
			answer(windows.ProxyRecord{Server: "a\x1b[2J\u202e" + strings.Repeat("x", 1<<20)}, windows.ProxyRecord{PAC: "\x00\x01"}),
			[]platform.Proxy{
				{Look: platform.Seen(), Source: platform.ProxyUser, Mode: platform.ProxyManual, Server: "a[2J" + strings.Repeat("x", 1024-8)},
				entry(platform.ProxyMachine, platform.ProxyDirect),
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := look(t, platform.AreaNetwork, newRegFile(t, c.registry), windows.Native{Proxy: c.native}).Network
			if diff := cmp.Diff(platform.Network{Look: platform.Seen(), Proxies: c.want}, got, noDetail); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNetworkCannotBeSeen(t *testing.T) {
	r := newRegFile(t, proxyRegistry)
	r.Refuse(`HKCU\Software\Microsoft\Windows`)
	refused := func(platform.ProxySource) (windows.ProxyRecord, error) {
		return windows.ProxyRecord{}, fs.ErrPermission
	}
	got := look(t, platform.AreaNetwork, r, windows.Native{Proxy: refused}).Network
	if got.State != platform.Refused || len(got.Proxies) != 2 || got.Proxies[0].State != platform.Refused {
		t.Errorf("got %+v", got)
	}
}

func TestKnownProxy(t *testing.T) {
	for server, want := range map[string]string{
		"proxy.base.oqs-pdl.org:8080":                      "oqs",
		"PROXY.base.OQS-pdl.org":                           "oqs",
		"proxy.base.oqs-pdl.org.:8080":                     "oqs",
		"http://user:pw@proxy.base.oqs-pdl.org:8080/":      "oqs",
		"http=a:80 https=https://proxy.base.oqs-pdl.org:8": "oqs",
		"proxy.base.oqs-pdl.org.example.com:8080":          "",
		"xproxy.base.oqs-pdl.org":                          "",
		"[2001:db8::1]:8080":                               "",
		"=:@/;;":                                           "",
		"":                                                 "",
	} {
		if got := windows.KnownProxy(server); got != want {
			t.Errorf("%s: got %q, want %q", server, got, want)
		}
	}
}
