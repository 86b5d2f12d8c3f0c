package journal

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"yomitori/platform"
)

// Journal is a folder of entries. Any number of programs may read it; while one
// makes, finishes or undoes, the others get a platform.RepairError of
// RepairBusy.
type Journal struct {
	folder string
	disk   disk
	now    func() time.Time
}

// State says how far an entry came.
type State string

// States of an entry.
const (
	Unfinished State = "unfinished" // neither made nor taken back whole: a program was killed, or failed
	Made       State = "made"
	Undone     State = "undone"
	Gone       State = "gone"   // made, and what was kept to undo it was removed as too old
	Failed     State = "failed" // not made, and nothing of it can be taken back or is worth finishing
)

// Progress is called before each change, with its place among those that will be
// made or taken back, from 0.
type Progress func(c platform.Change, place, of int)

// Open opens the journal in a folder, which is made when something is first
// written.
func Open(folder string) *Journal {
	return &Journal{folder: folder, disk: realDisk{}, now: time.Now}
}

// Make makes the changes of a plan in order and stops at the first that fails;
// the entry stays unfinished then, and the error says why. Where nothing was done
// that somebody could finish or take back, it ends as failed.
func (j *Journal) Make(ctx context.Context, on platform.Repairer, p platform.RepairPlan, progress Progress) (Entry, error) {
	switch {
	case len(p.First) > 0:
		return Entry{}, platform.CannotRepair(platform.RepairFailed, p.First[0].String(), errNotFirst)
	case len(p.Changes) == 0:
		return Entry{}, platform.CannotRepair(platform.RepairNothing, p.Repair.Target(), nil)
	}
	unlock, err := j.lock()
	if err != nil {
		return Entry{}, err
	}
	defer unlock()
	j.prune()
	first := record{Event: begun, Time: j.now().UTC(), Number: j.next(), Repair: p.Repair, Changes: p.Changes, Heed: p.Heed}
	w, err := j.create(first)
	if err != nil {
		return Entry{}, cannotWrite(err)
	}
	defer w.close()
	if err := w.write(first); err != nil {
		return Entry{}, cannotWrite(err)
	}
	err = w.make(ctx, on, progress)
	return w.entry, err
}

// next is the number of the next entry.
func (j *Journal) next() int {
	entries, _ := j.Entries() // what can't be read does not count
	n := 0
	for _, e := range entries {
		n = max(n, e.Number)
	}
	return n + 1
}

// Finish makes the changes of an unfinished entry that are left.
func (j *Journal) Finish(ctx context.Context, on platform.Repairer, id string, progress Progress) (Entry, error) {
	return j.resume(id, func(w *writer) error {
		if w.entry.State != Unfinished {
			return platform.CannotRepair(platform.RepairNothing, id, nil)
		}
		return w.make(ctx, on, progress)
	})
}

// Undo takes the changes of an entry back, the last one first. Those that can't
// be taken back are left as they are; where all are such, the error is one of
// RepairNotUndoable, and an entry that was unfinished is no longer.
func (j *Journal) Undo(ctx context.Context, on platform.Repairer, id string, progress Progress) (Entry, error) {
	return j.resume(id, func(w *writer) error {
		switch {
		case w.entry.State == Undone:
			return platform.CannotRepair(platform.RepairNothing, id, nil)
		case w.entry.State == Unfinished && !w.entry.Undoable():
			return w.endWithoutUndo()
		case !w.entry.Undoable():
			return platform.CannotRepair(platform.RepairNotUndoable, id, nil)
		}
		return w.takeBack(ctx, on, progress)
	})
}

// resume goes on with an entry, under the lock.
func (j *Journal) resume(id string, act func(*writer) error) (Entry, error) {
	if !isID(id) {
		return Entry{}, platform.CannotRepair(platform.RepairGone, "", fmt.Errorf("read entry: %w", errNoID))
	}
	unlock, err := j.lock()
	if err != nil {
		return Entry{}, err
	}
	defer unlock()
	w, err := j.reopen(id)
	if err != nil {
		return Entry{}, err
	}
	defer w.close()
	err = act(w)
	return w.entry, err
}

// Busy reports whether a program makes, finishes or undoes something right now, so
// that what looks unfinished may only be on its way.
func (j *Journal) Busy() bool {
	if _, err := os.Stat(j.path("lock")); err != nil {
		return false
	}
	unlock, err := j.lock()
	if err == nil {
		unlock()
	}
	return platform.RepairWhyOf(err) == platform.RepairBusy
}

// Entries lists all entries, the newest first. Lines that a kill cut off are
// left out; an entry that can't be read otherwise is reported in the error,
// beside all the others.
func (j *Journal) Entries() ([]Entry, error) {
	ids, err := j.ids()
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	var entries []Entry
	var broken []error
	for _, id := range ids {
		switch e, err := j.read(id); {
		case err != nil:
			broken = append(broken, err)
		case e.begun():
			entries = append(entries, e.Entry)
		}
	}
	slices.SortStableFunc(entries, newestFirst)
	return entries, joined(broken)
}

func (j *Journal) path(parts ...string) string {
	return filepath.Join(append([]string{j.folder}, parts...)...)
}
