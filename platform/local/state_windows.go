package local

import (
	"fmt"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// StateFolder is where the program keeps what it has to know the next time. The
// system is asked for it, since a variable of the environment says what anybody
// set it to.
func StateFolder() (string, error) {
	folder, err := windows.KnownFolderPath(windows.FOLDERID_LocalAppData, 0)
	if err != nil {
		return "", fmt.Errorf("find the user's folder: %w", err)
	}
	return filepath.Join(folder, "Yomitori"), nil
}
