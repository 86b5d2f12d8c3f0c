package macos_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"yomitori/platform"
	"yomitori/platform/macos"
)

// followed is a Mac whose readers change while it is followed.
type followed struct {
	mac     *mac
	readers chan platform.Readers

	mu    sync.Mutex
	asked map[string]int // how often each program was run
	last  platform.Snapshot
	fail  error         // of the programs, when it is set
	hang  chan struct{} // when it is set, programs end with it and not before
}

const (
	listsUSB     = "/usr/sbin/ioreg -a -l -r -c IOUSBHostDevice"
	listsReaders = "/usr/sbin/system_profiler SPSmartCardsDataType -json"
)

func (f *followed) run(ctx context.Context, name string, args ...string) ([]byte, error) {
	f.mu.Lock()
	f.asked[strings.Join(append([]string{name}, args...), " ")]++
	hang := f.hang
	f.mu.Unlock()
	if hang != nil {
		<-hang
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail != nil {
		return nil, f.fail
	}
	return f.mac.run(ctx, name, args...)
}

// live hands the readers on that a test lists.
func (f *followed) live(ctx context.Context, change func(func(*platform.Snapshot))) {
	for {
		select {
		case <-ctx.Done():
			return
		case r := <-f.readers:
			change(func(s *platform.Snapshot) { s.Readers, s.Cards.Look = r, platform.Seen() })
		}
	}
}

// list has PC/SC list readers, and waits for what that brings about.
func (f *followed) list(names ...string) {
	r := platform.Readers{Look: platform.Seen()}
	for _, n := range names {
		r.List = append(r.List, platform.Reader{Name: n})
	}
	f.readers <- r
	synctest.Wait()
}

// told is what was seen last, and how often devices and drivers were asked for.
func (f *followed) told() (s platform.Snapshot, devices, drivers int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.last, f.asked[listsUSB], f.asked[listsReaders]
}

func (f *followed) replace(usb, readers string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mac.runs[listsUSB], f.mac.runs[listsReaders] = answer{out: usb}, answer{out: readers}
}

// noReaders is what macOS reports where none is attached.
const noReaders = `{"SPSmartCardsDataType":[{"_name":"READERS"}]}`

// following follows a Mac in a bubble of its own until the test is over.
func following(t *testing.T, test func(t *testing.T, f *followed)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f := &followed{mac: load(t, "tahoe.txtar"), readers: make(chan platform.Readers), asked: map[string]int{}}
		c := macos.New(macos.Options{Root: f.mac, Run: f.run, UID: 501, Home: f.mac.home, Arch: "arm64", Live: f.live})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() {
			ended <- c.Follow(ctx, func(s platform.Snapshot) {
				f.mu.Lock()
				defer f.mu.Unlock()
				f.last = s
			})
		}()
		synctest.Wait()
		test(t, f)
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// A reader that goes is no device any more.
func TestReaderGoes(t *testing.T) {
	following(t, func(t *testing.T, f *followed) {
		f.list("SONY FeliCa RC-S300/S")
		if s, _, _ := f.told(); len(s.Devices.List) != 1 || len(s.Drivers.SystemReaders) != 1 {
			t.Fatalf("%+v %+v", s.Devices, s.Drivers)
		}
		f.replace("", noReaders)
		f.list()
		s, devices, drivers := f.told()
		if !s.Devices.OK() || len(s.Devices.List) != 0 || !s.Drivers.OK() || len(s.Drivers.SystemReaders) != 0 || devices != 2 || drivers != 2 {
			t.Errorf("asked %d and %d times: %+v %+v", devices, drivers, s.Devices, s.Drivers)
		}
	})
}

// A reader that PC/SC does not serve is seen all the same.
func TestReaderComesThatIsNotServed(t *testing.T) {
	following(t, func(t *testing.T, f *followed) {
		usb := f.mac.runs[listsUSB].out
		f.replace("", noReaders)
		f.list()
		f.list("another")
		f.list()
		f.replace(usb, noReaders)
		time.Sleep(5*time.Second - 1)
		synctest.Wait()
		if s, devices, _ := f.told(); devices != 3 || len(s.Devices.List) != 0 {
			t.Errorf("asked %d times: %+v", devices, s.Devices)
		}
		f.list() // the same list is no news, and puts nothing off
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		if s, devices, drivers := f.told(); devices != 4 || drivers != 4 || len(s.Devices.List) != 1 {
			t.Errorf("asked %d and %d times: %+v", devices, drivers, s.Devices)
		}
	})
}

// While nothing changes about a reader, nothing is asked.
func TestReaderStays(t *testing.T) {
	following(t, func(t *testing.T, f *followed) {
		f.list("SONY FeliCa RC-S300/S")
		for range 3 {
			time.Sleep(time.Minute)
			f.list("SONY FeliCa RC-S300/S")
		}
		if _, devices, drivers := f.told(); devices != 1 || drivers != 1 {
			t.Errorf("asked %d and %d times", devices, drivers)
		}
	})
}

// What cannot be seen any more is not told from memory.
func TestLookingAgainFails(t *testing.T) {
	following(t, func(t *testing.T, f *followed) {
		f.list("SONY FeliCa RC-S300/S")
		f.mu.Lock()
		f.fail = platform.Fail(platform.WhyTimedOut, errors.New("hangs"))
		f.mu.Unlock()
		f.list()
		if s, _, _ := f.told(); s.Devices.Why != platform.WhyTimedOut || len(s.Devices.List) != 0 || s.Drivers.OK() {
			t.Errorf("%+v %+v", s.Devices, s.Drivers)
		}
	})
}

// One that hangs is given up, and until it has ended no other is begun.
func TestLookingAgainHangs(t *testing.T) {
	following(t, func(t *testing.T, f *followed) {
		f.list("SONY FeliCa RC-S300/S")
		hang := make(chan struct{})
		f.mu.Lock()
		f.hang = hang
		f.mu.Unlock()
		f.list()
		time.Sleep(platform.ProbeLimit)
		synctest.Wait()
		if s, _, _ := f.told(); s.Devices.Why != platform.WhyTimedOut || s.Drivers.Why != platform.WhyTimedOut {
			t.Errorf("%+v %+v", s.Devices, s.Drivers)
		}
		time.Sleep(time.Minute)
		if _, devices, drivers := f.told(); devices != 2 || drivers != 2 {
			t.Errorf("asked %d and %d times", devices, drivers)
		}
		f.mu.Lock()
		f.hang = nil
		f.mu.Unlock()
		close(hang)
		time.Sleep(time.Minute)
		if s, _, _ := f.told(); !s.Devices.OK() || !s.Drivers.OK() {
			t.Errorf("%+v %+v", s.Devices, s.Drivers)
		}
	})
}

// What was seen before PC/SC answered at last may be old.
func TestReadersAreListedLate(t *testing.T) {
	following(t, func(t *testing.T, f *followed) {
		time.Sleep(7 * time.Second)
		f.list("SONY FeliCa RC-S300/S")
		if _, devices, drivers := f.told(); devices != 3 || drivers != 3 {
			t.Errorf("asked %d and %d times", devices, drivers)
		}
	})
}

// Waiting for a reader asks for devices only: drivers take long to list.
func TestWaitingCostsLittle(t *testing.T) {
	following(t, func(t *testing.T, f *followed) {
		f.replace("", noReaders)
		f.list()
		time.Sleep(time.Minute)
		synctest.Wait()
		if _, devices, drivers := f.told(); devices < 10 || drivers > 2 {
			t.Errorf("asked %d and %d times", devices, drivers)
		}
	})
}
