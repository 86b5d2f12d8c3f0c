package local

import (
	"fmt"
	"os"
	"path/filepath"
)

// StateFolder is where the program keeps what it has to know the next time. A
// relative path is ignored, as the XDG Base Directory Specification asks.
func StateFolder() (string, error) {
	if state := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(state) {
		return filepath.Join(state, "yomitori"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the user's folder: %w", err)
	}
	return filepath.Join(home, ".local", "state", "yomitori"), nil
}
