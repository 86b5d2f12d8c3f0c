package windows_test

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/windows"
)

func TestSplitFile(t *testing.T) {
	for name, tt := range map[string]struct {
		path, folder, base string
		elsewhere          bool
	}{
		"below a folder":   {path: `C:\Program Files\JPKI\JPKIMenu.exe`, folder: `C:\Program Files\JPKI`, base: "JPKIMenu.exe"},
		"on a drive":       {path: `C:\a.exe`, folder: `C:\`, base: "a.exe"},
		"Japanese":         {path: `D:\ユーザー 花子\ソフト\表.exe`, folder: `D:\ユーザー 花子\ソフト`, base: "表.exe"},
		"slashes":          {path: `C:/a/b c/d.exe`, folder: `C:\a\b c`, base: "d.exe"},
		"steps back":       {path: `C:\a\..\b\.\c.exe`, folder: `C:\b`, base: "c.exe"},
		"too many steps":   {path: `C:\..\..\c.exe`, folder: `C:\`, base: "c.exe"},
		"a long name":      {path: `\\?\C:\a\b.exe`, folder: `C:\a`, base: "b.exe"},
		"a folder":         {path: `C:\a\b\`, folder: `C:\a`, base: "b"},
		"a drive":          {path: `C:\`, elsewhere: true},
		"a share":          {path: `\\server\share\a.exe`, elsewhere: true},
		"a long share":     {path: `\\?\UNC\server\share\a.exe`, elsewhere: true},
		"a pipe":           {path: `\\.\pipe\a`, elsewhere: true},
		"relative":         {path: `a\b.exe`, elsewhere: true},
		"without a drive":  {path: `\a\b.exe`, elsewhere: true},
		"relative to a C:": {path: `C:a\b.exe`, elsewhere: true},
		"nothing":          {path: "", elsewhere: true},
	} {
		t.Run(name, func(t *testing.T) {
			folder, base, err := windows.SplitFile(tt.path)
			if folder != tt.folder || base != tt.base || errors.Is(err, windows.ErrElsewhere) != tt.elsewhere {
				t.Errorf("SplitFile(%q) = %q, %q, %v", tt.path, folder, base, err)
			}
		})
	}
}

func TestReadProgram(t *testing.T) {
	amd64 := program(pe.IMAGE_FILE_MACHINE_AMD64, 3, 9, 0, 1)
	// changed gives a copy with a number written over; 64 is the PE header, 88
	// the optional header, 328 the section, 0x400 the resources.
	changed := func(at int, v any) []byte {
		b := bytes.Clone(amd64)
		copy(b[at:], little(nil, v))
		return b
	}
	const section, resources = 64 + 24 + 240, 0x400
	for name, tt := range map[string]struct {
		data []byte
		want windows.File
		bad  bool
	}{
		"64 bits":               {data: amd64, want: windows.File{Version: "3.9.0.1", Arch: "amd64"}},
		"32 bits":               {data: program(pe.IMAGE_FILE_MACHINE_I386, 1, 2, 65535, 4), want: windows.File{Version: "1.2.65535.4", Arch: "386"}},
		"arm64":                 {data: program(pe.IMAGE_FILE_MACHINE_ARM64, 0, 0, 0, 1), want: windows.File{Version: "0.0.0.1", Arch: "arm64"}},
		"another machine":       {data: program(pe.IMAGE_FILE_MACHINE_ARMNT, 1, 0, 0, 0), want: windows.File{Version: "1.0.0.0"}},
		"no version":            {data: program(pe.IMAGE_FILE_MACHINE_AMD64), want: windows.File{Arch: "amd64"}},
		"no resources":          {data: changed(88+112+16, uint64(0)), want: windows.File{Arch: "amd64"}},
		"few directories":       {data: changed(88+108, uint32(2)), want: windows.File{Arch: "amd64"}},
		"resources elsewhere":   {data: changed(88+112+16, uint32(0xfffffff0)), want: windows.File{Arch: "amd64"}},
		"no version type":       {data: changed(resources+24, uint32(17)), want: windows.File{Arch: "amd64"}},
		"a loop in the tree":    {data: changed(resources+48+4, uint32(1<<31|32)), want: windows.File{Arch: "amd64"}},
		"a loop at the leaf":    {data: changed(resources+72+4, uint32(1<<31)), want: windows.File{Arch: "amd64"}},
		"a leaf too early":      {data: changed(resources+28, uint32(80)), want: windows.File{Arch: "amd64"}},
		"an empty directory":    {data: changed(resources+32+14, uint16(0)), want: windows.File{Arch: "amd64"}},
		"many entries":          {data: changed(resources+12, uint32(0xffffffff)), want: windows.File{Arch: "amd64"}},
		"a huge version":        {data: changed(resources+84, uint32(1<<30)), want: windows.File{Arch: "amd64"}},
		"another signature":     {data: changed(resources+136, uint32(1)), want: windows.File{Arch: "amd64"}},
		"empty":                 {bad: true},
		"text":                  {data: []byte("@echo off\r\n" + strings.Repeat("rem\r\n", 50)), bad: true},
		"MZ only":               {data: append([]byte("MZ"), make([]byte, 200)...), bad: true},
		"a header far away":     {data: changed(60, uint32(0xffffffff)), bad: true},
		"many sections":         {data: changed(64+6, uint16(0xffff)), bad: true},
		"neither 32 nor 64":     {data: changed(88, uint16(0x107)), bad: true},
		"a section far away":    {data: changed(section+20, uint32(0xffffff00)), bad: true},
		"a section cut off":     {data: amd64[:len(amd64)-1], bad: true},
		"headers cut off":       {data: amd64[:section+10], bad: true},
		"padding is missing":    {data: changed(section+16, uint32(0x1000)), want: windows.File{Version: "3.9.0.1", Arch: "amd64"}},
		"a huge section unused": {data: changed(section+8, []uint32{0xffffffff, 0x1000, 0, 0}), want: windows.File{Arch: "amd64"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := windows.ReadProgram(bytes.NewReader(tt.data), int64(len(tt.data)))
			if errors.Is(err, windows.ErrNotProgram) != tt.bad || err != nil && !tt.bad {
				t.Fatalf("error %v, want a bad program: %v", err, tt.bad)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// unseekable hides ReadAt.
type unseekable struct{ fs.FS }

func (u unseekable) Open(name string) (fs.File, error) {
	f, err := u.FS.Open(name)
	return struct{ fs.File }{f}, err
}

func TestFile(t *testing.T) {
	const folder = `C:\Program Files\JPKI 利用者ソフト`
	tree := fstest.MapFS{
		"a.exe":   {Data: program(pe.IMAGE_FILE_MACHINE_AMD64, 1, 2, 3, 4)},
		"b.exe":   {Data: []byte("MZ")},
		"c/d.exe": {},
	}
	want := windows.File{Version: "1.2.3.4", Arch: "amd64"}
	for name, tree := range map[string]fs.FS{"seekable": tree, "not seekable": unseekable{tree}} {
		t.Run(name, func(t *testing.T) {
			c := windows.New(windows.Options{Files: func(f string) fs.FS {
				if f != folder {
					return fstest.MapFS{}
				}
				return tree
			}})
			if got, err := c.File(folder + `\a.exe`); err != nil || got != want {
				t.Errorf("a program: %v, %v", got, err)
			}
			for path, want := range map[string]error{
				folder + `\b.exe`:  windows.ErrNotProgram,
				folder + `\c`:      windows.ErrNotProgram,
				folder + `\no.exe`: fs.ErrNotExist,
				`C:\no\a.exe`:      fs.ErrNotExist,
				`\\server\a\b.exe`: windows.ErrElsewhere,
			} {
				if _, err := c.File(path); !errors.Is(err, want) {
					t.Errorf("%s: %v, want %v", path, err, want)
				}
			}
		})
	}
}

// A letter may stand for a share, which is not opened.
func TestNoFileIsOpenedOnARemoteDrive(t *testing.T) {
	o := homeOptions(newRegFile(t, `
[HKLM\SOFTWARE\Google\Chrome\NativeMessagingHosts\jp.go.cao.mpa]
@="z:\\mpa.json"
[HKLM\SOFTWARE\Google\Chrome\NativeMessagingHosts\jp.go.jpki]
@="C:\\jpki.json"
[HKLM\SOFTWARE\JPKI]
"InstallPath"="Z:\\JPKI"
[HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\jpki]
"DisplayName"="JPKI"
"InstallLocation"="Z:\\JPKI"
[HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\chrome.exe]
@="Z:\\chrome.exe"
`), drives{"C/jpki.json": {Data: []byte(manifestOf("jp.go.jpki", `Z:\host.exe`))}})
	files := o.Files
	o.Files = func(folder string) fs.FS {
		if folder[0] != 'C' {
			t.Errorf("opened %s", folder)
		}
		return files(folder)
	}
	o.Native.RemoteDrive = func(drive string) bool { return strings.EqualFold(drive, "Z:") }
	c := windows.New(o)
	if h := c.Look(t.Context(), platform.AreaHosts).Hosts; len(h.List) != 2 || h.List[0].State != platform.HostUnseen || h.List[1].State != platform.HostUnseen {
		t.Errorf("%+v", h)
	}
	for _, client := range c.Look(t.Context(), platform.AreaClients).Clients.List {
		if client.FilesMissing {
			t.Errorf("what was not looked at is not missing: %+v", client)
		}
	}
	if b := c.Look(t.Context(), platform.AreaBrowsers).Browsers; len(b.List) != 1 {
		t.Errorf("%+v", b)
	}
}

// broken cannot be read, as a file on a failing disk.
type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, os.ErrDeadlineExceeded }

func TestReadProgramFromAFailingDisk(t *testing.T) {
	_, err := windows.ReadProgram(broken{}, 1<<20)
	if !errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, windows.ErrNotProgram) {
		t.Errorf("error %v", err)
	}
}

func FuzzProgramFile(f *testing.F) {
	f.Add(program(pe.IMAGE_FILE_MACHINE_AMD64, 3, 9, 0, 1))
	f.Add(program(pe.IMAGE_FILE_MACHINE_I386, 3, 9, 0, 1))
	f.Add(binary.LittleEndian.AppendUint64([]byte("MZ"), 60))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := windows.ReadProgram(bytes.NewReader(b), int64(len(b)))
		if err != nil && (file != windows.File{} || !errors.Is(err, windows.ErrNotProgram)) {
			t.Errorf("%v, %v", file, err)
		}
		if n := strings.Count(file.Version, "."); file.Version != "" && n != 3 {
			t.Errorf("version %q", file.Version)
		}
	})
}
