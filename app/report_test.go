package app_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yomitori/app"
	"yomitori/app/report"
	"yomitori/checks"
	"yomitori/platform/practice"
)

// saved saves a report on a practice computer and returns its path.
func saved(t *testing.T, computer, name string, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	got := run(t, computer, append([]string{"report", "-o", file}, args...)...)
	if got.code > 2 || got.stderr != "" || !strings.Contains(got.stdout, file) {
		t.Fatalf("exit %d:\n%s%s", got.code, got.stdout, got.stderr)
	}
	return file
}

func TestReport(t *testing.T) {
	for computer, want := range map[string]int{"healthy": 0, "expired": 1} {
		for _, name := range []string{"report.html", "REPORT.HTM", "report.yomitori"} {
			file := filepath.Join(t.TempDir(), name)
			got := run(t, computer, "report", "-o", file)
			raw, err := os.ReadFile(file)
			if got.code != want || err != nil || len(raw) == 0 || !strings.Contains(got.stdout, "持ち主1") {
				t.Errorf("%s of %s: exit %d, %v\n%s%s", name, computer, got.code, err, got.stdout, got.stderr)
			}
		}
	}
}

func TestReportRefuses(t *testing.T) {
	folder := t.TempDir()
	there := filepath.Join(folder, "there.html")
	if err := os.WriteFile(there, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		args []string
		code int
		says string
	}{
		{"no file", nil, 64, "-o report.html"},
		{"another form", []string{"-o", filepath.Join(folder, "report.pdf")}, 64, ".yomitori"},
		{"there already", []string{"-o", there}, 64, "--force"},
		{"no such folder", []string{"-o", filepath.Join(folder, "no", "report.html")}, 74, "保存できません"},
		{"a folder", []string{"-o", folder + ".html", "extra"}, 64, "余分"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := run(t, "healthy", append([]string{"report"}, tt.args...)...)
			if got.code != tt.code || got.stdout != "" || strings.Count(got.stderr, "\n") != 1 || !strings.Contains(got.stderr, tt.says) {
				t.Errorf("exit %d:\n%s%s", got.code, got.stdout, got.stderr)
			}
		})
	}
	if raw, _ := os.ReadFile(there); string(raw) != "mine" {
		t.Error("written over")
	}
	if got := run(t, "healthy", "report", "-o", there, "--force"); got.code != 0 {
		t.Errorf("not replaced: %s", got.stderr)
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) != 1 {
		t.Errorf("files: %v, %v", files, err)
	}
}

// Who uses the computer is in no report, however the environment names them.
func TestReportDoesNotTellTheUser(t *testing.T) {
	s := snapshotOf(t, "healthy")
	s.Readers.List[0].Name += " of zqxuser at zqxhost"
	s.Cards.List[0].Reader = s.Readers.List[0].Name
	file := filepath.Join(t.TempDir(), "report.yomitori")
	for _, names := range []map[string]string{
		{"USER": "zqxuser", "HOME": "/home/zqxuser"},
		{"USERNAME": "zqxuser", "USERPROFILE": `C:\Users\zqxuser`, "COMPUTERNAME": "ZQXHOST"},
	} {
		var out bytes.Buffer
		env := app.Env{
			Stdout: &out, Stderr: &out, Computer: practice.New(s), Host: "zqxhost.test",
			Getenv: func(name string) string { return names[name] },
		}
		for _, args := range [][]string{{"report", "--force", "-o", file}, {"check"}, {"check", "--json"}} {
			env.Run(t.Context(), args)
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if all := strings.ToLower(string(raw) + out.String()); strings.Contains(all, "zqx") || !strings.Contains(all, "«user 1»") {
			t.Errorf("told, or nothing masked:\n%s", all)
		}
	}
}

// A report is judged for the question of its day, unless another is asked.
func TestOpenReport(t *testing.T) {
	file := saved(t, "extension-off", "report.yomitori", "--for", "mynaportal", "--message", "HUB0002")
	got := run(t, "healthy", "open", file)
	for _, want := range []string{"マイナポータルを使う", "HUB0002", "edge://extensions", "バージョン 0.1.0）の結果と、同じです"} {
		if !strings.Contains(got.stdout, want) || got.code != 1 {
			t.Errorf("exit %d, no %q:\n%s%s", got.code, want, got.stdout, got.stderr)
		}
	}
	if got := run(t, "healthy", "open", file, "--for", "any", "--text"); got.code != 2 || strings.Contains(got.stdout, "保存された日") {
		t.Errorf("exit %d:\n%s%s", got.code, got.stdout, got.stderr)
	}
}

func TestOpenReportAsJSON(t *testing.T) {
	file := saved(t, "expired", "report.yomitori")
	got := run(t, "healthy", "open", file, "--json")
	var doc struct {
		Saved *report.Saved
	}
	if err := json.Unmarshal([]byte(got.stdout), &doc); err != nil {
		t.Fatal(err)
	}
	v := doc.Saved
	if v == nil || v.Cause == nil || *v.Cause != checks.ExpiryExpired || v.Tool.Version != "0.1.0" || !v.Time.Equal(taken) || len(v.Findings) == 0 {
		t.Errorf("saved %+v", v)
	}
	if got := run(t, "expired", "check", "--json"); strings.Contains(got.stdout, `"saved"`) || strings.Contains(got.stdout, `"comparison"`) {
		t.Error("what is of saved reports is told of this computer")
	}
}

func TestCompareReports(t *testing.T) {
	// The extension was off, and is on; the certificate was good, and is not.
	before := saved(t, "extension-off", "before.yomitori", "--for", "mynaportal")
	after := saved(t, "expired", "after.yomitori", "--for", "mynaportal")
	got := run(t, "healthy", "open", before, "--compare", after, "--lang", "en")
	better, rest, _ := strings.Cut(got.stdout, "\nWorse:")
	if !strings.Contains(better, "extension.off") || !strings.Contains(rest, "expiry.expired") || !strings.Contains(rest, "The same:") {
		t.Errorf("exit %d:\n%s%s", got.code, got.stdout, got.stderr)
	}
	var doc struct{ Comparison *checks.Comparison }
	if err := json.Unmarshal([]byte(run(t, "healthy", "open", before, "--compare", after, "--json").stdout), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Comparison == nil || len(doc.Comparison.Better) == 0 || len(doc.Comparison.Worse) == 0 {
		t.Errorf("comparison %+v", doc.Comparison)
	}
	if got := run(t, "healthy", "open", before, "--compare", "missing"); got.code != 64 || strings.Count(got.stderr, "\n") != 1 {
		t.Errorf("exit %d: %s", got.code, got.stderr)
	}
}

// A file that was changed by hand is not believed.
func TestOpenChangedReport(t *testing.T) {
	file := saved(t, "expired", "report.yomitori")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(raw, []byte("expiry.expired"), []byte("expiry.ok"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := run(t, "healthy", "open", file); got.code != 64 || !strings.Contains(got.stderr, "変えられたか、壊れています") {
		t.Errorf("exit %d:\n%s%s", got.code, got.stdout, got.stderr)
	}
}
