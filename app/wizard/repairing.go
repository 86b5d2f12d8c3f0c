package wizard

import (
	"errors"
	"slices"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// act is what is done with the changes of a repair.
type act string

const (
	actMake   act = "make"
	actFinish act = "finish" // what an entry of the journal left
	actUndo   act = "undo"   // what an entry made
)

// stage is how far a repair is.
type stage string

// The stages. What changes something is done after the preview only, and the
// preview gives way to nothing but the user's consent.
const (
	stagePlanning stage = "planning"
	stagePreview  stage = "preview"
	stageDoing    stage = "doing"
	stageLooking  stage = "looking" // at the computer again
	stageAfter    stage = "after"
	stageFailed   stage = "failed"
)

// repairing is one repair, from its plan until it is said whether it helped. Like
// flow it is a value, and knows no Fyne: every event gives a new one. The zero
// value is no repair.
type repairing struct {
	act   act
	stage stage
	// repair is what is shown; then are those that wait for it, the last of which
	// is what the user asked for.
	repair platform.Repair
	then   []platform.Repair
	// back is an entry that is to be undone once the repair is made.
	back journal.Entry
	// passed is true when what has to be made first was found to be so already.
	passed bool
	// before is the diagnosis that the repair was offered for; one without a
	// finding is none.
	before checks.Diagnosis

	plan      platform.RepairPlan
	entry     journal.Entry // to finish or undo, and what was made
	place, of int
	after     checks.Diagnosis
	help      checks.Help
	err       error
}

// maxThen is how many repairs may wait for others. There is one today.
const maxThen = 3

var errRound = errors.New("repairs wait for each other")

// toMake begins a repair with its plan.
func toMake(r platform.Repair, before checks.Diagnosis) repairing {
	return repairing{act: actMake, stage: stagePlanning, repair: r, before: before}
}

// of begins to finish or to undo an entry. What it would change is known.
func (a act) of(e journal.Entry, before checks.Diagnosis) repairing {
	return repairing{act: a, stage: stagePreview, repair: e.Repair, entry: e, before: before}
}

func (r repairing) fails(err error) repairing {
	r.stage, r.err = stageFailed, err
	return r
}

// planned takes in the plan of a repair. One that has others to be made first
// waits for them.
func (r repairing) planned(p platform.RepairPlan, err error) repairing {
	switch {
	case err != nil && nothingToDo(err) && r.back.ID != "":
		return actUndo.of(r.back, r.before)
	case err != nil && len(r.then) > 0 && nothingToDo(err) && !r.passed:
		r = r.next()
		r.passed = true
	case err != nil:
		return r.fails(err)
	case len(p.First) > 0 && (r.passed || len(r.then) == maxThen):
		return r.fails(platform.CannotRepair(platform.RepairFailed, p.First[0].Target(), errRound))
	case len(p.First) > 0:
		r.repair, r.then = p.First[0], slices.Concat([]platform.Repair{r.repair}, r.then)
	case len(p.Changes) == 0:
		return r.fails(platform.CannotRepair(platform.RepairNothing, "", nil))
	default:
		r.stage, r.plan = stagePreview, p
	}
	return r
}

func nothingToDo(err error) bool { return platform.RepairWhyOf(err) == platform.RepairNothing }

// next plans the repair that waited for this one.
func (r repairing) next() repairing {
	r.repair, r.then, r.stage = r.then[0], r.then[1:], stagePlanning
	r.plan, r.entry = platform.RepairPlan{}, journal.Entry{}
	return r
}

// changes are the changes that are, or would be, made or taken back.
func (r repairing) changes() []platform.Change {
	switch r.act {
	case actFinish:
		return r.entry.Left()
	case actUndo:
		return r.entry.Back()
	}
	return r.plan.Changes
}

// consented begins to change something; only a preview can be consented to.
func (r repairing) consented() repairing {
	if r.stage == stagePreview {
		r.stage, r.place, r.of = stageDoing, 0, len(r.changes())
	}
	return r
}

// at notes how far the changes are.
func (r repairing) at(place, of int) repairing {
	if r.stage == stageDoing {
		r.place, r.of = place, of
	}
	return r
}

// dismisses reports whether an entry of which nothing can be undone is only put
// away.
func (r repairing) dismisses() bool { return r.act == actUndo && len(r.changes()) == 0 }

// ended takes in how the changes ended.
func (r repairing) ended(e journal.Entry, err error) repairing {
	dismissed := r.dismisses() && platform.RepairWhyOf(err) == platform.RepairNotUndoable
	if e.ID != "" {
		r.entry = e
	}
	switch {
	case r.back.ID != "" && (err == nil || nothingToDo(err)):
		return actUndo.of(r.back, r.before)
	case err != nil && nothingToDo(err) && len(r.then) > 0, err == nil && len(r.then) > 0:
		return r.next()
	case err != nil && !dismissed:
		return r.fails(err)
	}
	r.stage = stageAfter
	if r.compares() {
		r.stage = stageLooking
	}
	return r
}

// compares reports whether the computer from before is held against the one
// after. Opening a place changes nothing yet.
func (r repairing) compares() bool {
	return r.act != actUndo && len(r.before.Findings) > 0 && r.repair.ID() != platform.RepairOpen
}

// saw takes in a new diagnosis. What it says may change afterwards too: a reader
// comes a moment after its service.
func (r repairing) saw(d checks.Diagnosis) repairing {
	if r.stage != stageLooking && r.stage != stageAfter || !r.compares() || slices.ContainsFunc(d.Findings, checks.Finding.Pending) {
		return r
	}
	if h := checks.HelpOf(r.before, d, r.repair); h != checks.StillLooks {
		r.stage, r.help, r.after = stageAfter, h, d
	}
	return r
}

// again tries anew what failed. What was begun is finished, and shown before.
func (r repairing) again() repairing {
	switch {
	case r.act != actMake:
		return r.act.of(r.entry, r.before)
	case r.entry.State == journal.Unfinished:
		f := actFinish.of(r.entry, r.before)
		f.then, f.back = r.then, r.back
		return f
	}
	r.stage, r.err, r.passed, r.entry = stagePlanning, nil, false, journal.Entry{}
	return r
}

// quitsFirst is the repair that has to be made before an undo that failed because
// the browser runs, of which files are to be brought back.
func (r repairing) quitsFirst() (platform.Repair, bool) {
	if r.act != actUndo || r.stage != stageFailed || platform.RepairWhyOf(r.err) != platform.RepairStillRuns {
		return platform.Repair{}, false
	}
	quit, err := platform.ParseRepair(string(platform.RepairQuitBrowser) + ":" + r.repair.Target())
	return quit, err == nil
}

// quitting plans that repair; the undo comes after it.
func (r repairing) quitting(quit platform.Repair) repairing {
	q := toMake(quit, r.before)
	q.back = r.entry
	return q
}

// undo shows what would be taken back of what was made.
func (r repairing) undo() repairing { return actUndo.of(r.entry, r.before) }

// leavable reports whether the user may go elsewhere.
func (r repairing) leavable() bool { return r.stage != stageDoing }

// touched reports whether the computer may have been changed.
func (r repairing) touched() bool {
	return r.stage == stageLooking || r.stage == stageAfter || r.stage == stageFailed && r.of > 0
}
