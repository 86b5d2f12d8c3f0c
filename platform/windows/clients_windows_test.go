package windows_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/sys/windows/registry"

	"yomitori/platform"
	"yomitori/platform/windows"
)

// setTexts makes a key with text values.
func setTexts(t *testing.T, top registry.Key, path string, view uint32, values map[string]string) {
	t.Helper()
	k := makeKey(t, top, path, view)
	for name, value := range values {
		if strings.Contains(value, "%") {
			must(t, k.SetExpandStringValue(name, value))
		} else {
			must(t, k.SetStringValue(name, value))
		}
	}
}

// nativeClients looks at this computer's client software.
func nativeClients(t *testing.T) platform.Clients {
	t.Helper()
	return clientsOf(t, windows.Options{
		Registry: windows.NativeRegistry(),
		Native:   &windows.Native{Processes: windows.NativeProcesses},
	})
}

func TestClientsOfThisComputer(t *testing.T) {
	onWine(t)
	const uninstall = `SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\`
	const provider = `SOFTWARE\Microsoft\Cryptography\Defaults\Provider\`
	library := copyOfThis(t, "公的 個人認証", strings.Repeat("長", 100), strings.Repeat("い", 100))
	folder := filepath.Dir(library)
	must(t, os.Rename(library, filepath.Join(folder, "JPKIPKCS11Sign64.dll")))
	kernel, err := windows.New(windows.Options{}).File(filepath.Join(os.Getenv("SystemRoot"), `System32\kernel32.dll`))
	must(t, err)

	setTexts(t, registry.LOCAL_MACHINE, uninstall+"利用者 64", registry.WOW64_64KEY, map[string]string{"DisplayName": "JPKI利用者ソフト", "DisplayVersion": "3.9", "InstallLocation": folder})
	setTexts(t, registry.LOCAL_MACHINE, uninstall+"利用者 32", registry.WOW64_32KEY, map[string]string{"DisplayName": "HPKI カード ドライバ", "InstallLocation": `%SystemRoot%\ない`})
	setTexts(t, registry.CURRENT_USER, uninstall+"利用者", 0, map[string]string{"DisplayName": "マイナポータル"})
	makeKey(t, registry.LOCAL_MACHINE, `SOFTWARE\JPKI`, registry.WOW64_64KEY)
	setTexts(t, registry.LOCAL_MACHINE, `SOFTWARE\JPKI`, registry.WOW64_64KEY, map[string]string{"InstallPath": folder})
	setTexts(t, registry.LOCAL_MACHINE, `SOFTWARE\JPKI`, registry.WOW64_32KEY, map[string]string{"InstallPath": `C:\ない`})
	setTexts(t, registry.LOCAL_MACHINE, provider+"JPKI Crypto Service Provider for Auth", registry.WOW64_64KEY, map[string]string{"Image Path": `%SystemRoot%\system32\kernel32.dll`})
	setTexts(t, registry.LOCAL_MACHINE, provider+"JPKI Crypto Service Provider for Sign", registry.WOW64_32KEY, map[string]string{"Image Path": "ない.dll"})

	got := nativeClients(t)
	system := os.Getenv("SystemRoot")
	want := platform.Clients{
		List: []platform.Client{
			{Name: "JPKI利用者ソフト", Software: platform.SoftwareJPKI, Version: "3.9", Source: platform.SourceInstaller, Scope: platform.ScopeMachine, View: 64, Path: folder},
			{Name: "HPKI カード ドライバ", Software: platform.SoftwareHPKI, Source: platform.SourceInstaller, Scope: platform.ScopeMachine, View: 32, Path: system + `\ない`, FilesMissing: true},
			{Name: "マイナポータル", Software: platform.SoftwareMynaportal, Source: platform.SourceInstaller, Scope: platform.ScopeUser},
			{Name: "JPKI", Software: platform.SoftwareJPKI, Source: platform.SourceRegistry, Scope: platform.ScopeMachine, View: 64, Path: folder},
			{Name: "JPKI", Software: platform.SoftwareJPKI, Source: platform.SourceRegistry, Scope: platform.ScopeMachine, View: 32, Path: `C:\ない`, FilesMissing: true},
			{Name: "JPKIPKCS11Sign64.dll", Software: platform.SoftwareJPKI, Source: platform.SourceFile, Scope: platform.ScopeMachine, Path: filepath.Join(folder, "JPKIPKCS11Sign64.dll"), Arch: runtime.GOARCH},
		},
		Providers: []platform.Provider{
			{Name: "JPKI Crypto Service Provider for Auth", Software: platform.SoftwareJPKI, View: 64, Library: system + `\system32\kernel32.dll`, Version: kernel.Version, Arch: runtime.GOARCH},
			{Name: "JPKI Crypto Service Provider for Sign", Software: platform.SoftwareJPKI, View: 32, Library: system + `\SysWOW64\ない.dll`, FilesMissing: true},
		},
	}
	if d := cmp.Diff(want, got, cmpopts.IgnoreFields(platform.Clients{}, "Look", "Processes")); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if !got.OK() {
		t.Errorf("look: %+v", got.Look)
	}
}

func TestClientProcessesOfThisComputer(t *testing.T) {
	onWine(t)
	program := copyOfThis(t, "山田 太郎")
	manifest := filepath.Join(filepath.Dir(program), "mpa.json")
	must(t, os.WriteFile(manifest, []byte(`{"name":"jp.go.cao.mpa","description":"x","type":"stdio","path":"公的 個人認証.exe",`+
		`"allowed_origins":["chrome-extension://fjjibalalngebiaophebgkkohaaggphf/"]}`), 0o600))
	makeKey(t, registry.CURRENT_USER, `Software\Google\Chrome`, 0)
	makeKey(t, registry.CURRENT_USER, `Software\Google\Chrome\NativeMessagingHosts`, 0)
	setTexts(t, registry.CURRENT_USER, `Software\Google\Chrome\NativeMessagingHosts\jp.go.cao.mpa`, 0, map[string]string{"": manifest})

	served, left := play(t, program, "child"), play(t, program, "parent")
	got := nativeClients(t)
	process := func(id int, orphan bool) platform.Process {
		return platform.Process{Program: "公的 個人認証.exe", Software: platform.SoftwareMynaportal, ID: id, Host: "jp.go.cao.mpa", Orphan: orphan}
	}
	want := []platform.Process{process(served, false), process(left, true)}
	sorted := cmpopts.SortSlices(func(a, b platform.Process) bool { return a.ID < b.ID })
	if d := cmp.Diff(want, got.Processes, sorted, cmpopts.IgnoreFields(platform.Process{}, "Age")); d != "" {
		t.Errorf("(-want +got):\n%s\n%s", d, got.Detail)
	}
	for _, p := range got.Processes {
		if p.Age > 60 {
			t.Errorf("process %d is %d s old", p.ID, p.Age)
		}
	}
}
