package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"yomitori/app"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// outcome is what a command line came to.
type outcome struct {
	code           int
	stdout, stderr string
}

// taken is when the practice computers were looked at, which is also when they
// are judged, whatever the clock says.
var taken = time.Date(2026, 11, 16, 1, 30, 0, 0, time.UTC)

// run runs a command line on a practice computer, without a display.
func run(t *testing.T, computer string, args ...string) outcome {
	t.Helper()
	c, err := practice.Open(computer)
	if err != nil {
		t.Fatal(err)
	}
	return runOn(t, c, args...)
}

func runOn(t *testing.T, c platform.Computer, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := app.Env{
		Stdout: &stdout, Stderr: &stderr, Computer: c,
		Getenv: func(string) string { return "" },
	}.Run(t.Context(), args)
	return outcome{code, stdout.String(), stderr.String()}
}

func TestExitCodes(t *testing.T) {
	tests := []struct {
		name, computer string
		args           []string
		want           int
		says           string
	}{
		{"healthy", "healthy", []string{"check"}, 0, "問題は見つかりませんでした"},
		{"healthy, e-Tax", "healthy", []string{"check", "--for", "etax"}, 0, "ブラウザーの準備ができています"},
		{"revocation not asked", "hpki-healthy", []string{"check", "--for", "hpki"}, 0, "まだ調べていません"},
		{"extension off", "extension-off", []string{"check", "--for", "mynaportal"}, 1, "edge://extensions"},
		{"expired", "expired", []string{"check"}, 1, "2026年1月20日"},
		{"expired in English", "expired", []string{"check", "--lang", "en"}, 1, "20 January 2026"},
		{"no reader", "no-reader", []string{"check"}, 1, "カードリーダーが見つかりません"},
		{"waits and gives up", "no-card", []string{"check", "--wait", "10ms"}, 1, "カードが入っていません"},
		{"locked password, e-Tax", "signature-locked", []string{"check", "--for", "etax"}, 1, "ロック"},
		{"locked password, login", "signature-locked", []string{"check", "--for", "mynaportal"}, 0, "ロック"},
		{"practice", "healthy", []string{"practice", "pin-locked", "--text"}, 1, "ロック"},
		{"practice list", "healthy", []string{"practice"}, 0, "no-reader"},
		{"practice list in English", "healthy", []string{"practice", "--lang", "en"}, 0, "Official program"},
		{"no display", "no-reader", nil, 1, "yomitori practice"},
		{"help", "healthy", []string{"--help"}, 0, "check"},
		{"version", "healthy", []string{"--version"}, 0, "yomitori 0."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := run(t, tt.computer, tt.args...)
			if got.code != tt.want || !strings.Contains(got.stdout, tt.says) {
				t.Errorf("exit %d, want %d; printed:\n%s%s", got.code, tt.want, got.stdout, got.stderr)
			}
		})
	}
}

// Wrong usage gives one sentence on standard error, exit 64, and no file.
func TestWrongUsage(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile("not-a-report", []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("pending", []byte(`{"schema":"yomitori.snapshot/1"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("newer", []byte(`{"schema":"yomitori.snapshot/2"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("huge", make([]byte, 2<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"check", "--bogus"},
		{"check", "-x"},
		{"check", "--for", "taxes"},
		{"check", "--for"},
		{"check", "--wait", "long"},
		{"check", "--wait", "-1s"},
		{"check", "extra"},
		{"bogus"},
		{"practice", "bogus"},
		{"practice", "healthy", "more"},
		{"practice", "--json"},
		{"practice", "--for", "bogus"},
		{"check", "--lang", "xx"},
		{"open", "pending"},
		{"practice", "healthy", "--json", "--text"},
		{"open"},
		{"open", "missing.yomitori"},
		{"open", "."},
		{"open", "not-a-report"},
		{"open", "newer"},
		{"open", "huge"},
		{"watch", "extra"},
		{"check", "--moment", "later"},
		{"check", "--moment", ""},
		{"check", "--moment"},
		{"check", "--moved=perhaps"},
		{"check", "--lost", "maybe"},
		{"practice", "healthy", "--moment", "now"},
		{"practice", "healthy", "--online"},
		{"practice", "--moved"},
		{"open", "pending", "--online"},
	} {
		for _, lang := range []string{"ja", "en"} {
			if !slices.Contains(args, "--lang") {
				args = append(slices.Clone(args), "--lang="+lang)
			}
			got := run(t, "healthy", args...)
			if got.code != 64 || got.stdout != "" || strings.Count(got.stderr, "\n") != 1 {
				t.Errorf("%v: exit %d\nstdout: %sstderr: %s", args, got.code, got.stdout, got.stderr)
			}
			if strings.Contains(got.stderr, "error.") || strings.Contains(got.stderr, "{") {
				t.Errorf("%v: no sentence: %s", args, got.stderr)
			}
		}
	}
	if files, err := filepath.Glob("*"); err != nil || len(files) != 4 {
		t.Errorf("files written: %v, %v", files, err)
	}
}

// The names in this struct are the contract of docs/json.md.
type contract struct {
	Schema   string
	Tool     struct{ Name, Version string }
	Time     time.Time
	Purpose  string
	Cause    *string
	Findings []struct {
		ID, Step, Status, Title  string
		Evidence                 map[string]any
		Hides, Repairs, Articles []string
	}
	SupportCode string `json:"support_code"`
	Snapshot    struct {
		Card *struct {
			Reader, Kind string
			Certificates []struct {
				Role, Issuer, Key, Chain, Subject string
				NotBefore                         time.Time `json:"not_before"`
				NotAfter                          time.Time `json:"not_after"`
			}
			Pins  map[string]any
			APDUs int
		}
	}
}

func TestJSON(t *testing.T) {
	got := run(t, "pin-locked", "check", "--json", "--for", "mynaportal")
	var doc contract
	if err := json.Unmarshal([]byte(got.stdout), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Schema != "yomitori/1" || doc.Tool.Name != "yomitori" || doc.Purpose != "mynaportal" || !doc.Time.Equal(taken) {
		t.Errorf("head: %+v", doc)
	}
	if doc.Cause == nil || *doc.Cause != "pin.auth-locked" || got.code != 1 {
		t.Errorf("cause %v, exit %d", doc.Cause, got.code)
	}
	for _, f := range doc.Findings {
		if f.Title == "" || f.Hides == nil || f.Repairs == nil || f.Articles == nil || f.Evidence == nil {
			t.Errorf("finding %+v", f)
		}
	}
	card := doc.Snapshot.Card
	if card == nil || card.Kind != "mynumber" || card.Pins["auth"] != "locked" || card.Pins["signature"] != 5.0 || card.APDUs == 0 {
		t.Fatalf("card %+v", card)
	}
	if c := card.Certificates[0]; c.Role != "auth" || c.Chain != "verified" || c.NotAfter.IsZero() || c.Issuer == "" {
		t.Errorf("certificate %+v", c)
	}
}

func TestJSONMasksUnlessTold(t *testing.T) {
	const secret = "PRACTICE0000000000000A"
	out := run(t, "healthy", "check", "--json").stdout
	if strings.Contains(out, secret) || !strings.Contains(out, `\u00absubject 1\u00bb`) {
		t.Errorf("not masked:\n%s", out)
	}
	if i := strings.IndexFunc(out, func(r rune) bool { return r > unicode.MaxASCII }); i >= 0 {
		t.Errorf("not ASCII: %.40s", out[i:])
	}
	if out := run(t, "healthy", "check", "--json", "--unmasked").stdout; !strings.Contains(out, secret) {
		t.Error("masked although told not to")
	}
}

// A report of a computer that was still being looked at opens; what was pending
// in it is unknown now, and nothing waits for it.
func TestOpenUnfinishedReport(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.json")
	if err := os.WriteFile(file, []byte(`{"schema":"yomitori.snapshot/1","taken":"2026-11-20T00:00:00Z"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := run(t, "healthy", "open", file); got.code != 2 {
		t.Errorf("exit %d:\n%s%s", got.code, got.stdout, got.stderr)
	}
}

// A report comes from anybody: what it says must not steer a terminal.
func TestOpenHostileReport(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.json")
	raw := run(t, "healthy", "check", "--json").stdout
	raw = strings.ReplaceAll(raw, "PaSoRi", `\u001b[31m\u202e\u0007`)
	if err := os.WriteFile(file, []byte(raw), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{"--text", "--json"} {
		if got := run(t, "healthy", "open", file, form); strings.ContainsAny(got.stdout, "\x1b\x07\u202e") || got.code != 0 {
			t.Errorf("exit %d:\n%q", got.code, got.stdout)
		}
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}
}

func TestResultCannotBeWritten(t *testing.T) {
	c, err := practice.Open("healthy")
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"check"}, {"check", "--json"}, {"practice"}} {
		var stderr bytes.Buffer
		code := app.Env{Stdout: fullDisk{}, Stderr: &stderr, Computer: c, Getenv: func(string) string { return "" }}.Run(t.Context(), args)
		if code != 74 || !strings.Contains(stderr.String(), "書き出せません") {
			t.Errorf("%v: exit %d, %s", args, code, stderr.String())
		}
	}
}

func TestOpenWhatCheckWrote(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.json")
	written := run(t, "expired", "check", "--json")
	if err := os.WriteFile(file, []byte(written.stdout), 0o600); err != nil {
		t.Fatal(err)
	}
	got := run(t, "healthy", "open", file, "--text")
	if got.code != 1 || !strings.Contains(got.stdout, "2026年1月20日") {
		t.Errorf("exit %d:\n%s%s", got.code, got.stdout, got.stderr)
	}
}

// story is a computer on which snapshots follow each other.
type story []platform.Snapshot

func (s story) Follow(ctx context.Context, report func(platform.Snapshot)) error {
	for _, v := range s {
		report(v)
	}
	return nil
}

func snapshotOf(t *testing.T, name string) platform.Snapshot {
	t.Helper()
	c, err := practice.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := platform.Observe(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWatch(t *testing.T) {
	in, out := snapshotOf(t, "healthy"), snapshotOf(t, "no-card")
	gone := snapshotOf(t, "no-reader")
	got := runOn(t, story{{}, out, out, in, out, gone}, "watch", "--lang", "en")
	want := []string{
		"service is running", "Reader connected: SONY", "Card put in: SONY", "Kind of card: My Number Card",
		"Card taken out: SONY", "service cannot be used", "Reader disconnected: SONY",
	}
	lines := strings.Split(strings.TrimSpace(got.stdout), "\n")
	if len(lines) != len(want) || got.code != 0 {
		t.Fatalf("exit %d, printed:\n%s", got.code, got.stdout)
	}
	for i, w := range want {
		if !strings.Contains(lines[i], w) {
			t.Errorf("line %d is %q, want %q in it", i+1, lines[i], w)
		}
	}
}
