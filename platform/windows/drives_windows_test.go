package windows_test

import (
	"os"
	"path/filepath"
	"testing"

	"yomitori/platform/windows"
)

// Drives that are shares are there on few computers; that of the temporary
// folder is none.
func TestNativeRemoteDrive(t *testing.T) {
	for _, drive := range []string{filepath.VolumeName(os.TempDir()), "C:", "\x00"} {
		if windows.NativeRemoteDrive(drive) {
			t.Errorf("%q is remote", drive)
		}
	}
}
