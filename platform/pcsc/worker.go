package pcsc

import (
	"context"
	"fmt"
	"time"

	"yomitori/platform"
)

// worker runs blocking calls one after the other on a goroutine of its own, so
// that the caller can leave a call behind that does not return. Whatever the
// calls opened is closed by the worker itself, after the last of them: at once
// as a rule, late when a call hangs.
type worker struct {
	jobs chan func()
	dead bool
	gone chan struct{} // closed when the last call has returned
}

// maxWorkers bounds how many workers may be stuck in calls at the same time.
const maxWorkers = 8

// crew hands out workers and waits for a stuck one to come free rather than
// start more than maxWorkers.
type crew chan struct{}

func newCrew() crew { return make(crew, maxWorkers) }

func (c crew) worker(ctx context.Context) (*worker, error) {
	select {
	case c <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for PC/SC calls that do not return: %w", ctx.Err())
	}
	w := &worker{jobs: make(chan func(), 1), gone: make(chan struct{})}
	go func() {
		defer func() { <-c; close(w.gone) }()
		for job := range w.jobs {
			job()
		}
	}()
	return w, nil
}

// do runs f and waits for it until limit or the end of ctx. After a call was
// left behind every further one fails at once.
func do[T any](ctx context.Context, w *worker, limit time.Duration, doing string, f func() (T, error)) (T, error) {
	type result struct {
		v   T
		err error
	}
	var none T
	if w.dead {
		return none, platform.Fail(platform.WhyTimedOut, fmt.Errorf("%s: an earlier call has not returned", doing))
	}
	results := make(chan result, 1)
	w.jobs <- func() {
		v, err := f()
		results <- result{v, err}
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case r := <-results:
		return r.v, r.err
	case <-timer.C:
		w.dead = true
		return none, platform.Fail(platform.WhyTimedOut, fmt.Errorf("%s: no answer within %v", doing, limit))
	case <-ctx.Done():
		w.dead = true
		return none, fmt.Errorf("%s: %w", doing, ctx.Err())
	}
}

// run is do for calls that only fail.
func run(ctx context.Context, w *worker, limit time.Duration, doing string, f func() error) error {
	_, err := do(ctx, w, limit, doing, func() (struct{}, error) { return struct{}{}, f() })
	return err
}

// close lets the worker finish and then run cleanup. It does not wait.
func (w *worker) close(cleanup func()) {
	go func() {
		w.jobs <- cleanup
		close(w.jobs)
	}()
}

// settle waits for a closed worker to end, but not for one whose call hangs.
func (w *worker) settle(limit time.Duration) {
	if w.dead {
		return
	}
	select {
	case <-w.gone:
	case <-time.After(limit):
	}
}
