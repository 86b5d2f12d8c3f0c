package journal

import (
	"context"
	"time"

	"yomitori/platform"
)

// Journal is a folder of entries. Any number of programs may read it; while one
// makes, finishes or undoes, the others get a platform.RepairError of
// RepairBusy.
type Journal struct{ folder string }

// State says how far an entry came.
type State string

// States of an entry.
const (
	Unfinished State = "unfinished" // neither made nor taken back whole: a program was killed, or failed
	Made       State = "made"
	Undone     State = "undone"
	Gone       State = "gone" // made, and what was kept to undo it was removed as too old
)

// Entry is one repair that was begun.
type Entry struct {
	ID      string
	Repair  platform.Repair
	Begun   time.Time
	Ended   time.Time // zero while unfinished
	State   State
	Changes []Step
}

// Step is one change of an entry and how far it came.
type Step struct {
	platform.Change
	Made, TakenBack bool
	Begun           bool // it may have been made, in part or whole
}

// Undoable reports whether something of the entry can be taken back.
func (e Entry) Undoable() bool { return false }

// Left lists the changes that Finish would make.
func (e Entry) Left() []platform.Change { return nil }

// Progress is called before each change, with its place among all, from 0.
type Progress func(c platform.Change, place, of int)

// Open opens the journal in a folder, which is made when something is first
// written.
func Open(folder string) *Journal { return &Journal{folder} }

// Make makes the changes of a plan in order and stops at the first that fails;
// the entry stays unfinished then, and the error says why.
func (j *Journal) Make(ctx context.Context, on platform.Repairer, p platform.RepairPlan, progress Progress) (Entry, error) {
	panic("to be built")
}

// Finish makes the changes of an unfinished entry that are left.
func (j *Journal) Finish(ctx context.Context, on platform.Repairer, id string, progress Progress) (Entry, error) {
	panic("to be built")
}

// Undo takes the changes of an entry back, the last one first.
func (j *Journal) Undo(ctx context.Context, on platform.Repairer, id string, progress Progress) (Entry, error) {
	panic("to be built")
}

// Entries lists all entries, the newest first. Lines that a kill cut off are
// left out; an entry that can't be read otherwise is reported in the error,
// beside all the others.
func (j *Journal) Entries() ([]Entry, error) { panic("to be built") }
