package pcsc

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"yomitori/platform"
)

// A refresh makes what follows connect anew and see what changed unseen.
func TestRefresh(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var contexts atomic.Int32
		w := newWatcher(func() (service, error) {
			f := newFake()
			if contexts.Add(1) > 1 {
				f.onReaders = func() ([]string, error) { return []string{"R"}, nil }
				f.onWait = func([]readerState) error { return errQuiet }
			}
			return f, nil
		})
		ctx, cancel := context.WithCancel(t.Context())
		seen := make(chan platform.Readers, 8)
		done := make(chan struct{})
		go func() {
			defer close(done)
			w.Follow(ctx, func(change func(*platform.Snapshot)) {
				var s platform.Snapshot
				change(&s)
				seen <- s.Readers
			})
		}()
		if first := <-seen; len(first.List) != 0 || !first.OK() {
			t.Fatalf("first view: %+v", first)
		}
		if err := w.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		if next := <-seen; len(next.List) != 1 {
			t.Errorf("view after the refresh: %+v", next)
		}
		cancel()
		<-done
	})
}

// Where the service cannot be used, the refresh says so and lets go of nothing.
func TestRefreshWithoutService(t *testing.T) {
	w := newWatcher(func() (service, error) { return nil, errDown })
	if err := w.Refresh(t.Context()); !errors.Is(err, errDown) {
		t.Errorf("got %v, want %v", err, errDown)
	}
}

var errDown = errors.New("down")

// A service that once does not know a reader is asked again, and its card goes on
// being read; one that goes on so is believed.
func TestDoubts(t *testing.T) {
	var s slot
	for i := range mostDoubts {
		if !s.doubted(stateUnknown | stateChanged) {
			t.Errorf("believed at the answer %d", i+1)
		}
	}
	if s.doubted(stateUnknown) {
		t.Error("not believed at last")
	}
	if s.doubted(statePresent) || !s.doubted(stateUnknown) {
		t.Error("an answer in between does not count")
	}
}
