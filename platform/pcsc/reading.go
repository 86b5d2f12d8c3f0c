package pcsc

import (
	"context"
	"encoding/hex"
	"errors"
	"time"

	"yomitori/platform"
	"yomitori/platform/card"
)

const (
	callLimit = 5 * time.Second
	// cardLimit is how long reading may go on while the card answers. A card
	// that takes 300 ms for each command needs most of it; one that does not
	// answer at all is given up after callLimit.
	cardLimit = 20 * time.Second
	// turnLimit is how long another program may keep its transaction before
	// the card counts as busy.
	turnLimit = 3 * time.Second

	firstPause = 100 * time.Millisecond
	maxBusy    = 6 // attempts at a card that is held; the pauses add up to 3 s
	maxLost    = 5 // attempts at a card that is there but loses contact
)

// heldError says that another program keeps a transaction with the card.
type heldError struct {
	err error
	// freed is closed when the transaction has ended.
	freed <-chan struct{}
}

func (e *heldError) Error() string { return e.err.Error() }
func (e *heldError) Unwrap() error { return e.err }

// read reads the card in a reader and repeats that while the fault may pass:
// another program holds the card just after insertion, or contact was lost
// although the card is there. It gives up when ctx ends. The error says what
// kept the card from being connected.
func (f *follower) read(ctx context.Context, reader string, atr []byte) (platform.Card, error) {
	ctx, cancel := context.WithTimeout(ctx, f.limits.card)
	defer cancel()
	var c platform.Card
	pause, retries := firstPause, 0
	for attempt := 0; ; attempt++ {
		var err error
		c, err = f.readOnce(ctx, reader, atr)
		c.ATR = hex.EncodeToString(atr)
		retries += c.Retries
		c.Retries = retries + attempt
		if !repeatable(c.Why, err, attempt) {
			if c.OK() && c.Kind == platform.KindPIV {
				f.addPIV(ctx, &c, reader)
			}
			return c, err
		}
		select {
		case <-ctx.Done():
			return c, err
		case <-time.After(pause):
			pause *= 2
		}
	}
}

// repeatable says whether a fault may pass. A transaction of another program is
// not repeated: it was waited for.
func repeatable(why platform.Why, err error, attempt int) bool {
	switch {
	case errors.Is(err, codeSharing):
		return attempt+1 < maxBusy
	case why == platform.WhyLostContact:
		return attempt+1 < maxLost
	}
	return false
}

// readOnce connects, reads inside one transaction, and lets go. The error says
// why the card could not be connected.
func (f *follower) readOnce(ctx context.Context, reader string, atr []byte) (platform.Card, error) {
	wk, err := f.crew.worker(ctx)
	if err != nil {
		return unread(err), err
	}
	t := &transaction{ctx: ctx, worker: wk, limit: f.limits.call}
	defer t.close()
	if err := t.open(f.Watcher, reader); err != nil {
		return unread(err), err
	}
	return card.Read(t, atr), nil
}

// addPIV adds the certificate of a PIV card, once the card is let go: piv-go
// connects by itself, and exclusively.
func (f *follower) addPIV(ctx context.Context, c *platform.Card, reader string) {
	wk, err := f.crew.worker(ctx)
	if err != nil {
		return
	}
	defer wk.close(func() {})
	v, err := do(ctx, wk, f.limits.call, "read PIV certificate", func() (platform.Certificate, error) {
		return f.piv(reader)
	})
	if err != nil {
		v = platform.Certificate{Role: platform.RolePIV, State: platform.CertUnreadable}
	}
	c.Certificates = append(c.Certificates, v)
}

// unread is a card that could not even be asked what it is.
func unread(err error) platform.Card {
	return platform.Card{Look: platform.Failure(platform.WhyOf(err), err), Kind: platform.KindUnknown}
}

// transaction is a card held for reading. It is the card.Transmitter.
type transaction struct {
	ctx     context.Context
	worker  *worker
	limit   time.Duration
	fence   card.Fence
	service service // the worker's alone, like link
	link    link
}

func (t *transaction) open(w *Watcher, reader string) error {
	err := run(t.ctx, t.worker, t.limit, "establish PC/SC context", func() (err error) {
		t.service, err = w.establish()
		return err
	})
	if err != nil {
		return err
	}
	// Connecting, too, waits for the end of another program's transaction.
	err = run(t.ctx, t.worker, w.limits.turn, "connect card", func() (err error) {
		t.link, err = t.service.connect(reader)
		return err
	})
	if err == nil {
		err = run(t.ctx, t.worker, w.limits.turn, "begin transaction", func() error { return t.link.begin() })
	}
	if t.worker.dead && w.inUse(t.ctx, reader) {
		return &heldError{platform.Fail(platform.WhyBusy, err), t.worker.gone}
	}
	return err
}

// inUse asks whether a program is connected to the card in a reader.
func (w *Watcher) inUse(ctx context.Context, reader string) bool {
	wk, err := w.crew.worker(ctx)
	if err != nil {
		return false
	}
	var s service
	defer wk.close(func() {
		if s != nil {
			_ = s.release() // the answer is known
		}
	})
	states := []readerState{{name: reader}}
	err = run(ctx, wk, w.limits.call, "ask for the reader's state", func() (err error) {
		if s, err = w.establish(); err != nil {
			return err
		}
		return s.wait(states, 0)
	})
	return err == nil && states[0].event.has(stateInUse|stateExclusive)
}

// Transmit sends a command, after making sure once more that it may be sent.
func (t *transaction) Transmit(c card.Command) ([]byte, error) {
	raw := c.Bytes()
	if err := t.fence.Check(raw); err != nil {
		return nil, err
	}
	answer, err := do(t.ctx, t.worker, t.limit, "transmit", func() ([]byte, error) { return t.link.transmit(raw) })
	t.fence.Note(raw, answer)
	return answer, err
}

// close lets the card go. When it returns, other programs can have the card,
// unless a call hangs.
func (t *transaction) close() {
	defer t.worker.settle(t.limit)
	t.worker.close(func() {
		var err error
		if t.link != nil {
			err = t.link.end()
		}
		if t.service != nil {
			err = errors.Join(err, t.service.release())
		}
		_ = err // nothing is left that could be done about it
	})
}
