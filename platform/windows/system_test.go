package windows_test

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yomitori/platform"
	"yomitori/platform/windows"
)

const windows11Registry = `Windows Registry Editor Version 5.00

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion]
"ProductName"="Windows 10 Home"
"EditionID"="Core"
"DisplayVersion"="24H2"
"ReleaseId"="2009"
"InstallationType"="Client"
"CurrentBuildNumber"="26100"
"CurrentMajorVersionNumber"=dword:0000000a
"CurrentMinorVersionNumber"=dword:00000000
"UBR"=dword:00000800

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Nls\CodePage]
"ACP"="932"

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\TimeZoneInformation]
"TimeZoneKeyName"="Tokyo Standard Time"
"StandardName"="@tzres.dll,-632"

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Session Manager\Environment]
"PROCESSOR_ARCHITECTURE"="ARM64"
`

const serverRegistry = `
[HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion]
"ProductName"="Windows Server 2022 Standard"
"EditionID"="ServerStandard"
"InstallationType"="Server Core"
"ReleaseId"="1909"
"CurrentBuildNumber"="20348"
"CurrentMajorVersionNumber"=dword:0000000a
"CurrentMinorVersionNumber"=dword:00000000
`

var inJapan = func() time.Time { return time.Date(2026, 2, 16, 9, 0, 0, 0, time.FixedZone("", 9*3600)) }

func noEnv(string) string { return "" }

// look looks at one area of a computer that is made of a registry and of what
// Windows answers.
func look(t *testing.T, area platform.Area, r windows.Registry, n windows.Native) platform.Snapshot {
	t.Helper()
	return windows.New(windows.Options{Registry: r, Native: &n, Getenv: noEnv, Now: inJapan}).Look(t.Context(), area)
}

var noDetail = cmpopts.IgnoreFields(platform.Look{}, "Detail")

func versionIs(v windows.Version) func() (windows.Version, error) {
	return func() (windows.Version, error) { return v, nil }
}

func TestSystem(t *testing.T) {
	home := platform.System{
		Look: platform.Seen(), OS: "windows", Name: "Windows 11", Edition: "Core", Version: "10.0.26100",
		Release: "24H2", Arch: "arm64", CodePage: 932, TimeZone: "Tokyo Standard Time", UTCOffset: 540,
	}
	with := func(change func(*platform.System)) platform.System {
		s := home
		change(&s)
		return s
	}
	for _, c := range []struct {
		name     string
		registry string
		refused  []string
		native   windows.Native
		want     platform.System
		detail   bool
	}{
		{name: "registry alone", registry: windows11Registry, want: home},
		{
			name: "Windows tells its version", registry: windows11Registry,
			native: windows.Native{Version: versionIs(windows.Version{Major: 10, Build: 19045, Arch: "amd64"})},
			want: with(func(s *platform.System) {
				s.Name, s.Version, s.Arch = "Windows 10", "10.0.19045", "amd64"
			}),
		},
		{
			name: "version is refused", registry: windows11Registry,
			native: windows.Native{Version: func() (windows.Version, error) { return windows.Version{}, fs.ErrPermission }},
			want:   home,
		},
		{
			name: "server", registry: serverRegistry,
			want: platform.System{
				Look: platform.Seen(), OS: "windows", Name: "Windows Server 2022 Standard",
				Edition: "ServerStandard", Version: "10.0.20348", Release: "1909", Server: true, UTCOffset: 540,
			},
		},
		{
			name:   "nothing but the version",
			native: windows.Native{Version: versionIs(windows.Version{Major: 6, Minor: 3, Build: 9600})},
			want:   platform.System{Look: platform.Seen(), OS: "windows", Name: "Windows 8.1", Version: "6.3.9600", UTCOffset: 540},
		},
		{
			name:   "server without a name",
			native: windows.Native{Version: versionIs(windows.Version{Major: 10, Build: 26100, Server: true})},
			want:   platform.System{Look: platform.Seen(), OS: "windows", Name: "Windows Server", Version: "10.0.26100", Server: true, UTCOffset: 540},
		},
		{
			name: "parts are refused", registry: windows11Registry,
			refused: []string{`HKLM\SYSTEM\CurrentControlSet\Control`},
			native:  windows.Native{CodePage: func() int { return 65001 }},
			want: with(func(s *platform.System) {
				s.CodePage, s.TimeZone, s.Arch = 65001, "", ""
			}),
			detail: true,
		},
		{
			name: "remote desktop", registry: windows11Registry,
			native: windows.Native{Remote: func() (bool, error) { return true, nil }},
			want:   with(func(s *platform.System) { s.Remote, s.RemoteKind = true, "rdp" }),
		},
		{
			name: "session cannot be asked", registry: windows11Registry,
			native: windows.Native{Remote: func() (bool, error) { return false, errors.New("no answer") }},
			want:   home, detail: true,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRegFile(t, c.registry)
			for _, path := range c.refused {
				r.Refuse(path)
			}
			got := look(t, platform.AreaSystem, r, c.native).System
			if diff := cmp.Diff(c.want, got, noDetail); diff != "" {
				t.Error(diff)
			}
			if (got.Detail != "") != c.detail {
				t.Errorf("detail: got %q", got.Detail)
			}
		})
	}
}

func TestSystemThroughSSH(t *testing.T) {
	c := windows.New(windows.Options{
		Registry: newRegFile(t, windows11Registry), Native: &windows.Native{}, Now: inJapan,
		Getenv: func(key string) string { return map[string]string{"SSH_CONNECTION": "192.0.2.1 22"}[key] },
	})
	if got := c.Look(t.Context(), platform.AreaSystem).System; !got.Remote || got.RemoteKind != "ssh" {
		t.Errorf("got %v, %q", got.Remote, got.RemoteKind)
	}
}

func TestSystemWithoutVersion(t *testing.T) {
	broken := `[HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion]
"CurrentMajorVersionNumber"=dword:0000000a
"CurrentMinorVersionNumber"=dword:00000000
"CurrentBuildNumber"="99999999999999999999"
`
	for name, text := range map[string]string{"no registry": "", "broken build": broken} {
		if got := look(t, platform.AreaSystem, newRegFile(t, text), windows.Native{}).System; got.Settled() && got.OK() {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestNothingIsKnownOnOtherSystems(t *testing.T) {
	for _, area := range []platform.Area{platform.AreaSystem, platform.AreaServices, platform.AreaNetwork, platform.AreaSecurity} {
		s := look(t, area, unsupported{}, windows.Native{})
		if l := *s.Look(area); l.State != platform.Failed || l.Why != platform.WhyNotBuilt {
			t.Errorf("%s: got %+v", area, l)
		}
	}
}

// unsupported is the registry of a system that has none.
type unsupported struct{}

func (unsupported) Open(windows.Root, string, windows.View) (windows.Key, error) {
	return nil, fmt.Errorf("open: %w", errors.ErrUnsupported)
}
