package local

import (
	"os"
	"path/filepath"
)

// DocumentsFolder is where the user looks for files of theirs: the folder for documents,
// or the home folder where there is none; "" where there is neither.
func DocumentsFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	for _, folder := range []string{documents(home), home} {
		if at, err := os.Stat(folder); filepath.IsAbs(folder) && err == nil && at.IsDir() {
			return folder
		}
	}
	return ""
}
