package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"yomitori/platform"
)

// record is one line of an entry.
type record struct {
	Event event     `json:"event"`
	Time  time.Time `json:"time,omitzero"`
	// Repair, Changes and Heed are those of the plan (begun).
	Repair  platform.Repair    `json:"repair,omitzero"`
	Number  int                `json:"number,omitempty"` // of the entry among all (begun)
	Changes []platform.Change  `json:"changes,omitempty"`
	Heed    []platform.Heeding `json:"heed,omitempty"`
	// Place is that of the change, Change what it is by now (made).
	Place  int              `json:"place,omitempty"`
	Change *platform.Change `json:"change,omitempty"`
	State  State            `json:"state,omitempty"` // ended
}

// event is what a record tells.
type event string

const (
	begun      event = "begun"
	making     event = "making"
	made       event = "made"
	takingBack event = "taking-back"
	takenBack  event = "taken-back"
	ended      event = "ended"
	// What was announced did not so much as begin.
	notMade      event = "not-made"
	notTakenBack event = "not-taken-back"
	// It cannot be taken back any more, and nobody is to try again.
	lost event = "lost"
)

// errNotText is the error of a record that would not be read as it was written,
// as a path that is no UTF-8 would not.
var errNotText = errors.New("something in the record is not text")

// line is the record as it stands in the file.
func (r record) line() ([]byte, error) {
	raw, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("write record: %w", err)
	}
	var read record
	if err := json.Unmarshal(raw, &read); err != nil {
		return nil, fmt.Errorf("write record: %w", err)
	}
	if again, err := json.Marshal(read); err != nil || !bytes.Equal(raw, again) {
		return nil, fmt.Errorf("write record: %w", errNotText)
	}
	return append(raw, '\n'), nil
}

// errDamaged is the error of an entry that no kill explains.
var errDamaged = errors.New("entry is damaged")

// replay reads the lines of an entry. It returns what they tell, and how many
// bytes of them count: a last line that is no record was cut off while it was
// written, so that what it announced was never begun.
func replay(raw []byte) (Entry, int, error) {
	var e Entry
	whole := 0
	for whole < len(raw) {
		end := bytes.IndexByte(raw[whole:], '\n')
		if end < 0 {
			break
		}
		next := whole + end + 1
		var r record
		err := json.Unmarshal(raw[whole:next], &r)
		if err != nil && next == len(raw) {
			break
		}
		if err == nil {
			err = e.apply(r)
		}
		if err != nil {
			return e, whole, fmt.Errorf("read record at byte %d: %w: %w", whole, errDamaged, err)
		}
		whole = next
	}
	return e, whole, nil
}

// begun reports whether the entry has its first record. Before that is on the
// disk, nothing is done.
func (e Entry) begun() bool { return len(e.Changes) > 0 }

var errNoPlace = errors.New("record does not follow from those before")

// apply takes in what a record tells. The writer uses it too, so that what is in
// memory is what will be read.
func (e *Entry) apply(r record) error {
	if (r.Event == begun) == e.begun() {
		return errNoPlace
	}
	switch r.Event {
	case begun:
		if r.Repair.ID() == "" || len(r.Changes) == 0 {
			return errNoPlace
		}
		e.Repair, e.Heed, e.Begun, e.State, e.Number = r.Repair, r.Heed, r.Time, Unfinished, r.Number
		for _, c := range r.Changes {
			e.Changes = append(e.Changes, Step{Change: c})
		}
		return nil
	case ended:
		return e.end(r)
	}
	if r.Place < 0 || r.Place >= len(e.Changes) {
		return errNoPlace
	}
	return e.move(&e.Changes[r.Place], r)
}

// move takes in what a record tells of one change.
func (e *Entry) move(s *Step, r record) error {
	switch {
	case r.Event == making && e.State == Unfinished && !s.Made:
		s.Begun, s.TakenBack, s.Lost, e.Undoing = true, false, false, false
	case r.Event == made && e.State == Unfinished && s.Begun && !s.Made && r.Change != nil:
		s.Change, s.Made = *r.Change, true
	case r.Event == takingBack && (e.State == Made || e.State == Unfinished) && s.back():
		s.Made, e.Undoing = false, true
		e.State, e.Ended = Unfinished, time.Time{}
	case r.Event == takenBack && e.State == Unfinished && s.back() && !s.Made:
		s.Begun, s.TakenBack = false, true
	case r.Event == notMade && e.State == Unfinished && s.Begun && !s.Made:
		s.Begun = false
	case r.Event == notTakenBack && e.State == Unfinished && s.back() && !s.Made:
		s.Made = true
		e.Undoing = e.any(func(s Step) bool { return s.TakenBack || s.Lost })
	case r.Event == lost && e.State == Unfinished && s.back() && !s.Made:
		s.Begun, s.Lost = false, true
	default:
		return errNoPlace
	}
	return nil
}

// end takes in that the entry ended, if that agrees with its changes.
func (e *Entry) end(r record) error {
	switch {
	case r.State == Made && e.State == Unfinished && len(e.Left()) == 0:
	case r.State == Undone && e.State == Unfinished && !e.Undoable():
	case r.State == Failed && e.State == Unfinished && !e.Undoable():
	case r.State == Gone && e.State == Unfinished && e.Undoing && !e.Undoable():
	case r.State == Gone && e.State == Made:
		e.State = Gone // and it ended when it was made
		return nil
	default:
		return errNoPlace
	}
	e.State, e.Ended = r.State, r.Time
	return nil
}
