package chromium_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform/chromium"
)

// hostManifest is a whole manifest, with one of its texts replaced.
func hostManifest(replace ...string) []byte {
	return []byte(strings.NewReplacer(replace...).Replace(`{
  "name": "jp.go.cao.mpa",
  "description": "マイナポータル",
  "path": "C:\\Program Files\\マイナポータル\\MPA.exe",
  "type": "stdio",
  "allowed_origins": ["chrome-extension://` + mynaportal + `/"]
}`))
}

func TestParseHostManifest(t *testing.T) {
	const origin = `"chrome-extension://` + mynaportal + `/"`
	whole := chromium.HostManifest{
		Name: "jp.go.cao.mpa", Description: "マイナポータル",
		Path: `C:\Program Files\マイナポータル\MPA.exe`, Origins: []string{mynaportal},
	}
	with := func(f func(*chromium.HostManifest)) chromium.HostManifest {
		m := whole
		f(&m)
		return m
	}
	for name, tt := range map[string]struct {
		raw     []byte
		want    chromium.HostManifest
		refused string // a part of the error
	}{
		"whole":              {raw: hostManifest(), want: whole},
		"a byte order mark":  {raw: append([]byte("\xef\xbb\xbf"), hostManifest()...), want: whole},
		"Edge's scheme":      {raw: hostManifest(origin, `"extension://`+mynaportal+`"`), want: whole},
		"several":            {raw: hostManifest(origin, origin+`,"chrome-extension://`+jpki+`/",`+origin), want: with(func(m *chromium.HostManifest) { m.Origins = []string{mynaportal, jpki} })},
		"origins of others":  {raw: hostManifest(origin, `"https://example.jp/","chrome-extension://*/","chrome-extension://x/","moz-extension://`+mynaportal+`/"`), want: with(func(m *chromium.HostManifest) { m.Origins = nil })},
		"no origin":          {raw: hostManifest(origin, ``), want: with(func(m *chromium.HostManifest) { m.Origins = nil })},
		"relative path":      {raw: hostManifest(`C:\\Program Files\\マイナポータル\\`, ``), want: with(func(m *chromium.HostManifest) { m.Path = "MPA.exe" })},
		"more members":       {raw: hostManifest(`"type"`, `"x":{"name":1},"type"`), want: whole},
		"another name":       {raw: hostManifest("jp.go.cao.mpa", "jp.go.cao.mpb"), want: with(func(m *chromium.HostManifest) { m.Name = "jp.go.cao.mpb" }), refused: "differs"},
		"illegal name":       {raw: hostManifest("jp.go.cao.mpa", "JP.go.cao.mpa"), want: with(func(m *chromium.HostManifest) { m.Name = "JP.go.cao.mpa" }), refused: "not allowed"},
		"no name":            {raw: hostManifest(`"name"`, `"Name"`), want: with(func(m *chromium.HostManifest) { m.Name = "" }), refused: "name"},
		"no description":     {raw: hostManifest(`"マイナポータル"`, `""`), want: with(func(m *chromium.HostManifest) { m.Description = "" }), refused: "description"},
		"another type":       {raw: hostManifest("stdio", "socket"), want: whole, refused: "stdio"},
		"type a number":      {raw: hostManifest(`"stdio"`, "1"), want: whole, refused: "stdio"},
		"no path":            {raw: hostManifest(`"path"`, `"paths"`), want: with(func(m *chromium.HostManifest) { m.Path = "" }), refused: "path"},
		"origins a text":     {raw: hostManifest("["+origin+"]", origin), want: with(func(m *chromium.HostManifest) { m.Origins = nil }), refused: "allowed_origins"},
		"an origin a number": {raw: hostManifest(origin, origin+",1"), want: whole, refused: "allowed_origins"},
		"in code page 932": {raw: hostManifest("マイナポータル", "\x83}\x83C\x83i"), want: with(func(m *chromium.HostManifest) {
			m.Description = "}Ci"
			m.Path = "C:\\Program Files\\\ufffd}\ufffdC\ufffdi\\MPA.exe"
		}), refused: "UTF-8"},
		"with a comment":      {raw: append([]byte("// x\n"), hostManifest()...), refused: "parse"},
		"single backslashes":  {raw: hostManifest(`\\`, `\`), want: chromium.HostManifest{}, refused: "parse"},
		"cut":                 {raw: hostManifest()[:80], refused: "parse"},
		"empty":               {refused: "parse"},
		"null":                {raw: []byte("null"), refused: "parse"},
		"a list":              {raw: []byte("[1]"), refused: "parse"},
		"more behind the end": {raw: append(hostManifest(), '}'), want: whole, refused: "parse"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := chromium.ParseHostManifest(tt.raw, "jp.go.cao.mpa")
			if tt.refused == "" && err != nil || tt.refused != "" && (err == nil || !strings.Contains(err.Error(), tt.refused)) {
				t.Fatalf("error %v, want one about %q", err, tt.refused)
			}
			if strings.Contains(tt.refused, "parse") {
				return // what is left of a broken file does not matter
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestReadHostManifest(t *testing.T) {
	f := fstest.MapFS{"a.json": {Data: hostManifest()}, "huge.json": {Data: make([]byte, 65<<10)}, "folder/x": {}}
	if _, err := chromium.ReadHostManifest(f, "a.json", "JP.GO.CAO.MPA"); err != nil {
		t.Error("case of the registered name: ", err)
	}
	if _, err := chromium.ReadHostManifest(f, "b.json", "x"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	for _, name := range []string{"huge.json", "folder"} {
		if _, err := chromium.ReadHostManifest(f, name, "x"); err == nil || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The examples are those of Chromium's own test.
func TestIsHostName(t *testing.T) {
	for _, name := range []string{"a", "foo", "foo132", "foo.bar", "foo.bar2", "a._.c", "jp.go.jpki"} {
		if !chromium.IsHostName(name) {
			t.Errorf("%q refused", name)
		}
	}
	for _, name := range []string{"", "A.b", "a..b", ".a", "b.", "a*", "マイナ", strings.Repeat("a", 200)} {
		if chromium.IsHostName(name) {
			t.Errorf("%q taken", name)
		}
	}
}
