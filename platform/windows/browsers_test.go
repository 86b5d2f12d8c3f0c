package windows_test

import (
	"debug/pe"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/rules"
	"yomitori/platform/windows"
)

// homePC has Edge, Chrome and Firefox; its user is called 山田 花子.
const homePC = processor + `
[HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\msedge.exe]
@="C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe"
[HKCU\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\chrome.exe]
@="C:\\Users\\山田 花子\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe"
[HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\firefox.exe]
@="\"C:\\Program Files\\Mozilla Firefox\\firefox.exe\""
[HKCU\SOFTWARE\Google\Chrome\BLBeacon]
"version"="143.0.7499.1"
[HKCU\SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice]
"ProgId"="ChromeHTML.ABCDEF"
[HKLM\SOFTWARE\Google\Chrome\NativeMessagingHosts\jp.go.cao.mpa]
@="C:\\gone.json"
`

const (
	edgeData   = "C/Users/山田 花子/AppData/Local/Microsoft/Edge/User Data/"
	chromeData = "C/Users/山田 花子/AppData/Local/Google/Chrome/User Data/"
	chromeExe  = `C:\Users\山田 花子\AppData\Local\Google\Chrome\Application\chrome.exe`
)

func text(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

func homeFiles() drives {
	return drives{
		"C/Program Files (x86)/Microsoft/Edge/Application/msedge.exe":            {Data: program(pe.IMAGE_FILE_MACHINE_AMD64, 142, 0, 3595, 2)},
		"C/Users/山田 花子/AppData/Local/Google/Chrome/Application/chrome.exe":       text("no version here"),
		"C/Program Files/Mozilla Firefox/firefox.exe":                            {Data: program(pe.IMAGE_FILE_MACHINE_AMD64, 144, 0, 0, 1)},
		chromeData + "Local State":                                               text(`{"background_mode":{"enabled":true},"profile":{"info_cache":{"Default":{"name":"花子"},"Profile 1":{"name":"仕事"}},"last_used":"Profile 1"}}`),
		chromeData + "Default/Preferences":                                       text(`{}`),
		chromeData + "Profile 1/Secure Preferences":                              text(`{"extensions":{"settings":{"` + portalID + `":{"location":1,"path":"` + portalID + `\\1_0","disable_reasons":[2],"manifest":{"name":"マイナポータル","version":"1"}},"` + strangeID + `":{"location":1,"path":"x","manifest":{"name":"別物","version":"1"}}}}}`),
		chromeData + "Profile 1/Extensions/" + portalID + "/1_0/manifest.json":   text(`{}`),
		chromeData + "Profile 1/Extensions/" + strangeID + "/1_0/_locales/x.txt": text(`{}`),
	}
}

func homeOptions(r windows.Registry, d drives) windows.Options {
	o := options(r, d)
	o.Native.Folder = func(f windows.KnownFolder) (string, error) {
		if f == windows.LocalAppData {
			return `C:\Users\山田 花子\AppData\Local`, nil
		}
		return "", errors.ErrUnsupported
	}
	o.Getenv = func(name string) string {
		return map[string]string{"ProgramFiles": `C:\Program Files`, "ProgramFiles(x86)": `C:\Program Files (x86)`, "LOCALAPPDATA": `C:\elsewhere`}[name]
	}
	o.Native.Processes = func() ([]windows.Process, error) {
		return []windows.Process{
			{ID: 1, Path: strings.ToUpper(chromeExe), Name: "CHROME.EXE", Windows: 2},
			{ID: 2, Path: chromeExe, Name: "chrome.exe"},
			{ID: 3, Name: "chrome.exe"},
			{ID: 4, Path: `D:\Google\Chrome\Application\chrome.exe`, Name: "chrome.exe", Windows: 1},
			{ID: 5, Path: `D:\test tools\chrome.exe`, Name: "chrome.exe", Windows: 1},
			{ID: 6, Path: `C:\Program Files (x86)\Microsoft\EdgeWebView\Application\msedgewebview2.exe`, Name: "msedgewebview2.exe"},
		}, nil
	}
	return o
}

// browsersOf looks at the area.
func browsersOf(t *testing.T, o windows.Options) platform.Browsers {
	t.Helper()
	return windows.New(o).Look(t.Context(), platform.AreaBrowsers).Browsers
}

func TestBrowsers(t *testing.T) {
	none := platform.Extension{ID: portalID, Software: platform.SoftwareMynaportal}
	off := platform.Extension{ID: portalID, Software: platform.SoftwareMynaportal, Name: "マイナポータル", Version: "1", Installed: true, Reasons: []int{2}, Location: 1}
	jpki := platform.Extension{ID: rules.Extensions[1].ID, Software: platform.SoftwareJPKI}
	want := platform.Browsers{Look: platform.Seen(), List: []platform.Browser{
		{Look: platform.Absent(), Name: platform.BrowserEdge, Version: "142.0.3595.2"},
		{
			Look: platform.Seen(), Name: platform.BrowserChrome, Version: "143.0.7499.1", Default: true,
			Running: 4, Windows: 3, Background: platform.SwitchOn,
			Profiles: []platform.Profile{
				{Look: platform.Seen(), Folder: "Default", Name: "花子", Extensions: []platform.Extension{none, jpki}},
				{Look: platform.Seen(), Folder: "Profile 1", Name: "仕事", LastUsed: true, Extensions: []platform.Extension{off, jpki}},
			},
		},
		{Look: platform.Absent(), Name: platform.BrowserFirefox, Version: "144.0.0.1"},
	}}
	if d := cmp.Diff(want, browsersOf(t, homeOptions(newRegFile(t, homePC), homeFiles()))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestFindBrowsers varies how browsers came to the computer.
func TestFindBrowsers(t *testing.T) {
	edge := &fstest.MapFile{Data: program(pe.IMAGE_FILE_MACHINE_AMD64, 1, 2, 3, 4)}
	for name, tt := range map[string]struct {
		registry string
		files    drives
		want     string
	}{
		"none":                     {want: "[]"},
		"not registered":           {files: drives{"C/Program Files (x86)/Microsoft/Edge/Application/msedge.exe": edge}, want: "[edge 1.2.3.4]"},
		"for this user only":       {files: drives{"C/Users/山田 花子/AppData/Local/Google/Chrome/Application/chrome.exe": edge}, want: "[chrome 1.2.3.4]"},
		"removed but registered":   {registry: homePC, want: "[]"},
		"elsewhere":                {registry: strings.ReplaceAll(homePC, `C:\\Program Files (x86)\\Microsoft`, `D:\\ソフト`), files: drives{"D/ソフト/Edge/Application/msedge.exe": edge}, want: "[edge 1.2.3.4]"},
		"of no kind that is known": {registry: "[HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\msedge.exe]\n@=dword:00000001", want: "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, b := range browsersOf(t, homeOptions(newRegFile(t, tt.registry), tt.files)).List {
				got = append(got, fmt.Sprint(b.Name, " ", b.Version))
			}
			if fmt.Sprint(got) != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestDefaultBrowser(t *testing.T) {
	const latest = `[HKCU\SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoiceLatest`
	for _, tt := range []struct {
		progID, later string
		want          platform.BrowserName // "other" for one that is not listed
	}{
		{"ChromeHTML", "", platform.BrowserChrome},
		{"MSEdgeHTM", "", platform.BrowserEdge},
		{"FirefoxURL-308046B0AF4A39CB", "", platform.BrowserFirefox},
		{"chromehtml", "", platform.BrowserChrome},
		{"VivaldiHTM.ABC", "", "other"},
		{"BraveHTML", "", "other"},
		{"", "", ""},
		{"ChromeHTML", latest + `\ProgId]` + "\n" + `"ProgId"="MSEdgeHTM"`, platform.BrowserEdge},
		{"ChromeHTML", latest + `\ProgId]` + "\n" + `"ProgId"="OperaStable"`, "other"},
		{"", latest + `\ProgId]` + "\n" + `"ProgId"="MSEdgeHTM"`, platform.BrowserEdge},
		{"ChromeHTML", latest + `\ProgId]`, platform.BrowserChrome},
		{"ChromeHTML", latest + "]\n" + `"Hash"="x"`, platform.BrowserChrome},
		{"ChromeHTML", latest + `\ProgId]` + "\n" + `"ProgId"=dword:1`, platform.BrowserChrome},
	} {
		r := newRegFile(t, strings.Replace(homePC, "ChromeHTML.ABCDEF", tt.progID, 1), tt.later)
		found := browsersOf(t, homeOptions(r, homeFiles()))
		var got platform.BrowserName
		for _, b := range found.List {
			if b.Default {
				got += b.Name
			}
		}
		if found.DefaultOther {
			got += "other"
		}
		if got != tt.want {
			t.Errorf("%q, %q: default %q, want %q", tt.progID, tt.later, got, tt.want)
		}
	}
}

// What fails in one browser, or in a part of one, hides nothing else.
func TestBrowsersHideNothing(t *testing.T) {
	t.Run("processes", func(t *testing.T) {
		o := homeOptions(newRegFile(t, homePC), homeFiles())
		o.Native.Processes = nil
		got := browsersOf(t, o)
		if !got.OK() || got.Detail == "" || len(got.List) != 3 || len(got.List[1].Profiles) != 2 {
			t.Errorf("%+v", got)
		}
	})
	t.Run("processes, at length", func(t *testing.T) {
		o := homeOptions(newRegFile(t, homePC), homeFiles())
		o.Native.Processes = func() ([]windows.Process, error) {
			return nil, errors.New("first\nthen\a" + strings.Repeat("長", 9999))
		}
		d := browsersOf(t, o).Detail
		if len(d) > platform.LongestText || !strings.HasPrefix(d, "list processes: first; then長") {
			t.Errorf("%q", d)
		}
	})
	t.Run("hosts", func(t *testing.T) {
		r := newRegFile(t, homePC)
		r.Refuse(`HKLM\SOFTWARE\Google\Chrome`)
		got := browsersOf(t, homeOptions(r, homeFiles()))
		if !got.OK() || len(got.List[1].Profiles[1].Extensions) != 2 {
			t.Errorf("%+v", got)
		}
	})
	t.Run("one profile", func(t *testing.T) {
		d := homeFiles()
		d[chromeData+"Default/Preferences"] = text(`{"extensions`)
		d[edgeData+"Local State"] = text(`[`)
		got := browsersOf(t, homeOptions(newRegFile(t, homePC), d)).List
		if got[0].State != platform.Failed || got[1].Profiles[0].State != platform.Failed || !got[1].Profiles[1].OK() || !got[1].OK() {
			t.Errorf("%+v", got)
		}
	})
	t.Run("no folder", func(t *testing.T) {
		o := homeOptions(newRegFile(t, homePC), homeFiles())
		o.Native.Folder = nil
		o.Getenv = func(string) string { return "" }
		got := browsersOf(t, o)
		if len(got.List) != 3 || got.List[1].State != platform.Failed || got.List[1].Running != 4 {
			t.Errorf("%+v", got)
		}
	})
	t.Run("policies", func(t *testing.T) {
		r := newRegFile(t, homePC, `[HKLM\SOFTWARE\Policies\Google\Chrome]`)
		r.Refuse(`HKLM\SOFTWARE\Policies\Google`)
		got := browsersOf(t, homeOptions(r, homeFiles())).List
		if !got[1].OK() || len(got[1].Policies.Faults) != 9 || len(got[0].Policies.Faults) != 0 {
			t.Errorf("%+v", got)
		}
	})
}

func TestUserDataFolder(t *testing.T) {
	moved := homeFiles()
	for name, f := range maps.Clone(moved) {
		if below, ok := strings.CutPrefix(name, chromeData); ok {
			delete(moved, name)
			moved["D/データ/Chrome/"+below] = f
		}
	}
	for name, tt := range map[string]struct {
		policy string
		state  platform.State
	}{
		"moved":             {`[HKLM\SOFTWARE\Policies\Google\Chrome]` + "\n" + `"UserDataDir"="D:\\データ\\Chrome\\"`, platform.Observed},
		"by the user":       {`[HKCU\SOFTWARE\Policies\Google\Chrome]` + "\n" + `"UserDataDir"="D:/データ/Chrome"`, platform.Observed},
		"with variables":    {`[HKLM\SOFTWARE\Policies\Google\Chrome]` + "\n" + `"UserDataDir"="${local_app_data}\\Chrome"`, platform.Failed},
		"on a share":        {`[HKLM\SOFTWARE\Policies\Google\Chrome]` + "\n" + `"UserDataDir"="\\\\server\\home"`, platform.Failed},
		"on a mapped drive": {`[HKLM\SOFTWARE\Policies\Google\Chrome]` + "\n" + `"UserDataDir"="Z:\\Chrome"`, platform.Failed},
		"not moved":         {"", platform.NotApplicable},
	} {
		t.Run(name, func(t *testing.T) {
			o := homeOptions(newRegFile(t, homePC, tt.policy), moved)
			o.Native.RemoteDrive = func(drive string) bool { return drive == "Z:" }
			b := browsersOf(t, o).List[1]
			if b.State != tt.state || (len(b.Profiles) == 2) != (tt.state == platform.Observed) {
				t.Errorf("%+v", b)
			}
		})
	}
}

func TestBrowserPolicies(t *testing.T) {
	const chrome = `[HKLM\SOFTWARE\Policies\Google\Chrome`
	machine := func(id string, mode platform.ExtensionMode, policy string) []platform.ExtensionRule {
		return []platform.ExtensionRule{{ID: id, Mode: mode, Policy: policy, Scope: platform.ScopeMachine}}
	}
	for name, tt := range map[string]struct {
		registry string
		want     platform.Policies
	}{
		"block all": {
			chrome + `\ExtensionInstallBlocklist]` + "\n" + `"1"="` + strangeID + `"` + "\n" + `"7"="*"` + "\n" + `"note"="` + portalID + `"`,
			platform.Policies{Extensions: machine("*", platform.ModeBlocked, "ExtensionInstallBlocklist")},
		},
		"forced": {
			chrome + `\ExtensionInstallForcelist]` + "\n" + `"1"="` + portalID + `;https://clients2.google.com/service/update2/crx"`,
			platform.Policies{Extensions: machine(portalID, platform.ModeForced, "ExtensionInstallForcelist")},
		},
		"a number in the list": {
			chrome + `\ExtensionInstallBlocklist]` + "\n" + `"1"=dword:00000001` + "\n" + `"2"="*"`,
			platform.Policies{Extensions: machine("*", platform.ModeBlocked, "ExtensionInstallBlocklist"), Faults: []string{"ExtensionInstallBlocklist"}},
		},
		"settings": {
			chrome + "]\n" + `"ExtensionSettings"="{\"*\":{\"installation_mode\":\"blocked\"}}"`,
			platform.Policies{Extensions: machine("*", platform.ModeBlocked, "ExtensionSettings")},
		},
		"settings a number": {chrome + "]\n" + `"ExtensionSettings"=dword:00000001`, platform.Policies{Faults: []string{"ExtensionSettings"}}},
		"settings as keys": {
			chrome + `\ExtensionSettings\` + portalID + "]\n" + `"installation_mode"="removed"` + "\n" + chrome + `\ExtensionSettings\*]` + "\n" + `"allowed_types"="[]"`,
			platform.Policies{Extensions: machine(portalID, platform.ModeRemoved, "ExtensionSettings")},
		},
		"hosts": {
			chrome + `\NativeMessagingBlocklist]` + "\n" + `"1"="*"` + "\n" + chrome + `\NativeMessagingAllowlist]` + "\n" + `"1"="com.example.passwords"`,
			platform.Policies{Hosts: []platform.HostRule{{Host: "*", Policy: "NativeMessagingBlocklist", Scope: platform.ScopeMachine}}},
		},
		"switches": {
			chrome + "]\n" + `"NativeMessagingUserLevelHosts"=dword:00000000` + "\n" + `"BackgroundModeEnabled"="1"` + "\n" + `"StartupBoostEnabled"=hex:01`,
			platform.Policies{UserHosts: platform.SwitchOff, Background: platform.SwitchOn, Faults: []string{"StartupBoostEnabled"}},
		},
		"for the user": {
			`[HKCU\SOFTWARE\Policies\Google\Chrome\ExtensionInstallBlocklist]` + "\n" + `"1"="*"`,
			platform.Policies{Extensions: []platform.ExtensionRule{{ID: "*", Mode: platform.ModeBlocked, Policy: "ExtensionInstallBlocklist", Scope: platform.ScopeUser}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			list := browsersOf(t, homeOptions(newRegFile(t, homePC, tt.registry), homeFiles())).List
			if d := cmp.Diff(tt.want, list[1].Policies); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if d := cmp.Diff(platform.Policies{}, list[0].Policies); d != "" {
				t.Errorf("Edge (-want +got):\n%s", d)
			}
		})
	}
}
