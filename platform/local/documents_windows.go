package local

import "golang.org/x/sys/windows"

// documents asks Windows: the folder may lie on another disk, or in OneDrive.
func documents(string) string {
	folder, err := windows.KnownFolderPath(windows.FOLDERID_Documents, 0)
	if err != nil {
		return ""
	}
	return folder
}
