package pcsc

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"time"

	"yomitori/platform"
)

const (
	// restart is the pause before a service that failed is asked again.
	restart = 500 * time.Millisecond
	// settle is how long the first wait after a change lasts: a reader that
	// came between listing and waiting would otherwise stay unseen.
	settle = 300 * time.Millisecond
	// again is the pause before a card that another program holds is tried again.
	again = 3 * time.Second
	// mostFails is how often in a row the service may not know a reader that it
	// has just listed.
	mostFails = 5
	// poll is the pace of listing readers where the service does not tell.
	poll = time.Second
)

// limits are the deadlines of calls; tests shorten them.
type limits struct {
	call time.Duration // one PC/SC call
	turn time.Duration // waiting for another program's transaction
	card time.Duration // reading one card, repeats included
}

// Watcher follows the readers and cards of one computer. It may be used by
// several followers at once, and again after one has ended.
type Watcher struct {
	establish func() (service, error)
	piv       func(reader string) (platform.Certificate, error)
	limits    limits
	crew      crew
	renewals  renewals
}

// New makes a watcher on the system's PC/SC service.
func New() *Watcher { return newWatcher(establish) }

func newWatcher(establish func() (service, error)) *Watcher {
	return &Watcher{
		establish: establish,
		piv:       readPIV,
		limits:    limits{call: callLimit, turn: turnLimit, card: cardLimit},
		crew:      newCrew(),
	}
}

// Follow reports readers and cards through change, at once and whenever they
// differ, until ctx ends. It recovers by itself from a service that is
// stopped, restarted or hangs.
func (w *Watcher) Follow(ctx context.Context, change func(func(*platform.Snapshot))) {
	f := &follower{Watcher: w, change: change}
	for ctx.Err() == nil {
		conn, renewed, end := f.untilRenewed(ctx)
		up, err := f.connection(conn)
		f.forgetAll()
		again := renewed()
		end()
		if ctx.Err() != nil {
			break
		}
		if again {
			continue // nothing failed
		}
		if !up {
			// What a service says while it ends has many forms. What it says
			// when it is asked anew is why it cannot be used.
			f.lost(err)
		}
		pause(ctx, restart)
	}
	f.reads.Wait()
}

// follower is one following: what is known of the readers, and what was said
// of them last.
type follower struct {
	*Watcher
	change func(func(*platform.Snapshot))
	reads  sync.WaitGroup

	mu    sync.Mutex
	slots []*slot
	sent  *view // what was published last
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// connection follows the readers through one context, until it fails or ctx
// ends. It says whether the service had worked by then.
func (f *follower) connection(ctx context.Context) (up bool, err error) {
	wk, err := f.crew.worker(ctx)
	if err != nil {
		return false, err
	}
	var s service
	defer wk.close(func() {
		if s != nil {
			_ = s.release() // the context is gone either way
		}
	})
	if err := run(ctx, wk, f.limits.call, "establish PC/SC context", func() (err error) {
		s, err = f.establish()
		return err
	}); err != nil {
		return false, err
	}
	turn := turn{pnp: &readerState{name: plugAndPlay}, limit: settle}
	for {
		names, err := do(ctx, wk, f.limits.call, "list readers", s.readers)
		if err != nil {
			return up, err
		}
		if err := f.turn(ctx, wk, s, names, &turn); err != nil {
			return up, err
		}
		up = up || turn.fails == 0
	}
}

// turn is what one wait for a change leaves to the next.
type turn struct {
	pnp   *readerState  // nil where the service does not tell of readers that come
	limit time.Duration // of the next wait
	fails int           // waits in a row that the service refused
}

// turn takes a list of readers over and waits for the next change.
func (f *follower) turn(ctx context.Context, wk *worker, s service, names []string, t *turn) error {
	f.relist(names)
	states := f.states(t.pnp)
	if len(states) == 0 {
		t.fails = 0
		pause(ctx, poll)
		return ctx.Err()
	}
	err := f.waitForChange(ctx, wk, s, states, t.limit)
	switch {
	case errors.Is(err, codeTimeout):
		t.limit, t.fails = longest, 0
		if t.pnp == nil {
			t.limit = poll
		}
		return nil
	case errors.Is(err, codeUnknownReader):
		// A reader left between listing and waiting. When that goes on, it is
		// the plug-and-play name that this service does not know.
		if t.fails++; t.fails > mostFails {
			return err // a service that lists what it does not know
		}
		if t.fails > 1 {
			t.pnp = nil
			pause(ctx, settle)
		}
		return ctx.Err()
	case err != nil:
		return err
	}
	t.limit, t.fails = settle, 0
	if t.pnp != nil {
		t.pnp.current = states[0].event &^ stateChanged
		if states[0].event.has(stateUnknown) {
			t.pnp = nil // how others say that they do not know the name
		}
		states = states[1:]
	}
	f.update(ctx, states)
	return nil
}

// waitForChange waits like service.wait, and in addition until ctx ends.
func (f *follower) waitForChange(ctx context.Context, wk *worker, s service, states []readerState, limit time.Duration) error {
	callCtx, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	defer giveUp()
	cancelled := make(chan struct{})
	go func() {
		defer close(cancelled)
		cancelUntil(ctx, done, s)
	}()
	defer func() {
		close(done)
		select {
		case <-cancelled: // a context must not be released while it is cancelled
		case <-time.After(time.Second):
		}
	}()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(time.Second, giveUp) })
	defer stop()
	// The call gets longer than it was told to take; only a hang exceeds that.
	return run(callCtx, wk, limit+f.limits.call, "wait for readers", func() error {
		return s.wait(states, limit)
	})
}

// cancelUntil cancels the wait when ctx ends. A cancel that comes before the
// wait has begun is lost, so it is repeated until the wait is done.
func cancelUntil(ctx context.Context, done <-chan struct{}, s service) {
	select {
	case <-done:
		return
	case <-ctx.Done():
	}
	for {
		_ = s.cancel() // an error means that there was nothing to cancel
		select {
		case <-done:
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// states is what to wait with: the plug-and-play name, then every slot.
func (f *follower) states(pnp *readerState) []readerState {
	f.mu.Lock()
	defer f.mu.Unlock()
	var states []readerState
	if pnp != nil {
		states = append(states, *pnp)
	}
	for _, s := range f.slots {
		states = append(states, readerState{name: s.name, current: s.state &^ stateChanged})
	}
	return states
}

// relist takes a new list of readers over and publishes it if it differs.
func (f *follower) relist(names []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	old := map[string]*slot{}
	for _, s := range f.slots {
		old[s.name] = s
	}
	same := f.slots != nil && len(names) == len(f.slots)
	next := make([]*slot, len(names))
	for i, n := range names {
		s, ok := old[n]
		if !ok {
			s = &slot{name: n}
		}
		same = same && ok && f.slots[i] == s
		delete(old, n)
		next[i] = s
	}
	for _, s := range old {
		s.leave()
	}
	f.slots = next
	if !same {
		f.publish()
	}
}

// update takes new states over, starts reading cards that came, and
// publishes.
func (f *follower) update(ctx context.Context, states []readerState) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, v := range states {
		if i >= len(f.slots) || f.slots[i].name != v.name {
			continue
		}
		s := f.slots[i]
		if s.doubted(v.event) {
			continue
		}
		read := s.arrived(v.event)
		if read || s.left(v.event) {
			s.leave()
		}
		s.state, s.known = v.event, true
		if read {
			f.begin(ctx, s, v)
		}
	}
	f.publish()
}

// begin starts reading the card that has come into a slot.
func (f *follower) begin(ctx context.Context, s *slot, v readerState) {
	if v.event.has(stateMute) {
		s.card = &platform.Card{Look: platform.Failure(platform.WhyMute, errors.New("connect card: no answer to reset")), Kind: platform.KindUnknown}
		return
	}
	ctx, s.cancel = context.WithCancel(ctx)
	visit := s.visit
	s.card = &platform.Card{}
	f.reads.Go(func() {
		for {
			c, err := f.read(ctx, v.name, v.atr)
			f.arrive(s, visit, c)
			if c.Why != platform.WhyBusy || !untilFree(ctx, err) {
				return
			}
		}
	})
}

// untilFree waits until a card that another program holds is worth another try.
// Not every program that lets a card go leaves a trace in the reader's state.
// It returns false when ctx has ended.
func untilFree(ctx context.Context, err error) bool {
	var held *heldError
	if errors.As(err, &held) {
		select {
		case <-held.freed:
		case <-ctx.Done():
		}
	} else {
		pause(ctx, again)
	}
	return ctx.Err() == nil
}

// arrive publishes a card that was read, unless it has left meanwhile.
func (f *follower) arrive(s *slot, visit int, c platform.Card) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s.visit == visit {
		s.card = &c
		f.publish()
	}
}

// view is the part of a snapshot that the watcher sees.
type view struct {
	readers platform.Readers
	cards   platform.Cards
}

// publish hands the present view on if it is new. The caller holds the lock.
func (f *follower) publish() {
	names := make([]string, len(f.slots))
	for i, s := range f.slots {
		names[i] = s.name
	}
	v := view{platform.Readers{Look: platform.Seen()}, platform.Cards{Look: platform.Seen()}}
	for i, name := range platform.ReaderNames(names) {
		s := f.slots[i]
		v.readers.List = append(v.readers.List, s.public(name))
		if !s.known {
			v.cards.Look = platform.Look{}
		}
		if s.card != nil {
			c := *s.card
			c.Reader, c.ReaderIndex = name, i
			v.cards.List = append(v.cards.List, c)
		}
	}
	f.send(v)
}

func (f *follower) send(v view) {
	if f.sent != nil && reflect.DeepEqual(v, *f.sent) {
		return
	}
	f.sent = &v
	f.change(func(s *platform.Snapshot) { s.Readers, s.Cards = v.readers, v.cards })
}

// lost publishes that the service cannot be asked.
func (f *follower) lost(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	why := platform.WhyOf(err)
	switch why {
	case platform.WhyLostContact, platform.WhyMute, platform.WhyBusy:
		why = platform.WhyError // reasons of cards, and there is none here
	}
	look := platform.Failure(why, err)
	f.send(view{platform.Readers{Look: look}, platform.Cards{Look: look}})
}

// forgetAll drops all slots, and with them what is still being read.
func (f *follower) forgetAll() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.slots {
		s.leave()
	}
	f.slots = nil
}
