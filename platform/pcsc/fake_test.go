package pcsc

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"yomitori/platform"
)

// fake is a PC/SC service that answers as a test says. A nil function answers
// that all is quiet.
type fake struct {
	onEstablish  func()
	errEstablish error
	onReaders    func() ([]string, error)
	onWait       func([]readerState) error
	onConnect    func() (link, error)
	cancelled    chan struct{}
	once         sync.Once
}

func newFake() *fake { return &fake{cancelled: make(chan struct{})} }

func (f *fake) readers() ([]string, error) {
	if f.onReaders == nil {
		return nil, nil
	}
	return f.onReaders()
}

func (f *fake) wait(states []readerState, limit time.Duration) error {
	if f.onWait != nil {
		if err := f.onWait(states); err != errQuiet {
			return err
		}
	}
	select {
	case <-f.cancelled:
		return codeCancelled
	case <-time.After(limit):
		return codeTimeout
	}
}

// errQuiet is what onWait returns when there is nothing to tell.
var errQuiet = errors.New("quiet")

func (f *fake) cancel() error { f.once.Do(func() { close(f.cancelled) }); return nil }

func (f *fake) connect(string) (link, error) {
	if f.onConnect == nil {
		return nil, fault("connect card", codeNoCard)
	}
	return f.onConnect()
}

func (f *fake) release() error { return nil }

// observe follows made-up services until ok, and returns what was seen. Each
// context gets a service of its own.
func observe(t *testing.T, made func() *fake, ok func(platform.Snapshot) bool) platform.Snapshot {
	t.Helper()
	w := newWatcher(func() (service, error) {
		f := made()
		if f.onEstablish != nil {
			f.onEstablish()
		}
		return f, f.errEstablish
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	s, err := platform.Observe(ctx, platform.Plan{Live: w.Follow}, ok)
	if err != nil || !ok(s) {
		t.Fatalf("never seen; the last view is %+v, %v", s, err)
	}
	return s
}

// A call that never returns is left behind, and reported.
func TestCallsThatHang(t *testing.T) {
	oneReader := func() ([]string, error) { return []string{"R"}, nil }
	lost := func(s platform.Snapshot) bool { return s.Readers.Why == platform.WhyTimedOut }
	card := func(why platform.Why) func(platform.Snapshot) bool {
		return func(s platform.Snapshot) bool { return len(s.Cards.List) == 1 && s.Cards.List[0].Why == why }
	}
	tests := []struct {
		name string
		hang func(f *fake, hang chan struct{})
		seen func(platform.Snapshot) bool
	}{
		{"establish", func(f *fake, hang chan struct{}) {
			f.onEstablish = func() { <-hang }
		}, lost},
		{"list readers", func(f *fake, hang chan struct{}) {
			f.onReaders = func() ([]string, error) { <-hang; return nil, nil }
		}, lost},
		{"wait", func(f *fake, hang chan struct{}) {
			f.onReaders, f.onWait = oneReader, func([]readerState) error { <-hang; return nil }
		}, lost},
		{"connect", func(f *fake, hang chan struct{}) {
			f.onReaders, f.onWait = oneReader, present(0)
			f.onConnect = func() (link, error) { <-hang; return nil, errLate }
		}, card(platform.WhyTimedOut)},
		{"connect while in use", func(f *fake, hang chan struct{}) {
			f.onReaders, f.onWait = oneReader, present(stateInUse)
			f.onConnect = func() (link, error) { <-hang; return nil, errLate }
		}, card(platform.WhyBusy)},
		{"transaction", func(f *fake, hang chan struct{}) {
			f.onReaders, f.onWait = oneReader, present(stateInUse)
			f.onConnect = func() (link, error) { return hangingLink{hang, true}, nil }
		}, card(platform.WhyBusy)},
		{"transmit", func(f *fake, hang chan struct{}) {
			f.onReaders, f.onWait = oneReader, present(0)
			f.onConnect = func() (link, error) { return hangingLink{hang, false}, nil }
		}, card(platform.WhyTimedOut)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				hang := make(chan struct{})
				defer close(hang)
				observe(t, func() *fake {
					f := newFake()
					tt.hang(f, hang)
					return f
				}, tt.seen)
			})
		})
	}
}

var errLate = errors.New("late")

// present reports a card in every reader to whoever has not seen it yet.
func present(flags stateFlags) func([]readerState) error {
	return func(states []readerState) error {
		seen := true
		for i := range states {
			states[i].event = states[i].current
			if states[i].name != plugAndPlay && !states[i].current.has(statePresent) {
				states[i].event, seen = stateChanged|statePresent|flags, false
			}
		}
		if seen {
			return errQuiet
		}
		return nil
	}
}

// hangingLink hangs at the transaction or at the first command.
type hangingLink struct {
	hang  chan struct{}
	early bool
}

func (l hangingLink) begin() error {
	if l.early {
		<-l.hang
	}
	return nil
}
func (l hangingLink) transmit([]byte) ([]byte, error) { <-l.hang; return nil, errLate }
func (l hangingLink) end() error                      { return nil }

func TestStuckCallsAreBounded(t *testing.T) {
	c := newCrew()
	hang := make(chan struct{})
	defer close(hang)
	for range maxWorkers {
		w, err := c.worker(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		w.jobs <- func() { <-hang }
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.worker(ctx); err == nil {
		t.Error("one more worker than may be stuck")
	}
}

func TestCodesBecomeReasons(t *testing.T) {
	for c, want := range map[code]platform.Why{
		codeNoService: platform.WhyNoService, codeServiceStopped: platform.WhyServiceStopped,
		codeSecurity: platform.WhyAccessDenied, 0x80100001: platform.WhyError,
	} {
		synctest.Test(t, func(t *testing.T) {
			s := observe(t, func() *fake {
				f := newFake()
				f.errEstablish = fault("establish", c)
				return f
			}, func(s platform.Snapshot) bool { return s.Readers.Settled() })
			if s.Readers.Why != want || s.Cards.Why != want || s.Readers.OK() {
				t.Errorf("%v: readers %+v, cards %+v", c, s.Readers.Look, s.Cards.Look)
			}
		})
	}
}

// twoReaders lists one reader at first and two from the third time on.
func twoReaders() func() ([]string, error) {
	lists := 0
	return func() ([]string, error) {
		if lists++; lists > 2 {
			return []string{"R", "S"}, nil
		}
		return []string{"R"}, nil
	}
}

func two(s platform.Snapshot) bool { return len(s.Readers.List) == 2 && s.Cards.OK() }

// A reader that comes is told by the plug-and-play name.
func TestReaderPluggedIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.onReaders = twoReaders()
		f.onWait = func(states []readerState) error {
			quiet := true
			for i := range states {
				states[i].event = states[i].current
				if states[i].current == 0 {
					states[i].event, quiet = stateChanged|stateEmpty, false
				}
			}
			if quiet {
				return errQuiet
			}
			return nil
		}
		observe(t, func() *fake { return f }, two)
	})
}

// Where the service does not know the plug-and-play name, readers are listed
// at intervals instead.
func TestServiceWithoutPlugAndPlay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.onReaders = twoReaders()
		f.onWait = func(states []readerState) error {
			if states[0].name == plugAndPlay {
				return fault("wait", codeUnknownReader)
			}
			for i := range states {
				states[i].event = stateChanged | stateEmpty
			}
			return nil
		}
		observe(t, func() *fake { return f }, two)
	})
}

// Others answer that they do not know it, each time and at once. Waiting for
// that would never end, and never sleep.
func TestServiceThatCallsPlugAndPlayUnknown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		start := time.Now()
		f.onReaders = func() ([]string, error) {
			if time.Since(start) > 5*time.Second {
				return []string{"R", "S"}, nil
			}
			return []string{"R"}, nil
		}
		waits := 0
		f.onWait = func(states []readerState) error {
			if waits++; waits > 20 {
				t.Error("waits without end")
				return fault("wait", codeCancelled)
			}
			quiet := true
			for i := range states {
				switch {
				case states[i].name == plugAndPlay:
					states[i].event, quiet = stateChanged|stateUnknown, false
				case !states[i].current.has(stateEmpty):
					states[i].event, quiet = stateChanged|stateEmpty, false
				}
			}
			if quiet {
				return errQuiet
			}
			return nil
		}
		observe(t, func() *fake { return f }, two)
	})
}

func TestUnavailableReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := observe(t, func() *fake {
			f := newFake()
			f.onReaders = func() ([]string, error) { return []string{"R"}, nil }
			f.onWait = func(states []readerState) error {
				states[1].event = stateChanged | stateUnavailable
				return nil
			}
			return f
		}, func(s platform.Snapshot) bool { return s.Cards.OK() })
		if !s.Readers.List[0].Unavailable {
			t.Errorf("reader %+v", s.Readers.List[0])
		}
	})
}
