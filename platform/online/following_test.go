package online_test

import (
	"context"
	"errors"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"yomitori/platform"
	"yomitori/platform/online"
)

// wire is a network on which every connection waits until it is cut.
type wire struct {
	dials int
	cut   chan struct{}
}

func newWire() *wire { return &wire{cut: make(chan struct{})} }

var errCut = &net.OpError{Op: "dial", Err: errors.New("cut")}

func (w *wire) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	w.dials++ // the rounds here ask one host
	select {
	case <-w.cut:
		return nil, errCut
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (w *wire) options() online.Options {
	return online.Options{Dial: w.dial, Sites: []platform.Site{
		{Host: "etax.example", Software: platform.SoftwareETax},
		{Host: "myna.example", Software: platform.SoftwareMynaportal},
	}}
}

// follow is one Follow of a test.
type follow struct {
	t     *testing.T
	stop  context.CancelFunc
	seen  []platform.Snapshot
	ended chan error
}

// start follows in a bubble of synctest; each synctest.Wait shows what came.
func start(t *testing.T, c *online.Computer) *follow {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	f := &follow{t: t, stop: stop, ended: make(chan error, 1)}
	go func() {
		f.ended <- c.Follow(ctx, func(s platform.Snapshot) { f.seen = append(f.seen, s) })
	}()
	t.Cleanup(stop)
	return f
}

// want waits until nothing moves, and compares the looks at the network that
// came since the last time.
func (f *follow) want(looks ...platform.Look) {
	f.t.Helper()
	synctest.Wait()
	var got []platform.Look
	for _, s := range f.seen {
		got = append(got, s.Online.Look)
	}
	same(f.t, looks, got)
	f.seen = nil
}

func (f *follow) end() {
	f.t.Helper()
	f.stop()
	synctest.Wait()
	select {
	case err := <-f.ended:
		if err != nil {
			f.t.Error(err)
		}
	default:
		f.t.Error("Follow goes on after its end")
	}
}

// live is a computer that changes when a test says so.
type live struct{ changes chan platform.Snapshot }

func newLive() *live { return &live{make(chan platform.Snapshot)} }

func (l *live) Follow(ctx context.Context, report func(platform.Snapshot)) error {
	for {
		select {
		case s, more := <-l.changes:
			if !more {
				return nil
			}
			report(s)
		case <-ctx.Done():
			return nil
		}
	}
}

var (
	pending  = platform.Look{}
	notAsked = platform.NotAsked()
	answered = platform.Seen()
)

const etax, myna = platform.SoftwareETax, platform.SoftwareMynaportal

func TestNothingIsSentWithoutAPress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire()
		f := start(t, online.Over(showing(still(hpki(theWorld().ca, []string{address}, nil))), w.options()))
		f.want(notAsked)
		time.Sleep(time.Hour) // of the bubble
		f.want()
		f.end()
		if w.dials != 0 {
			t.Errorf("%d connections", w.dials)
		}
	})
}

// Ten rounds in each of a hundred looks leave nothing behind: a bubble fails when
// a goroutine in it goes on. They are not counted, since those of the test
// program come and go.
func TestNothingIsLeftRunning(t *testing.T) {
	for range 100 {
		synctest.Test(t, func(t *testing.T) {
			o := newWire().options()
			o.Dial = func(context.Context, string, string) (net.Conn, error) {
				near, far := net.Pipe()
				context.AfterFunc(t.Context(), func() { _ = far.Close() })
				return near, nil
			}
			c := online.Over(showing(still(hpki(theWorld().ca, []string{address}, []string{address}))), o)
			f := start(t, c)
			for i := range 10 {
				c.Ask([]platform.Software{etax, myna}[i%2]) // replaces the round before
				synctest.Wait()
			}
			f.end()
		})
	}
}

// What somebody recorded stays, until somebody asks.
func TestRecordedAnswersStay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := still()
		s.Online = platform.Online{Look: platform.Seen(), Sites: []platform.SiteAnswer{{Host: "old.example"}}}
		f := start(t, online.Over(showing(s), newWire().options()))
		synctest.Wait()
		same(t, s.Online, f.seen[0].Online)
		f.end()
	})
}

func TestPressBeforeFollow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, inner := newWire(), newLive()
		c := online.Over(inner, w.options())
		c.Ask(myna)
		c.Ask(etax) // the last counts
		f := start(t, c)
		f.want()
		inner.changes <- still()
		f.want(pending)
		close(w.cut)
		synctest.Wait()
		same(t, []platform.SiteAnswer{{Look: failure(platform.WhyUnreachable), Host: "etax.example"}}, f.seen[0].Online.Sites)
		f.want(answered)
		inner.changes <- still()
		f.want(answered) // every later snapshot carries it
		f.end()
	})
}

func TestPressDuringFollow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, inner := newWire(), newLive()
		c := online.Over(inner, w.options())
		f := start(t, c)
		inner.changes <- still()
		f.want(notAsked)
		c.Ask(etax)
		f.want(pending)
		inner.changes <- still()
		f.want(pending)
		c.Ask(etax) // the same: nothing new
		f.want()
		close(w.cut)
		f.want(answered)
		if w.dials != 1 {
			t.Errorf("%d connections, want 1", w.dials)
		}
		c.Ask(etax) // after the answers: a new round
		f.want(pending, answered)
		f.end()
	})
}

func TestPressForAnotherService(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire()
		c := online.Over(showing(still()), w.options())
		f := start(t, c)
		f.want(notAsked)
		c.Ask(etax)
		f.want(pending)
		c.Ask(myna)
		f.want(pending)
		close(w.cut)
		synctest.Wait()
		same(t, []platform.SiteAnswer{{Look: failure(platform.WhyUnreachable), Host: "myna.example"}}, f.seen[0].Online.Sites)
		f.want(answered)
		f.end()
	})
}

// A wizard that looks again begins without answers; whoever wants them presses
// again.
func TestPressCountsForOneFollow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire()
		close(w.cut)
		c := online.Over(showing(still()), w.options())
		c.Ask(etax)
		first := start(t, c)
		first.want(pending, answered)
		first.end()
		second := start(t, c)
		second.want(notAsked)
		second.end()
		c.Ask(etax) // between two
		third := start(t, c)
		third.want(pending, answered)
		third.end()
	})
}

// The old Follow may still be ending when the new one begins.
func TestPressWhileFollowIsReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, slow := newWire(), make(chan struct{})
		close(w.cut)
		follows := 0
		c := online.Over(computer(func(ctx context.Context, report func(platform.Snapshot)) error {
			follows++
			first := follows == 1
			report(still())
			<-ctx.Done()
			if first {
				<-slow
				report(still()) // too late
			}
			return nil
		}), w.options())
		first := start(t, c)
		first.want(notAsked)
		first.stop()
		synctest.Wait()
		c.Ask(etax) // the first has ended, whoever has not noticed yet
		second := start(t, c)
		second.want(pending, answered)
		close(slow)
		first.want()
		c.Ask(etax) // the first, ending, is not the newest
		second.want(pending, answered)
		second.end()
	})
}

func TestFollowEndsDuringARound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire()
		c := online.Over(showing(still()), w.options())
		c.Ask(etax)
		f := start(t, c)
		f.want(pending)
		f.end()
		f.want()
		if w.dials != 1 {
			t.Errorf("%d connections, want 1", w.dials)
		}
	}) // and no goroutine is left in the bubble
}

func TestRoundWaitsForTheCard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, inner := newWire(), newLive()
		close(w.cut)
		c := online.Over(inner, w.options())
		c.Ask(etax)
		f := start(t, c)
		for _, unready := range []func(*platform.Snapshot){
			func(s *platform.Snapshot) { s.Readers.Look = platform.Look{} },
			func(s *platform.Snapshot) { s.Cards.Look = platform.Look{} },
			func(s *platform.Snapshot) { s.Cards.List[0].Look = platform.Look{} },
			func(s *platform.Snapshot) { s.Network.Look = platform.Look{} },
		} {
			s := still(platform.Card{Look: platform.Seen()})
			unready(&s)
			inner.changes <- s
			f.want(pending)
		}
		if w.dials != 0 {
			t.Errorf("%d connections before the card was read", w.dials)
		}
		inner.changes <- still(platform.Card{Look: failure(platform.WhyMute)})
		f.want(pending, answered)
		f.end()
	})
}

// The answers name the card that was asked about.
func TestCardIsExchangedBeforeTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, inner := newWire(), newLive()
		o := w.options()
		c := online.Over(inner, o)
		f := start(t, c)
		inner.changes <- still(hpki(theWorld().ca, []string{address}, nil))
		f.want(notAsked)
		c.Ask(platform.SoftwareNone)
		f.want(pending)
		other := hpki(theWorld().ca, []string{address}, nil)
		other.Certificates[0].Serial = "99"
		inner.changes <- still(other)
		f.want(pending)
		close(w.cut)
		synctest.Wait()
		last := f.seen[0]
		if r := last.Online.Revocations; len(r) != 1 || r[0].Serial != "1234567" || last.Cards.List[0].Certificates[0].Serial != "99" {
			t.Errorf("answers %+v", r)
		}
		f.end()
	})
}

// A computer of which nothing more can be seen.
func TestComputerEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, inner := newWire(), newLive()
		c := online.Over(inner, w.options())
		c.Ask(etax)
		f := start(t, c)
		inner.changes <- platform.Snapshot{} // never settles
		close(inner.changes)
		f.want(pending)
		close(w.cut)
		f.want(answered)
		f.end()
	})
}

func TestComputerFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("broken")
		c := online.Over(computer(func(_ context.Context, report func(platform.Snapshot)) error {
			report(still())
			return broken
		}), newWire().options())
		c.Ask(etax)
		if err := c.Follow(t.Context(), func(platform.Snapshot) {}); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	})
}

func TestPressWithinAReport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire()
		close(w.cut)
		c := online.Over(showing(still()), w.options())
		s, err := platform.Observe(t.Context(), c, func(s platform.Snapshot) bool {
			if s.Online.Why == platform.WhyNotAsked {
				c.Ask(etax)
			}
			return s.Online.OK()
		})
		if err != nil || len(s.Online.Sites) != 1 {
			t.Errorf("%+v, %v", s.Online, err)
		}
	})
}

// Hosts that never answer cost ten seconds; many addresses that never answer,
// one after the other, twenty.
func TestLimits(t *testing.T) {
	tests := []struct {
		name  string
		card  platform.Card
		of    platform.Software
		takes time.Duration
	}{
		{"host", platform.Card{Look: platform.Seen()}, etax, 10 * time.Second},
		{"list", hpki(theWorld().ca, []string{address}, nil), "", 10 * time.Second},
		{"everything", hpki(theWorld().ca, []string{address, address, address}, []string{address}), etax, 20 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newWire().options()
				o.Dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
					<-ctx.Done()
					return nil, ctx.Err()
				}
				began := time.Now()
				got := asked(t, still(tt.card), o, tt.of)
				if took := time.Since(began); took != tt.takes {
					t.Errorf("took %v", took)
				}
				for _, s := range got.Sites {
					same(t, failure(platform.WhyTimedOut), s.Look)
				}
				for _, r := range got.Revocations {
					same(t, failure(platform.WhyTimedOut), r.Look)
				}
			})
		})
	}
}

// A host that takes the connection and says nothing, within TLS or not.
func TestSilentHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newWire().options()
		o.Dial = func(context.Context, string, string) (net.Conn, error) {
			near, far := net.Pipe()
			context.AfterFunc(t.Context(), func() { _ = far.Close() })
			return near, nil
		}
		got := asked(t, still(hpki(theWorld().ca, []string{address}, nil)), o, etax)
		same(t, []platform.Look{failure(platform.WhyTimedOut), failure(platform.WhyTimedOut)}, []platform.Look{got.Sites[0].Look, got.Revocations[0].Look})
	})
}
