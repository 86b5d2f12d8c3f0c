package app_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/app/report/supportcode"
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform/practice"
)

// codeOf is the support code in the JSON of a command line.
func codeOf(t *testing.T, o outcome) string {
	t.Helper()
	var doc contract
	if err := json.Unmarshal([]byte(o.stdout), &doc); err != nil {
		t.Fatalf("exit %d, %v:\n%s", o.code, err, o.stderr)
	}
	return doc.SupportCode
}

// Who reads a code sees what who made it saw: the cause in the same words where
// these need no evidence, and the same exit code.
func TestCodeRebuildsTheResult(t *testing.T) {
	for _, name := range practice.Names() {
		for _, p := range checks.Purposes {
			made := run(t, "healthy", "practice", name, "--json", "--for", string(p))
			code := codeOf(t, made)
			text := run(t, "healthy", "practice", name, "--text", "--for", string(p), "--lang=en").stdout
			if !strings.Contains(text, "Support code: "+code+"\n") {
				t.Errorf("%s for %s: no %s in the text:\n%s", name, p, code, text)
			}
			for _, lang := range assets.Langs {
				read := run(t, "no-reader", "code", code, "--lang", string(lang))
				if read.code != made.code {
					t.Errorf("%s for %s: exit %d, made with %d", name, p, read.code, made.code)
				}
				if strings.ContainsAny(read.stdout, "{}") || strings.Contains(read.stdout, "code.") || strings.Contains(read.stdout, "finding.") {
					t.Errorf("%s for %s: no sentences:\n%s", name, p, read.stdout)
				}
				s, err := supportcode.Decode(code)
				if err != nil {
					t.Fatal(err)
				}
				if texts := assets.In(lang); s.Cause != "" && !strings.Contains(read.stdout, words.Bare(texts, s.Cause)) && !texts.Has("finding."+string(s.Cause)+".bare."+s.OS) {
					t.Errorf("%s for %s: no cause:\n%s", name, p, read.stdout)
				}
			}
		}
	}
}

func TestCodeAsPeopleGiveIt(t *testing.T) {
	code := codeOf(t, run(t, "expired", "check", "--json", "--for", "etax"))
	want := run(t, "healthy", "code", code)
	for name, args := range map[string][]string{
		"groups apart":  strings.Fields(code),
		"hyphens":       {strings.ReplaceAll(code, " ", "-")},
		"in one":        {strings.ReplaceAll(code, " ", "")},
		"in full width": {strings.NewReplacer("0", "０", "1", "１", "6", "６", "9", "９", " ", "　").Replace(code)},
	} {
		got := run(t, "healthy", append([]string{"code"}, args...)...)
		if d := cmp.Diff(want.stdout, got.stdout); d != "" || got.code != 1 {
			t.Errorf("%s: exit %d, %s (-want +got):\n%s", name, got.code, got.stderr, d)
		}
	}
	if !strings.Contains(want.stdout, "電子証明書の期限が切れています。") || !strings.Contains(want.stdout, "市区町村") {
		t.Errorf("printed:\n%s", want.stdout)
	}
}

func TestCodeAsJSON(t *testing.T) {
	code := codeOf(t, run(t, "two-faults", "check", "--json", "--for", "etax"))
	got := run(t, "healthy", "code", code, "--json", "--lang=en")
	var doc struct {
		Schema, Code, Version, System, Purpose, Card, Reader, Days, Cause string
		Next                                                              []string
		Findings                                                          []struct{ ID, Step, Status, Title, Advice string }
	}
	if err := json.Unmarshal([]byte(got.stdout), &doc); err != nil {
		t.Fatal(err)
	}
	findings := doc.Findings
	doc.Findings = nil
	want := doc
	want.Schema, want.Code, want.Version, want.System, want.Purpose = "yomitori-code/1", code, "0.1.0", "windows", "etax"
	want.Card, want.Reader, want.Days, want.Cause, want.Next = "mynumber", "plain", "more", "pin.signature-locked", []string{"extension.off"}
	if d := cmp.Diff(want, doc); d != "" || got.code != 1 {
		t.Errorf("exit %d (-want +got):\n%s", got.code, d)
	}
	for _, f := range findings {
		if f.ID == "" || f.Step == "" || f.Status == "" || f.Title == "" || (f.Advice == "") != (f.Status == "ok" || f.Status == "skipped") {
			t.Errorf("finding %+v", f)
		}
	}
}

// Each way in which a code can be wrong has a sentence of its own.
func TestWrongCodes(t *testing.T) {
	code := strings.ReplaceAll(codeOf(t, run(t, "healthy", "check", "--json")), " ", "")
	for name, tt := range map[string]struct {
		args []string
		says string
	}{
		"none":        {nil, "yomitori code 1000"},
		"a letter":    {[]string{"1O00"}, "digits only"},
		"too short":   {[]string{code[:8]}, "number of digits"},
		"wrong digit": {[]string{code[:5] + string('0'+(code[5]-'0'+1)%10) + code[6:]}, "misheard"},
		"newer":       {[]string{"9000", "0000", "0053"}, "newer version"},
		"nonsense":    {[]string{"16088050987473332139"}, "no support code"},
	} {
		got := run(t, "healthy", append([]string{"code", "--lang=en"}, tt.args...)...)
		if got.code != 64 || got.stdout != "" || !strings.Contains(got.stderr, tt.says) || strings.Count(got.stderr, "\n") != 1 {
			t.Errorf("%s: exit %d, %s%s", name, got.code, got.stdout, got.stderr)
		}
	}
}

func TestQuiet(t *testing.T) {
	for _, tt := range []struct {
		name, computer string
		args           []string
		code           int
		stderr         string
	}{
		{"healthy", "healthy", nil, 0, ""},
		{"a cause", "expired", nil, 1, ""},
		{"a message that is not known", "healthy", []string{"--message", "bogus"}, 2, "--message"},
		{"a mistake", "healthy", []string{"--for", "bogus"}, 64, "bogus"},
		{"with JSON", "healthy", []string{"--json"}, 64, "--json"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := run(t, tt.computer, append([]string{"check", "--quiet"}, tt.args...)...)
			if got.code != tt.code || got.stdout != "" || (tt.stderr == "") != (got.stderr == "") || !strings.Contains(got.stderr, tt.stderr) {
				t.Errorf("exit %d, printed:\n%s%s", got.code, got.stdout, got.stderr)
			}
		})
	}
}
