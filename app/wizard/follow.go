package wizard

import (
	"context"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"yomitori/platform"
)

// handover is how long a new following waits for the one before it to end, so
// that two do not talk to one card.
const handover = 3 * time.Second

// following is one run of Computer.Follow.
type following struct {
	cancel context.CancelFunc
	done   chan struct{}
	// latest is the diagnosis that the user interface has not taken yet. Where
	// a newer one comes first, the older is dropped.
	latest atomic.Pointer[judged]
}

// follow starts to follow the computer, in place of what was followed before.
func (w *Wizard) follow() {
	before := w.following
	ctx, cancel := context.WithCancel(w.ctx)
	run := &following{cancel: cancel, done: make(chan struct{})}
	w.following = run
	w.have, w.asked, w.followedAt = false, false, w.clock()
	if before != nil {
		before.cancel()
	}
	computer := w.computer
	report := w.reporter(run)
	go func() {
		defer close(run.done)
		before.wait()
		if ctx.Err() != nil {
			return
		}
		if err := computer.Follow(ctx, report); err != nil && ctx.Err() == nil {
			report(unseen(err))
		}
	}()
}

// wait waits for a following to end, but not for ever: a PC/SC service that
// hangs must not hang the next look.
func (f *following) wait() {
	if f == nil {
		return
	}
	select {
	case <-f.done:
	case <-time.After(handover):
	}
}

// reporter judges each snapshot where it arrives, which is never the goroutine
// of the user interface, and hands it over.
func (w *Wizard) reporter(run *following) func(platform.Snapshot) {
	q := w.question()
	return func(s platform.Snapshot) {
		j := judge(s, q)
		if run.latest.Swap(&j) != nil {
			return // the user interface was told already that there is something
		}
		fyne.Do(func() {
			if j := run.latest.Swap(nil); j != nil && w.following == run {
				w.take(*j)
			}
		})
	}
}

// unseen is the snapshot of a computer that could not be followed at all.
func unseen(err error) platform.Snapshot {
	s := platform.Snapshot{Schema: platform.Schema, Taken: time.Now()}
	for _, a := range platform.Areas {
		*s.Look(a) = platform.Failure(platform.WhyError, err)
	}
	return s
}

// take shows what a snapshot means. The purpose may have been chosen, and more
// been told, after the snapshot was judged.
func (w *Wizard) take(j judged) {
	w.snapshot, w.have = j.s, true
	if w.purpose == "" {
		if w.flow.over == pageLibrary {
			w.update()
		}
		return
	}
	w.telling = w.telling.about(j.d.Card)
	if q := w.question(); j.d.Question != q {
		j = judge(j.s, q)
	}
	before := w.flow.shown()
	w.flow = w.flow.see(j)
	w.turned(before)
	w.fix = w.fix.saw(j.d)
	w.update()
}

// broken is a computer that could not be opened.
type broken struct{ err error }

func (b broken) Follow(context.Context, func(platform.Snapshot)) error { return b.err }
