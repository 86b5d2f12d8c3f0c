package linux

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"time"
)

func run(ctx context.Context, program string, args ...string) (int, error) {
	err := exec.CommandContext(ctx, program, args...).Run()
	var ended *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case errors.As(err, &ended):
		return ended.ExitCode(), nil
	}
	return 0, err
}

func start(program string, args ...string) error {
	c := exec.Command(program, args...)
	if err := c.Start(); err != nil {
		return err
	}
	go func() { _ = c.Wait() }() // so that nothing of it is left when it ends
	return nil
}

// end takes hold of the process first, which Linux allows: then its id cannot
// become that of another one between looking and ending.
func end(pid int, gently bool, same func() bool) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	defer func() { _ = p.Release() }()
	if !same() {
		return nil
	}
	signal := os.Kill
	if gently {
		signal = syscall.SIGTERM
	}
	if err := p.Signal(signal); !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
