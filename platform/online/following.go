package online

import (
	"context"
	"sync"

	"yomitori/platform"
)

// following is one Follow.
type following struct {
	ctx    context.Context // nothing is reported after its end
	o      Options
	rounds sync.WaitGroup

	reporting sync.Mutex // held while report runs
	report    func(platform.Snapshot)

	mu     sync.Mutex
	last   platform.Snapshot // of the computer below
	seen   bool              // there is a last one
	over   bool              // there will be no other
	news   chan struct{}     // closed when one of these changes
	round  *round            // the newest, nil before a press
	online platform.Online   // what it brought
}

// round is what one press sets off.
type round struct {
	of     platform.Software
	ctx    context.Context // ends when the round is over, or replaced by another
	cancel context.CancelFunc
}

// ask begins a round, unless the Follow has ended. It must not be called after
// finish.
func (f *following) ask(of platform.Software) bool {
	if f.ctx.Err() != nil {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if r := f.round; r != nil {
		if r.of == of && r.ctx.Err() == nil {
			return true
		}
		r.cancel()
	}
	r := &round{of: of}
	r.ctx, r.cancel = context.WithCancel(f.ctx)
	f.round, f.online = r, platform.Online{}
	seen := f.seen
	f.rounds.Go(func() {
		if seen {
			f.again() // that it is on its way; else the first report says so
		}
		f.carryOut(r)
	})
	return true
}

func (f *following) carryOut(r *round) {
	defer r.cancel()
	s, settled := f.settled(r.ctx)
	if !settled {
		return
	}
	if answers := ask(r.ctx, f.o, s, r.of); f.keep(r, answers) {
		f.again()
	}
}

// keep ends a round with its answers, unless it was replaced meanwhile.
func (f *following) keep(r *round, answers platform.Online) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if r.ctx.Err() != nil {
		return false
	}
	r.cancel()
	f.online = answers
	return true
}

// settled waits for a snapshot in which what a round needs has been looked at,
// or for the last that there will be. It returns false when ctx ends first.
func (f *following) settled(ctx context.Context) (platform.Snapshot, bool) {
	for {
		f.mu.Lock()
		s, news, enough := f.last, f.news, f.seen && ready(f.last) || f.over
		f.mu.Unlock()
		if enough {
			return s, ctx.Err() == nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return s, false
		}
	}
}

// ready says of a snapshot whether it holds whom to ask, and the way to them.
func ready(s platform.Snapshot) bool {
	for _, c := range s.Cards.List {
		if !c.Settled() {
			return false
		}
	}
	return s.Readers.Settled() && s.Cards.Settled() && s.Network.Settled()
}

// look takes a snapshot from the computer below and hands it on.
func (f *following) look(s platform.Snapshot) {
	f.reporting.Lock()
	defer f.reporting.Unlock()
	f.mu.Lock()
	f.last, f.seen = s, true
	s = f.joined() // before a round that waited for it can change that
	f.tell()
	f.mu.Unlock()
	f.hand(s)
}

// again reports the last snapshot again, because there is news from the network.
func (f *following) again() {
	f.reporting.Lock()
	defer f.reporting.Unlock()
	f.mu.Lock()
	s, seen := f.joined(), f.seen
	f.mu.Unlock()
	if seen {
		f.hand(s)
	}
}

// hand reports a snapshot. The caller holds reporting.
func (f *following) hand(s platform.Snapshot) {
	if f.ctx.Err() == nil {
		f.report(s)
	}
}

// joined is the last snapshot with what is known of the network. The caller
// holds mu.
func (f *following) joined() platform.Snapshot {
	s := f.last
	switch {
	case f.round != nil:
		s.Online = f.online
	case !s.Online.Settled():
		s.Online = platform.Online{Look: platform.NotAsked()}
	}
	return s
}

// finish waits for a round that is on its way. What has not settled by now
// never will.
func (f *following) finish() {
	f.mu.Lock()
	f.over = true
	f.tell()
	f.mu.Unlock()
	f.rounds.Wait()
}

// tell wakes who waits for news. The caller holds mu.
func (f *following) tell() {
	close(f.news)
	f.news = make(chan struct{})
}
