//go:build unix

package chromium

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

var (
	noSpace  = []error{unix.ENOSPC, unix.EDQUOT}
	locked   = []error{unix.EBUSY, unix.ETXTBSY}
	readOnly = []error{unix.EROFS, unix.EACCES, unix.EPERM}
)

// syncFolder waits until the disk has the names in a folder. A file system that
// knows no such thing is none to wait for.
func syncFolder(f *os.File) error {
	if err := f.Sync(); err != nil && !errors.Is(err, unix.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
