package macos_test

import (
	"bytes"
	"context"
	"debug/macho"
	"encoding/binary"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"yomitori/platform"
	"yomitori/platform/macos"
)

// mac is a recorded Mac: its files, and what its programs say.
type mac struct {
	files  fstest.MapFS
	denied map[string]bool
	runs   map[string]answer
	env    map[string]string
	home   string
	arch   string // of this program
}

type answer struct {
	out  string
	code int // other than 0: the program fails, and out is its complaint
}

func newMac() *mac {
	return &mac{
		files: fstest.MapFS{}, denied: map[string]bool{}, runs: map[string]answer{}, env: map[string]string{},
		home: "/Users/hanako", arch: "arm64",
	}
}

// load reads a recording: the archive form of Go's txtar, in which the name of
// a section says what it is.
//
//	run COMMAND         what a program writes
//	exit CODE COMMAND   what it writes to standard error, and its code
//	file PATH           a file; "program PATH" one that may be executed
//	macho PATH          a program for the architectures in the section
//	denied PATH         a file or folder that macOS keeps to itself
//	env NAME, home PATH, arch NAME
//
// The text before them tells of each file and each program, by the name of its
// section on a line and below that with a tab, where its shape is from.
func load(t *testing.T, name string) *mac {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	m := newMac()
	about, sections := split(string(raw))
	if err := sourced(about, sections); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, s := range sections {
		kind, rest, _ := strings.Cut(s.name, " ")
		switch kind {
		case "run":
			m.runs[rest] = answer{out: s.text}
		case "exit":
			code, command, _ := strings.Cut(rest, " ")
			n, err := strconv.Atoi(code)
			if err != nil {
				t.Fatal(err)
			}
			m.runs[command] = answer{s.text, n}
		case "file":
			m.file(rest, s.text)
		case "program":
			m.program(rest, []byte(s.text))
		case "macho":
			m.program(rest, machO(strings.Fields(s.text)...))
		case "denied":
			m.denied[strings.Trim(rest, "/")] = true
		case "env":
			m.env[rest] = strings.TrimSpace(s.text)
		case "home":
			m.home = rest
		case "arch":
			m.arch = rest
		default:
			t.Fatalf("%s: what is %q?", name, s.name)
		}
	}
	return m
}

// origins are what a shape can be from.
var origins = []string{"facts/os-browser.md section ", "Apple documentation", "public code", "shape not seen"}

// sourced checks that each section, and no other, has its source told.
func sourced(about string, sections []section) error {
	told := map[string]bool{}
	above := ""
	for line := range strings.Lines(about) {
		line = strings.TrimRight(line, "\n")
		from, indented := strings.CutPrefix(line, "\t")
		if indented {
			told[above] = slices.ContainsFunc(origins, func(o string) bool { return strings.Contains(from, o) })
		}
		above = line
	}
	for _, s := range sections {
		kind, _, _ := strings.Cut(s.name, " ")
		if !slices.Contains([]string{"env", "home", "arch"}, kind) && !told[s.name] {
			return fmt.Errorf("it is not told where the shape of %q is from", s.name)
		}
		delete(told, s.name)
	}
	for name := range told {
		return fmt.Errorf("there is no section %q", name)
	}
	return nil
}

type section struct{ name, text string }

func split(raw string) (about string, sections []section) {
	for line := range strings.Lines(raw) {
		text := strings.TrimSpace(line)
		if strings.HasPrefix(text, "-- ") && strings.HasSuffix(text, " --") {
			sections = append(sections, section{name: text[3 : len(text)-3]})
		} else if len(sections) == 0 {
			about += line
		} else {
			sections[len(sections)-1].text += line
		}
	}
	return about, sections
}

func (m *mac) file(full, text string) {
	m.files[strings.TrimPrefix(full, "/")] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
}

func (m *mac) program(full string, raw []byte) {
	m.files[strings.TrimPrefix(full, "/")] = &fstest.MapFile{Data: raw, Mode: 0o755}
}

// Open implements fs.FS.
func (m *mac) Open(name string) (fs.File, error) {
	for d := range m.denied {
		if name == d || strings.HasPrefix(name, d+"/") {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
		}
	}
	return m.files.Open(name)
}

func (m *mac) run(_ context.Context, name string, args ...string) ([]byte, error) {
	a, known := m.runs[strings.Join(append([]string{name}, args...), " ")]
	switch {
	case !known && strings.HasSuffix(name, "/security") && args[0] == "get-identity-preference":
		return nil, &macos.ExitError{Program: name, Code: 44, Stderr: "SecIdentityCopyPreference: The specified item could not be found in the keychain."}
	case !known:
		return nil, fmt.Errorf("run %s: %w", name, fs.ErrNotExist)
	case a.code != 0:
		return nil, &macos.ExitError{Program: name, Code: a.code, Stderr: strings.TrimSpace(a.out)}
	}
	return []byte(a.out), nil
}

func (m *mac) observe(t *testing.T) platform.Snapshot {
	t.Helper()
	c := macos.New(macos.Options{
		Root: m, Run: m.run, UID: 501, Home: m.home, Arch: m.arch,
		Getenv: func(k string) string { return m.env[k] },
		Now:    func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("JST", 9*60*60)) },
	})
	s, err := platform.Observe(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range platform.Areas {
		s.Look(a).TookMS = 0
	}
	return s
}

var cpus = map[string]macho.Cpu{"amd64": macho.CpuAmd64, "arm64": macho.CpuArm64, "386": macho.Cpu386}

// machO is the beginning of a program for some architectures.
func machO(archs ...string) []byte {
	var b bytes.Buffer
	if len(archs) == 1 {
		for _, v := range []uint32{macho.Magic64, uint32(cpus[archs[0]]), 0, uint32(macho.TypeExec)} {
			_ = binary.Write(&b, binary.LittleEndian, v)
		}
		return b.Bytes()
	}
	_ = binary.Write(&b, binary.BigEndian, []uint32{macho.MagicFat, uint32(len(archs))})
	for _, a := range archs {
		_ = binary.Write(&b, binary.BigEndian, []uint32{uint32(cpus[a]), 0, 1 << 14, 1 << 10, 14})
	}
	return b.Bytes()
}

// with is the same Mac with what its programs say changed.
func (m *mac) with(change func(command, out string) answer) *mac {
	n := *m
	n.runs = maps.Clone(m.runs)
	for command, a := range n.runs {
		if a.code == 0 {
			n.runs[command] = change(command, a.out)
		}
	}
	return &n
}
