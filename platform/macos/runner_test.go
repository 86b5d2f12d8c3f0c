//go:build unix

package macos_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yomitori/platform/macos"
)

// The real runner, with programs that every Unix has. On Windows there is no
// such program, and no need for the runner.
func TestRunner(t *testing.T) {
	const sh = "/bin/sh"
	if _, err := os.Stat(sh); err != nil {
		t.Skip("no /bin/sh on this system")
	}
	run := macos.NewRunner(5*time.Second, 1<<16)
	out, err := run(t.Context(), sh, "-c", `printf '%s|%s|%s' "$LANG" "$LC_CTYPE" "$LC_ALL"; echo unseen >&2`)
	if string(out) != "C|UTF-8|" || err != nil {
		t.Errorf("said %q, %v", out, err)
	}
	t.Run("exit code", func(t *testing.T) {
		_, err := run(t.Context(), sh, "-c", "echo 鍵がない >&2; exit 44")
		var exit *macos.ExitError
		if !errors.As(err, &exit) || exit.Code != 44 || exit.Stderr != "鍵がない" {
			t.Errorf("%v", err)
		}
	})
	t.Run("long complaint", func(t *testing.T) {
		_, err := run(t.Context(), sh, "-c", "i=0; while [ $i -lt 9999 ]; do echo complaint; i=$((i+1)); done >&2; exit 1")
		var exit *macos.ExitError
		if !errors.As(err, &exit) || len(exit.Stderr) > 1024 {
			t.Errorf("%v", err)
		}
	})
	t.Run("no such program", func(t *testing.T) {
		if _, err := run(t.Context(), filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v", err)
		}
	})
	t.Run("too much output", func(t *testing.T) {
		start := time.Now()
		_, err := run(t.Context(), sh, "-c", "while :; do echo more and more; done")
		if !errors.Is(err, macos.ErrTooMuchOutput) || time.Since(start) > 4*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
	t.Run("hangs", func(t *testing.T) {
		short := macos.NewRunner(50*time.Millisecond, 1<<16)
		// The child of the shell holds the output open when the shell is gone.
		start := time.Now()
		_, err := short(t.Context(), sh, "-c", "sleep 20; echo done")
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 4*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := run(ctx, sh, "-c", "sleep 20"); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
	t.Run("no shell in between", func(t *testing.T) {
		out, err := run(t.Context(), "/bin/echo", "$HOME; `id` *")
		if strings.TrimSpace(string(out)) != "$HOME; `id` *" || err != nil {
			t.Errorf("said %q, %v", out, err)
		}
	})
}
