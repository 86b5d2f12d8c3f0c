package windows_test

import (
	"debug/pe"
	"errors"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/windows"
)

// drives is a tree of files of Windows: "C/Windows/x.dll" is C:\Windows\x.dll.
// Letters' case does not matter below the drive.
type drives fstest.MapFS

func (d drives) files(folder string) fs.FS {
	lower := fstest.MapFS{}
	for name, f := range d {
		lower[strings.ToLower(name)] = f
	}
	at := strings.ToLower(strings.ReplaceAll(strings.Replace(folder, ":", "", 1), `\`, "/"))
	return lowered{lower, path.Clean(at)}
}

type lowered struct {
	fs.FS
	at string
}

func (l lowered) Open(name string) (fs.File, error) {
	return l.FS.Open(path.Join(l.at, strings.ToLower(name)))
}

// officePC has all that can be installed, well and badly.
const officePC = `
[HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{1}]
"DisplayName"="JPKI利用者ソフト"
"DisplayVersion"="3.9.0"
"Publisher"="地方公共団体情報システム機構"
"InstallLocation"="\"C:\\Program Files\\JPKI\\\""
[HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{2}]
"DisplayName"="マイナポータル"
"InstallLocation"="C:\\Program Files\\Gone"
[HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{2 again}]
"DisplayName"="マイナポータル"
"InstallLocation"="C:\\Program Files\\Gone"
[HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\game]
"DisplayName"="A game"
[HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\nameless]
"DisplayVersion"="1"
[HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\odd]
"DisplayName"=dword:00000001
[HKLM\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\hpki]
"DisplayName"="HPKI カードドライバ"
"DisplayVersion"="4.1"
[HKCU\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\etax]
"DisplayName"="e-Tax 事前準備セットアップ"
"InstallLocation"="\\\\server\\share"

[HKLM\SOFTWARE\JPKI]
"InstallPath"="C:\\Program Files\\JPKI"
[HKLM\SOFTWARE\WOW6432Node\JPKI]
"InstallPath"="D:\\以前の JPKI"

[HKLM\SOFTWARE\Microsoft\Cryptography\Defaults\Provider\Microsoft Base Cryptographic Provider v1.0]
"Image Path"="%SystemRoot%\\system32\\rsaenh.dll"
[HKLM\SOFTWARE\Microsoft\Cryptography\Defaults\Provider\JPKI Crypto Service Provider for Auth]
"Image Path"="C:\\Program Files\\JPKI\\auth.dll"
[HKLM\SOFTWARE\Microsoft\Cryptography\Defaults\Provider\JPKI Crypto Service Provider for Sign]
"Image Path"="C:\\Program Files\\JPKI\\sign.dll"
[HKLM\SOFTWARE\Microsoft\Cryptography\Defaults\Provider\HPKI Crypto Service Provider for Authentication]
"Image Path"="hpki.dll"
[HKLM\SOFTWARE\Microsoft\Cryptography\Defaults\Provider\HPKI Crypto Service Provider for Non Repudiation]
[HKLM\SOFTWARE\WOW6432Node\Microsoft\Cryptography\Defaults\Provider\HPKI Crypto Service Provider for Authentication]
"Image Path"="%SYSTEMROOT%\\system32\\hpki.dll"
`

func officeFiles() drives {
	const system = "C/Windows/System32/"
	amd64 := &fstest.MapFile{Data: program(pe.IMAGE_FILE_MACHINE_AMD64, 3, 9, 0, 1)}
	i386 := &fstest.MapFile{Data: program(pe.IMAGE_FILE_MACHINE_I386, 3, 9, 0, 2)}
	return drives{
		"C/Program Files/JPKI/JPKIPKCS11Sign64.dll":  amd64,
		"C/Program Files/JPKI/JPKIPKCS11Sign.dll":    i386,
		"C/Program Files/JPKI/auth.dll":              amd64,
		system + "hpki.dll":                          amd64,
		"C/Windows/SysWOW64/hpki.dll":                i386,
		system + "HpkiAuthP11_MPKCS11H.dll":          {Data: []byte("cut off")},
		"C/Windows/SysWOW64/HpkiSigP11_MPKCS11H.dll": i386,
		system + "rsaenh.dll":                        amd64,
	}
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// options are those of a computer with these parts and no processes.
func options(r windows.Registry, d drives) windows.Options {
	return windows.Options{
		Registry: r, Files: d.files,
		Native: &windows.Native{Processes: func() ([]windows.Process, error) { return nil, nil }},
		Getenv: func(name string) string {
			return map[string]string{"SYSTEMROOT": `C:\WINDOWS`, "PROGRAMFILES(X86)": `C:\Program Files (x86)`}[strings.ToUpper(name)]
		},
		Now: func() time.Time { return noon },
	}
}

// clientsOf looks at the area.
func clientsOf(t *testing.T, o windows.Options) platform.Clients {
	t.Helper()
	return windows.New(o).Look(t.Context(), platform.AreaClients).Clients
}

func TestClients(t *testing.T) {
	got := clientsOf(t, options(newRegFile(t, officePC), officeFiles()))
	want := platform.Clients{
		Look: platform.Look{State: platform.Observed, Detail: got.Detail},
		List: []platform.Client{
			{Name: "JPKI利用者ソフト", Software: platform.SoftwareJPKI, Version: "3.9.0", Publisher: "地方公共団体情報システム機構", Source: platform.SourceInstaller, Scope: platform.ScopeMachine, View: 64, Path: `C:\Program Files\JPKI\`},
			{Name: "マイナポータル", Software: platform.SoftwareMynaportal, Source: platform.SourceInstaller, Scope: platform.ScopeMachine, View: 64, Path: `C:\Program Files\Gone`, FilesMissing: true},
			{Name: "HPKI カードドライバ", Software: platform.SoftwareHPKI, Version: "4.1", Source: platform.SourceInstaller, Scope: platform.ScopeMachine, View: 32},
			{Name: "e-Tax 事前準備セットアップ", Software: platform.SoftwareETax, Source: platform.SourceInstaller, Scope: platform.ScopeUser, Path: `\\server\share`},
			{Name: "JPKI", Software: platform.SoftwareJPKI, Source: platform.SourceRegistry, Scope: platform.ScopeMachine, View: 64, Path: `C:\Program Files\JPKI`},
			{Name: "JPKI", Software: platform.SoftwareJPKI, Source: platform.SourceRegistry, Scope: platform.ScopeMachine, View: 32, Path: `D:\以前の JPKI`, FilesMissing: true},
			{Name: "JPKIPKCS11Sign64.dll", Software: platform.SoftwareJPKI, Version: "3.9.0.1", Arch: "amd64", Source: platform.SourceFile, Scope: platform.ScopeMachine, Path: `C:\Program Files\JPKI\JPKIPKCS11Sign64.dll`},
			{Name: "JPKIPKCS11Sign.dll", Software: platform.SoftwareJPKI, Version: "3.9.0.2", Arch: "386", Source: platform.SourceFile, Scope: platform.ScopeMachine, Path: `C:\Program Files\JPKI\JPKIPKCS11Sign.dll`},
			{Name: "HpkiAuthP11_MPKCS11H.dll", Software: platform.SoftwareHPKI, Source: platform.SourceFile, Scope: platform.ScopeMachine, Path: `C:\WINDOWS\System32\HpkiAuthP11_MPKCS11H.dll`},
			{Name: "HpkiSigP11_MPKCS11H.dll", Software: platform.SoftwareHPKI, Version: "3.9.0.2", Arch: "386", Source: platform.SourceFile, Scope: platform.ScopeMachine, Path: `C:\WINDOWS\SysWOW64\HpkiSigP11_MPKCS11H.dll`},
		},
		Providers: []platform.Provider{
			{Name: "HPKI Crypto Service Provider for Authentication", Software: platform.SoftwareHPKI, View: 64, Library: `C:\WINDOWS\System32\hpki.dll`, Version: "3.9.0.1", Arch: "amd64"},
			{Name: "HPKI Crypto Service Provider for Non Repudiation", Software: platform.SoftwareHPKI, View: 64, FilesMissing: true},
			{Name: "JPKI Crypto Service Provider for Auth", Software: platform.SoftwareJPKI, View: 64, Library: `C:\Program Files\JPKI\auth.dll`, Version: "3.9.0.1", Arch: "amd64"},
			{Name: "JPKI Crypto Service Provider for Sign", Software: platform.SoftwareJPKI, View: 64, Library: `C:\Program Files\JPKI\sign.dll`, FilesMissing: true},
			{Name: "HPKI Crypto Service Provider for Authentication", Software: platform.SoftwareHPKI, View: 32, Library: `C:\WINDOWS\SysWOW64\hpki.dll`, Version: "3.9.0.2", Arch: "386"},
		},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if !strings.Contains(got.Detail, "HpkiAuthP11_MPKCS11H.dll: not a Windows program") {
		t.Errorf("the library that is cut off is not told: %s", got.Detail)
	}
}

// TestClientsHideNothing breaks one part after the other.
func TestClientsHideNothing(t *testing.T) {
	const uninstall, provider = `SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall`, `SOFTWARE\Microsoft\Cryptography\Defaults\Provider`
	for name, tt := range map[string]struct {
		refuse             string
		clients, providers int
	}{
		"a list of programs":   {refuse: `HKLM\` + uninstall, clients: 8, providers: 5},
		"one of its entries":   {refuse: `HKLM\` + uninstall + `\game`, clients: 10, providers: 5},
		"the JPKI software":    {refuse: `HKLM\SOFTWARE\JPKI`, clients: 9, providers: 5},
		"a list of providers":  {refuse: `HKLM\` + provider, clients: 10, providers: 1},
		"one provider":         {refuse: `HKLM\` + provider + `\JPKI Crypto Service Provider for Auth`, clients: 10, providers: 5},
		"a stranger":           {refuse: `HKLM\` + provider + `\Microsoft Base Cryptographic Provider v1.0`, clients: 10, providers: 5},
		"all 32-bit providers": {refuse: `HKLM\SOFTWARE\WOW6432Node\Microsoft\Cryptography`, clients: 10, providers: 4},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRegFile(t, officePC)
			r.Refuse(tt.refuse)
			got := clientsOf(t, options(r, officeFiles()))
			if blind := !strings.Contains(name, "one") && name != "a stranger"; got.OK() == blind {
				t.Errorf("what was not found may be there: %+v", got.Look)
			}
			if len(got.List) != tt.clients || len(got.Providers) != tt.providers {
				t.Errorf("%d clients, %d providers, want %d, %d: %+v", len(got.List), len(got.Providers), tt.clients, tt.providers, got.Look)
			}
			if told := strings.Contains(got.Detail, "permission"); !told && !strings.Contains(got.Detail, "cannot be read: 1") && name != "a stranger" {
				t.Errorf("what failed is not told: %q", got.Detail)
			}
			if strings.Contains(got.Detail, "game") {
				t.Errorf("a stranger is told: %q", got.Detail)
			}
		})
	}
}

func TestClientsOfAnEmptyComputer(t *testing.T) {
	t.Run("seen", func(t *testing.T) {
		got := clientsOf(t, options(newRegFile(t, ""), nil))
		if !got.OK() || got.List != nil || got.Providers != nil || got.Processes != nil {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("not seen", func(t *testing.T) {
		r := newRegFile(t, "")
		r.Refuse(`HKLM\SOFTWARE`)
		if got := clientsOf(t, options(r, nil)); got.State != platform.Refused || got.Detail == "" {
			t.Errorf("got %+v", got)
		}
	})
}

func TestClientsAreBounded(t *testing.T) {
	var reg strings.Builder
	reg.WriteString("[HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\x]\n")
	reg.WriteString(`"DisplayName"="JPKI\n` + strings.Repeat("利", 5000) + "\"\n")
	reg.WriteString(`"InstallLocation"="C:\\` + strings.Repeat(`長い\\`, 5000) + "\"\n")
	got := clientsOf(t, options(newRegFile(t, reg.String()), nil))
	if len(got.List) != 1 || len(got.List[0].Name) > platform.LongestName || len(got.List[0].Path) > platform.LongestText || strings.Contains(got.List[0].Name, "\n") {
		t.Errorf("got %+v", got.List)
	}
}

// hostPC has the Mynaportal host registered with Chrome.
const hostPC = `
[HKLM\SOFTWARE\Google\Chrome\NativeMessagingHosts\jp.go.cao.mpa]
@="C:\\Program Files\\Myna\\mpa.json"
`

func hostFiles() drives {
	return drives{
		"C/Program Files/Myna/mpa.json": {Data: []byte(`{"name":"jp.go.cao.mpa","description":"x","type":"stdio",` +
			`"path":"host.exe","allowed_origins":["chrome-extension://fjjibalalngebiaophebgkkohaaggphf/"]}`)},
		"C/Program Files/Myna/host.exe": {Data: program(pe.IMAGE_FILE_MACHINE_AMD64, 1, 0, 0, 0)},
	}
}

func TestClientProcesses(t *testing.T) {
	const host = `C:\Program Files\Myna\host.exe`
	started := noon.Add(-90 * time.Second)
	process := func(id, parent int, path string) windows.Process {
		return windows.Process{ID: id, Parent: parent, Path: path, Name: path[strings.LastIndexByte(path, '\\')+1:], Started: started}
	}
	hung := process(7, 1, `C:\Program Files (x86)\JPKI\menu.exe`)
	hung.Hung = true
	running := []windows.Process{
		process(1, 900, `C:\Program Files\Google\Chrome\Application\chrome.exe`),
		process(2, 1, host),
		process(3, 0, `c:\program files\myna\HOST.EXE`),
		process(4, 0, `C:\Windows\System32\cmd.exe`),
		process(5, 4, host),
		process(6, 901, host), // its parent is another user's
		hung,
		process(8, 1, `C:\Users\hpki 太郎\e-Tax\game.exe`),
		{ID: 9, Name: "JPKIMenu.exe"}, // the path could not be read
		{ID: 10, Name: "unknown.exe"},
		process(11, 1, `C:\Program Files\hpki`),
		process(12, 3, host),
		{ID: 13, Parent: 9, Name: "jpkimenu.EXE"},
		process(14, 7, `C:\Program Files (x86)\JPKI\other\menu.exe`),
	}
	o := options(newRegFile(t, hostPC), hostFiles())
	o.Native.Processes = func() ([]windows.Process, error) { return running, nil }
	got := clientsOf(t, o)
	if got.Detail != "" {
		t.Fatalf("detail: %s", got.Detail)
	}
	served := func(id int, program string, orphan bool) platform.Process {
		return platform.Process{Program: program, Software: platform.SoftwareMynaportal, ID: id, Host: "jp.go.cao.mpa", Age: 90, Orphan: orphan}
	}
	child := served(12, "host.exe", false)
	child.Child = true
	want := []platform.Process{
		served(2, "host.exe", false),
		served(3, "HOST.EXE", true),
		served(5, "host.exe", true),
		served(6, "host.exe", false),
		{Program: "menu.exe", Software: platform.SoftwareJPKI, ID: 7, Age: 90, Hung: true},
		{Program: "JPKIMenu.exe", Software: platform.SoftwareJPKI, ID: 9},
		{Program: "hpki", Software: platform.SoftwareHPKI, ID: 11, Age: 90},
		child,
		{Program: "jpkimenu.EXE", Software: platform.SoftwareJPKI, ID: 13, Child: true},
		{Program: "menu.exe", Software: platform.SoftwareJPKI, ID: 14, Age: 90},
	}
	if d := cmp.Diff(want, got.Processes); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestClientProcessesCannotBeListed(t *testing.T) {
	o := options(newRegFile(t, officePC), officeFiles())
	o.Native.Processes = func() ([]windows.Process, error) { return nil, errors.New("broken") }
	if got := clientsOf(t, o); !got.OK() || !strings.Contains(got.Detail, "list processes: broken") || len(got.List) != 10 {
		t.Errorf("got %+v", got)
	}
	o.Native.Processes = func() ([]windows.Process, error) {
		return []windows.Process{{ID: 1, Name: "JPKIMenu.exe"}}, errors.New("no windows")
	}
	if got := clientsOf(t, o); len(got.Processes) != 1 || !strings.Contains(got.Detail, "no windows") {
		t.Errorf("got %+v", got)
	}
	o.Native.Processes = nil
	if got := clientsOf(t, o); !got.OK() || !strings.Contains(got.Detail, "list processes: unsupported") {
		t.Errorf("got %+v", got)
	}
}
