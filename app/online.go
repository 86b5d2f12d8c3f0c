package app

import (
	"context"
	"fmt"
	"time"

	"yomitori/checks"
	"yomitori/platform"
)

// asker is a computer that asks over the internet once the user said so.
type asker interface {
	Ask(of platform.Software)
}

// observeOnline is observe, and asks over the internet when there is a card to
// ask about, or nobody has put one in.
func (p *program) observeOnline(ctx context.Context, q checks.Question, wait time.Duration) (platform.Snapshot, error) {
	computer, ok := p.Computer.(asker)
	if !ok {
		fmt.Fprintln(p.Stderr, p.texts.Text("console.cannot-ask"))
		return p.observe(ctx, q, wait)
	}
	if wait > 0 {
		if s, err := p.observe(ctx, q, wait); err != nil {
			return s, err
		}
	}
	return p.look(ctx, 2*lookLimit, thenAsk(computer, q.Purpose.Software()))
}

// thenAsk asks as soon as all else has settled, and has enough with the answer.
func thenAsk(computer asker, of platform.Software) func(*platform.Snapshot) bool {
	asked := false
	return func(s *platform.Snapshot) bool {
		switch {
		case !s.Settled():
			return false
		case !asked:
			asked = true
			go computer.Ask(of) // its report may come before it returns
			return false
		}
		return s.Online.Why != platform.WhyNotAsked
	}
}
