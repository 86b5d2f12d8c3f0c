//go:build unix

package report_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"yomitori/app/report"
)

// Nobody ever writes into this pipe, so that opening it would wait for good.
func TestPipesAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := report.Open(path); !errors.Is(err, report.ErrNotReport) {
		t.Errorf("got %v", err)
	}
}
