package journal

import (
	"errors"

	"golang.org/x/sys/windows"
)

// syncFolder does nothing: Windows flushes no folders, and NTFS keeps its own
// journal of names.
func syncFolder(string) error { return nil }

func isFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

func isReadOnly(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
