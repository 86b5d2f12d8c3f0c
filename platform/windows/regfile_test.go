package windows_test

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf16"

	"yomitori/platform/windows"
)

// regFile is a registry in memory, made of text in the format that
// "reg export" and regedit write:
//
//	Windows Registry Editor Version 5.00
//
//	[HKEY_LOCAL_MACHINE\SOFTWARE\Example]
//	@="default value"
//	"Text"="with \\ and \""
//	"Number"=dword:0000002a
//	"Bytes"=hex:01,02,\
//	  03
//	"Other"=hex(7):61,00,00,00,00,00
//
// For readability it also takes what Wine writes: HKLM and HKCU as names of
// roots, str(2):"%ProgramFiles%\\x" for a text that is expanded, and
// str(7):"a\0b\0" for a list. Text is UTF-8.
//
// The 32-bit view of HKLM\SOFTWARE is the tree below HKLM\SOFTWARE\WOW6432Node,
// but for the keys that Windows shares between both.
type regFile struct {
	keys    map[string]*regKey // by upper-case path that starts with the root
	refused []string
	// Env is what references to the environment are expanded with.
	Env map[string]string
	// opened counts the keys that are open; probes run side by side.
	opened atomic.Int32
}

type regKey struct {
	path   string // as it was written first
	values []regValue
}

type regValue struct {
	name string
	kind windows.ValueKind
	raw  []byte
}

// newRegFile reads a registry out of texts, the later over the earlier.
func newRegFile(t testing.TB, texts ...string) *regFile {
	t.Helper()
	r := &regFile{keys: map[string]*regKey{}, Env: map[string]string{}}
	r.add(string(windows.Machine))
	r.add(string(windows.User))
	for _, text := range texts {
		if err := r.parse(text); err != nil {
			t.Fatalf("read registry: %v", err)
		}
	}
	t.Cleanup(func() {
		// A test looks at single areas, or follows until all have been looked
		// at: Follow leaves probes behind that nobody waits for.
		if n := r.opened.Load(); n != 0 {
			t.Errorf("%d keys of the registry were left open", n)
		}
	})
	return r
}

// readRegFile is newRegFile for files.
func readRegFile(t testing.TB, files ...string) *regFile {
	t.Helper()
	var texts []string
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(raw))
	}
	return newRegFile(t, texts...)
}

// Refuse makes a key and all below unreadable. The path starts with its root,
// "HKLM" or "HKCU", and is the one of the 64-bit view.
func (r *regFile) Refuse(path string) { r.refused = append(r.refused, strings.ToUpper(path)) }

// Open implements windows.Registry.
func (r *regFile) Open(root windows.Root, path string, view windows.View) (windows.Key, error) {
	full := strings.TrimSuffix(redirected(string(root)+`\`+path, view), `\`)
	for _, refused := range r.refused {
		if at, ok := strings.CutPrefix(strings.ToUpper(full), refused); ok && (at == "" || at[0] == '\\') {
			return nil, fmt.Errorf("open %s: %w", full, fs.ErrPermission)
		}
	}
	if _, ok := r.keys[strings.ToUpper(full)]; !ok {
		return nil, fmt.Errorf("open %s: %w", full, fs.ErrNotExist)
	}
	r.opened.Add(1)
	return &openRegKey{r, strings.ToUpper(full)}, nil
}

// sharedKeys are below HKLM\SOFTWARE and the same in both views ("Registry
// Keys Affected by WOW64", learn.microsoft.com); below Classes the narrower
// rule holds.
var sharedKeys = regexp.MustCompile(`(?i)^(Policies|Classes|Microsoft\\SystemCertificates|` +
	`Microsoft\\Windows\\CurrentVersion\\(Policies|Group Policy|Setup)|` +
	`Microsoft\\Windows NT\\CurrentVersion\\Time Zones)(\\|$)`)

var splitClasses = regexp.MustCompile(`(?i)^Classes\\(CLSID|DirectShow|Interface|Media Type|MediaFoundation)(\\|$)`)

// redirected turns a path of the 32-bit view into the one that holds the key.
func redirected(path string, view windows.View) string {
	const software, node = `HKLM\SOFTWARE\`, `WOW6432Node\`
	if view != windows.View32 || len(path) < len(software) || !strings.EqualFold(path[:len(software)], software) {
		return path
	}
	below := path[len(software):]
	if len(below) >= len(node) && strings.EqualFold(below[:len(node)], node) {
		return path
	}
	if sharedKeys.MatchString(below) && !splitClasses.MatchString(below) {
		return path
	}
	return path[:len(software)] + node + below
}

// add makes a key and those above it.
func (r *regFile) add(path string) *regKey {
	if i := strings.LastIndexByte(path, '\\'); i > 0 {
		r.add(path[:i])
	}
	upper := strings.ToUpper(path)
	if r.keys[upper] == nil {
		r.keys[upper] = &regKey{path: path}
	}
	return r.keys[upper]
}

// openRegKey is a key until it is closed.
type openRegKey struct {
	r    *regFile
	path string // upper-case
}

func (k *openRegKey) value(name string) (regValue, error) {
	if k.path == "" {
		return regValue{}, fmt.Errorf("read value %q: %w", name, fs.ErrClosed)
	}
	for _, v := range k.r.keys[k.path].values {
		if strings.EqualFold(v.name, name) {
			return v, nil
		}
	}
	return regValue{}, fmt.Errorf("read value %q: %w", name, fs.ErrNotExist)
}

var envReference = regexp.MustCompile(`%[^%]+%`)

// Text implements windows.Key.
func (k *openRegKey) Text(name string) (string, error) {
	v, err := k.value(name)
	if err != nil {
		return "", err
	}
	text, expand, err := windows.TextOf(v.kind, v.raw)
	if err != nil || !expand {
		return text, err
	}
	return envReference.ReplaceAllStringFunc(text, func(ref string) string {
		for name, value := range k.r.Env {
			if strings.EqualFold(name, strings.Trim(ref, "%")) {
				return value
			}
		}
		return ref
	}), nil
}

// Texts implements windows.Key.
func (k *openRegKey) Texts(name string) ([]string, error) {
	v, err := k.value(name)
	if err != nil {
		return nil, err
	}
	return windows.TextsOf(v.kind, v.raw)
}

// Number implements windows.Key.
func (k *openRegKey) Number(name string) (uint64, error) {
	v, err := k.value(name)
	if err != nil {
		return 0, err
	}
	return windows.NumberOf(v.kind, v.raw)
}

// Keys implements windows.Key, in alphabetical order as Windows does.
func (k *openRegKey) Keys() ([]string, error) {
	if k.path == "" {
		return nil, fs.ErrClosed
	}
	var names []string
	for upper, key := range k.r.keys {
		if below, ok := strings.CutPrefix(upper, k.path+`\`); ok && !strings.Contains(below, `\`) {
			names = append(names, key.path[strings.LastIndexByte(key.path, '\\')+1:])
		}
	}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(strings.ToUpper(a), strings.ToUpper(b)) })
	return names, nil
}

// Values implements windows.Key.
func (k *openRegKey) Values() ([]string, error) {
	if k.path == "" {
		return nil, fs.ErrClosed
	}
	var names []string
	for _, v := range k.r.keys[k.path].values {
		names = append(names, v.name)
	}
	return names, nil
}

// Close implements windows.Key.
func (k *openRegKey) Close() error {
	if k.path == "" {
		return fs.ErrClosed
	}
	k.path = ""
	k.r.opened.Add(-1)
	return nil
}

func (r *regFile) parse(text string) error {
	var key *regKey
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		// Only bytes go on in the next line; a text may end in a backslash.
		for strings.HasSuffix(line, `\`) && !strings.HasSuffix(line, `"`) && lines.Scan() {
			line = strings.TrimSuffix(line, `\`) + strings.TrimSpace(lines.Text())
			n++
		}
		switch {
		case line == "", line[0] == ';', strings.HasPrefix(line, "Windows Registry Editor"):
		case line[0] == '[' && strings.HasSuffix(line, "]"):
			path, err := rootOf(line[1 : len(line)-1])
			if err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
			key = r.add(path)
		default:
			v, err := parseRegValue(line)
			if err != nil || key == nil {
				return fmt.Errorf("line %d: no value of a key: %s: %w", n, line, err)
			}
			key.set(v)
		}
	}
	return lines.Err()
}

func (k *regKey) set(v regValue) {
	i := slices.IndexFunc(k.values, func(old regValue) bool { return strings.EqualFold(old.name, v.name) })
	if i < 0 {
		k.values = append(k.values, v)
	} else {
		k.values[i] = v
	}
}

func rootOf(path string) (string, error) {
	root, below, _ := strings.Cut(path, `\`)
	switch strings.ToUpper(root) {
	case "HKEY_LOCAL_MACHINE", "HKLM":
		root = string(windows.Machine)
	case "HKEY_CURRENT_USER", "HKCU":
		root = string(windows.User)
	default:
		return "", fmt.Errorf("no root: %s", path)
	}
	return strings.TrimSuffix(root+`\`+below, `\`), nil
}

var (
	regLine  = regexp.MustCompile(`^(?:@|"((?:[^"\\]|\\.)*)")\s*=\s*(.*)$`)
	regText  = regexp.MustCompile(`^(?:str\((\d+)\):)?"((?:[^"\\]|\\.)*)"$`)
	regDword = regexp.MustCompile(`^dword:([0-9a-fA-F]{1,8})$`)
	regHex   = regexp.MustCompile(`^hex(?:\(([0-9a-fA-F]+)\))?:([0-9a-fA-F,]*)$`)
)

func parseRegValue(line string) (regValue, error) {
	m := regLine.FindStringSubmatch(line)
	if m == nil {
		return regValue{}, fmt.Errorf("no value")
	}
	v := regValue{name: unescape(m[1])}
	data := strings.TrimSpace(m[2])
	if m := regText.FindStringSubmatch(data); m != nil {
		v.kind = windows.KindText
		if m[1] != "" {
			n, _ := strconv.ParseUint(m[1], 10, 32)
			v.kind = windows.ValueKind(n)
		}
		v.raw = utf16LE(unescape(m[2]) + "\x00")
		return v, nil
	}
	if m := regDword.FindStringSubmatch(data); m != nil {
		n, _ := strconv.ParseUint(m[1], 16, 32)
		v.kind, v.raw = windows.KindNumber, binary.LittleEndian.AppendUint32(nil, uint32(n))
		return v, nil
	}
	m = regHex.FindStringSubmatch(strings.ReplaceAll(data, " ", ""))
	if m == nil {
		return regValue{}, fmt.Errorf("no data: %s", data)
	}
	v.kind = windows.KindBinary
	if m[1] != "" {
		n, _ := strconv.ParseUint(m[1], 16, 32)
		v.kind = windows.ValueKind(n)
	}
	raw, err := hex.DecodeString(strings.ReplaceAll(m[2], ",", ""))
	v.raw = raw
	return v, err
}

// unescape reads what regedit writes with backslashes, and \0 as Wine does.
func unescape(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\0`, "\x00", `\n`, "\n").Replace(s)
}

func utf16LE(s string) []byte {
	var raw []byte
	for _, u := range utf16.Encode([]rune(s)) {
		raw = binary.LittleEndian.AppendUint16(raw, u)
	}
	return raw
}
