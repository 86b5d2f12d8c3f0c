package journal

import (
	"cmp"
	"strings"
	"time"

	"yomitori/platform"
)

// Entry is one repair that was begun.
type Entry struct {
	ID      string
	Repair  platform.Repair
	Heed    []platform.Heeding // as the plan had it
	Begun   time.Time
	Ended   time.Time // zero while unfinished
	State   State
	Changes []Step
	// Undoing is true of an unfinished entry that is on its way back.
	Undoing bool
	// Number counts entries in the order in which they were begun, whatever the
	// clock said then.
	Number int
}

// Step is one change of an entry and how far it came.
type Step struct {
	platform.Change
	Made, TakenBack bool
	Begun           bool // it may have been made, in part or whole
	Lost            bool // what was needed to take it back is gone
}

// back reports whether the change has to be taken back, and can be.
func (s Step) back() bool { return s.Begun && s.Undoable }

// Undoable reports whether something of the entry can be taken back.
func (e Entry) Undoable() bool {
	return (e.State == Made || e.State == Unfinished) && len(e.Back()) > 0
}

// Finishable reports whether a person is to be asked to finish the entry: it
// stopped on its way there, not on its way back.
func (e Entry) Finishable() bool { return e.State == Unfinished && !e.Undoing }

// Lost lists the changes that could not be taken back.
func (e Entry) Lost() []platform.Change {
	var list []platform.Change
	for _, s := range e.Changes {
		if s.Lost {
			list = append(list, s.Change)
		}
	}
	return list
}

// allLost reports whether an undo brought nothing back and never will.
func (e Entry) allLost() bool {
	return len(e.Lost()) > 0 && !e.any(func(s Step) bool { return s.TakenBack }) && len(e.Back()) == 0
}

// Left lists the changes that Finish would make.
func (e Entry) Left() []platform.Change {
	if e.State != Unfinished {
		return nil
	}
	var left []platform.Change
	for _, s := range e.Changes {
		if !s.Made {
			left = append(left, s.Change)
		}
	}
	return left
}

// Back lists the changes that Undo would take back, in its order.
func (e Entry) Back() []platform.Change {
	if e.State != Made && e.State != Unfinished {
		return nil
	}
	var back []platform.Change
	for i := len(e.Changes) - 1; i >= 0; i-- {
		if e.Changes[i].back() {
			back = append(back, e.Changes[i].Change)
		}
	}
	return back
}

// any reports whether a step is as said.
func (e Entry) any(is func(Step) bool) bool {
	for _, s := range e.Changes {
		if is(s) {
			return true
		}
	}
	return false
}

// worthKeeping reports whether somebody may want to finish or undo what was
// begun: something was made, or has to be taken back.
func (e Entry) worthKeeping() bool {
	return e.any(func(s Step) bool { return s.Made || s.back() })
}

// newestFirst orders entries. Whoever repairs a computer may set its clock right
// in between, so their numbers come before their times.
func newestFirst(a, b Entry) int {
	return cmp.Or(b.Number-a.Number, b.Begun.Compare(a.Begun), strings.Compare(b.ID, a.ID))
}

// Pending is the newest entry that is unfinished, of entries that stand the
// newest first; nil when none is.
func Pending(entries []Entry) *Entry {
	for i, e := range entries {
		if e.State == Unfinished {
			return &entries[i]
		}
	}
	return nil
}

// Standing lists the entries whose effect lasts and is easily forgotten, so that
// undoing them is offered at each start: a device that is still turned off. The
// entries stand the newest first.
func Standing(entries []Entry) []Entry {
	var standing []Entry
	settled := map[string]bool{} // devices of which a newer entry tells
	for _, e := range entries {
		stands := false
		for _, s := range e.Changes {
			device := s.Do.Target()
			switch {
			case !s.Made, s.Do.ID() != platform.RepairTurnOffDevice && s.Do.ID() != platform.RepairTurnOnDevice:
				continue
			case e.State == Made && !settled[device] && s.Do.ID() == platform.RepairTurnOffDevice:
				stands = true
			}
			settled[device] = true
		}
		if stands {
			standing = append(standing, e)
		}
	}
	return standing
}
