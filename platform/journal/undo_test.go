package journal_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"yomitori/platform"
	"yomitori/platform/journal"
)

var (
	runs  = platform.CannotRepair(platform.RepairStillRuns, "edge", nil)
	gone  = platform.CannotRepair(platform.RepairGone, "edge", nil)
	never = platform.CannotRepair(platform.RepairNotUndoable, "edge", nil)
)

// Where a browser runs, nothing was touched yet: a repair that was to be made was
// not begun, and one that was to be undone is still made.
func TestUntouched(t *testing.T) {
	p := plan("A", "B")
	w := newWorld(t, p)
	j := journal.Open(t.TempDir())
	w.refuse = map[string]error{"A": platform.Untouched(runs)}
	e, err := j.Make(t.Context(), w, p, nil)
	if why(err) != platform.RepairStillRuns || e.State != journal.Failed {
		t.Errorf("make: %s, %v", e.State, err)
	}
	w.refuse = nil
	e, err = j.Make(t.Context(), w, p, nil)
	must(t, err)
	w.refuse = map[string]error{"B": platform.Untouched(runs)}
	e, err = j.Undo(t.Context(), w, e.ID, nil)
	if why(err) != platform.RepairStillRuns || e.State != journal.Made || !e.Undoable() {
		t.Errorf("undo: %+v, %v", e, err)
	}
	w.agrees(t, e)
}

// An undo that stopped is not to be answered by making everything again.
func TestStoppedUndoIsOnlyUndone(t *testing.T) {
	p := plan("A", "B")
	w := newWorld(t, p)
	j := journal.Open(t.TempDir())
	e, err := j.Make(t.Context(), w, p, nil)
	must(t, err)
	w.fail = map[string]error{"A": errBroken}
	e, err = j.Undo(t.Context(), w, e.ID, nil)
	if !errors.Is(err, errBroken) || e.State != journal.Unfinished || e.Finishable() || !e.Undoable() {
		t.Errorf("%+v, %v", e, err)
	}
}

// What can't be taken back any more is passed over, and asked about no more.
func TestUndoThatCannotSucceed(t *testing.T) {
	for _, c := range []struct {
		name  string
		fail  map[string]error
		state journal.State
		lost  int
		want  platform.RepairWhy
	}{
		{"all of it", map[string]error{"A": never, "B": never}, journal.Gone, 2, platform.RepairNotUndoable},
		{"a part of it", map[string]error{"B": platform.CannotRepair(platform.RepairChanged, "edge", nil)}, journal.Undone, 1, ""},
		{"though it says that nothing was touched", map[string]error{"A": platform.Untouched(never), "B": platform.Untouched(never)}, journal.Gone, 2, platform.RepairNotUndoable},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := plan("A", "B")
			w := newWorld(t, p)
			j := journal.Open(t.TempDir())
			e, err := j.Make(t.Context(), w, p, nil)
			must(t, err)
			w.refuse = c.fail
			e, err = j.Undo(t.Context(), w, e.ID, nil)
			if why(err) != c.want || e.State != c.state || len(e.Lost()) != c.lost {
				t.Errorf("%+v, %v", e, err)
			}
			entries, err := j.Entries()
			must(t, err)
			if journal.Pending(entries) != nil || entries[0].State != c.state || len(entries[0].Lost()) != c.lost {
				t.Errorf("read again: %+v", entries)
			}
		})
	}
}

// A drive that is not there now comes back, and the copies are needed then.
func TestUndoOfWhatIsNotThereNow(t *testing.T) {
	p := plan("A", "B")
	w := newWorld(t, p)
	j := journal.Open(t.TempDir())
	e, err := j.Make(t.Context(), w, p, nil)
	must(t, err)
	w.refuse = map[string]error{"A": gone, "B": gone}
	e, err = j.Undo(t.Context(), w, e.ID, nil)
	if why(err) != platform.RepairGone || e.State != journal.Made || e.Undoing {
		t.Errorf("%+v, %v", e, err)
	}
	w.refuse = nil
	e, err = j.Undo(t.Context(), w, e.ID, nil)
	must(t, err)
	w.agrees(t, e)
}

// Where something could not be brought back, its copies stay for a while.
func TestLostCopiesStay(t *testing.T) {
	p := plan("A", "B")
	w, folder := newWorld(t, p), t.TempDir()
	j := journal.Open(folder)
	e, err := j.Make(t.Context(), w, p, nil)
	must(t, err)
	w.refuse = map[string]error{"A": platform.CannotRepair(platform.RepairChanged, "edge", nil)}
	_, err = j.Undo(t.Context(), w, e.ID, nil)
	must(t, err)
	w.refuse = nil
	_, err = j.Make(t.Context(), w, plan("a"), nil) // which prunes
	must(t, err)
	if _, err := os.Stat(filepath.Join(folder, e.ID, "kept")); err != nil {
		t.Error(err)
	}
}

// A device that was pulled out comes back, still turned off.
func TestDeviceThatIsGone(t *testing.T) {
	off := platform.RepairPlan{Repair: platform.TurnOffDevice("nfc"), Changes: []platform.Change{{Kind: platform.ChangeElevated, Path: "A", Do: platform.TurnOffDevice("nfc"), Undoable: true}}}
	w := newWorld(t, off)
	j := journal.Open(t.TempDir())
	e, err := j.Make(t.Context(), w, off, nil)
	must(t, err)
	w.refuse = map[string]error{"A": gone}
	e, err = j.Undo(t.Context(), w, e.ID, nil)
	if why(err) != platform.RepairGone || e.State != journal.Made {
		t.Errorf("%s, %v", e.State, err)
	}
	entries, err := j.Entries()
	must(t, err)
	if len(journal.Standing(entries)) != 1 {
		t.Error("nobody is told any more that it is turned off")
	}
}

// Whoever sets the clock right between two repairs changes neither their order nor
// their age.
func TestClockThatWasWrong(t *testing.T) {
	c := &calendar{time.Date(2035, 1, 1, 0, 0, 0, 0, time.UTC)}
	w, folder := newWorld(t, plan()), t.TempDir()
	first := c.make(t, folder, w, plan("A"))
	c.at = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	second := c.make(t, folder, w, plan("A"))
	c.at = fixed()
	third := c.make(t, folder, w, plan("A"))
	entries, err := journal.Open(folder).Entries()
	must(t, err)
	for i, want := range []journal.Entry{third, second, first} {
		if entries[i].ID != want.ID || !entries[i].Undoable() {
			t.Errorf("place %d: %s, undoable: %t", i, entries[i].ID, entries[i].Undoable())
		}
	}
}

// What changes nothing pushes out no copies.
func TestManyThatCannotBeUndone(t *testing.T) {
	c := &calendar{fixed()}
	w, folder := newWorld(t, plan()), t.TempDir()
	kept := c.make(t, folder, w, plan("A"))
	for range journal.MostUndoable + 2 {
		c.make(t, folder, w, plan("a"))
	}
	got, _ := states(t, folder)
	if got[kept.ID] != journal.Made {
		t.Errorf("%s", got[kept.ID])
	}
}

func TestBusy(t *testing.T) {
	p := plan("A")
	w, folder := newWorld(t, p), t.TempDir()
	j := journal.Open(folder)
	if j.Busy() {
		t.Error("busy before anything")
	}
	w.before = func() {
		if !journal.Open(folder).Busy() {
			t.Error("not busy while a change is made")
		}
	}
	_, err := j.Make(t.Context(), w, p, nil)
	must(t, err)
	if j.Busy() {
		t.Error("busy afterwards")
	}
}
