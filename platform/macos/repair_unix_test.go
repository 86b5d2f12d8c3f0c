//go:build unix

package macos_test

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"yomitori/platform/macos"
)

// The real signal, to a process of our own.
func TestSignalToRealProcess(t *testing.T) {
	cat := exec.Command("cat")
	in, err := cat.StdinPipe() // without which it ends at once
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := cat.Start(); err != nil {
		t.Skip("no program to end: ", err)
	}
	if err := macos.Signal(cat.Process.Pid, syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if err := cat.Wait(); err == nil || cat.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGTERM {
		t.Errorf("it ended with %v", err)
	}
	if err := macos.Signal(cat.Process.Pid, syscall.SIGTERM); !errors.Is(err, os.ErrProcessDone) {
		t.Errorf("a process that has ended: %v", err)
	}
}
