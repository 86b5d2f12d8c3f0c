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
	// longest is how long a wait may last when nothing happens.
	longest = 30 * time.Second
	// poll is the pace of listing readers where the service does not tell.
	poll = time.Second
)

// limits are the deadlines of calls; tests shorten them.
type limits struct {
	call time.Duration // one PC/SC call
	turn time.Duration // waiting for another program's transaction
	card time.Duration // reading one card, repeats included
}

// Watcher follows the readers and cards of one computer.
type Watcher struct {
	establish func() (service, error)
	piv       func(reader string) (platform.Certificate, error)
	limits    limits
	crew      crew

	mu     sync.Mutex
	slots  []*slot
	sent   *view // what was published last
	change func(func(*platform.Snapshot))
	reads  sync.WaitGroup
}

// New makes a watcher on the system's PC/SC service.
func New() *Watcher { return newWatcher(establish) }

func newWatcher(establish func() (service, error)) *Watcher {
	return &Watcher{
		establish: establish,
		piv:       readPIV,
		limits:    limits{call: callLimit, turn: turnLimit, card: platform.ProbeLimit},
		crew:      newCrew(),
	}
}

// Follow reports readers and cards through change, at once and whenever they
// differ, until ctx ends. It recovers by itself from a service that is
// stopped, restarted or hangs.
func (w *Watcher) Follow(ctx context.Context, change func(func(*platform.Snapshot))) {
	w.change = change
	for ctx.Err() == nil {
		err := w.connection(ctx)
		w.forgetAll()
		if ctx.Err() != nil {
			break
		}
		w.lost(err)
		pause(ctx, restart)
	}
	w.reads.Wait()
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// connection follows the readers through one context, until it fails or ctx ends.
func (w *Watcher) connection(ctx context.Context) error {
	wk, err := w.crew.worker(ctx)
	if err != nil {
		return err
	}
	var s service
	defer wk.close(func() {
		if s != nil {
			_ = s.release() // the context is gone either way
		}
	})
	if err := run(ctx, wk, w.limits.call, "establish PC/SC context", func() (err error) {
		s, err = w.establish()
		return err
	}); err != nil {
		return err
	}
	turn := turn{pnp: &readerState{name: plugAndPlay}, limit: settle}
	for {
		names, err := do(ctx, wk, w.limits.call, "list readers", s.readers)
		if err != nil {
			return err
		}
		if err := w.turn(ctx, wk, s, names, &turn); err != nil {
			return err
		}
	}
}

// turn is what one wait for a change leaves to the next.
type turn struct {
	pnp   *readerState  // nil where the service does not tell of readers that come
	limit time.Duration // of the next wait
	fails int           // waits in a row that the service refused
}

// turn takes a list of readers over and waits for the next change.
func (w *Watcher) turn(ctx context.Context, wk *worker, s service, names []string, t *turn) error {
	w.relist(names)
	states := w.states(t.pnp)
	if len(states) == 0 {
		pause(ctx, poll)
		return ctx.Err()
	}
	err := w.waitForChange(ctx, wk, s, states, t.limit)
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
		if t.fails++; t.fails > 1 {
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
		states = states[1:]
	}
	w.update(ctx, states)
	return nil
}

// waitForChange waits like service.wait, and in addition until ctx ends.
func (w *Watcher) waitForChange(ctx context.Context, wk *worker, s service, states []readerState, limit time.Duration) error {
	callCtx, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	defer giveUp()
	defer close(done)
	go func() {
		select {
		case <-done:
			return
		case <-ctx.Done():
		}
		// A cancel that comes before the wait has begun is lost, so it is
		// repeated until the wait has ended or nothing helps.
		for range 20 {
			_ = s.cancel()
			select {
			case <-done:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
		giveUp()
	}()
	// The call gets longer than it was told to take; only a hang exceeds that.
	return run(callCtx, wk, limit+w.limits.call, "wait for readers", func() error {
		return s.wait(states, limit)
	})
}

// states is what to wait with: the plug-and-play name, then every slot.
func (w *Watcher) states(pnp *readerState) []readerState {
	w.mu.Lock()
	defer w.mu.Unlock()
	var states []readerState
	if pnp != nil {
		states = append(states, *pnp)
	}
	for _, s := range w.slots {
		states = append(states, readerState{name: s.name, current: s.state &^ stateChanged})
	}
	return states
}

// relist takes a new list of readers over and publishes it if it differs.
func (w *Watcher) relist(names []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	old := map[string]*slot{}
	for _, s := range w.slots {
		old[s.name] = s
	}
	same := w.slots != nil && len(names) == len(w.slots)
	next := make([]*slot, len(names))
	for i, n := range names {
		s, ok := old[n]
		if !ok {
			s = &slot{name: n}
		}
		same = same && ok && w.slots[i] == s
		delete(old, n)
		next[i] = s
	}
	for _, s := range old {
		s.leave()
	}
	w.slots = next
	if !same {
		w.publish()
	}
}

// update takes new states over, starts reading cards that came or came free,
// and publishes.
func (w *Watcher) update(ctx context.Context, states []readerState) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, v := range states {
		if i >= len(w.slots) || w.slots[i].name != v.name {
			continue
		}
		s := w.slots[i]
		read := s.arrived(v.event) || s.freed(v.event)
		if read || s.left(v.event) {
			s.leave()
		}
		s.state, s.known = v.event, true
		if read {
			w.begin(ctx, s, v)
		}
	}
	w.publish()
}

// begin starts reading the card that has come into a slot.
func (w *Watcher) begin(ctx context.Context, s *slot, v readerState) {
	if v.event.has(stateMute) {
		s.card = &platform.Card{Look: platform.Failure(platform.WhyMute, errors.New("connect card: no answer to reset")), Kind: platform.KindUnknown}
		return
	}
	ctx, s.cancel = context.WithCancel(ctx)
	visit := s.visit
	s.card = &platform.Card{}
	w.reads.Go(func() {
		c := w.read(ctx, v.name, v.atr)
		w.mu.Lock()
		defer w.mu.Unlock()
		if s.visit == visit {
			s.card = &c
			w.publish()
		}
	})
}

// view is the part of a snapshot that the watcher sees.
type view struct {
	readers platform.Readers
	cards   platform.Cards
}

// publish hands the present view on if it is new. The caller holds the lock.
func (w *Watcher) publish() {
	names := make([]string, len(w.slots))
	for i, s := range w.slots {
		names[i] = s.name
	}
	v := view{platform.Readers{Look: platform.Seen()}, platform.Cards{Look: platform.Seen()}}
	for i, name := range publicNames(names) {
		s := w.slots[i]
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
	w.send(v)
}

func (w *Watcher) send(v view) {
	if w.sent != nil && reflect.DeepEqual(v, *w.sent) {
		return
	}
	w.sent = &v
	w.change(func(s *platform.Snapshot) { s.Readers, s.Cards = v.readers, v.cards })
}

// lost publishes that the service cannot be asked.
func (w *Watcher) lost(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	look := platform.Failure(platform.WhyOf(err), err)
	w.send(view{platform.Readers{Look: look}, platform.Cards{Look: look}})
}

// forgetAll drops all slots, and with them what is still being read.
func (w *Watcher) forgetAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.slots {
		s.leave()
	}
	w.slots = nil
}
