//go:build unix

package chromium

import (
	"os"

	"golang.org/x/sys/unix"
)

var (
	noSpace  = []error{unix.ENOSPC, unix.EDQUOT}
	locked   = []error{unix.EBUSY, unix.ETXTBSY}
	readOnly = []error{unix.EROFS, unix.EACCES, unix.EPERM}
)

// syncFolder waits until the disk has the names in a folder.
func syncFolder(f *os.File) error { return f.Sync() }
