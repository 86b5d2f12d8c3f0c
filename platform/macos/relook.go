package macos

import (
	"context"
	"reflect"
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
	devices, drivers platform.Probe
	// seen are the devices that were told last, once they were looked at again.
	seen *platform.Devices
	// listed holds the names of readers when they have changed; last are the
	// newest. Both are for reports only to set, which do not overlap.
	listed chan []string
	last   []string
}

func newRelook(devices, drivers platform.Probe) *relook {
	return &relook{devices: devices, drivers: drivers, listed: make(chan []string, 1)}
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
			r.lookForDevices(ctx, apply)
			start = false
			continue
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
	s := observe(ctx, r.devices, r.drivers)
	r.tell(apply, s.Devices, s.Drivers)
}

// lookForDevices looks at the devices, and at the drivers only when these are
// others: macOS takes a second to list drivers, and nothing should cost that
// again and again.
func (r *relook) lookForDevices(ctx context.Context, apply func(change)) {
	devices := observe(ctx, r.devices).Devices
	if r.seen != nil && devices.State == r.seen.State && devices.Why == r.seen.Why && reflect.DeepEqual(devices.List, r.seen.List) {
		return
	}
	r.tell(apply, devices, observe(ctx, r.drivers).Drivers)
}

func (r *relook) tell(apply func(change), devices platform.Devices, drivers platform.Drivers) {
	r.seen = &devices
	apply(func(s *platform.Snapshot) { s.Devices, s.Drivers = devices, drivers })
}

// observe takes some looks side by side, until all have ended.
func observe(ctx context.Context, probes ...platform.Probe) platform.Snapshot {
	s, _ := platform.Observe(ctx, platform.Plan{Probes: probes}, func(s platform.Snapshot) bool {
		return !slices.ContainsFunc(probes, func(p platform.Probe) bool { return !s.Look(p.Area).Settled() })
	})
	return s
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
