package app_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yomitori/app"
	"yomitori/platform"
)

// clumsy panics with what it saw.
type clumsy struct{ saw string }

func (c clumsy) Follow(context.Context, func(platform.Snapshot)) error { panic("saw " + c.saw) }

// A crash tells where the program was, and nothing of what it saw.
func TestCrashTellsNothingPersonal(t *testing.T) {
	note := filepath.Join(t.TempDir(), "cache", "crash.txt")
	for _, file := range []string{note, ""} {
		var stdout, stderr bytes.Buffer
		code := app.Env{
			Stdout: &stdout, Stderr: &stderr, Computer: clumsy{"CN=zqxsecret"}, CrashFile: file,
			Getenv: func(string) string { return "" },
		}.Run(t.Context(), []string{"check"})
		if code != 70 || stdout.Len() > 0 || strings.Count(stderr.String(), "\n") != 1 || !strings.Contains(stderr.String(), file) {
			t.Errorf("exit %d, printed %s%s", code, stdout.String(), stderr.String())
		}
		if strings.Contains(stderr.String(), "zqxsecret") {
			t.Errorf("printed %s", stderr.String())
		}
	}
	raw, err := os.ReadFile(note)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(raw); strings.Contains(got, "zqxsecret") || !strings.Contains(got, "clumsy.Follow crash_test.go") {
		t.Errorf("note:\n%s", got)
	}
}
