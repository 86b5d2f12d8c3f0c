package journal_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"yomitori/platform"
	"yomitori/platform/journal"
)

// prepare brings a new scene to where an act begins. Those of the second kind
// begin after a kill in the middle of the other.
func prepare(t *testing.T, what string) scene {
	t.Helper()
	s := newScene(t)
	switch what {
	case "undo":
		must(t, s.act("make", nil))
	case "finish":
		killedWithin(t, s, "make", 60)
	case "undo of half":
		killedWithin(t, s, "make", 60)
	case "finish after undo":
		must(t, s.act("make", nil))
		killedWithin(t, s, "undo", 16)
	}
	return s
}

// acts are those that are killed, and as what they are carried out.
var acts = map[string]string{
	"make": "make", "finish": "finish", "undo": "undo", "undo of half": "undo", "finish after undo": "finish",
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type killed struct{}

func kill() error { panic(killed{}) }

// killedWithin carries an act out until the k-th point.
func killedWithin(t testing.TB, s scene, what string, k int) (killedThere bool, err error) {
	t.Helper()
	b := &breaker{k: k, act: kill}
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(killed); !ok {
				panic(p)
			}
			killedThere = true
		}
	}()
	return false, s.act(what, b.at)
}

// After a kill at any point, finishing and undoing both come to their end, and
// nothing is lost.
func TestKilledAnywhere(t *testing.T) {
	for name, what := range acts {
		t.Run(name, func(t *testing.T) {
			k := 1
			for ; ; k += stride {
				s := prepare(t, name)
				cut, err := killedWithin(t, s, what, k)
				if !cut {
					must(t, err)
					break
				}
				s.holds(t)
				if t.Failed() {
					t.Fatalf("killed at point %d", k)
				}
			}
			if k < 20 {
				t.Errorf("only %d points", k)
			}
			t.Logf("killed at points 1 to %d", k-stride)
		})
	}
}

// stride leads from one point to the next. Under Wine everything about files takes
// ten times as long, so that a few points have to do.
var stride = map[rune]int{'/': 1, '\\': 7}[os.PathSeparator]

var errBroken = errors.New("broken")

// The same holds where the disk or the change fails, once or from then on.
func TestFailsAnywhere(t *testing.T) {
	for name, what := range acts {
		for _, stays := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, stays %v", name, stays), func(t *testing.T) {
				for k := 1; ; k += stride {
					s := prepare(t, name)
					b := &breaker{k: k, stays: stays, act: func() error { return errBroken }}
					err := s.act(what, b.at)
					if !b.acted {
						must(t, err)
						break
					}
					if err != nil && !errors.Is(err, errBroken) {
						t.Errorf("point %d: %v", k, err)
					}
					s.holds(t)
					if t.Failed() {
						t.Fatalf("failed at point %d", k)
					}
				}
			})
		}
	}
}

// holds checks all that must be true whatever happened, and then that both ways
// out lead out.
func (s scene) holds(t testing.TB) {
	t.Helper()
	e := s.entry(t)
	s.world().lostNothing(t, s.journalPath(), s.plan)
	if e == nil {
		for _, c := range s.plan.Changes {
			if n := s.world().there(t, c, ""); n != 2 {
				t.Errorf("no entry, and %d files of %s are there", n, c.Path)
			}
		}
		return
	}
	s.world().agrees(t, *e)
	back := s.copy(t)
	if e.State == journal.Unfinished {
		must(t, s.act("finish", nil))
		s.world().agrees(t, *s.entry(t))
		if state := s.entry(t).State; state != journal.Made {
			t.Errorf("finished, and it is %s", state)
		}
	}
	if s.entry(t).State == journal.Made {
		must(t, s.act("undo", nil))
	}
	s.isBack(t)
	if e.State != journal.Undone && e.State != journal.Failed {
		err := back.act("undo", nil)
		if nothing := nothingToUndo(*e); nothing != (why(err) == platform.RepairNotUndoable) || !nothing && err != nil {
			t.Errorf("undo: %v", err)
		}
	}
	back.isBack(t)
}

// nothingToUndo reports whether only what can't be taken back was begun.
func nothingToUndo(e journal.Entry) bool {
	is := func(f func(journal.Step) bool) bool { return slices.ContainsFunc(e.Changes, f) }
	return !e.Undoable() && is(func(s journal.Step) bool { return s.Begun }) && !is(func(s journal.Step) bool { return s.TakenBack })
}

// isBack fails unless all is there again that can be, and nothing is kept.
func (s scene) isBack(t testing.TB) {
	t.Helper()
	e := s.entry(t)
	if e.State != journal.Undone && e.State != journal.Failed {
		t.Errorf("undone, and it is %s", e.State)
	}
	for _, c := range s.plan.Changes {
		if n := s.world().there(t, c, ""); c.Undoable && n != 2 {
			t.Errorf("undone, and %d files of %s are there", n, c.Path)
		}
	}
	if err := s.act("undo", nil); err == nil {
		t.Error("undone twice")
	}
	if err := s.act("finish", nil); err == nil {
		t.Error("finished after it was undone")
	}
}

// A change that was made by half before is not taken for one that was not begun,
// although it is refused now.
func TestRefusedAfterKill(t *testing.T) {
	s := newScene(t)
	s.plan = plan("A")
	for k := 1; s.world().there(t, s.plan.Changes[0], "") == 2; k++ {
		s = newScene(t)
		s.plan = plan("A")
		if cut, _ := killedWithin(t, s, "make", k); !cut {
			t.Fatal("never made by half")
		}
	}
	w := s.world()
	w.refuse = map[string]error{"A": platform.CannotRepair(platform.RepairRefused, "", nil)}
	e, err := journal.Open(s.journalPath()).Finish(t.Context(), w, s.onlyID(), nil)
	if why(err) != platform.RepairRefused || e.State != journal.Unfinished || !e.Undoable() {
		t.Errorf("%+v, %v", e, err)
	}
	s.holds(t)
}
