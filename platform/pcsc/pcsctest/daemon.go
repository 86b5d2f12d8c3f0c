//go:build linux

package pcsctest

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// daemon is a pcscd process of ours.
type daemon struct {
	cmd    *exec.Cmd
	output lockedBuffer
	done   chan struct{} // closed when the process has been waited for
}

// launch starts pcscd in the foreground.
func launch(dir string) (*daemon, error) {
	d := &daemon{cmd: exec.Command("pcscd", "--foreground", "--info", "--config", dir), done: make(chan struct{})}
	d.cmd.Stdout, d.cmd.Stderr = &d.output, &d.output
	// A test that panics or runs out of time must not leave a pcscd behind. The
	// signal is sent when the thread that started it ends, hence LockOSThread.
	d.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(d.done)
		err := d.cmd.Start()
		started <- err
		if err == nil {
			_ = d.cmd.Wait() // how it ended is in its output
		}
	}()
	return d, <-started
}

func (d *daemon) ended() bool {
	select {
	case <-d.done:
		return true
	default:
		return false
	}
}

// end sends the signal, and kills the process if that was not enough.
func (d *daemon) end(sig os.Signal) {
	_ = d.cmd.Process.Signal(sig) // it may have ended already
	select {
	case <-d.done:
	case <-time.After(grace):
		_ = d.cmd.Process.Kill()
		<-d.done
	}
}

func (d *daemon) said() string { return d.output.String() }

// lockedBuffer is written by a process while a test may read it.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
