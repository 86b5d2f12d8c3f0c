package platform

import "context"

// Computer is a machine that can be looked at.
type Computer interface {
	// Follow looks at every area, all at once, and calls report with a whole
	// snapshot each time an area arrives and again each time a reader or a
	// card changes. It returns when ctx ends, with nil, or when nothing more
	// can ever be seen. Calls of report do not overlap and must return
	// quickly; they may come from any goroutine.
	Follow(ctx context.Context, report func(Snapshot)) error
}

// Observe follows a computer until enough says so of a snapshot, or ctx ends,
// and returns the last snapshot. A nil enough waits until every area settled.
func Observe(ctx context.Context, c Computer, enough func(Snapshot) bool) (Snapshot, error) {
	if enough == nil {
		enough = func(s Snapshot) bool { return s.Settled() }
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var last Snapshot
	done := false
	err := c.Follow(ctx, func(s Snapshot) {
		if done {
			return
		}
		last = s
		if enough(s) {
			done = true
			cancel()
		}
	})
	return last, err
}
