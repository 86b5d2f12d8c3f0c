package windows

import "golang.org/x/sys/windows"

// nativeRemoteDrive asks what kind of drive a letter stands for.
func nativeRemoteDrive(drive string) bool {
	root, err := windows.UTF16PtrFromString(drive + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
