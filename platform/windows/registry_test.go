package windows_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform/windows"
)

const someRegistry = `Windows Registry Editor Version 5.00

; a comment
[HKEY_LOCAL_MACHINE\SOFTWARE\Example]
@="既定"
"Path"="C:\\Program Files\\読み取り\\"
"Quoted"="say \"yes\""
"Number"=dword:0000002a
"Expand"=str(2):"%ProgramFiles%\\x"
"List"=str(7):"VID_054C&PID_06C1\0カード\0"
"Long"=hex(b):01,00,00,00,00,00,00,80
"Multi"=hex(7):61,00,\
  00,00,62,00,00,00,00,00
"Bytes"=hex:01,02
[HKLM\SOFTWARE\Example\乙]
[HKLM\SOFTWARE\Example\Alpha\Deep]
[HKLM\SOFTWARE\WOW6432Node\Example]
@="32"
[HKLM\SOFTWARE\Policies\Google\Chrome]
"X"=dword:1
[HKEY_CURRENT_USER\Software\Example]
@="user"
`

func TestRegFile(t *testing.T) {
	r := newRegFile(t, someRegistry)
	r.Env["PROGRAMFILES"] = `C:\Program Files`
	k := open(t, r, windows.Machine, `software\example`, windows.View64)
	texts := map[string]string{
		"": "既定", "path": `C:\Program Files\読み取り\`, "Quoted": `say "yes"`, "Expand": `C:\Program Files\x`,
	}
	for name, want := range texts {
		if got, err := k.Text(name); got != want || err != nil {
			t.Errorf("text %q: got %q, %v, want %q", name, got, err, want)
		}
	}
	for name, want := range map[string][]string{"List": {"VID_054C&PID_06C1", "カード"}, "Multi": {"a", "b"}} {
		if got, err := k.Texts(name); err != nil || !cmp.Equal(got, want) {
			t.Errorf("texts %q: got %q, %v, want %q", name, got, err, want)
		}
	}
	for name, want := range map[string]uint64{"number": 42, "Long": 1<<63 | 1} {
		if got, err := k.Number(name); got != want || err != nil {
			t.Errorf("number %q: got %d, %v, want %d", name, got, err, want)
		}
	}
	if _, err := k.Text("Number"); err == nil {
		t.Error("a number was read as text")
	}
	if _, err := k.Text("none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing value: got %v", err)
	}
	keys, err := k.Keys()
	if diff := cmp.Diff([]string{"Alpha", "乙"}, keys); diff != "" || err != nil {
		t.Errorf("keys: %v %s", err, diff)
	}
	values, err := k.Values()
	if diff := cmp.Diff([]string{"", "Path", "Quoted", "Number", "Expand", "List", "Long", "Multi", "Bytes"}, values); diff != "" || err != nil {
		t.Errorf("values: %v %s", err, diff)
	}
}

func TestRegFileViews(t *testing.T) {
	r := newRegFile(t, someRegistry)
	for _, c := range []struct {
		name string
		root windows.Root
		path string
		view windows.View
		want string
	}{
		{"64", windows.Machine, `Software\Example`, windows.View64, "既定"},
		{"32", windows.Machine, `Software\Example`, windows.View32, "32"},
		{"32 by its node", windows.Machine, `SOFTWARE\Wow6432Node\Example`, windows.View32, "32"},
		{"user", windows.User, `Software\Example`, windows.View32, "user"},
	} {
		k := open(t, r, c.root, c.path, c.view)
		if got, err := k.Text(""); got != c.want || err != nil {
			t.Errorf("%s: got %q, %v, want %q", c.name, got, err, c.want)
		}
	}
	open(t, r, windows.Machine, `Software\Policies\Google\Chrome`, windows.View32)
	if _, err := r.Open(windows.Machine, `Software\Example\Alpha`, windows.View32); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing in the 32-bit view: got %v", err)
	}
	r.Refuse(`HKLM\Software\Example`)
	for _, path := range []string{`SOFTWARE\EXAMPLE`, `SOFTWARE\Example\Alpha\Deep`} {
		if _, err := r.Open(windows.Machine, path, windows.View64); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("refused %s: got %v", path, err)
		}
	}
}

func open(t *testing.T, r windows.Registry, root windows.Root, path string, view windows.View) windows.Key {
	t.Helper()
	k, err := r.Open(root, path, view)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.Close() })
	return k
}

func TestValues(t *testing.T) {
	for _, c := range []struct {
		name, want string
		kind       windows.ValueKind
		raw        []byte
		bad        bool
	}{
		{"terminated", "カ", windows.KindText, utf16LE("カ\x00"), false},
		{"not terminated", "カ", windows.KindText, utf16LE("カ"), false},
		{"odd number of bytes", "カ", windows.KindText, append(utf16LE("カ"), 'x'), false},
		{"rest after terminator", "a", windows.KindText, utf16LE("a\x00b"), false},
		{"empty", "", windows.KindText, nil, false},
		{"half a surrogate pair", "\uFFFD", windows.KindText, []byte{0x00, 0xD8}, false},
		{"number", "", windows.KindNumber, []byte{1, 0, 0, 0}, true},
	} {
		got, _, err := windows.TextOf(c.kind, c.raw)
		if got != c.want || (err != nil) != c.bad {
			t.Errorf("%s: got %q, %v, want %q", c.name, got, err, c.want)
		}
	}
	if _, err := windows.NumberOf(windows.KindNumber, []byte{1, 2}); err == nil {
		t.Error("two bytes were read as a number")
	}
	if got, err := windows.TextsOf(windows.KindTexts, utf16LE(strings.Repeat("\x00", 9))); len(got) > 0 || err != nil {
		t.Errorf("empty list: got %q, %v", got, err)
	}
}
