package online_test

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yomitori/platform"
	"yomitori/platform/online"
)

// still is a computer that was looked at, with a card.
func still(cards ...platform.Card) platform.Snapshot {
	return platform.Snapshot{
		Readers: platform.Readers{Look: platform.Seen()},
		Cards:   platform.Cards{Look: platform.Seen(), List: cards},
		Network: platform.Network{Look: platform.Seen()},
	}
}

// computer is a Follow as a function.
type computer func(ctx context.Context, report func(platform.Snapshot)) error

func (c computer) Follow(ctx context.Context, report func(platform.Snapshot)) error {
	return c(ctx, report)
}

func showing(s platform.Snapshot) computer {
	return func(ctx context.Context, report func(platform.Snapshot)) error {
		report(s)
		<-ctx.Done()
		return nil
	}
}

// asked presses and waits for the answers.
func asked(t *testing.T, s platform.Snapshot, o online.Options, of platform.Software) platform.Online {
	t.Helper()
	c := online.Over(showing(s), o)
	c.Ask(of)
	last, err := platform.Observe(t.Context(), c, func(s platform.Snapshot) bool { return s.Online.Settled() })
	if err != nil || !last.Online.OK() {
		t.Fatalf("look %+v, %v", last.Online.Look, err)
	}
	return last.Online
}

// host is a server that counts who came.
type host struct {
	*httptest.Server
	came atomic.Int32
}

func serve(t *testing.T, h http.HandlerFunc) *host {
	t.Helper()
	s := &host{}
	s.Server = httptest.NewServer(s.counting(h))
	t.Cleanup(s.Close)
	return s
}

func serveTLS(t *testing.T, h http.HandlerFunc) *host {
	t.Helper()
	s := &host{}
	s.Server = httptest.NewUnstartedServer(s.counting(h))
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes that a test has fail
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func (s *host) counting(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.came.Add(1)
		h(w, r)
	}
}

func body(b []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(b) }
}

// same compares but for what is told to experts.
func same(t *testing.T, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.IgnoreFields(platform.Look{}, "Detail")); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func failure(why platform.Why) platform.Look { return platform.Failure(why, nil) }
