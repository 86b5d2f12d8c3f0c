package journal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"

	"yomitori/platform"
)

// mostBegun is how large the first record may be, and mostSteps how large an
// entry may be when another change is begun: what is read back is at most
// mostBytes, and what follows a begun change must always have room.
const (
	mostBegun = mostBytes / 4
	mostSteps = mostBytes / 2
)

var (
	errNotFirst = errors.New("another repair has to be made first")
	errLong     = errors.New("entry has no room")
	errStopped  = errors.New("an earlier record was not written")
)

// writer goes on with one entry, under the lock.
type writer struct {
	journal *Journal
	file    file
	entry   Entry
	size    int
	stopped bool // a record may stand in the file in part
}

// create makes the folder and the file of a new entry, of which the first record
// is to be written.
func (j *Journal) create(first record) (*writer, error) {
	line, err := first.line()
	if err != nil {
		return nil, err
	}
	if len(line) > mostBegun {
		return nil, fmt.Errorf("begin entry: %w", errLong)
	}
	id, err := j.newFolder(first.Time.Format("20060102T150405Z") + "-" + string(first.Repair.ID()))
	if err == nil {
		err = j.disk.Mkdir(j.path(id, kept))
	}
	if err != nil {
		return nil, fmt.Errorf("begin entry: %w", err)
	}
	f, err := j.disk.Append(j.path(id, lines), 0)
	if err != nil {
		return nil, fmt.Errorf("begin entry: %w", err)
	}
	return &writer{journal: j, file: f, entry: Entry{ID: id}}, nil
}

// newFolder makes a folder with a name that nothing else has.
func (j *Journal) newFolder(name string) (string, error) {
	for n := 1; ; n++ {
		id := name
		if n > 1 {
			id += "-" + strconv.Itoa(n)
		}
		err := j.disk.Mkdir(j.path(id))
		if !errors.Is(err, fs.ErrExist) || n == mostEntries {
			return id, err
		}
	}
}

// write appends a record and returns when the disk has it. After a record that
// failed none is written, since the file may end in a part of it.
func (w *writer) write(r record) error {
	if w.stopped {
		return fmt.Errorf("write record: %w", errStopped)
	}
	line, err := r.line()
	if err != nil {
		return err
	}
	w.stopped = true
	if _, err := w.file.Write(line); err != nil {
		return fmt.Errorf("write record: %w", err)
	}
	if err := w.file.Sync(); err != nil {
		return fmt.Errorf("write record: %w", err)
	}
	w.stopped = false
	w.size += len(line)
	return w.entry.apply(r)
}

// close leaves the file; every record was synced before.
func (w *writer) close() { _ = w.file.Close() }

func (w *writer) end(s State) error {
	return cannotWrite(w.write(record{Event: ended, Time: w.journal.now().UTC(), State: s}))
}

// make makes the changes that are not made, and ends the entry.
func (w *writer) make(ctx context.Context, on platform.Repairer, progress Progress) error {
	left := len(w.entry.Left())
	place := 0
	for n, s := range w.entry.Changes {
		if s.Made {
			continue
		}
		if progress != nil {
			progress(s.Change, place, left)
		}
		place++
		if err := w.makeOne(ctx, on, n); err != nil {
			if !w.entry.worthKeeping() && !w.stopped {
				err = errors.Join(err, w.endUnmade())
			}
			return err
		}
	}
	return w.end(Made)
}

// makeOne makes one change, between two records.
func (w *writer) makeOne(ctx context.Context, on platform.Repairer, n int) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("make change %d: %w", n, err)
	}
	if w.size > mostSteps {
		return cannotWrite(fmt.Errorf("make change %d: %w", n, errLong))
	}
	folder, fresh := w.keptOf(n), !w.entry.Changes[n].Begun
	if fresh { // nothing in it is needed: it is from before the change was taken back
		if err := w.journal.disk.RemoveAll(folder); err != nil {
			return cannotWrite(err)
		}
	}
	if err := w.journal.mkdirAll(folder); err != nil {
		return cannotWrite(err)
	}
	if err := w.write(record{Event: making, Place: n}); err != nil {
		return cannotWrite(err)
	}
	c, err := on.MakeChange(ctx, w.entry.Changes[n].Change, folder)
	if err != nil {
		err = fmt.Errorf("make change %d: %w", n, err)
		if fresh && untouched(err, w.entry.Changes[n].Change) {
			err = errors.Join(err, cannotWrite(w.write(record{Event: notMade, Place: n})))
		}
		return err
	}
	return cannotWrite(w.write(record{Event: made, Place: n, Change: &c}))
}

// untouched reports whether an error says that the change was not so much as
// begun. A person who said no to the administrator's question is not to be asked
// what should become of a change that never was.
func untouched(err error, c platform.Change) bool {
	switch platform.RepairWhyOf(err) {
	case platform.RepairRefused, platform.RepairNoAdmin, platform.RepairNotHere, platform.RepairOnlyReader, platform.RepairInUse:
		return true
	case platform.RepairGone:
		return c.Kind == platform.ChangeElevated
	}
	return platform.IsUntouched(err)
}

// hopeless reports whether an error says that taking a change back will never
// succeed: nobody is to be asked about it at every start. What is gone may come
// back: a device, a drive, a card.
func hopeless(err error) bool {
	why := platform.RepairWhyOf(err)
	return why == platform.RepairNotUndoable || why == platform.RepairChanged
}

// takeBack takes back what was made or begun, the last one first, and ends the
// entry.
func (w *writer) takeBack(ctx context.Context, on platform.Repairer, progress Progress) error {
	all, place := len(w.entry.Back()), 0
	for n := len(w.entry.Changes) - 1; n >= 0; n-- {
		s := w.entry.Changes[n]
		if !s.back() {
			continue
		}
		if progress != nil {
			progress(s.Change, place, all)
		}
		place++
		if err := w.takeBackOne(ctx, on, n); err != nil {
			return err
		}
	}
	if w.entry.allLost() {
		return w.endLost()
	}
	return w.endUndone()
}

// endLost ends an entry of which nothing could be brought back.
func (w *writer) endLost() error {
	if err := w.endAndForget(Gone); err != nil {
		return err
	}
	return platform.CannotRepair(platform.RepairNotUndoable, "", nil)
}

// takeBackOne takes one change back, between two records.
func (w *writer) takeBackOne(ctx context.Context, on platform.Repairer, n int) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("take back change %d: %w", n, err)
	}
	if w.size > mostSteps+mostBytes/4 { // there must be a way back where there is none forward
		return cannotWrite(fmt.Errorf("take back change %d: %w", n, errLong))
	}
	wasMade := w.entry.Changes[n].Made
	if err := w.write(record{Event: takingBack, Place: n}); err != nil {
		return cannotWrite(err)
	}
	if err := on.TakeBack(ctx, w.entry.Changes[n].Change, w.keptOf(n)); err != nil {
		err = fmt.Errorf("take back change %d: %w", n, err)
		gone := platform.RepairWhyOf(err) == platform.RepairGone
		switch {
		case hopeless(err), gone && !wasMade:
			return cannotWrite(w.write(record{Event: lost, Place: n}))
		case gone, wasMade && untouched(err, w.entry.Changes[n].Change):
			err = errors.Join(err, w.stays(n))
		}
		return err
	}
	return cannotWrite(w.write(record{Event: takenBack, Place: n}))
}

// stays says that a change is still made, and the entry as well where that is
// true of all.
func (w *writer) stays(n int) error {
	err := w.write(record{Event: notTakenBack, Place: n})
	if err == nil && len(w.entry.Left()) == 0 {
		return w.end(Made)
	}
	return cannotWrite(err)
}

// endWithoutUndo ends an unfinished entry of which nothing has to be taken back,
// or nothing can be.
func (w *writer) endWithoutUndo() error {
	if w.entry.allLost() {
		return w.endLost()
	}
	begun := w.entry.any(func(s Step) bool { return s.Begun })
	back := w.entry.any(func(s Step) bool { return s.TakenBack })
	if begun && !back {
		if err := w.endUnmade(); err != nil {
			return err
		}
		return platform.CannotRepair(platform.RepairNotUndoable, "", nil)
	}
	return w.endUndone()
}

func (w *writer) endUnmade() error { return w.endAndForget(Failed) }

func (w *writer) endUndone() error { return w.endAndForget(Undone) }

// endAndForget ends an entry that needs nothing of what was kept for it any more. Of
// what could not be brought back the copies stay until they are old.
func (w *writer) endAndForget(s State) error {
	err := w.end(s)
	if err == nil && len(w.entry.Lost()) == 0 {
		w.journal.forget(w.entry.ID)
	}
	return err
}

func (w *writer) keptOf(n int) string {
	return w.journal.path(w.entry.ID, kept, strconv.Itoa(n))
}
