package local_test

import (
	"os"
	"path/filepath"
	"testing"

	"yomitori/platform/local"
)

func TestDocumentsFolder(t *testing.T) {
	for _, c := range []struct{ name, dirs, makes, want string }{
		{"nothing", "", "", ""},
		{"in English", "", "Documents", "Documents"},
		{"in Japanese", "XDG_DESKTOP_DIR=\"$HOME/デスクトップ\"\nXDG_DOCUMENTS_DIR=\"$HOME/書類\"\n", "書類", "書類"},
		{"gone", "XDG_DOCUMENTS_DIR=\"$HOME/書類\"\n", "Documents", ""},
	} {
		home := t.TempDir()
		t.Setenv("HOME", home)
		t.Setenv("XDG_CONFIG_HOME", "")
		if c.dirs != "" {
			makeFolder(t, filepath.Join(home, ".config"))
			if err := os.WriteFile(filepath.Join(home, ".config", "user-dirs.dirs"), []byte(c.dirs), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		makeFolder(t, filepath.Join(home, c.makes))
		if got, want := local.DocumentsFolder(), filepath.Join(home, c.want); got != want {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}

func makeFolder(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(path, 0o700); err != nil {
		t.Fatal(err)
	}
}
