//go:build unix

package macos

import (
	"os/exec"
	"syscall"
)

// endWithChildren gives a program a process group of its own and has all of it
// killed when its time is over: system_profiler starts itself anew.
func endWithChildren(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
