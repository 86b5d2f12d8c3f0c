//go:build linux

package pcsctest_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/ebfe/scard"

	"yomitori/platform/card/cardtest"
	"yomitori/platform/pcsc/pcsctest"
)

// patience is how long a test waits for an event that is sure to come.
const patience = 20 * time.Second

func establish(t *testing.T) *scard.Context {
	t.Helper()
	ctx, err := scard.EstablishContext()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ctx.Release() })
	return ctx
}

func readers(t *testing.T, ctx *scard.Context) []string {
	t.Helper()
	list, err := ctx.ListReaders()
	if err != nil && !errors.Is(err, scard.ErrNoReadersAvailable) {
		t.Fatal(err)
	}
	return list
}

// waitFor waits until a reader's state has all the wanted flags.
func waitFor(t *testing.T, ctx *scard.Context, reader string, want scard.StateFlag) {
	t.Helper()
	states := []scard.ReaderState{{Reader: reader}}
	for end := time.Now().Add(patience); ; {
		if err := ctx.GetStatusChange(states, time.Until(end)); err != nil {
			t.Fatalf("wait for state %x of %s: %v (state is %x)", want, reader, err, states[0].EventState)
		}
		if states[0].EventState&want == want {
			return
		}
		states[0].CurrentState = states[0].EventState &^ scard.StateChanged
	}
}

// connect waits for the card in a reader and connects it.
func connect(t *testing.T, ctx *scard.Context, reader string) *scard.Card {
	t.Helper()
	waitFor(t, ctx, reader, scard.StatePresent)
	card, err := ctx.Connect(reader, scard.ShareShared, scard.ProtocolAny)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = card.Disconnect(scard.LeaveCard) })
	return card
}

func transmit(t *testing.T, card *scard.Card, command ...byte) []byte {
	t.Helper()
	r, err := card.Transmit(command)
	if err != nil {
		t.Fatalf("%X: %v", command, err)
	}
	return r
}

// readCertificate selects the JPKI applet and reads EF 000A by short id.
func readCertificate(t *testing.T, card *scard.Card, n int) []byte {
	t.Helper()
	selectJPKI := append([]byte{0x00, 0xA4, 0x04, 0x0C, byte(len(cardtest.AIDJPKI))}, cardtest.AIDJPKI...)
	if r := transmit(t, card, selectJPKI...); !bytes.Equal(r, []byte{0x90, 0x00}) {
		t.Fatalf("SELECT: %X", r)
	}
	r := transmit(t, card, 0x00, 0xB0, 0x8A, 0x00, 0x00)
	der := r[:len(r)-2]
	for len(der) < n {
		r = transmit(t, card, 0x00, 0xB0, byte(len(der)>>8), byte(len(der)), 0x00)
		der = append(der, r[:len(r)-2]...)
	}
	return der[:n]
}

func TestReadCardThroughPCSC(t *testing.T) {
	service := pcsctest.Start(t)
	ctx := establish(t)
	if got, want := readers(t, ctx), []string{service.Reader(0), service.Reader(1)}; !slices.Equal(got, want) {
		t.Fatalf("readers %q, want %q", got, want)
	}
	waitFor(t, ctx, service.Reader(0), scard.StateEmpty)

	chip := cardtest.MyNumber(cardtest.Options{CertificateSize: 1650})
	slot := service.Insert(0, chip)
	card := connect(t, ctx, service.Reader(0))
	if status, err := card.Status(); err != nil || !bytes.Equal(status.Atr, chip.ATR()) {
		t.Errorf("ATR %X, %v", status.Atr, err)
	}
	if !bytes.Equal(readCertificate(t, card, 1650), chip.Certificate.Raw) {
		t.Error("read another certificate")
	}
	slot.Remove()
	waitFor(t, ctx, service.Reader(0), scard.StateEmpty)
	if _, err := card.Transmit([]byte{0x00, 0xB0, 0x00, 0x00, 0x00}); err == nil {
		t.Error("a removed card answered")
	}
	if v := chip.Violations(); len(v) != 0 {
		t.Errorf("violations: %q", v)
	}
}

func TestExchangesAreQuick(t *testing.T) {
	service := pcsctest.Start(t)
	service.Insert(0, cardtest.MyNumber(cardtest.Options{}))
	card := connect(t, establish(t), service.Reader(0))
	start := time.Now()
	const n = 100
	for range n {
		transmit(t, card, 0x00, 0xA4, 0x04, 0x0C, 0x01, 0xD3)
	}
	// 45 ms each without TCP_QUICKACK; well under 1 ms with it.
	if d := time.Since(start) / n; d > 20*time.Millisecond {
		t.Errorf("an exchange takes %v", d)
	}
}

func TestInsertAndRemoveInARow(t *testing.T) {
	service := pcsctest.Start(t)
	ctx := establish(t)
	chip := cardtest.MyNumber(cardtest.Options{})
	// Most of these are gone before vpcd has seen them.
	for range 5 {
		service.Insert(0, chip).Remove()
	}
	service.Insert(0, chip)
	connect(t, ctx, service.Reader(0))
}

func TestBothSlots(t *testing.T) {
	service := pcsctest.Start(t)
	ctx := establish(t)
	for slot := range 2 {
		service.Insert(slot, cardtest.MyNumber(cardtest.Options{}))
	}
	for slot := range 2 {
		readCertificate(t, connect(t, ctx, service.Reader(slot)), 100)
	}
}

func TestCardThatRemovesItself(t *testing.T) {
	service := pcsctest.Start(t)
	ctx := establish(t)
	slot := service.Insert(0, cardtest.RemoveAt(cardtest.MyNumber(cardtest.Options{}), 1, func() { service.Pull(0) }))
	card := connect(t, ctx, service.Reader(0))
	if _, err := card.Transmit([]byte{0x00, 0xA4, 0x04, 0x0C, 0x01, 0xD3}); !errors.Is(err, scard.ErrNotTransacted) {
		t.Errorf("got %v, want %v", err, scard.ErrNotTransacted)
	}
	<-slot.Removed()
	waitFor(t, ctx, service.Reader(0), scard.StateEmpty)
}

func TestCardThatHangs(t *testing.T) {
	service := pcsctest.Start(t)
	ctx := establish(t)
	chip := cardtest.MyNumber(cardtest.Options{})
	slot := service.Insert(0, cardtest.HangAt(chip, 1))
	card := connect(t, ctx, service.Reader(0))
	failed := make(chan error, 1)
	go func() {
		_, err := card.Transmit([]byte{0x00, 0xA4, 0x04, 0x0C, 0x01, 0xD3})
		failed <- err
	}()
	select {
	case err := <-failed:
		t.Fatalf("returned %v while the card hangs", err)
	case <-time.After(50 * time.Millisecond): // it may hang for ever
	}
	slot.Remove()
	if err := <-failed; !errors.Is(err, scard.ErrNotTransacted) {
		t.Errorf("got %v, want %v", err, scard.ErrNotTransacted)
	}
	waitFor(t, ctx, service.Reader(0), scard.StateEmpty)
}

func TestServiceStopsAndComesBack(t *testing.T) {
	stops := map[string]func(*pcsctest.Service){
		"stopped": (*pcsctest.Service).Stop,
		"killed":  (*pcsctest.Service).Kill,
	}
	for name, stop := range stops {
		t.Run(name, func(t *testing.T) {
			service := pcsctest.Start(t)
			ctx := establish(t)
			chip := cardtest.MyNumber(cardtest.Options{})
			slot := service.Insert(0, chip)
			connect(t, ctx, service.Reader(0))

			stop(service)
			<-slot.Removed()
			if _, err := ctx.ListReaders(); err == nil {
				t.Error("readers without a service")
			}
			if _, err := scard.EstablishContext(); !errors.Is(err, scard.ErrNoService) {
				t.Errorf("without a service: %v", err)
			}
			service.Restart()
			service.Insert(0, chip)
			readCertificate(t, connect(t, establish(t), service.Reader(0)), 100)
		})
	}
}

func TestReadersComeAndGo(t *testing.T) {
	service := pcsctest.StartWith(t, pcsctest.Setup{})
	for _, setup := range []pcsctest.Setup{
		{},
		{Readers: 1, Name: "SONY FeliCa Port/PaSoRi 4.0"},
		{Readers: 2},
		{},
	} {
		service.RestartWith(setup)
		var want []string
		for slot := range setup.Readers {
			want = append(want, service.Reader(slot))
		}
		if got := readers(t, establish(t)); !slices.Equal(got, want) {
			t.Errorf("%+v: readers %q, want %q", setup, got, want)
		}
	}
}

func TestOneReaderReads(t *testing.T) {
	service := pcsctest.StartWith(t, pcsctest.Setup{Readers: 1})
	service.Insert(0, cardtest.MyNumber(cardtest.Options{}))
	readCertificate(t, connect(t, establish(t), service.Reader(0)), 100)
}

func TestPoweredComesAfterInsert(t *testing.T) {
	service := pcsctest.Start(t)
	slot := service.Insert(1, cardtest.MyNumber(cardtest.Options{}))
	select {
	case <-slot.Powered():
	case <-time.After(patience):
		t.Fatal("pcscd did not notice the card")
	}
}
