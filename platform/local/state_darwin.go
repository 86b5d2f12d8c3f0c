package local

import (
	"fmt"
	"os"
	"path/filepath"
)

// StateFolder is where the program keeps what it has to know the next time.
func StateFolder() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the user's folder: %w", err)
	}
	return filepath.Join(home, "Library", "Application Support", "Yomitori"), nil
}
