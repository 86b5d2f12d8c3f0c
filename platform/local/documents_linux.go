package local

import (
	"os"
	"path/filepath"
	"strings"
)

// documents reads what xdg-user-dirs keeps: the folder is named in the language of the
// desktop.
func documents(home string) string {
	config := os.Getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(config) {
		config = filepath.Join(home, ".config")
	}
	raw, err := os.ReadFile(filepath.Join(config, "user-dirs.dirs"))
	if err != nil {
		return filepath.Join(home, "Documents")
	}
	for line := range strings.Lines(string(raw)) {
		value, ok := strings.CutPrefix(strings.TrimSpace(line), "XDG_DOCUMENTS_DIR=")
		if !ok {
			continue
		}
		value = strings.Trim(value, `"`)
		if below, ok := strings.CutPrefix(value, "$HOME/"); ok {
			return filepath.Join(home, below)
		}
		return value
	}
	return filepath.Join(home, "Documents")
}
