package macos

import (
	"context"
	"slices"
	"sync"
	"time"

	"yomitori/platform"
)

// relookAfter is how soon devices and drivers are looked at again while PC/SC
// lists no reader: one that is plugged in and not served changes nothing there.
const relookAfter = 5 * time.Second

// relook keeps devices and drivers as fresh as the readers of PC/SC.
type relook struct {
	plan platform.Plan
	// listed holds the names of readers when they have changed; last are the
	// newest. Both are for reports only to set, which do not overlap.
	listed chan []string
	last   []string
}

func newRelook(probes ...platform.Probe) *relook {
	return &relook{plan: platform.Plan{Probes: probes}, listed: make(chan []string, 1)}
}

// watch notes when the readers that a snapshot lists are others.
func (r *relook) watch(report func(platform.Snapshot)) func(platform.Snapshot) {
	return func(s platform.Snapshot) {
		if s.Readers.Settled() {
			r.note(s.Readers.List)
		}
		report(s)
	}
}

func (r *relook) note(readers []platform.Reader) {
	names := make([]string, len(readers))
	for i, v := range readers {
		names[i] = v.Name
	}
	if r.last != nil && slices.Equal(r.last, names) {
		return
	}
	r.last = names
	select {
	case <-r.listed: // nobody came to see it
	default:
	}
	r.listed <- names
}

// live is what follows readers and cards, and looks again beside it.
func (r *relook) live(follow func(context.Context, func(change))) func(context.Context, func(change)) {
	if follow == nil {
		return nil
	}
	return func(ctx context.Context, apply func(change)) {
		var again sync.WaitGroup
		again.Go(func() { r.follow(ctx, apply) })
		follow(ctx, apply)
		again.Wait()
	}
}

// follow looks again whenever the list of readers changes, and from time to
// time while it is empty.
func (r *relook) follow(ctx context.Context, apply func(change)) {
	var known []string
	// The first list is as new as what is seen at the start, unless PC/SC took
	// long to answer.
	for start := true; ; {
		var soon <-chan time.Time // never, while there is a reader
		if len(known) == 0 {
			soon = time.After(relookAfter)
		}
		select {
		case <-ctx.Done():
			return
		case <-soon:
		case names := <-r.listed:
			known = names
			if start {
				start = false
				continue
			}
		}
		start = false
		r.look(ctx, apply)
	}
}

// look looks once more, as the first look was taken. An area that cannot be
// seen any more has failed.
func (r *relook) look(ctx context.Context, apply func(change)) {
	seen, _ := platform.Observe(ctx, r.plan, func(s platform.Snapshot) bool {
		return s.Devices.Settled() && s.Drivers.Settled()
	})
	apply(func(s *platform.Snapshot) { s.Devices, s.Drivers = seen.Devices, seen.Drivers })
}

// inTurn lets a look begin when the one before has ended, also one that was
// given up.
func inTurn(look func(context.Context) (change, error)) func(context.Context) (change, error) {
	turn := make(chan struct{}, 1)
	return func(ctx context.Context) (change, error) {
		select {
		case turn <- struct{}{}:
			defer func() { <-turn }()
			return look(ctx)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
