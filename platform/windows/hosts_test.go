package windows_test

import (
	"debug/pe"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/windows"
)

// The id that the hosts of these tests allow, and that of another extension.
const (
	portalID  = "fjjibalalngebiaophebgkkohaaggphf"
	strangeID = "ponmlkjihgfedcbaponmlkjihgfedcba"
)

const processor = `
[HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment]
"PROCESSOR_ARCHITECTURE"="AMD64"
`

// manifestOf is a whole manifest of a host.
func manifestOf(name, program string) string {
	return `{"name":"` + name + `","description":"x","path":"` + strings.ReplaceAll(program, `\`, `\\`) +
		`","type":"stdio","allowed_origins":["chrome-extension://` + portalID + `/"]}`
}

// hostsOf looks at the area.
func hostsOf(t *testing.T, o windows.Options) platform.Hosts {
	t.Helper()
	return windows.New(o).Look(t.Context(), platform.AreaHosts).Hosts
}

// TestHostStates leads one registration to each end it may have.
func TestHostStates(t *testing.T) {
	const folder = `C:\Program Files\マイナポータル`
	const whole = "jp.go.cao.mpa"
	amd64 := program(pe.IMAGE_FILE_MACHINE_AMD64, 1, 2, 3, 4)
	i386 := program(pe.IMAGE_FILE_MACHINE_I386, 1, 2, 3, 4)
	arm64 := program(pe.IMAGE_FILE_MACHINE_ARM64, 1, 2, 3, 4)
	for name, tt := range map[string]struct {
		registered string // "" for folder\m.json; "-" for a key without a value
		manifest   string // "" for one with the program's full path
		file       string // of the program, "" for host.exe
		program    []byte
		state      platform.HostState
		arch       string
		detail     string // a part
	}{
		"ready":                         {program: amd64, state: platform.HostReady, arch: "amd64"},
		"ready, 32 bits":                {program: i386, state: platform.HostReady, arch: "386"},
		"ready, relative":               {manifest: manifestOf(whole, `bin\host.exe`), file: `bin/host.exe`, program: amd64, state: platform.HostReady, arch: "amd64"},
		"ready, one folder up":          {manifest: manifestOf(whole, `..\マイナポータル\.\host.exe`), program: amd64, state: platform.HostReady, arch: "amd64"},
		"ready, slashes":                {manifest: manifestOf(whole, strings.ReplaceAll(folder, `\`, "/")+"/host.exe"), program: amd64, state: platform.HostReady, arch: "amd64"},
		"ready, script":                 {manifest: manifestOf(whole, `host.bat`), file: "host.bat", program: []byte("@echo off\r\n"), state: platform.HostReady},
		"ready, environment":            {registered: `%ProgramFiles%\マイナポータル\m.json`, program: amd64, state: platform.HostReady, arch: "amd64"},
		"script missing":                {manifest: manifestOf(whole, `host.cmd`), state: platform.HostProgramMissing},
		"ready, but for another kind":   {program: arm64, state: platform.HostReady, arch: "arm64"},
		"program missing":               {state: platform.HostProgramMissing},
		"program empty":                 {program: []byte{}, state: platform.HostProgramBroken},
		"program is text":               {program: []byte(strings.Repeat("This is not a program.", 100)), state: platform.HostProgramBroken},
		"program cut off":               {program: amd64[:len(amd64)-20], state: platform.HostProgramBroken},
		"program a folder":              {file: "host.exe/x", program: amd64, state: platform.HostProgramBroken},
		"program on a share":            {manifest: manifestOf(whole, `\\server\share\host.exe`), state: platform.HostUnseen},
		"program in quotes":             {manifest: strings.Replace(manifestOf(whole, "P"), `"P"`, `"\"C:\\host.exe\""`, 1), state: platform.HostProgramMissing},
		"no manifest":                   {registered: folder + `\gone.json`, state: platform.HostManifestMissing},
		"no value":                      {registered: "-", state: platform.HostManifestMissing},
		"an empty value":                {registered: "\x00", state: platform.HostManifestBroken},
		"manifest in quotes":            {registered: `\"` + folder + `\m.json\"`, program: amd64, state: platform.HostManifestBroken, detail: "not a full path"},
		"manifest relative":             {registered: `m.json`, program: amd64, state: platform.HostManifestBroken, detail: "not a full path"},
		"manifest on a share":           {registered: `\\server\share\m.json`, state: platform.HostUnseen},
		"manifest a folder":             {registered: folder, program: amd64, state: platform.HostManifestBroken},
		"manifest of another":           {manifest: manifestOf("jp.go.cao.mpb", folder+`\host.exe`), program: amd64, state: platform.HostManifestBroken, arch: "amd64", detail: "name differs"},
		"manifest cut":                  {manifest: manifestOf(whole, folder)[:30], program: amd64, state: platform.HostManifestBroken},
		"manifest huge":                 {manifest: strings.Repeat(" ", 65<<10), program: amd64, state: platform.HostManifestBroken},
		"manifest wrong, program also":  {manifest: strings.Replace(manifestOf(whole, `host.exe`), "stdio", "x", 1), state: platform.HostManifestBroken, detail: "stdio"},
		"manifest in the old code page": {manifest: strings.Replace(manifestOf(whole, `host.exe`), `:"x"`, ":\"\x83}\x83C\"", 1), program: amd64, state: platform.HostManifestBroken, arch: "amd64", detail: "UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			or := func(s, otherwise string) string {
				if s == "" {
					return otherwise
				}
				return s
			}
			value := "@=" + `"` + strings.ReplaceAll(strings.ReplaceAll(or(tt.registered, folder+`\m.json`), `\`, `\\`), `\\"`, `\"`) + `"`
			switch {
			case tt.registered == "-":
				value = ""
			case tt.registered == "\x00":
				value = `@=""`
			case strings.Contains(tt.registered, "%"):
				value = strings.Replace(value, "=", "=str(2):", 1)
			}
			r := newRegFile(t, processor,
				`[HKLM\SOFTWARE\Google\Chrome\NativeMessagingHosts\jp.go.cao.mpa]`+"\n"+value)
			r.Env["PROGRAMFILES"] = `C:\Program Files`
			d := drives{"C/Program Files/マイナポータル/m.json": {Data: []byte(or(tt.manifest, manifestOf(whole, folder+`\host.exe`)))}}
			if tt.program != nil {
				d["C/Program Files/マイナポータル/"+or(tt.file, "host.exe")] = &fstest.MapFile{Data: tt.program}
			}
			got := hostsOf(t, options(r, d))
			if !got.OK() || len(got.List) != 1 {
				t.Fatalf("%+v", got)
			}
			h := got.List[0]
			if h.State != tt.state || h.Arch != tt.arch || (h.Detail == "") != (h.State == platform.HostReady) || !strings.Contains(h.Detail, tt.detail) {
				t.Errorf("%+v", h)
			}
			if tt.state == platform.HostReady && tt.arch != "" && (h.Version != "1.2.3.4" || len(h.Origins) != 1) {
				t.Errorf("%+v", h)
			}
		})
	}
}

// TestHostPlaces has registrations in every place, and those of others, of
// which nothing may be told.
func TestHostPlaces(t *testing.T) {
	r := newRegFile(t, processor, `
[HKCU\SOFTWARE\Google\Chrome\NativeMessagingHosts\jp.go.cao.mpa]
@="C:\\Users\\花子\\AppData\\Local\\MPA\\m.json"
[HKLM\SOFTWARE\WOW6432Node\Google\Chrome\NativeMessagingHosts\jp.go.cao.mpa]
@="C:\\gone.json"
[HKLM\SOFTWARE\Microsoft\Edge\NativeMessagingHosts\jp.go.cao.mpa]
@="C:\\gone.json"
[HKLM\SOFTWARE\Chromium\NativeMessagingHosts\jp.go.jpki]
@="C:\\gone.json"
[HKLM\SOFTWARE\Google\Chrome\NativeMessagingHosts\com.example.signer]
@="C:\\Program Files\\e-Tax\\signer.json"
[HKLM\SOFTWARE\Google\Chrome\NativeMessagingHosts\com.example.vendor]
@="C:\\Vendor\\described.json"
[HKLM\SOFTWARE\Google\Chrome\NativeMessagingHosts\com.example.named]
@="C:\\Program Files\\NTA\\named.json"
[HKLM\SOFTWARE\Google\Chrome\NativeMessagingHosts\com.example.taxi]
@="C:\\Program Files\\Freetax\\santa.json"
[HKLM\SOFTWARE\Google\Chrome\NativeMessagingHosts\com.example.passwords]
@="C:\\Users\\hpki\\AppData\\Local\\passwords.json"
`)
	d := drives{
		"C/Users/花子/AppData/Local/MPA/m.json":          {Data: []byte(manifestOf("jp.go.cao.mpa", "mpa.exe"))},
		"C/Users/花子/AppData/Local/MPA/mpa.exe":         {Data: program(pe.IMAGE_FILE_MACHINE_AMD64, 1, 0, 0, 0)},
		"C/Program Files/e-Tax/signer.json":            {Data: []byte(manifestOf("com.example.signer", "gone.exe"))},
		"C/Vendor/described.json":                      {Data: []byte(strings.Replace(manifestOf("com.example.vendor", "x.exe"), `:"x"`, `:"公的個人認証の部品"`, 1))},
		"C/Users/hpki/AppData/Local/passwords.json":    {Data: []byte(manifestOf("com.example.passwords", `C:\Users\hpki\p.exe`))},
		"C/Users/hpki/AppData/Local/not looked at.exe": {},
	}
	want := platform.Hosts{Look: platform.Seen(), List: []platform.NativeHost{
		{Name: "com.example.named", Software: platform.SoftwareETax, Browser: platform.BrowserChrome, Scope: platform.ScopeMachine, View: 64, Manifest: `C:\Program Files\NTA\named.json`, State: platform.HostManifestMissing},
		{Name: "com.example.signer", Software: platform.SoftwareETax, Browser: platform.BrowserChrome, Scope: platform.ScopeMachine, View: 64, Manifest: `C:\Program Files\e-Tax\signer.json`, State: platform.HostProgramMissing, Program: `C:\Program Files\e-Tax\gone.exe`, Origins: []string{portalID}},
		{Name: "com.example.vendor", Software: platform.SoftwareJPKI, Browser: platform.BrowserChrome, Scope: platform.ScopeMachine, View: 64, Manifest: `C:\Vendor\described.json`, State: platform.HostProgramMissing, Program: `C:\Vendor\x.exe`, Origins: []string{portalID}},
		{Name: "jp.go.cao.mpa", Software: platform.SoftwareMynaportal, Browser: platform.BrowserChrome, Scope: platform.ScopeUser, Manifest: `C:\Users\花子\AppData\Local\MPA\m.json`, State: platform.HostReady, Program: `C:\Users\花子\AppData\Local\MPA\mpa.exe`, Arch: "amd64", Version: "1.0.0.0", Origins: []string{portalID}},
		{Name: "jp.go.cao.mpa", Software: platform.SoftwareMynaportal, Browser: platform.BrowserChrome, Scope: platform.ScopeMachine, View: 32, Manifest: `C:\gone.json`, State: platform.HostManifestMissing},
		{Name: "jp.go.cao.mpa", Software: platform.SoftwareMynaportal, Browser: platform.BrowserEdge, Scope: platform.ScopeMachine, View: 64, Manifest: `C:\gone.json`, State: platform.HostManifestMissing},
		{Name: "jp.go.jpki", Software: platform.SoftwareJPKI, Browser: platform.BrowserChromium, Scope: platform.ScopeMachine, View: 64, Manifest: `C:\gone.json`, State: platform.HostManifestMissing},
	}}
	got := hostsOf(t, options(r, d))
	for i := range got.List {
		got.List[i].Detail = ""
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// A place that may not be read makes the area fail and hides no other.
func TestHostsRefused(t *testing.T) {
	r := newRegFile(t, `
[HKLM\SOFTWARE\Microsoft\Edge\NativeMessagingHosts\jp.go.cao.mpa]
@="C:\\gone.json"
[HKLM\SOFTWARE\Google\Chrome\NativeMessagingHosts\jp.go.cao.mpa]
@="C:\\gone.json"
[HKLM\SOFTWARE\Microsoft\Edge\NativeMessagingHosts\jp.go.jpki]
@="C:\\gone.json"
`)
	r.Refuse(`HKLM\SOFTWARE\Google\Chrome\NativeMessagingHosts`)
	r.Refuse(`HKLM\SOFTWARE\Microsoft\Edge\NativeMessagingHosts\jp.go.jpki`)
	got := hostsOf(t, options(r, nil))
	if got.State != platform.Refused || len(got.List) != 2 {
		t.Fatalf("%+v", got)
	}
	if got.List[0].State != platform.HostManifestMissing || got.List[1].State != platform.HostUnseen {
		t.Errorf("%+v", got.List)
	}
}

func TestNoHosts(t *testing.T) {
	if got := hostsOf(t, options(newRegFile(t), nil)); !got.OK() || got.List != nil {
		t.Errorf("%+v", got)
	}
}

// Microsoft's list for Edge has three places that no view shows. What repeats
// the user's other registrations is told once.
func TestHostPlacesOfEdgeAlone(t *testing.T) {
	r := newRegFile(t, `
[HKCU\SOFTWARE\Google\Chrome\NativeMessagingHosts\jp.go.cao.mpa]
@="C:\\gone.json"
[HKCU\SOFTWARE\WOW6432Node\Google\Chrome\NativeMessagingHosts\JP.GO.CAO.MPA]
@="c:\\GONE.json"
[HKCU\SOFTWARE\WOW6432Node\Google\Chrome\NativeMessagingHosts\jp.go.jpki]
@="C:\\gone.json"
[HKCU\SOFTWARE\WOW6432Node\Microsoft\Edge\NativeMessagingHosts\jp.go.cao.mpa]
@="C:\\other.json"
[HKLM\SOFTWARE\Microsoft\Edge\NativeMessagingHosts\jp.go.cao.mpa]
@="C:\\gone.json"
`)
	var got []string
	for _, h := range hostsOf(t, options(r, nil)).List {
		got = append(got, fmt.Sprintf("%s %s %s %d %s", h.Name, h.Browser, h.Scope, h.View, h.Manifest))
	}
	want := []string{
		`jp.go.cao.mpa chrome user 0 C:\gone.json`,
		`jp.go.cao.mpa edge machine 64 C:\gone.json`,
		`jp.go.cao.mpa edge user 32 C:\other.json`,
		`jp.go.jpki edge user 32 C:\gone.json`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
