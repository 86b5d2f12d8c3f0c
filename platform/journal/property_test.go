package journal_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yomitori/platform"
	"yomitori/platform/journal"
)

// model is what is known of an entry without looking at it: the states that it
// can be in. More than one is possible only after a kill.
type model struct{ states []journal.State }

const none journal.State = "" // no entry yet

// goal is the state in which an act ends that comes to its end.
var goal = map[string]journal.State{"make": journal.Made, "finish": journal.Made, "undo": journal.Undone}

// after is what the model says of an act that began in a state and came to its
// end; false where it may not be carried out.
func after(what string, from journal.State) (journal.State, bool) {
	switch {
	case what == "make" && from == none, what == "finish" && from == journal.Unfinished,
		what == "undo" && (from == journal.Unfinished || from == journal.Made):
		return goal[what], true
	}
	return from, false
}

// Whatever is made, killed, broken, finished and undone, in any order: the entry
// is in a state that the model allows, the files are as the entry says, and at the
// end both ways lead out.
func TestAnySequence(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		t := drawn{t, r}
		s := newScene(t)
		s.plan = plan(rapid.SampledFrom([][]string{{"A"}, {"A", "b"}, {"a", "B"}, {"A", "B", "C"}, {"A", "b", "C"}}).Draw(r, "changes")...)
		s.world().fill(t, s.plan, "")
		m := model{[]journal.State{none}}
		for range rapid.IntRange(1, 6).Draw(r, "acts") {
			m.step(t, s)
		}
		if e := s.entry(t); e != nil && e.State != journal.Failed {
			s.holds(t)
		}
	})
}

// drawn reports what fails to rapid, which then looks for less that fails.
type drawn struct {
	testing.TB
	r *rapid.T
}

func (t drawn) Helper()                     { t.r.Helper() }
func (t drawn) Error(all ...any)            { t.r.Error(all...) }
func (t drawn) Errorf(f string, all ...any) { t.r.Errorf(f, all...) }
func (t drawn) Fatal(all ...any)            { t.r.Fatal(all...) }
func (t drawn) Fatalf(f string, all ...any) { t.r.Fatalf(f, all...) }
func (t drawn) Failed() bool                { return t.r.Failed() }

// step carries one act out and holds the outcome against the model.
func (m *model) step(t drawn, s scene) {
	t.Helper()
	r := t.r
	from := m.states[0]
	what := "make"
	if from != none {
		what = rapid.SampledFrom([]string{"finish", "undo"}).Draw(r, "act")
	}
	var before journal.Entry
	if e := s.entry(t); e != nil {
		before = *e
	}
	cut, err := false, error(nil)
	k := rapid.IntRange(0, 90).Draw(r, "point")
	if rapid.Bool().Draw(r, "killed") {
		cut, err = killedWithin(t, s, what, k)
	} else {
		b := &breaker{k: k, act: func() error { return errBroken }}
		err = s.act(what, b.at)
		cut = b.acted
	}
	to, may := after(what, from)
	switch {
	case cut:
		m.states = []journal.State{from, journal.Unfinished, journal.Failed, to}
	case !may && why(err) != platform.RepairNothing && why(err) != platform.RepairNotUndoable:
		t.Errorf("%s from %q: %v", what, from, err)
	case may && why(err) == platform.RepairNotUndoable: // nothing but changes that can't be taken back
		m.states = []journal.State{journal.Failed}
	case may && err != nil && !errors.Is(err, errBroken):
		t.Errorf("%s from %q: %v", what, from, err)
	default:
		m.states = []journal.State{to}
	}
	m.settle(t, s, before)
}

// settle looks at which of the states came true.
func (m *model) settle(t testing.TB, s scene, before journal.Entry) {
	t.Helper()
	state := none
	if e := s.entry(t); e != nil {
		state = e.State
		s.world().agrees(t, *e)
	}
	s.world().lostNothing(t, s.journalPath(), s.plan)
	if !slices.Contains(m.states, state) {
		t.Errorf("from %q to %q, want one of %q", before.State, state, m.states)
	}
	m.states = []journal.State{state}
}
