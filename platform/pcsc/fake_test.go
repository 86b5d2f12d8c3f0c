package pcsc

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
)

// fake is a PC/SC service that answers as a test says. A nil function answers
// that all is quiet.
type fake struct {
	onReaders func() ([]string, error)
	onWait    func([]readerState) error
	onConnect func() (link, error)
	cancelled chan struct{}
	once      sync.Once
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

// observe follows a made-up service until ok, and returns what was seen.
func observe(t *testing.T, w *Watcher, ok func(platform.Snapshot) bool) platform.Snapshot {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	s, err := platform.Observe(ctx, platform.Plan{Live: w.Follow}, ok)
	if err != nil || !ok(s) {
		t.Fatalf("never seen; the last view is %+v, %v", s, err)
	}
	return s
}

// quick is a watcher whose deadlines tests can afford to reach.
func quick(establish func() (service, error)) *Watcher {
	w := newWatcher(establish)
	w.limits = limits{call: 50 * time.Millisecond, turn: 50 * time.Millisecond, card: 2 * time.Second}
	return w
}

// A call that never returns is left behind, and reported.
func TestCallsThatHang(t *testing.T) {
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	oneReader := func() ([]string, error) { return []string{"R"}, nil }
	tests := map[string]struct {
		establish func() (service, error)
		seen      func(platform.Snapshot) bool
	}{
		"establish": {
			func() (service, error) { <-hang; return nil, errors.New("late") },
			func(s platform.Snapshot) bool { return s.Readers.Why == platform.WhyTimedOut },
		},
		"list readers": {
			func() (service, error) {
				f := newFake()
				f.onReaders = func() ([]string, error) { <-hang; return nil, nil }
				return f, nil
			},
			func(s platform.Snapshot) bool { return s.Readers.Why == platform.WhyTimedOut },
		},
		"connect": {
			func() (service, error) {
				f := newFake()
				f.onReaders, f.onWait = oneReader, present()
				f.onConnect = func() (link, error) { <-hang; return nil, errors.New("late") }
				return f, nil
			},
			func(s platform.Snapshot) bool {
				return len(s.Cards.List) == 1 && s.Cards.List[0].Why == platform.WhyTimedOut
			},
		},
		"transaction": {
			func() (service, error) {
				f := newFake()
				f.onReaders, f.onWait = oneReader, present()
				f.onConnect = func() (link, error) { return hangingLink{hang, true}, nil }
				return f, nil
			},
			func(s platform.Snapshot) bool {
				return len(s.Cards.List) == 1 && s.Cards.List[0].Why == platform.WhyBusy
			},
		},
		"transmit": {
			func() (service, error) {
				f := newFake()
				f.onReaders, f.onWait = oneReader, present()
				f.onConnect = func() (link, error) { return hangingLink{hang, false}, nil }
				return f, nil
			},
			func(s platform.Snapshot) bool {
				return len(s.Cards.List) == 1 && s.Cards.List[0].Why == platform.WhyTimedOut
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { observe(t, quick(tt.establish), tt.seen) })
	}
}

// present reports a card in every reader, once, and is quiet afterwards.
func present() func([]readerState) error {
	told := false
	return func(states []readerState) error {
		if told {
			return errQuiet
		}
		told = true
		for i := range states {
			if states[i].name != plugAndPlay {
				states[i].event = stateChanged | statePresent
			}
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
func (l hangingLink) transmit([]byte) ([]byte, error) { <-l.hang; return nil, errors.New("late") }
func (l hangingLink) end() error                      { return nil }

func TestStuckCallsAreBounded(t *testing.T) {
	c := newCrew()
	hang := make(chan struct{})
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
	close(hang)
}

func TestCodesBecomeReasons(t *testing.T) {
	for c, want := range map[code]platform.Why{
		codeNoService: platform.WhyNoService, codeServiceStopped: platform.WhyServiceStopped,
		codeSecurity: platform.WhyAccessDenied, 0x80100001: platform.WhyError,
	} {
		w := quick(func() (service, error) { return nil, fault("establish", c) })
		s := observe(t, w, func(s platform.Snapshot) bool { return s.Readers.Settled() })
		if s.Readers.Why != want || s.Cards.Why != want || s.Readers.OK() {
			t.Errorf("%v: readers %+v, cards %+v", c, s.Readers.Look, s.Cards.Look)
		}
	}
}

// Where the service does not know the plug-and-play name, readers are listed
// at intervals instead.
func TestServiceWithoutPlugAndPlay(t *testing.T) {
	lists := 0
	w := quick(func() (service, error) {
		f := newFake()
		f.onReaders = func() ([]string, error) {
			if lists++; lists > 4 {
				return []string{"R"}, nil
			}
			return nil, nil
		}
		f.onWait = func(states []readerState) error {
			if states[0].name == plugAndPlay {
				return fault("wait", codeUnknownReader)
			}
			states[0].event = stateChanged | stateEmpty
			return nil
		}
		return f, nil
	})
	observe(t, w, func(s platform.Snapshot) bool { return len(s.Readers.List) == 1 })
}

func TestPublicNames(t *testing.T) {
	tests := map[string]string{
		"SONY FeliCa RC-S300/P (0201504) 01 00":                                  "SONY FeliCa RC-S300/P",
		"SONY FeliCa Port/PaSoRi 4.0 0":                                          "SONY FeliCa Port/PaSoRi 4.0",
		"SONY FeliCa Port/PaSoRi 4.0":                                            "SONY FeliCa Port/PaSoRi 4.0",
		"SCM Microsystems Inc. SCR 3310 [CCID Interface] (21120818205972) 00 00": "SCM Microsystems Inc. SCR 3310 [CCID Interface]",
		"ACS ACR1251 CL Reader [ACR1251 CL Reader PICC] 00 00":                   "ACS ACR1251 CL Reader [ACR1251 CL Reader PICC]",
		"Hitachi/Maxell M-500U/M-520U 0":                                         "Hitachi/Maxell M-500U/M-520U",
		"Windows Hello for Business 1":                                           "Windows Hello for Business",
		"Virtual PCD 00 01":                                                      "Virtual PCD",
		"bad\x1b[31m\x00name\xff 0":                                              "bad[31mname",
	}
	for name, want := range tests {
		if got := publicName(name); got != want {
			t.Errorf("publicName(%q) = %q, want %q", name, got, want)
		}
	}
	got := publicNames([]string{"Virtual PCD 00 00", "Virtual PCD 00 01", "X 0"})
	if d := cmp.Diff([]string{"Virtual PCD", "Virtual PCD #2", "X"}, got); d != "" {
		t.Errorf("equal names (-want +got):\n%s", d)
	}
}

func TestClasses(t *testing.T) {
	tests := map[string]platform.ReaderClass{
		"Virtual PCD 00 00":                    platform.ReaderPlain,
		"SONY FeliCa Port/PaSoRi 4.0 0":        platform.ReaderPlain,
		"Windows Hello for Business 1":         platform.ReaderVirtual,
		"Microsoft Virtual Smart Card 0":       platform.ReaderVirtual,
		"Microsoft UICC ISO Reader 3f873476 0": platform.ReaderSIM,
		"Microsoft IFD 0":                      platform.ReaderBuiltNFC,
		"Yubico YubiKey OTP+FIDO+CCID 00 00":   platform.ReaderToken,
		"ACS ACR1252 1S CL Reader SAM 0":       platform.ReaderSAM,
		"Generic EMV Smartcard Reader 0":       platform.ReaderBuiltIn,
		"SAMSUNG Card Reader 0":                platform.ReaderPlain,
	}
	for name, want := range tests {
		if got := modelOf(name).class; got != want {
			t.Errorf("modelOf(%q).class = %q, want %q", name, got, want)
		}
	}
}
