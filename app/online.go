package app

import (
	"context"
	"fmt"
	"time"

	"yomitori/checks"
	"yomitori/platform"
)

// asker is a computer that asks over the internet in the look that goes on or,
// if none does, in the next.
type asker interface {
	Ask(of platform.Software)
}

// observeOnline is observe, and asks over the internet: after the wait, so that
// there is a card to ask about if ever there will be one.
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
	computer.Ask(q.Purpose.Software())
	return p.look(ctx, 2*lookLimit, (*platform.Snapshot).Settled)
}
