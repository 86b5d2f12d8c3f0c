package platform

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// ProbeLimit is how long one probe may take before its area is given up.
const ProbeLimit = 10 * time.Second

// A Probe looks at one area, once.
type Probe struct {
	Area Area
	// Look observes and returns the change that it makes to a snapshot. It
	// must not touch the snapshot otherwise: by the time it returns, the
	// area may have been given up.
	Look func(context.Context) (func(*Snapshot), error)
}

// Nothing is a probe for an area that this kind of computer does not have.
func Nothing(a Area) Probe {
	return Probe{Area: a, Look: func(context.Context) (func(*Snapshot), error) {
		return func(s *Snapshot) { *s.Look(a) = Absent() }, nil
	}}
}

// A Plan is how one kind of computer is looked at. An area that nothing in it
// looks at fails as "not built".
type Plan struct {
	Probes []Probe
	// Live keeps looking at readers and cards until ctx ends and hands each
	// change on. It may be nil.
	Live func(ctx context.Context, change func(func(*Snapshot)))
	// Now is the computer's clock; nil means time.Now.
	Now func() time.Time
	// Limit replaces ProbeLimit when it is not zero.
	Limit time.Duration
}

// Follow carries the plan out as Computer.Follow describes. A probe that does
// not return in time is left behind; its area then reads "failed: timed out"
// and a late answer is dropped.
func (p Plan) Follow(ctx context.Context, report func(Snapshot)) error {
	b := &board{ctx: ctx, report: report, now: p.Now}
	if b.now == nil {
		b.now = time.Now
	}
	limit := p.Limit
	if limit == 0 {
		limit = ProbeLimit
	}
	b.change(p.unbuilt)
	var live sync.WaitGroup
	for _, probe := range p.Probes {
		live.Go(func() { b.change(run(ctx, probe, limit)) })
	}
	if p.Live != nil {
		live.Go(func() { p.Live(ctx, b.change) })
	}
	<-ctx.Done()
	live.Wait()
	return nil
}

// unbuilt gives up the areas that nothing in the plan looks at. No plan looks
// behind the network: that is asked for by the user (package online).
func (p Plan) unbuilt(s *Snapshot) {
	for _, a := range Areas {
		live := p.Live != nil && (a == AreaReaders || a == AreaCards)
		probed := slices.ContainsFunc(p.Probes, func(v Probe) bool { return v.Area == a })
		switch {
		case a == AreaOnline:
			*s.Look(a) = NotAsked()
		case !live && !probed:
			*s.Look(a) = Failure(WhyNotBuilt, fmt.Errorf("look at %s: %w", a, errors.ErrUnsupported))
		}
	}
}

// errCrashed is why an area failed in which the program itself did.
var errCrashed = errors.New("the probe crashed")

// run carries one probe out and returns its change, whatever happens.
func run(ctx context.Context, p Probe, limit time.Duration) func(*Snapshot) {
	start := time.Now()
	type answer struct {
		change func(*Snapshot)
		err    error
	}
	answers := make(chan answer, 1)
	pctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	go func() {
		defer func() {
			if recover() != nil { // what it says may be something that was seen
				answers <- answer{nil, errCrashed}
			}
		}()
		change, err := p.Look(pctx)
		answers <- answer{change, err}
	}()
	var a answer
	select {
	case a = <-answers:
	case <-pctx.Done():
		a.err = pctx.Err()
	}
	return func(s *Snapshot) {
		if a.err != nil {
			*s.Look(p.Area) = Failure(WhyOf(a.err), a.err)
		} else {
			a.change(s)
		}
		s.Look(p.Area).TookMS = time.Since(start).Milliseconds()
	}
}

// board holds the snapshot while probes fill it in.
type board struct {
	ctx    context.Context // nothing is reported after its end
	mu     sync.Mutex
	s      Snapshot
	report func(Snapshot)
	now    func() time.Time
}

func (b *board) change(f func(*Snapshot)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ctx.Err() != nil {
		return // what comes now came of the end, not of the computer
	}
	f(&b.s)
	b.s.Schema, b.s.Taken = Schema, b.now()
	b.report(b.s)
}
