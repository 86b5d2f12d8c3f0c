package pcsc_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/ebfe/scard"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/pcsc"
	"yomitori/platform/pcsc/pcsctest"
)

// patience is how long a test waits for something that must happen.
const patience = 30 * time.Second

// watch follows the real PC/SC service and keeps every view it reports.
type watch struct {
	t     *testing.T
	last  platform.Snapshot
	views chan platform.Snapshot
}

func follow(t *testing.T) *watch {
	t.Helper()
	w := &watch{t: t, views: make(chan platform.Snapshot, 10_000)}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		var s platform.Snapshot
		pcsc.New().Follow(ctx, func(f func(*platform.Snapshot)) {
			f(&s)
			w.views <- s
		})
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case <-done:
		case <-time.After(patience):
			t.Error("Follow did not return")
		}
	})
	return w
}

// until waits for a view that satisfies ok, later than the one before.
func (w *watch) until(what string, ok func(platform.Snapshot) bool) platform.Snapshot {
	w.t.Helper()
	deadline := time.After(patience)
	for {
		select {
		case w.last = <-w.views:
			if ok(w.last) {
				return w.last
			}
		case <-deadline:
			w.t.Fatalf("waited in vain for %s; last view: readers %+v, cards %+v", what, w.last.Readers, w.last.Cards)
		}
	}
}

func empty(s platform.Snapshot) bool {
	return s.Readers.OK() && s.Cards.OK() && len(s.Readers.List) > 0 && len(s.Cards.List) == 0
}

// inSlot is satisfied by a settled card in a slot.
func inSlot(slot int, ok func(platform.Card) bool) func(platform.Snapshot) bool {
	return func(s platform.Snapshot) bool {
		for _, c := range s.Cards.List {
			if c.ReaderIndex == slot && c.Settled() && ok(c) {
				return true
			}
		}
		return false
	}
}

func readWell(c platform.Card) bool { return c.OK() && c.Kind == platform.KindMyNumber }

func failed(why platform.Why) func(platform.Card) bool {
	return func(c platform.Card) bool { return c.State == platform.Failed && c.Why == why }
}

func healthy() *cardtest.MyNumberCard { return cardtest.MyNumber(cardtest.Options{}) }

func TestInsertAndRemove(t *testing.T) {
	service := pcsctest.Start(t)
	w := follow(t)
	w.until("empty readers", empty)
	for range 3 {
		chip := healthy()
		slot := service.Insert(0, chip)
		s := w.until("the card", inSlot(0, readWell))
		if r := s.Readers.List[0]; !r.CardIn || r.Name != "Virtual PCD" {
			t.Errorf("reader %+v", r)
		}
		slot.Remove()
		w.until("empty readers", empty)
	}
}

func TestTwoCards(t *testing.T) {
	service := pcsctest.Start(t)
	w := follow(t)
	w.until("empty readers", empty)
	service.Insert(0, healthy())
	service.Insert(1, cardtest.MyNumber(cardtest.Options{Label: cardtest.LabelJuki, OnlyJPKI: true}))
	s := w.until("two cards", func(s platform.Snapshot) bool {
		juki := inSlot(1, func(c platform.Card) bool { return c.Kind == platform.KindJuki })
		return inSlot(0, readWell)(s) && juki(s)
	})
	if d := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, judged); d.Card == nil || d.Card.ReaderIndex != 0 || causeOf(d) != "" {
		t.Errorf("the card that was judged is %+v, the cause %q", d.Card, causeOf(d))
	}
}

// A card that is pulled out at any command is lost contact, then and later,
// until the next card comes; that one is read as if nothing had been.
func TestPulledAtEveryCommand(t *testing.T) {
	service := pcsctest.Start(t)
	w := follow(t)
	w.until("empty readers", empty)
	service.Insert(0, healthy())
	n := w.until("the card", inSlot(0, readWell)).Cards.List[0].APDUs
	service.Pull(0)
	w.until("empty readers", empty)
	for i := 1; i <= n; i++ {
		slot := service.Insert(0, cardtest.RemoveAt(healthy(), i, func() { service.Pull(0) }))
		w.until("a card", func(s platform.Snapshot) bool { return s.Readers.List[0].CardIn })
		w.until(fmt.Sprintf("lost contact at command %d", i), func(s platform.Snapshot) bool {
			return inSlot(0, failed(platform.WhyLostContact))(s) && !s.Readers.List[0].CardIn
		})
		<-slot.Removed()
	}
	service.Insert(0, healthy())
	w.until("the card", inSlot(0, readWell))
}

func TestServiceRestarts(t *testing.T) {
	service := pcsctest.Start(t)
	w := follow(t)
	for name, stop := range map[string]func(){"stopped": service.Stop, "killed": service.Kill} {
		w.until("empty readers", empty)
		stop()
		w.until("the service being "+name, func(s platform.Snapshot) bool {
			return s.Readers.State == platform.Failed && s.Readers.Why == platform.WhyNoService
		})
		service.Restart()
		slot := service.Insert(0, healthy())
		w.until("the card", inSlot(0, readWell))
		slot.Remove()
	}
}

func TestReaderComesAndGoes(t *testing.T) {
	service := pcsctest.StartWith(t, pcsctest.Setup{Readers: 0})
	w := follow(t)
	none := func(s platform.Snapshot) bool {
		return s.Readers.OK() && s.Cards.OK() && len(s.Readers.List) == 0
	}
	w.until("no readers", none)
	service.RestartWith(pcsctest.Setup{Readers: 2})
	w.until("empty readers", empty)
	service.Insert(0, healthy())
	w.until("the card", inSlot(0, readWell))
	service.RestartWith(pcsctest.Setup{Readers: 0})
	w.until("no readers", none)
}

func TestReaderNames(t *testing.T) {
	pcsctest.StartWith(t, pcsctest.Setup{Readers: 1, Name: "SONY FeliCa RC-S300/P (0201504)"})
	w := follow(t)
	s := w.until("empty readers", empty)
	if got, want := s.Readers.List[0].Name, "SONY FeliCa RC-S300/P"; got != want {
		t.Errorf("name %q, want %q", got, want)
	}
}

func TestServiceDied(t *testing.T) {
	service := pcsctest.Start(t)
	w := follow(t)
	w.until("empty readers", empty)
	service.Insert(0, cardtest.HangAt(healthy(), 5))
	w.until("a card that is being read", func(s platform.Snapshot) bool {
		return len(s.Cards.List) == 1 && !s.Cards.List[0].Settled()
	})
	service.Kill()
	w.until("the service being gone", func(s platform.Snapshot) bool { return s.Readers.Why == platform.WhyNoService })
	service.Restart()
	service.Insert(0, healthy())
	w.until("the card", inSlot(0, readWell))
}

// Another program that holds the card makes it busy; when it lets go, the card
// is read without anybody's doing.
func TestAnotherProgramHoldsTheCard(t *testing.T) {
	service := pcsctest.Start(t)
	slot := service.Insert(0, healthy())
	<-slot.Powered()
	other, err := scard.EstablishContext()
	if err != nil {
		t.Fatal(err)
	}
	defer other.Release()
	c := connect(t, other, service.Reader(0), scard.ShareExclusive)
	w := follow(t)
	w.until("a busy card", inSlot(0, failed(platform.WhyBusy)))
	if err := c.Disconnect(scard.LeaveCard); err != nil {
		t.Fatal(err)
	}
	w.until("the card", inSlot(0, readWell))
}

// connect waits for the service to notice the card, and connects to it.
func connect(t *testing.T, ctx *scard.Context, reader string, mode scard.ShareMode) *scard.Card {
	t.Helper()
	states := []scard.ReaderState{{Reader: reader}}
	for states[0].EventState&scard.StatePresent == 0 {
		states[0].CurrentState = states[0].EventState &^ scard.StateChanged
		if err := ctx.GetStatusChange(states, patience); err != nil {
			t.Fatal(err)
		}
	}
	c, err := ctx.Connect(reader, mode, scard.ProtocolAny)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The same with a shared connection and a transaction that does not end.
func TestAnotherProgramKeepsItsTransaction(t *testing.T) {
	service := pcsctest.Start(t)
	slot := service.Insert(0, healthy())
	<-slot.Powered()
	other, err := scard.EstablishContext()
	if err != nil {
		t.Fatal(err)
	}
	defer other.Release()
	c := connect(t, other, service.Reader(0), scard.ShareShared)
	if err := c.BeginTransaction(); err != nil {
		t.Fatal(err)
	}
	w := follow(t)
	w.until("a busy card", inSlot(0, failed(platform.WhyBusy)))
	if err := c.EndTransaction(scard.LeaveCard); err != nil {
		t.Fatal(err)
	}
	w.until("the card", inSlot(0, readWell))
}

// The wizard's "check again" follows anew with the same watcher: what was
// reported to the first follower is news to the second.
func TestFollowTwice(t *testing.T) {
	service := pcsctest.StartWith(t, pcsctest.Setup{Readers: 0})
	watcher := pcsc.New()
	for _, state := range []platform.State{platform.Observed, platform.Observed, platform.Failed, platform.Failed} {
		if state == platform.Failed {
			service.Stop()
		}
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		plan := platform.Plan{Live: watcher.Follow}
		s, err := platform.Observe(ctx, plan, func(s platform.Snapshot) bool { return s.Readers.State == state })
		cancel()
		if err != nil || s.Readers.State != state {
			t.Fatalf("readers %+v, %v", s.Readers, err)
		}
	}
	service.Restart()
}
