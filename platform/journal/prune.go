package journal

import "time"

// How long entries are kept. What is kept to undo one may be large, and holds
// what a site entrusted to the browser; its lines are small and hold no such
// thing.
const (
	undoableFor = 90 * 24 * time.Hour
	// Of a longer time a clock that was wrong is more likely the reason.
	plausible    = 5 * 365 * 24 * time.Hour
	mostUndoable = 50
	mostEnded    = 500
)

// prune removes what is too old, under the lock. Nothing of it may keep a repair
// from being made, so that what can't be removed is tried again the next time.
func (j *Journal) prune() {
	entries, _ := j.Entries() // what can't be read is left alone
	standing := map[string]bool{}
	for _, e := range Standing(entries) {
		standing[e.ID] = true
	}
	count, undoable := 0, 0
	for _, e := range entries {
		if e.State == Unfinished || standing[e.ID] {
			continue
		}
		count++
		switch {
		case count > mostEnded:
			_ = j.disk.RemoveAll(j.path(e.ID))
		case e.State != Made && len(e.Lost()) > 0 && !j.old(e):
		case e.State != Made:
			j.forget(e.ID)
		case e.Undoable():
			if undoable++; undoable > mostUndoable || j.old(e) {
				j.age(e.ID)
			}
		case j.old(e):
			j.age(e.ID)
		}
	}
	j.pruneEmpty()
}

// old reports whether an entry ended too long ago to be undone.
func (j *Journal) old(e Entry) bool {
	since := j.now().Sub(e.Ended)
	return since > undoableFor && since < plausible
}

// age says that an entry can't be undone any more, and then sees to it.
func (j *Journal) age(id string) {
	w, err := j.reopen(id)
	if err != nil {
		return
	}
	defer w.close()
	if w.end(Gone) == nil {
		j.forget(id)
	}
}

// forget removes what is kept for an entry; prune tries again.
func (j *Journal) forget(id string) { _ = j.disk.RemoveAll(j.path(id, kept)) }

// pruneEmpty removes the folders of entries that never got their first record.
func (j *Journal) pruneEmpty() {
	ids, _ := j.ids()
	for _, id := range ids {
		if e, err := j.read(id); err == nil && !e.begun() {
			_ = j.disk.RemoveAll(j.path(id))
		}
	}
}
