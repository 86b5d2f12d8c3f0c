package windows

import (
	"fmt"

	"golang.org/x/sys/windows"
)

var folderIDs = map[KnownFolder]*windows.KNOWNFOLDERID{
	LocalAppData:    windows.FOLDERID_LocalAppData,
	ProgramFiles:    windows.FOLDERID_ProgramFiles,
	ProgramFilesX86: windows.FOLDERID_ProgramFilesX86,
	System:          windows.FOLDERID_System,
}

// nativeFolder gives the path of a known folder, without making the folder or
// looking for it on the disk.
func nativeFolder(f KnownFolder) (string, error) {
	id, known := folderIDs[f]
	if !known {
		return "", fmt.Errorf("find folder: unknown name %q", f)
	}
	path, err := windows.KnownFolderPath(id, windows.KF_FLAG_DONT_VERIFY)
	if err != nil {
		return "", fmt.Errorf("find folder %s: %w", f, err)
	}
	return path, nil
}
