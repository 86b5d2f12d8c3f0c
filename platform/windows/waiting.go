package windows

import (
	"context"
	"time"
)

// askAgain is how long to wait before looking whether something has come about.
const askAgain = 100 * time.Millisecond

// until asks whether something has come about, again and again, for at most as
// long as the limit.
func until(ctx context.Context, limit time.Duration, come func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		if done, err := come(); done || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(askAgain):
		}
	}
}

// within waits for a call of the system for at most as long as the limit. A call
// that hangs is left behind.
func within(ctx context.Context, limit time.Duration, call func() error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- call() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
