package app_test

import (
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rooms says what of ours each package may import: the direction of
// docs/ARCHITECTURE.md. A package that is missing here fails the test.
var rooms = map[string][]string{
	"":                       {"app"},
	"app":                    {"app/...", "assets", "assets/articles", "checks", "platform", "platform/journal", "platform/local", "platform/online", "platform/practice"},
	"app/wizard":             {"app/qr", "app/report", "app/report/supportcode", "app/words", "assets", "assets/articles", "checks", "platform", "platform/journal"},
	"app/console":            {"app/words", "app/report", "app/report/supportcode", "assets", "assets/articles", "checks", "platform", "platform/journal"},
	"app/report":             {"app/qr", "app/report/supportcode", "app/words", "assets", "assets/articles", "checks", "platform"},
	"app/report/supportcode": {"checks", "platform"},
	"app/qr":                 {},
	"app/words":              {"assets", "assets/articles", "checks", "platform"},
	"assets":                 {},
	"assets/articles":        {"assets"},
	"checks":                 {"platform", "platform/rules"},
	"platform":               {},
	"platform/card":          {"platform"},
	"platform/card/cardtest": {},
	"platform/certificates":  {"platform", "platform/card"},
	"platform/chromium":      {"platform", "platform/rules"},
	"platform/journal":       {"platform"},
	"platform/linux":         {"platform", "platform/chromium"},
	"platform/local":         {"platform", "platform/linux", "platform/macos", "platform/windows", "platform/pcsc"},
	"platform/macos":         {"platform", "platform/certificates", "platform/chromium"},
	"platform/online":        {"platform"},
	"platform/pcsc":          {"platform", "platform/card"},
	"platform/pcsc/pcsctest": {"platform/card/cardtest"},
	"platform/practice":      {"platform"},
	"platform/rules":         {"platform"},
	"platform/windows":       {"platform", "platform/certificates", "platform/chromium"},

	"platform/chromium/chromiumtest": {},
}

// pure lists what checks may use of the standard library: nothing that reaches
// files, network, clock, processes or the system.
var pure = []string{"cmp", "maps", "slices", "strconv", "strings", "time"}

type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
}

// needGo skips a test that asks the go command, where there is none: under Wine.
func needGo(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the test program runs where there is no go command")
	}
}

func packages(t *testing.T, env ...string) []listed {
	t.Helper()
	needGo(t)
	c := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "yomitori/...")
	c.Env = append(append(c.Environ(), "CGO_ENABLED=1"), env...)
	out, err := c.Output()
	if err != nil {
		t.Fatalf("list packages: %v", err)
	}
	var list []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

func TestDependencyDirection(t *testing.T) {
	for _, goos := range []string{"linux", "windows", "darwin"} {
		for _, p := range packages(t, "GOOS="+goos) {
			room := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, "yomitori"), "/")
			may, known := rooms[room]
			if !known {
				t.Errorf("%s: package %q has no place in the table of rooms", goos, room)
			}
			for _, i := range p.Imports {
				ours, isOurs := strings.CutPrefix(i, "yomitori/")
				if isOurs && !slices.ContainsFunc(may, func(m string) bool { return covers(m, ours) }) {
					t.Errorf("%s: %s imports %s", goos, room, ours)
				}
			}
		}
	}
}

func covers(pattern, room string) bool {
	under, tree := strings.CutSuffix(pattern, "/...")
	return pattern == room || tree && strings.HasPrefix(room, under+"/")
}

func TestChecksArePure(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath != "yomitori/checks" {
			continue
		}
		for _, i := range p.Imports {
			if !strings.HasPrefix(i, "yomitori/") && !slices.Contains(pure, i) {
				t.Errorf("checks imports %s", i)
			}
		}
	}
}

// The driver brings OpenGL and cgo; only the front door may import it.
func TestOneFileImportsTheDriver(t *testing.T) {
	for _, p := range packages(t) {
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range file.Imports {
				if i.Path.Value == `"fyne.io/fyne/v2/app"` && p.ImportPath+"/"+name != "yomitori/app/window.go" {
					t.Errorf("%s/%s imports Fyne's driver", p.ImportPath, name)
				}
			}
		}
	}
}

// mayUseNet says which packages may open connections, and why.
var mayUseNet = map[string]string{
	"platform/online":        "asks the network after the user's press",
	"platform/pcsc/pcsctest": "plays the card, over TCP",

	"platform/chromium/chromiumtest": "serves the pages that Chromium visits in tests",
}

// The PC/SC service is reached through its own library.
func TestWhoImportsNet(t *testing.T) {
	for _, p := range packages(t) {
		room := strings.TrimPrefix(p.ImportPath, "yomitori/")
		for _, i := range p.Imports {
			opens := i == "net" || strings.HasPrefix(i, "net/") && i != "net/netip" && i != "net/url" // which only read addresses
			if _, may := mayUseNet[room]; !may && opens {
				t.Errorf("%s imports %s", room, i)
			}
		}
	}
}
