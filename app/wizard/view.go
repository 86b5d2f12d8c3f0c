package wizard

import (
	"yomitori/app/report"
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// command is what a button of a page asks for.
type command string

// The commands.
const (
	cmdNone     command = ""
	cmdNext     command = "next"
	cmdBack     command = "back"
	cmdRecheck  command = "recheck"
	cmdResult   command = "result"
	cmdPractice command = "practice"
	cmdRecords  command = "records"
	cmdHome     command = "home" // start over with another purpose
	cmdAsk      command = "ask"
	cmdAnswered command = "answered"

	// Those of repairs (repairwork.go).
	cmdRepair  command = "repair"
	cmdFinish  command = "finish"
	cmdUndo    command = "undo"
	cmdConsent command = "consent"
	cmdRetry   command = "retry"
	// cmdQuitFirst quits the browser that keeps an undo from being made.
	cmdQuitFirst command = "quit-first"
	cmdLeave     command = "leave" // a repair, for what comes next

	// Those of the library (librarywork.go).
	cmdRead   command = "read"
	cmdSaw    command = "saw" // the message of an article
	cmdCopy   command = "copy"
	cmdPrint  command = "print"
	cmdDecode command = "decode" // the support code that was typed
	// The forms in which a report is saved.
	cmdSavePage command = "save-page"
	cmdSaveData command = "save-data"
)

// action is a button: what it says, what it does, whether it can be pressed.
type action struct {
	label string
	do    command
	off   bool
	// repair and entry say what a command of repairs is about.
	repair platform.Repair
	entry  string // id in the journal
	leaf   leaf   // of the library
}

// line is one finding in a list.
type line struct {
	mark mark
	text string
	more string
}

// section is a titled list of findings.
type section struct {
	title string
	lines []line
}

// fact is one row of the details.
type fact struct{ label, value string }

// detail is what is folded away for those who want to know: a finding, or the
// facts of a step.
type detail struct {
	mark  mark
	title string
	about string
	facts []fact
}

// view is what a page of a step says. It is plain data, so that pages can be
// tested, and compared before anything on the screen is touched.
type view struct {
	page     page
	mark     mark
	kept     string // that the result is one from before, above all else
	heading  string
	heed     []line // what must not be overlooked, below the heading
	advice   string
	hint     string // what happens next by itself
	drawing  string
	also     []line
	try      section // what to try, before what else was found
	choices  []choice
	explain  []choice // articles about the cause
	ask      ask
	find     choice   // leads to the library
	help     []choice // for those who ask somebody
	sections []section
	details  []detail
	primary  action
	second   action
}

// scene is all that a view is made of.
type scene struct {
	t       assets.Texts
	f       flow
	purpose checks.Purpose
	told    checks.Told
	typed   string // into the field for messages
	// pinTyped says that what was typed last looked like a PIN and was dropped.
	pinTyped bool
	// askable says that the computer can ask over the internet, and asked that
	// it was told to.
	askable, asked bool
	// practice says that there are practice computers to offer.
	practice bool
	// choose says that the first page may be shown.
	choose bool
	// recorded says that something else than this machine is looked at.
	recorded bool
	// repairable says that repairs can be made on what is looked at.
	repairable bool
	fix        repairing
	entries    []journal.Entry // of this machine
	library    library
	code       string         // for support
	saving     *report.Report // on the pages that save it
	saveable   bool
	saved      *report.Saved // of the file that is looked at, on its day
	compared   *Compared     // with another file
	// here is what the computer shows, for what the library says; printable says that
	// articles can be opened to print.
	here      *checks.Diagnosis
	printable bool
	// unreadable says that there are entries that cannot be read, and othersRepair
	// that another copy of the program is at work.
	unreadable, othersRepair bool
	// notHere are repairs that turned out not to be had here.
	notHere map[platform.Repair]bool
}

// step is how the page of a step differs from the others.
type step struct {
	// lead picks the finding that gives the page its sentence.
	lead func([]checks.Finding) checks.Finding
	// drawing names the drawing for that finding.
	drawing func(scene, checks.Finding) string
	// facts are what was read at this step, beside the evidence of findings.
	facts func(scene) []fact
}

// steps lists the pages of the six steps that look; the seventh is the result.
var steps = map[page]step{
	pageReader:      {mostSevere, readerDrawing, readerFacts},
	pageCard:        {mostSevere, cardDrawing, cardFacts},
	pageCertificate: {certificateLead, certificateDrawing, certificateFacts},
	pageExpiry:      {expiryLead, expiryDrawing, expiryFacts},
	pageBrowser:     {mostSevere, browserDrawing, browserFacts},
	pageNFC:         {mostSevere, nfcDrawing, nfcFacts},
}

// view is the page on show.
func (sc scene) view() view {
	if sc.f.page == pageResult {
		return sc.result()
	}
	st, found := steps[sc.f.page], findingsOf(sc.f.d, sc.f.page)
	v := view{page: sc.f.page, mark: markOf(sc.f.d, sc.f.page), drawing: st.drawing(sc, checks.Finding{})}
	v.primary = sc.onward()
	if len(found) == 0 {
		v.heading = sc.t.Text("wizard.looking")
		return v
	}
	lead := st.lead(found)
	v.mark = markFor(lead)
	v.heading, v.advice = words.Title(sc.t, lead), words.Advice(sc.t, lead)
	v.drawing = st.drawing(sc, lead)
	v.also = sc.also(found, lead)
	v.ask = sc.askAtExpiry()
	v.details = sc.details(found, st)
	if at, id := needsHand(sc.f.d); id != "" && at == sc.f.page {
		sc.wait(&v, id)
		sc.offerRepairs(&v, lead.Repairs)
	} else if sc.f.held {
		sc.addChoices(&v, lead.Repairs)
	}
	return v
}

// onward is the button to the next step. It cannot be pressed while the page is
// about to turn by itself, or a press would turn two pages.
func (sc scene) onward() action {
	if !sc.f.held {
		return action{label: sc.t.Text("wizard.button.by-itself"), do: cmdNext, off: true}
	}
	return action{label: sc.t.Text("wizard.button.next"), do: cmdNext, off: !sc.f.done()}
}

// wait turns a page into one that waits for a hand at the reader or the card.
func (sc scene) wait(v *view, id checks.ID) {
	hint := "wizard.wait.better"
	switch id {
	case checks.ReaderNone, checks.ReaderOnlyVirtual:
		hint = "wizard.wait.reader"
	case checks.CardAbsent:
		hint = "wizard.wait.card"
	case checks.CardWrongKind, checks.CardStorage, checks.CardUnknown:
		hint = "wizard.wait.other-card"
	}
	v.hint = sc.t.Text(hint)
	v.primary = action{label: sc.t.Text("wizard.button.recheck"), do: cmdRecheck}
	v.second = action{label: sc.t.Text("wizard.button.result"), do: cmdResult}
	if id == checks.ReaderNone && sc.practice {
		v.second = action{label: sc.t.Text("wizard.button.practice"), do: cmdPractice}
	}
}

// also lists what else asks for attention on a page.
func (sc scene) also(found []checks.Finding, lead checks.Finding) []line {
	var lines []line
	for _, f := range found {
		if f.ID == lead.ID || f.Status == checks.OK || f.Status == checks.Skipped {
			continue
		}
		lines = append(lines, line{mark: lineMark(f), text: words.Title(sc.t, f)})
	}
	return lines
}

// details are all findings of a page with their evidence, and what was read.
func (sc scene) details(found []checks.Finding, st step) []detail {
	var all []detail
	for _, f := range gravestFirst(found) {
		all = append(all, sc.detail(f))
	}
	if facts := st.facts(sc); len(facts) > 0 {
		all = append(all, detail{title: sc.t.Text("wizard.facts"), facts: facts})
	}
	return all
}

func (sc scene) detail(f checks.Finding) detail {
	return detail{
		mark: lineMark(f), title: words.Title(sc.t, f), about: words.About(sc.t, f),
		facts: evidence(sc.t, f.Evidence),
	}
}
