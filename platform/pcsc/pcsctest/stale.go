//go:build linux

package pcsctest

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
)

// sweep removes the files of a pcscd that is dead, of a test that was killed
// for instance. pcscd does that by itself, but takes a process that nobody has
// waited for, as is common in containers, for one that runs.
func sweep() {
	const pidFile = "/run/pcscd/pcscd.pid"
	pid, err := os.ReadFile(pidFile)
	if err != nil || runs(strings.TrimSpace(string(pid))) {
		return
	}
	// pcscd complains if this was not enough.
	_ = os.Remove(pidFile)
	_ = os.Remove(socket)
}

// runs reports whether a process exists and is not a zombie.
func runs(pid string) bool {
	stat, err := os.ReadFile(filepath.Join("/proc", pid, "stat"))
	if err != nil {
		return false
	}
	// "pid (name) state …", and the name may hold anything.
	_, after, _ := bytes.Cut(stat[bytes.LastIndexByte(stat, ')')+1:], []byte(" "))
	return !bytes.HasPrefix(after, []byte("Z"))
}
