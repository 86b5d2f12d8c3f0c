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
	// turnLimit is how long another program may keep its transaction before
	// the card counts as busy.
	turnLimit = 3 * time.Second

	firstPause = 100 * time.Millisecond
	maxBusy    = 6 // attempts at a card that is held; the pauses add up to 3 s
	maxLost    = 5 // attempts at a card that is there but loses contact
)

// read reads the card in a reader and repeats that while the fault may pass:
// another program holds the card just after insertion, or contact was lost
// although the card is there. It gives up when ctx ends.
func (w *Watcher) read(ctx context.Context, reader string, atr []byte) platform.Card {
	ctx, cancel := context.WithTimeout(ctx, w.limits.card)
	defer cancel()
	var c platform.Card
	pause := firstPause
	for attempt := 0; ; attempt++ {
		var err error
		c, err = w.readOnce(ctx, reader, atr)
		c.ATR = hex.EncodeToString(atr)
		c.Retries += attempt
		if !repeatable(c.Why, err, attempt) {
			if c.OK() && c.Kind == platform.KindPIV {
				w.addPIV(ctx, &c, reader)
			}
			return c
		}
		select {
		case <-ctx.Done():
			return c
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
func (w *Watcher) readOnce(ctx context.Context, reader string, atr []byte) (platform.Card, error) {
	wk, err := w.crew.worker(ctx)
	if err != nil {
		return unread(err), err
	}
	t := &transaction{ctx: ctx, worker: wk, limit: w.limits.call}
	defer t.close()
	if err := t.open(w, reader); err != nil {
		return unread(err), err
	}
	return card.Read(t, atr), nil
}

// addPIV adds the certificate of a PIV card, once the card is let go: piv-go
// connects by itself, and exclusively.
func (w *Watcher) addPIV(ctx context.Context, c *platform.Card, reader string) {
	wk, err := w.crew.worker(ctx)
	if err != nil {
		return
	}
	defer wk.close(func() {})
	v, err := do(ctx, wk, w.limits.call, "read PIV certificate", func() (platform.Certificate, error) {
		return w.piv(reader)
	})
	if err == nil {
		c.Certificates = append(c.Certificates, v)
	}
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
	err := run(t.ctx, t.worker, t.limit, "connect card", func() (err error) {
		if t.service, err = w.establish(); err != nil {
			return err
		}
		t.link, err = t.service.connect(reader)
		return err
	})
	if err != nil {
		return err
	}
	err = run(t.ctx, t.worker, w.limits.turn, "begin transaction", func() error { return t.link.begin() })
	if platform.WhyOf(err) == platform.WhyTimedOut {
		// Connecting went well, so what does not end is another program's turn.
		return platform.Fail(platform.WhyBusy, err)
	}
	return err
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

func (t *transaction) close() {
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
