//go:build linux

package pcsctest

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// lock waits until no other test on this computer uses pcscd. The kernel gives
// the lock back when the process dies.
func lock(tb testing.TB) (unlock func()) {
	tb.Helper()
	f, err := os.OpenFile(filepath.Join(os.TempDir(), "yomitori-pcsctest.lock"), os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		tb.Fatal(err)
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
		if err != syscall.EINTR {
			break
		}
	}
	if err != nil {
		tb.Fatalf("lock %s: %v", f.Name(), err)
	}
	return func() { _ = f.Close() }
}
