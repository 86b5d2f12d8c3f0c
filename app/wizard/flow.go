package wizard

import (
	"slices"
	"time"

	"yomitori/checks"
	"yomitori/platform"
)

// page is one page of the wizard.
type page string

// The pages. Those of steps stand in the rail; the first two come before.
const (
	pageStart       page = "start"
	pagePractice    page = "practice"
	pageRecords     page = "records" // of repairs that can be undone
	pageReader      page = "reader"
	pageCard        page = "card"
	pageCertificate page = "certificate"
	pageExpiry      page = "expiry"
	pageBrowser     page = "browser"
	pageNFC         page = "nfc"
	pageResult      page = "result"
	pageAsk         page = "ask"    // lies over the page that led to it
	pageRepair      page = "repair" // as well
	pageLibrary     page = "library"
)

// rail lists the pages of the steps in their order.
var rail = []page{pageReader, pageCard, pageCertificate, pageExpiry, pageBrowser, pageNFC, pageResult}

// inRail is the place of a page in the rail, -1 for a page before it.
func inRail(p page) int { return slices.Index(rail, p) }

// flow is where the user is. It is a value: every event gives a new one.
type flow struct {
	page    page
	from    page // what page to return to from the list of practice computers
	reached int  // the farthest place in the rail that was come to step by step
	// held is set while the user looks around by hand, so that no page passes
	// by itself.
	held bool
	// over lies over the page while the user is asked what they saw, while something
	// is repaired, or while they read; else it is empty. The page below goes on following the
	// computer and waits for them.
	over page
	// seen is false until the first diagnosis after a start.
	seen bool
	judged
	// hand names what a person has to see to before anything else can be
	// looked at, or is empty.
	hand checks.ID
	// kept is what the result goes on showing after its card or reader went
	// away, or nil.
	kept *judged
	// card is the last card that was looked at to the end, or nil.
	card *platform.Card
}

// judged is a snapshot and what it means.
type judged struct {
	s platform.Snapshot
	d checks.Diagnosis
}

// judge judges a snapshot for a question.
func judge(s platform.Snapshot, q checks.Question) judged {
	return judged{s, checks.Diagnose(s, q, s.Taken)}
}

// begin is the flow at the first step, before anything was seen.
func begin() flow { return flow{page: pageReader} }

// see takes a new diagnosis in. A reader or card that newly needs a hand turns
// the page back to where the hand is needed; a result turns it when it is about
// another card than before (kept.go).
func (f flow) see(j judged) flow {
	was, d := f, j.d
	at, id := needsHand(d)
	f.judged, f.seen, f.hand = j, true, id
	f.kept, f.card = was.keeps(d), was.remembers(d)
	switch {
	case f.page == pageResult && f.kept != nil:
		f.reached = max(0, inRail(at))
	case f.page == pageResult && id == "" && was.outdatedBy(d):
		f = f.returnTo(pageCard)
	case id == "" || inRail(f.page) < inRail(at):
	case f.page == at:
		f.held = false
	case id != was.hand:
		f = f.returnTo(at)
	}
	return f
}

// answer judges what is on show once more, after the user told something. No
// page turns for that.
func (f flow) answer(q checks.Question) flow {
	f.judged = judge(f.s, q)
	if f.kept != nil {
		kept := judge(f.kept.s, q)
		f.kept = &kept
	}
	return f
}

// ask asks the user what they saw. It leads away from pages that speak of what
// only the user knows.
func (f flow) ask() flow {
	if f.page == pageResult || f.page == pageExpiry {
		f.over, f.held = pageAsk, f.held || f.page == pageExpiry
	}
	return f
}

// answered goes on to the result with what the user told. Where the computer
// turned the page meanwhile, that goes on first.
func (f flow) answered() flow {
	f.over = ""
	if f.page == pageExpiry {
		return f.toResult()
	}
	return f
}

// shown is the page that the user sees.
func (f flow) shown() page {
	if f.over != "" {
		return f.over
	}
	return f.page
}

// result is what the result shows.
func (f flow) result() judged {
	if f.kept != nil {
		return *f.kept
	}
	return f.judged
}

// returnTo shows an earlier step, from which it goes on by itself.
func (f flow) returnTo(p page) flow {
	f.page, f.reached, f.held = p, inRail(p), false
	return f
}

// passes reports whether the page, once people had time to see it, gives way
// to the next one by itself.
func (f flow) passes() bool {
	return !f.held && f.over == "" && f.done() && f.page != pageResult
}

// pace is how long a page that passes stays, so that people can follow. What
// is not simply well takes longer to read.
func (f flow) pace() time.Duration {
	switch markOf(f.d, f.page) {
	case markOK, markSkipped:
		return 800 * time.Millisecond
	}
	return 1600 * time.Millisecond
}

// done reports whether the step on show has its answer and needs no hand.
func (f flow) done() bool {
	if inRail(f.page) < 0 || !f.seen {
		return false
	}
	if at, id := needsHand(f.d); id != "" && at == f.page {
		return false
	}
	return markOf(f.d, f.page) != markLooking
}

// next shows the following step; f.held says whether a hand or time did it.
func (f flow) next() flow {
	if !f.done() || f.over != "" || f.page == pageResult {
		return f
	}
	f = f.show(f.neighbour(1))
	f.reached = max(f.reached, inRail(f.page))
	return f
}

// back shows what stood before, and holds it.
func (f flow) back() flow {
	switch {
	case f.over != "":
		f.over = ""
	case f.page == pagePractice, f.page == pageRecords:
		f.page = f.from
	case f.page == pageReader:
		f = flow{page: pageStart}
	case inRail(f.page) > 0:
		f.held = true
		f = f.show(f.neighbour(-1))
	}
	return f
}

// jump shows a step that was reached before, and holds it.
func (f flow) jump(p page) flow {
	if !f.open(p) {
		return f
	}
	f.held, f.over = true, ""
	return f.show(p)
}

// open reports whether the rail leads to a step.
func (f flow) open(p page) bool {
	switch i := inRail(p); {
	case i < 0, inRail(f.page) < 0:
		return false
	case p == pageResult && f.kept != nil, p == f.page:
		return true
	default:
		return i <= f.reached
	}
}

// toResult shows the result as far as there is one. The steps that were not
// come to stay so, and going back leads past them.
func (f flow) toResult() flow {
	f.held = true
	return f.show(pageResult)
}

// list shows a list, of practice computers or of repairs.
func (f flow) list(p page) flow {
	if f.page != p {
		f.from, f.page = f.page, p
	}
	return f
}

// show turns to a step. Where a hand is needed nobody is held: the page moves
// on when the hand has done its work.
func (f flow) show(p page) flow {
	f.page = p
	if at, id := needsHand(f.d); id != "" && at == p {
		f.held = false
	}
	return f
}

// through goes on past every step that has its answer, without giving people time
// to see it: they saw it before a repair.
func (f flow) through() flow {
	for f.passes() {
		f = f.next()
	}
	return f
}

// neighbour is the next step in a direction that was not skipped. Back, it is
// one that was come to before.
func (f flow) neighbour(by int) page {
	i := inRail(f.page) + by
	if by < 0 {
		i = min(i, f.reached)
	}
	for i > 0 && i < len(rail)-1 && markOf(f.d, rail[i]) == markSkipped {
		i += by
	}
	return rail[max(0, min(i, len(rail)-1))]
}

// byHand are the findings about a card that a person can mend on the spot.
var byHand = []checks.ID{
	checks.CardAbsent, checks.CardMute, checks.CardBusy, checks.CardLostContact,
	checks.CardWrongKind, checks.CardStorage, checks.CardUnknown,
}

// needsHand says at which page a person has to act before the rest can be
// looked at, and why; the id is empty when nobody has to.
func needsHand(d checks.Diagnosis) (page, checks.ID) {
	for _, f := range d.Step(checks.StepReader) {
		if f.Status == checks.Problem {
			return pageReader, f.ID
		}
	}
	for _, f := range d.Step(checks.StepCard) {
		if f.Status == checks.Problem && slices.Contains(byHand, f.ID) {
			return pageCard, f.ID
		}
	}
	return "", ""
}
