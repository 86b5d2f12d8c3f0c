package windows_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/windows/registry"

	"yomitori/platform/windows"
)

// onWine skips a test that changes the computer it runs on, unless that was
// made for it.
func onWine(t *testing.T) {
	t.Helper()
	if os.Getenv("YOMITORI_WINE") != "1" {
		t.Skip("changes this computer: runs only where YOMITORI_WINE=1 is set")
	}
}

// makeKey makes a key that goes away with the test.
func makeKey(t *testing.T, top registry.Key, path string, view uint32) registry.Key {
	t.Helper()
	k, existed, err := registry.CreateKey(top, path, registry.ALL_ACCESS|view)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		k.Close()
		if !existed {
			parent, name := "", path
			if i := strings.LastIndexByte(path, '\\'); i >= 0 {
				parent, name = path[:i], path[i+1:]
			}
			p, err := registry.OpenKey(top, parent, registry.ALL_ACCESS|view)
			if err != nil {
				t.Error(err)
				return
			}
			defer p.Close()
			if err := registry.DeleteKey(p, name); err != nil {
				t.Error(err)
			}
		}
	})
	return k
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestSystemRegistry(t *testing.T) {
	onWine(t)
	const path = `Software\読み取り 試験`
	k := makeKey(t, registry.CURRENT_USER, path, 0)
	makeKey(t, registry.CURRENT_USER, path+`\日本 語`, 0)
	t.Setenv("YOMITORI_FOLDER", `C:\Users\山田 太郎`)
	must(t, k.SetStringValue("", "既定の値"))
	must(t, k.SetExpandStringValue("場所", `%YOMITORI_FOLDER%\x`))
	must(t, k.SetStringsValue("一覧", []string{"カード", "b"}))
	must(t, k.SetDWordValue("n", 42))
	must(t, k.SetQWordValue("q", 1<<40))
	must(t, k.SetStringValue("huge", strings.Repeat("あ", 1<<20)))
	must(t, k.SetStringValue("large", strings.Repeat("あ", 1<<18)))
	must(t, k.SetBinaryValue("empty", bytes.Repeat([]byte{1}, 3)))

	got := open(t, windows.NativeRegistry(), windows.User, path, windows.View64)
	for name, want := range map[string]string{"": "既定の値", "場所": `C:\Users\山田 太郎\x`, "LARGE": strings.Repeat("あ", 1<<18)} {
		if text, err := got.Text(name); text != want || err != nil {
			t.Errorf("text %q: got %.80q, %v", name, text, err)
		}
	}
	if texts, err := got.Texts("一覧"); err != nil || !cmp.Equal(texts, []string{"カード", "b"}) {
		t.Errorf("texts: got %q, %v", texts, err)
	}
	for name, want := range map[string]uint64{"N": 42, "q": 1 << 40} {
		if n, err := got.Number(name); n != want || err != nil {
			t.Errorf("number %q: got %d, %v", name, n, err)
		}
	}
	if _, err := got.Text("huge"); err == nil {
		t.Error("a value of 2 MB was read")
	}
	if _, err := got.Number("none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing value: got %v", err)
	}
	if keys, err := got.Keys(); err != nil || !cmp.Equal(keys, []string{"日本 語"}) {
		t.Errorf("keys: got %q, %v", keys, err)
	}
	values, err := got.Values()
	if err != nil || len(values) != 8 || !slices.Contains(values, "場所") {
		t.Errorf("values: got %q, %v", values, err)
	}
	if _, err := windows.NativeRegistry().Open(windows.User, path+`\none\deep`, windows.View64); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing key: got %v", err)
	}
}

func TestSystemRegistryViews(t *testing.T) {
	onWine(t)
	const path = `SOFTWARE\Yomitori Test`
	must(t, makeKey(t, registry.LOCAL_MACHINE, path, registry.WOW64_64KEY).SetStringValue("", "64"))
	must(t, makeKey(t, registry.LOCAL_MACHINE, path, registry.WOW64_32KEY).SetStringValue("", "32"))
	for view, want := range map[windows.View]string{windows.View64: "64", windows.View32: "32"} {
		if got, err := open(t, windows.NativeRegistry(), windows.Machine, path, view).Text(""); got != want || err != nil {
			t.Errorf("view %d: got %q, %v", view, got, err)
		}
	}
}
