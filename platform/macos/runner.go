package macos

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"yomitori/platform"
)

// Runner runs a program, given by its full path, and returns what it wrote to
// its standard output. Errors are an *ExitError, or wrap fs.ErrNotExist for a
// program that is not there, context.DeadlineExceeded, or ErrTooMuchOutput.
type Runner func(ctx context.Context, name string, args ...string) ([]byte, error)

// Bounds of what one program may do.
const (
	runLimit   = 5 * time.Second
	outputMost = 8 << 20 // ioreg writes up to a megabyte where many devices are
	stderrMost = 4 << 10
)

// ErrTooMuchOutput is the error of a program that did not stop writing.
var ErrTooMuchOutput = errors.New("more output than any real one")

// ExitError is the error of a program that ended with another code than 0.
type ExitError struct {
	Program string
	Code    int    // -1 when a signal ended it
	Stderr  string // the beginning of what it wrote there
}

func (e *ExitError) Error() string {
	if e.Stderr == "" {
		return fmt.Sprintf("%s: exit code %d", e.Program, e.Code)
	}
	return fmt.Sprintf("%s: exit code %d: %s", e.Program, e.Code, e.Stderr)
}

// NewRunner makes a runner of real programs. Each has so much time, and may
// write so many bytes.
func NewRunner(limit time.Duration, most int) Runner {
	return func(ctx context.Context, name string, args ...string) ([]byte, error) {
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		out := &bounded{most: most, full: cancel}
		errs := &bounded{most: stderrMost}
		cmd := exec.CommandContext(ctx, name, args...)
		cmd.Stdout, cmd.Stderr = out, errs
		cmd.Env = plainLanguage(os.Environ())
		endWithChildren(cmd)
		// What a program leaves behind may hold its output open for ever.
		cmd.WaitDelay = 500 * time.Millisecond
		err := cmd.Run()
		if err = explain(ctx, err, out, errs, name); err != nil {
			return nil, err
		}
		return out.kept.Bytes(), nil
	}
}

// explain gives the outcome of a program the form that Runner promises.
func explain(ctx context.Context, err error, out, errs *bounded, name string) error {
	var exit *exec.ExitError
	switch {
	case out.over:
		return fmt.Errorf("run %s: %w", name, ErrTooMuchOutput)
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("run %s: %w", name, ctx.Err())
	case errors.As(err, &exit):
		text := strings.TrimSpace(strings.ToValidUTF8(errs.kept.String(), ""))
		return &ExitError{Program: name, Code: exit.ExitCode(), Stderr: platform.Printable(strings.ReplaceAll(text, "\n", " "), platform.LongestText)}
	}
	return fmt.Errorf("run %s: %w", name, err)
}

// plainLanguage asks programs for messages that are not translated. The
// characters stay UTF-8: in the locale C, ps writes Japanese paths as escapes.
func plainLanguage(env []string) []string {
	var kept []string
	for _, e := range env {
		if !strings.HasPrefix(e, "LC_") && !strings.HasPrefix(e, "LANG=") && !strings.HasPrefix(e, "LANGUAGE=") {
			kept = append(kept, e)
		}
	}
	return append(kept, "LANG=C", "LC_CTYPE=UTF-8")
}

// bounded keeps the beginning of what is written to it. Beyond that it calls
// full, if there is one, and forgets the rest.
type bounded struct {
	kept bytes.Buffer // not embedded: io.Copy would read into it past Write
	most int
	full func()
	over bool
}

func (b *bounded) Write(p []byte) (int, error) {
	keep := min(len(p), b.most-b.kept.Len())
	b.kept.Write(p[:keep])
	if keep < len(p) {
		b.over = true
		if b.full != nil {
			b.full()
		}
	}
	return len(p), nil
}
