package chromium

import (
	"os"

	"golang.org/x/sys/windows"
)

var (
	noSpace  = []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL}
	locked   = []error{windows.ERROR_SHARING_VIOLATION, windows.ERROR_LOCK_VIOLATION}
	readOnly = []error{windows.ERROR_WRITE_PROTECT, windows.ERROR_ACCESS_DENIED}
)

// syncFolder does nothing: Windows writes the names of a folder by itself, and
// lets no handle that can only read ask for it.
func syncFolder(*os.File) error { return nil }
