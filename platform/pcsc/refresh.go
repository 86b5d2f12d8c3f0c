package pcsc

import (
	"context"
	"fmt"
	"sync"
)

// renewals tells followings that somebody wants them to connect anew.
type renewals struct {
	mu   sync.Mutex
	news chan struct{}
}

// wanted is closed at the next wish.
func (r *renewals) wanted() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.news == nil {
		r.news = make(chan struct{})
	}
	return r.news
}

func (r *renewals) want() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.news != nil {
		close(r.news)
		r.news = nil
	}
}

// Refresh lets go of the PC/SC service and connects anew: every following lists
// the readers and reads their cards again. The error says why the service cannot
// be used; then nothing is let go of.
func (w *Watcher) Refresh(ctx context.Context) error {
	wk, err := w.crew.worker(ctx)
	if err != nil {
		return fmt.Errorf("refresh PC/SC: %w", err)
	}
	var s service
	defer wk.close(func() {
		if s != nil {
			_ = s.release() // the context is gone either way
		}
	})
	if err := run(ctx, wk, w.limits.call, "establish PC/SC context", func() (err error) {
		s, err = w.establish()
		return err
	}); err != nil {
		return fmt.Errorf("refresh PC/SC: %w", err)
	}
	if _, err := do(ctx, wk, w.limits.call, "list readers", s.readers); err != nil {
		return fmt.Errorf("refresh PC/SC: %w", err)
	}
	w.renewals.want()
	return nil
}

// untilRenewed is a context that ends with ctx or when somebody wants the
// followings to connect anew; the latter is told by renewed.
func (w *Watcher) untilRenewed(ctx context.Context) (conn context.Context, renewed func() bool, end func()) {
	conn, cancel := context.WithCancel(ctx)
	news := w.renewals.wanted()
	stop := make(chan struct{})
	go func() {
		select {
		case <-news:
			cancel()
		case <-stop:
		}
	}()
	renewed = func() bool {
		select {
		case <-news:
			return true
		default:
			return false
		}
	}
	return conn, renewed, func() { close(stop); cancel() }
}
