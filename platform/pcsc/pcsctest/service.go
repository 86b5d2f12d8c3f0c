//go:build linux

package pcsctest

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"yomitori/platform/card/cardtest"
)

const (
	socket = "/run/pcscd/pcscd.comm"
	// patience is how long anything may take that normally takes milliseconds.
	patience = 15 * time.Second
	// grace is how long pcscd may take to end before it is killed.
	grace = 3 * time.Second
	// pause is between two looks at something that cannot be waited for.
	pause = 5 * time.Millisecond
)

// Service is a pcscd with virtual readers.
type Service struct {
	tb    testing.TB
	setup Setup
	// daemon is the pcscd that we started: nil when it is stopped, and always
	// nil when foreign.
	daemon *daemon
	// foreign says that somebody else's pcscd is used.
	foreign bool
	starts  int
	base    string // for configuration directories

	mu    sync.Mutex // for slots, because of Pull
	slots map[int]*Slot
}

// Start is [StartWith] two readers.
func Start(tb testing.TB) *Service {
	tb.Helper()
	return StartWith(tb, Setup{Readers: 2})
}

// StartWith gives the test a running service, and ends it with the test. Where
// somebody else's pcscd is running with vpcd in it (and two readers will do),
// that one is used and left running.
func StartWith(tb testing.TB, setup Setup) *Service {
	tb.Helper()
	require(tb)
	unlock := lock(tb)
	s := &Service{tb: tb, base: tb.TempDir(), slots: map[int]*Slot{}}
	tb.Cleanup(func() {
		defer unlock()
		s.close()
	})
	if accepts() {
		s.adopt(setup)
	} else {
		s.start(setup)
	}
	return s
}

// require skips the test where there is no pcscd with vpcd to start.
func require(tb testing.TB) {
	tb.Helper()
	if _, err := exec.LookPath("pcscd"); err != nil {
		missing(tb, "pcscd is not installed")
	}
	if _, err := os.Stat(vpcdDriver); err != nil {
		missing(tb, "the driver vpcd is not installed (package vsmartcard-vpcd)")
	}
}

// missing skips the test, or fails it where PC/SC is required.
func missing(tb testing.TB, why string) {
	tb.Helper()
	if os.Getenv("YOMITORI_REQUIRE_PCSC") == "1" {
		tb.Fatalf("YOMITORI_REQUIRE_PCSC=1, but %s", why)
	}
	tb.Skip(why)
}

func (s *Service) adopt(setup Setup) {
	s.tb.Helper()
	// One that systemd starts when it is asked for needs a moment.
	for end := time.Now().Add(grace); !hasReaders(2) && time.Now().Before(end); {
		time.Sleep(pause)
	}
	if setup != (Setup{Readers: 2}) || !hasReaders(2) {
		missing(s.tb, "another pcscd is running, without the readers that this test wants")
	}
	s.foreign, s.setup = true, setup
}

func (s *Service) start(setup Setup) {
	s.tb.Helper()
	s.starts++
	dir := filepath.Join(s.base, strconv.Itoa(s.starts))
	err := os.Mkdir(dir, 0o755)
	if err == nil {
		err = configure(dir, setup)
	}
	if errors.Is(err, errNoCompiler) {
		missing(s.tb, err.Error())
	}
	if err != nil {
		s.tb.Fatal(err)
	}
	s.setup = setup
	sweep()
	if s.daemon, err = launch(dir); err != nil {
		s.tb.Fatal(err)
	}
	s.await("pcscd to be ready", s.ready)
}

// ready also ends the test when pcscd has given up.
func (s *Service) ready() bool {
	s.tb.Helper()
	if s.daemon.ended() {
		if os.Geteuid() != 0 {
			missing(s.tb, "pcscd does not start, perhaps because only root may start it")
		}
		s.tb.Fatal("pcscd ended by itself")
	}
	return hasReaders(s.setup.Readers) && accepts()
}

// hasReaders reports whether the first n of vpcd's ports are open.
func hasReaders(n int) bool {
	for slot := range n {
		if !listens(firstPort + slot) {
			return false
		}
	}
	return true
}

// await polls for what sends no event.
func (s *Service) await(what string, done func() bool) {
	s.tb.Helper()
	for end := time.Now().Add(patience); !done(); time.Sleep(pause) {
		if time.Now().After(end) {
			s.tb.Fatalf("waited %v for %s", patience, what)
		}
	}
}

// accepts reports whether a pcscd answers its socket.
func accepts() bool {
	conn, err := net.DialTimeout("unix", socket, time.Second)
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}

// Reader returns the PC/SC name of the reader in a slot, 0 or 1.
func (s *Service) Reader(slot int) string { return s.setup.reader(slot) }

// Stop ends the service the way an administrator does. It can be started again
// with Restart.
func (s *Service) Stop() {
	s.tb.Helper()
	s.end(syscall.SIGTERM)
}

// Kill ends the service the way a crash does: its socket stays behind.
func (s *Service) Kill() {
	s.tb.Helper()
	s.end(syscall.SIGKILL)
}

// Restart ends the service, if it runs, and starts it with the same readers.
// The readers are empty then.
func (s *Service) Restart() {
	s.tb.Helper()
	s.RestartWith(s.setup)
}

// RestartWith is Restart with other readers: with fewer of them a reader was
// unplugged, with more it was plugged in.
func (s *Service) RestartWith(setup Setup) {
	s.tb.Helper()
	s.end(syscall.SIGTERM)
	s.start(setup)
}

func (s *Service) end(sig syscall.Signal) {
	s.tb.Helper()
	if s.foreign {
		missing(s.tb, "a pcscd that somebody else started is not ours to end")
	}
	if s.daemon != nil {
		s.daemon.end(sig)
		s.report()
		s.daemon = nil
	}
	for _, slot := range s.slots {
		slot.Remove()
	}
}

// report shows what pcscd said, if the test has failed so far.
func (s *Service) report() {
	s.tb.Helper()
	if s.tb.Failed() {
		s.tb.Logf("pcscd said:\n%s", s.daemon.said())
	}
}

func (s *Service) close() {
	for _, slot := range s.slots {
		slot.Remove()
	}
	if s.daemon != nil {
		s.daemon.end(syscall.SIGTERM)
		s.report()
	}
	for _, slot := range s.slots {
		s.await("a card to stop", slot.stopped)
		s.behaved(slot)
	}
}

// Insert puts a card into the reader in a slot, 0 or 1. It returns when the
// card is connected; pcscd notices at its next poll, see [Slot.Powered].
func (s *Service) Insert(slot int, c cardtest.Card) *Slot {
	s.tb.Helper()
	if old := s.slots[slot]; old != nil {
		if !old.gone() {
			s.tb.Fatalf("there is a card in slot %d already", slot)
		}
		s.await("the card before to stop", old.stopped)
		s.behaved(old)
	}
	conn, err := connect(firstPort+slot, patience)
	if err != nil {
		s.tb.Fatalf("insert card into slot %d: %v", slot, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.slots[slot] = serve(conn, c)
	return s.slots[slot]
}

// behaved fails the test if anything was sent to a card that may not be sent to
// any. Benchmarks, in which other programs use the cards too, are let off.
func (s *Service) behaved(slot *Slot) {
	s.tb.Helper()
	if _, bench := s.tb.(*testing.B); bench {
		return
	}
	for _, v := range cardtest.Violations(slot.card) {
		s.tb.Errorf("sent to a card: %s", v)
	}
}

// Pull removes the card in a slot, if there is one. Unlike the other methods it
// may be called by any goroutine, so that a card can pull itself out:
//
//	c := cardtest.RemoveAt(card, 5, func() { service.Pull(0) })
func (s *Service) Pull(slot int) {
	s.mu.Lock()
	in := s.slots[slot]
	s.mu.Unlock()
	if in != nil {
		in.Remove()
	}
}
