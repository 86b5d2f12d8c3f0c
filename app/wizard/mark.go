package wizard

import (
	"slices"

	"yomitori/app/words"
	"yomitori/checks"
)

// mark is the state of a step or finding as the rail shows it.
type mark string

// The marks. Each has a shape of its own, so that none relies on colour.
const (
	markNone    mark = ""        // not reached yet
	markLooking mark = "looking" // …
	markWaiting mark = "waiting" // … as well: for the reader or the card
	markOK      mark = "ok"      // ✓
	markNotice  mark = "notice"  // !
	markProblem mark = "problem" // ✕
	markUnknown mark = "unknown" // ?
	markSkipped mark = "skipped" // –
	markChosen  mark = "chosen"  // ✓ as well, of a choice and in its colour
	markFree    mark = "free"    // a choice that is not chosen
)

// stepsOf are the steps of a diagnosis that a page shows. System findings are
// shown with the result.
var stepsOf = map[page][]checks.Step{
	pageReader:      {checks.StepReader},
	pageCard:        {checks.StepCard},
	pageCertificate: {checks.StepCertificate},
	pageExpiry:      {checks.StepExpiry, checks.StepRevocation},
	pageBrowser:     {checks.StepBrowser},
	pageNFC:         {checks.StepNFC},
}

// findingsOf are the findings that a page shows.
func findingsOf(d checks.Diagnosis, p page) []checks.Finding {
	var found []checks.Finding
	for _, s := range stepsOf[p] {
		found = append(found, d.Step(s)...)
	}
	return found
}

// markOf is the mark of a page.
func markOf(d checks.Diagnosis, p page) mark {
	if p == pageResult {
		return outcomeMark(d)
	}
	found := findingsOf(d, p)
	if len(found) == 0 || slices.ContainsFunc(found, checks.Finding.Pending) {
		return markLooking
	}
	return markFor(mostSevere(found))
}

func outcomeMark(d checks.Diagnosis) mark {
	if len(d.Findings) == 0 {
		return markLooking
	}
	switch d.Outcome() {
	case checks.CauseFound:
		return markFor(*d.Cause)
	case checks.Undetermined, checks.NotHere:
		return markUnknown
	case checks.CauseElsewhere:
		return markNotice
	case checks.StillLooking:
		return markLooking
	}
	return markOK
}

// markFor is the mark of one finding. Nothing is wrong with a computer whose
// reader or card is yet to come, so that is waiting and no problem; nor is what
// only the user's words speak for.
func markFor(f checks.Finding) mark {
	switch {
	case f.ID == checks.ReaderNone, f.ID == checks.CardAbsent:
		return markWaiting
	case f.Pending():
		return markLooking
	case f.Evidence.Told && f.Status == checks.Problem:
		return markNotice
	}
	return mark(f.Status)
}

// lineMark is the mark of a finding that stands in a list with its own sentence:
// there, what cannot be known is asked. A whole step is not marked so, since it
// is true of every card.
func lineMark(f checks.Finding) mark {
	if words.NotSeen(f) && !f.Pending() {
		return markUnknown
	}
	return markFor(f)
}

// severity lists the statuses from calm to grave.
var severity = []checks.Status{checks.Skipped, checks.OK, checks.Notice, checks.Unknown, checks.Problem}

// gravestFirst are the findings with the gravest first, and otherwise in their
// order.
func gravestFirst(found []checks.Finding) []checks.Finding {
	return slices.SortedStableFunc(slices.Values(found), func(a, b checks.Finding) int {
		return slices.Index(severity, b.Status) - slices.Index(severity, a.Status)
	})
}

// mostSevere is the first of the gravest findings; a pending one comes before
// all, since it may yet turn out to be any of them.
func mostSevere(found []checks.Finding) checks.Finding {
	best := found[0]
	for _, f := range found {
		if f.Pending() {
			return f
		}
		if slices.Index(severity, f.Status) > slices.Index(severity, best.Status) {
			best = f
		}
	}
	return best
}
