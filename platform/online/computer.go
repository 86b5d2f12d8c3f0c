package online

import (
	"context"
	"sync"

	"yomitori/platform"
)

// Computer is a computer whose snapshots carry what the network answered.
type Computer struct {
	inner platform.Computer
	o     Options

	mu     sync.Mutex
	latest *following         // the newest Follow, until what it follows ended
	press  *platform.Software // a press that no Follow has taken yet
}

// Over lets the user ask the network about a computer.
func Over(c platform.Computer, o Options) *Computer {
	return &Computer{inner: c, o: o.filled()}
}

// Ask is the user's press: it asks the network about the HPKI cards that are
// in, and whether the hosts of a service can be reached (SoftwareNone has
// none). It returns at once and may be called by anybody at any time, from
// within a report too.
//
// One press is one round, and it counts for one Follow: the newest that runs,
// or else the next. From the press on, the area online is pending. When
// readers, cards and network have settled, everything is asked side by side,
// and every later snapshot of that Follow carries the answers. They are about
// the cards that were in then, and name them by serial number. A new Follow
// begins without answers.
//
// Pressing again for the same service while a round is on its way changes
// nothing; any other press replaces what was asked before.
func (c *Computer) Ask(of platform.Software) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.latest == nil || !c.latest.ask(of) {
		c.press = &of
	}
}

// Follow implements platform.Computer. What it reports is what the computer
// below reports, with the area online joined in. When that computer can be
// seen no more, a round that is on its way still ends.
func (c *Computer) Follow(ctx context.Context, report func(platform.Snapshot)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	f := &following{ctx: ctx, o: c.o, report: report, news: make(chan struct{})}
	c.begin(f)
	err := c.inner.Follow(ctx, f.look)
	c.end(f)
	if err != nil {
		cancel()
	}
	f.finish()
	return err
}

func (c *Computer) begin(f *following) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.latest = f
	if c.press != nil && f.ask(*c.press) {
		c.press = nil
	}
}

func (c *Computer) end(f *following) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.latest == f {
		c.latest = nil
	}
}
