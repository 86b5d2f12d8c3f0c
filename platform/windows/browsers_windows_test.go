package windows_test

import (
	"debug/pe"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/windows/registry"

	"yomitori/platform"
	"yomitori/platform/windows"
)

// realOptions are those of the computer that runs the test.
func realOptions() windows.Options {
	return windows.Options{Native: &windows.Native{Folder: windows.NativeFolder, Processes: windows.NativeProcesses}}
}

// makeKeys is makeKey for a key that may need others above it.
func makeKeys(t *testing.T, top registry.Key, path string, view uint32) registry.Key {
	t.Helper()
	for i, c := range path {
		if c == '\\' {
			makeKey(t, top, path[:i], view)
		}
	}
	return makeKey(t, top, path, view)
}

// putFile writes a file and the folders above it.
func putFile(t *testing.T, data []byte, names ...string) string {
	t.Helper()
	name := filepath.Join(names...)
	must(t, os.MkdirAll(filepath.Dir(name), 0o700))
	must(t, os.WriteFile(name, data, 0o700))
	return name
}

// thisProgram is the test binary: a program that runs here.
func thisProgram(t *testing.T) []byte {
	t.Helper()
	exe, err := os.Executable()
	must(t, err)
	raw, err := os.ReadFile(exe)
	must(t, err)
	return raw
}

// longFolder makes a folder with a Japanese name, blanks, and a path that is
// longer than Windows once allowed.
func longFolder(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "山田 花子 のパソコン")
	for len([]rune(folder)) <= 300 {
		folder = filepath.Join(folder, "とても長い名前の フォルダー "+strings.Repeat("表ソ能", 12))
	}
	must(t, os.MkdirAll(folder, 0o700))
	return folder
}

// TestKnownFolders compares with what the environment says.
func TestKnownFolders(t *testing.T) {
	for folder, variable := range map[windows.KnownFolder]string{
		windows.LocalAppData: "LOCALAPPDATA", windows.ProgramFiles: "ProgramFiles", windows.ProgramFilesX86: "ProgramFiles(x86)",
	} {
		got, err := windows.NativeFolder(folder)
		if err != nil || !strings.EqualFold(got, os.Getenv(variable)) {
			t.Errorf("%s: %q, %v, want %q", folder, got, err, os.Getenv(variable))
		}
	}
	if got, err := windows.NativeFolder("Desktop"); err == nil {
		t.Errorf("unknown name: %q", got)
	}
}

// TestRealHosts registers a host in every state and sees each come out.
func TestRealHosts(t *testing.T) {
	onWine(t)
	folder := longFolder(t)
	exe := thisProgram(t)
	other := uint16(pe.IMAGE_FILE_MACHINE_ARM64)
	const chrome, edge = `SOFTWARE\Google\Chrome\NativeMessagingHosts`, `SOFTWARE\Microsoft\Edge\NativeMessagingHosts`

	putFile(t, exe, folder, "host.exe")
	putFile(t, program(other, 1, 0, 0, 0), folder, "other.exe")
	putFile(t, []byte("no program"), folder, "broken.exe")
	putFile(t, []byte("@echo off\r\n"), folder, "script.bat")
	register := func(top registry.Key, path string, view uint32, name, manifest string) {
		t.Helper()
		file := putFile(t, []byte(manifest), folder, name+".json")
		must(t, makeKeys(t, top, path+`\`+name, view).SetStringValue("", file))
	}
	register(registry.CURRENT_USER, chrome, 0, "jp.go.cao.mpa", manifestOf("jp.go.cao.mpa", filepath.Join(folder, "host.exe")))
	register(registry.LOCAL_MACHINE, chrome, registry.WOW64_32KEY, "jp.go.jpki", manifestOf("jp.go.jpki", "host.exe"))
	register(registry.LOCAL_MACHINE, chrome, registry.WOW64_64KEY, "jp.go.nta.a", manifestOf("jp.go.nta.a", "other.exe"))
	register(registry.LOCAL_MACHINE, edge, registry.WOW64_64KEY, "jp.go.nta.b", manifestOf("jp.go.nta.b", "broken.exe"))
	register(registry.LOCAL_MACHINE, edge, registry.WOW64_64KEY, "jp.go.nta.c", manifestOf("jp.go.nta.c", "gone.exe"))
	register(registry.LOCAL_MACHINE, edge, registry.WOW64_64KEY, "jp.go.nta.d", manifestOf("jp.go.nta.x", "host.exe"))
	register(registry.LOCAL_MACHINE, edge, registry.WOW64_64KEY, "jp.go.nta.e", manifestOf("jp.go.nta.e", "script.bat"))
	register(registry.LOCAL_MACHINE, edge, registry.WOW64_64KEY, "com.example.passwords", manifestOf("com.example.passwords", "host.exe"))
	must(t, makeKeys(t, registry.LOCAL_MACHINE, edge+`\jp.go.nta.f`, registry.WOW64_64KEY).SetStringValue("", filepath.Join(folder, "gone.json")))
	must(t, makeKeys(t, registry.LOCAL_MACHINE, edge+`\jp.go.nta.g`, registry.WOW64_64KEY).SetStringValue("", `"`+filepath.Join(folder, "jp.go.nta.e.json")+`"`))
	makeKeys(t, registry.LOCAL_MACHINE, edge+`\jp.go.nta.h`, registry.WOW64_64KEY)
	// A text with references to the environment is expanded, as browsers do.
	t.Setenv("YOMITORI_TEST", folder)
	must(t, makeKeys(t, registry.CURRENT_USER, edge+`\jp.go.nta.e`, 0).SetExpandStringValue("", `%YOMITORI_TEST%\jp.go.nta.e.json`))

	hosts := hostsOf(t, realOptions())
	if !hosts.OK() {
		t.Fatalf("%+v", hosts.Look)
	}
	var got []string
	for _, h := range hosts.List {
		got = append(got, fmt.Sprintf("%s %s %s %d %s %s", h.Name, h.Browser, h.Scope, h.View, h.State, h.Arch))
	}
	want := []string{
		"jp.go.cao.mpa chrome user 0 ready " + runtime.GOARCH,
		"jp.go.jpki chrome machine 32 ready " + runtime.GOARCH,
		"jp.go.nta.a chrome machine 64 ready arm64",
		"jp.go.nta.b edge machine 64 program-broken ",
		"jp.go.nta.c edge machine 64 program-missing ",
		"jp.go.nta.d edge machine 64 manifest-broken " + runtime.GOARCH,
		"jp.go.nta.e edge user 0 ready ",
		"jp.go.nta.e edge machine 64 ready ",
		"jp.go.nta.f edge machine 64 manifest-missing ",
		"jp.go.nta.g edge machine 64 manifest-broken ",
		"jp.go.nta.h edge machine 64 manifest-missing ",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// extensionIn makes the preferences of a profile with one extension.
func extensionIn(more string) []byte {
	return []byte(`{"extensions":{"settings":{"` + portalID + `":{"location":1,"path":"` + portalID + `\\1.0_0",` + more +
		`"manifest":{"name":"マイナポータル","version":"1.0"}}}}}`)
}

// TestRealBrowsers installs a Chrome whose profiles have every state of an
// extension, under a long Japanese path, and an Edge in its usual place.
func TestRealBrowsers(t *testing.T) {
	onWine(t)
	folder := longFolder(t)
	chrome := putFile(t, thisProgram(t), t.TempDir(), "ソフト", "Google", "Chrome", "Application", "chrome.exe")
	edge := putFile(t, program(pe.IMAGE_FILE_MACHINE_AMD64, 142, 0, 1, 2), t.TempDir(), "Edge", "msedge.exe")
	const appPaths = `SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\`
	must(t, makeKeys(t, registry.CURRENT_USER, appPaths+"chrome.exe", 0).SetStringValue("", chrome))
	must(t, makeKeys(t, registry.LOCAL_MACHINE, appPaths+"msedge.exe", registry.WOW64_64KEY).SetStringValue("", edge))
	must(t, makeKeys(t, registry.CURRENT_USER, `SOFTWARE\Google\Chrome\BLBeacon`, 0).SetStringValue("version", "143.0.1.2"))
	must(t, makeKeys(t, registry.CURRENT_USER, `SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice`, 0).SetStringValue("ProgId", "MSEdgeHTM"))

	userData := filepath.Join(folder, "User Data")
	policies := makeKeys(t, registry.LOCAL_MACHINE, `SOFTWARE\Policies\Google\Chrome`, 0)
	must(t, policies.SetStringValue("UserDataDir", userData))
	must(t, policies.SetDWordValue("BackgroundModeEnabled", 0))
	must(t, policies.SetStringValue("ExtensionSettings", `{"`+portalID+`":{"installation_mode":"allowed"}}`))
	must(t, makeKeys(t, registry.LOCAL_MACHINE, `SOFTWARE\Policies\Google\Chrome\ExtensionInstallBlocklist`, 0).SetStringValue("1", "*"))
	must(t, makeKeys(t, registry.CURRENT_USER, `SOFTWARE\Policies\Google\Chrome\NativeMessagingBlocklist`, 0).SetStringValue("1", "jp.go.cao.mpa"))

	// What stands in a profile, and what is to be told of it.
	states := []struct {
		folder     string
		files      map[string][]byte
		hasFolder  bool
		want, look string
	}{
		{"Default", map[string][]byte{"Secure Preferences": extensionIn("")}, true, "on", "observed"},
		{"Profile 1", map[string][]byte{"Preferences": extensionIn(`"state":0,"disable_reasons":1,`)}, true, "off [1]", "observed"},
		{"Profile 2", map[string][]byte{"Secure Preferences": extensionIn(`"disable_reasons":[2],`)}, true, "off [2]", "observed"},
		{"Profile 3", map[string][]byte{"Secure Preferences": extensionIn(`"disable_reasons":[1024],`)}, false, "off [1024] gone", "observed"},
		{"Profile 4", map[string][]byte{"Secure Preferences": extensionIn(`"disable_reasons":[65536],`)}, true, "off [65536]", "observed"},
		{"Profile 5", map[string][]byte{"Secure Preferences": extensionIn(`"disable_reasons":8192,"incognito":true,`)}, true, "off [8192] incognito", "observed"},
		{"Profile 6", map[string][]byte{"Preferences": []byte(`{"extensions":{"external_uninstalls":["` + portalID + `"]}}`)}, false, "removed", "observed"},
		{"Profile 7", map[string][]byte{"Preferences": []byte(`{}`)}, false, "none", "observed"},
		{"Profile 8", map[string][]byte{"Secure Preferences": extensionIn("")[:90]}, true, "", "failed"},
		{"Profile 9", nil, false, "", "not-applicable"},
	}
	var cache, want []string
	for _, s := range states {
		cache = append(cache, fmt.Sprintf(`"%s":{"name":"花子 %s"}`, s.folder, s.folder))
		want = append(want, s.folder+" "+s.look+" "+s.want)
		for name, raw := range s.files {
			putFile(t, raw, userData, s.folder, name)
		}
		if s.hasFolder {
			putFile(t, []byte(`{}`), userData, s.folder, "Extensions", portalID, "1.0_0", "manifest.json")
		}
	}
	putFile(t, []byte(`{"profile":{"last_used":"Profile 2","info_cache":{`+strings.Join(cache, ",")+`}}}`), userData, "Local State")
	play(t, chrome, "browser")

	list := browsersOf(t, realOptions()).List
	i := slices.IndexFunc(list, func(b platform.Browser) bool { return b.Name == platform.BrowserChrome })
	if i != 1 || list[0].Name != platform.BrowserEdge {
		t.Fatalf("%+v", list)
	}
	if e := list[0]; e.State != platform.NotApplicable || e.Version != "142.0.1.2" || !e.Default || e.Running != 0 {
		t.Errorf("Edge: %+v", e)
	}
	b := list[1]
	var got []string
	for _, p := range b.Profiles {
		got = append(got, p.Folder+" "+string(p.State)+" "+extensionOf(p))
		if p.Name != "花子 "+p.Folder || p.LastUsed != (p.Folder == "Profile 2") {
			t.Errorf("%+v", p)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if !b.OK() || b.Version != "143.0.1.2" || b.Default || b.Running != 1 || b.Windows != 0 {
		t.Errorf("Chrome: %+v", b)
	}
	rules := platform.Policies{
		Extensions: []platform.ExtensionRule{
			{ID: "*", Mode: platform.ModeBlocked, Policy: "ExtensionInstallBlocklist", Scope: platform.ScopeMachine},
			{ID: portalID, Mode: platform.ModeAllowed, Policy: "ExtensionSettings", Scope: platform.ScopeMachine},
		},
		Hosts:      []platform.HostRule{{Host: "jp.go.cao.mpa", Policy: "NativeMessagingBlocklist", Scope: platform.ScopeUser}},
		Background: platform.SwitchOff,
	}
	if d := cmp.Diff(rules, b.Policies); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// extensionOf tells the state of the known extension in one line.
func extensionOf(p platform.Profile) string {
	for _, x := range p.Extensions {
		if x.ID != portalID {
			continue
		}
		line := "on"
		switch {
		case x.Removed:
			line = "removed"
		case !x.Installed:
			line = "none"
		case !x.Enabled:
			line = fmt.Sprint("off ", x.Reasons)
		}
		if x.FilesMissing {
			line += " gone"
		}
		if x.Incognito {
			line += " incognito"
		}
		return line
	}
	return ""
}
