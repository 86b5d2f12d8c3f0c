package pcsc

import (
	"errors"

	"yomitori/platform"
)

var errRemoved = errors.New("card was removed while it was read")

// slot is one reader, as far as it is followed. The watcher's lock guards it.
type slot struct {
	name   string
	state  stateFlags
	known  bool // state holds what the service said, not yet nothing
	visit  int  // counts cards, so that a late reading of an earlier one is dropped
	doubts int  // how often in a row the service said that it does not know the reader
	cancel func()
	card   *platform.Card
}

// arrived reports whether the new state shows a card that was not there before.
func (s *slot) arrived(next stateFlags) bool {
	if !next.has(statePresent) {
		return false
	}
	return !s.known || !s.state.has(statePresent) || s.state.events() != next.events()
}

// mostDoubts is how often a service may not know a reader that it lists before it
// is believed.
const mostDoubts = 3

// doubted reports whether a state is to be asked for again before it is believed: on
// Windows ebfe/scard does not keep the names of readers alive while it waits, so that
// the service may be asked for a name that is none any more.
func (s *slot) doubted(next stateFlags) bool {
	if !next.has(stateUnknown) {
		s.doubts = 0
		return false
	}
	s.doubts++
	return s.doubts <= mostDoubts
}

// left reports whether the new state shows that the card is gone.
func (s *slot) left(next stateFlags) bool {
	return s.state.has(statePresent) && !next.has(statePresent)
}

// leave forgets the card, except one that left while it was read: that is
// worth telling until the next card comes.
func (s *slot) leave() {
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
	s.visit++
	if s.card == nil {
		return
	}
	switch {
	case !s.card.Settled():
		c := *s.card
		c.Look = platform.Failure(platform.WhyLostContact, errRemoved)
		s.card = &c
	case s.card.Why != platform.WhyLostContact:
		s.card = nil
	}
}

// public is the slot as the snapshot shows it.
func (s *slot) public(name string) platform.Reader {
	m := platform.ReaderModelOf(s.name)
	r := platform.Reader{
		Name: name, Model: m.Name, Class: m.Class, Interface: m.Interface, Traps: m.Traps,
		CardIn:      s.state.has(statePresent),
		Unavailable: s.known && s.state.has(stateUnknown|stateUnavailable),
	}
	if s.card == nil || s.card.Settled() {
		// While we read, it is we who use the card.
		r.InUse, r.Exclusive = s.state.has(stateInUse), s.state.has(stateExclusive)
	}
	return r
}
