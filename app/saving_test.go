package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestSavingReplacesNothing(t *testing.T) {
	folder := t.TempDir()
	save := saveIn(folder, func() time.Time { return time.Date(2026, 11, 30, 9, 5, 0, 0, time.UTC) })
	for _, want := range []string{"yomitori-2026-11-30-0905.html", "yomitori-2026-11-30-0905-2.html", "yomitori-2026-11-30-0905-3.html"} {
		path, err := save([]byte(want), ".html")
		if err != nil || path != filepath.Join(folder, want) {
			t.Fatalf("%q, %v, want %s", path, err, want)
		}
	}
	for _, name := range []string{"yomitori-2026-11-30-0905.html", "yomitori-2026-11-30-0905-3.html"} {
		if got, err := os.ReadFile(filepath.Join(folder, name)); string(got) != name || err != nil {
			t.Errorf("%s holds %q, %v", name, got, err)
		}
	}
	if _, err := saveIn(filepath.Join(folder, "gone"), time.Now)(nil, ".html"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("into no folder: %v", err)
	}
}
