package wizard

import (
	"time"

	"fyne.io/fyne/v2"

	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// do carries out what a button or a key asks for.
func (w *Wizard) do(c command) {
	switch c {
	case cmdNext:
		w.flow = w.flow.next()
	case cmdBack:
		if !w.canGoBack() {
			return
		}
		if w.flow.over == pageRepair {
			w.leaveRepair()
			return
		}
		if w.flow.over == pageLibrary {
			w.closeLeaf()
			return
		}
		w.flow = w.flow.back()
		if w.flow.page == pageStart {
			w.home()
		}
	case cmdResult:
		w.flow = w.flow.toResult()
	case cmdRecheck:
		w.restart()
	case cmdPractice:
		w.flow = w.flow.list(pagePractice)
	case cmdRecords:
		w.flow = w.flow.list(pageRecords)
	case cmdHome:
		w.home()
	case cmdAsk:
		w.flow = w.flow.ask()
	case cmdAnswered:
		if checks.LooksLikePIN(w.typed) { // it was no beginning of a code after all
			w.typed = ""
		}
		w.flow = w.flow.answered()
	default:
		return
	}
	w.turnedAt = time.Time{} // whoever turns a page knows what they press next
	w.update()
}

// canGoBack reports whether there is a page to go back to.
func (w *Wizard) canGoBack() bool {
	switch w.flow.shown() {
	case pageStart:
		return false
	case pageRepair:
		return w.fix.leavable()
	case pageReader:
		return w.o.Purpose == ""
	}
	return true
}

// restart looks at everything again, from the first step.
func (w *Wizard) restart() {
	if w.purpose == "" {
		return
	}
	w.endRepair()
	w.flow, w.snapshot = begin(), platform.Snapshot{}
	w.follow()
}

// home asks again what the user wants to do. Where that was said on the
// command line, it stays said.
func (w *Wizard) home() {
	if w.o.Purpose != "" {
		w.restart()
		return
	}
	w.endRepair()
	w.flow, w.purpose = flow{page: pageStart}, ""
	w.telling, w.typed = w.telling.anew(), ""
}

// choose begins the steps for a purpose, with what is known already unless
// that has become old.
func (w *Wizard) choose(p checks.Purpose) {
	w.purpose, w.flow = p, begin()
	if w.clock().Sub(w.followedAt) > stale {
		w.restart()
	}
	if w.have {
		w.take(judge(w.snapshot, w.question()))
		return
	}
	w.update()
}

// jump shows a step that was pressed in the rail.
func (w *Wizard) jump(p page) {
	w.flow = w.flow.jump(p)
	w.turnedAt = time.Time{}
	w.update()
}

// pressPrimary presses the primary button, unless the page turned under it
// just now. Nobody consents to a repair by a key that is held down, or pressed
// again and again: there, the time begins anew with each press.
func (w *Wizard) pressPrimary() {
	switch now := w.clock(); {
	case now.Sub(w.turnedAt) >= guard:
		w.act(w.first)
	case w.flow.over == pageRepair:
		w.turnedAt = now
	}
}

// typedKey handles keys that no widget took.
func (w *Wizard) typedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if b := w.shell.primary; b.Visible() {
			b.do()
		}
	case fyne.KeyEscape:
		w.do(cmdBack)
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
		w.shell.scrollKey(e.Name)
	case fyne.KeyF8:
		w.share()
	case fyne.KeyF5:
		if inRail(w.flow.shown()) >= 0 {
			w.do(cmdRecheck)
		}
	}
}

// switchLang shows everything in the other language.
func (w *Wizard) switchLang() {
	other := assets.English
	if w.t.Lang() == assets.English {
		other = assets.Japanese
	}
	w.t = assets.In(other)
	w.update()
}

// recorded reports whether something else than this machine is looked at.
func (w *Wizard) recorded() bool { return w.practising != "" || w.o.Practising != "" || w.o.File != "" }

// bannerText says what is looked at, when that is not this machine.
func (w *Wizard) bannerText() string {
	o := w.o
	if w.practising != "" {
		o.Practising = w.practising
	}
	if w.sharing() && o.Practising == "" && o.File != "" {
		return w.t.Text("wizard.saved.shared") // a name may tell of somebody
	}
	return o.Banner(w.t)
}

// openPractice looks at a practice computer instead. One that cannot be opened
// is shown as a computer of which nothing could be seen.
func (w *Wizard) openPractice(p Practice) {
	c, err := p.Open()
	if err != nil {
		c = broken{err}
	}
	w.practising, w.computer = p.Name, c
	w.leaveFor(c)
}

// leavePractice goes back to the computer that the wizard was opened with.
func (w *Wizard) leavePractice() {
	w.practising = ""
	w.leaveFor(w.o.Computer)
}

// leaveFor begins anew with another computer. Nobody is asked twice what they
// want to do, but a first page that was never answered is shown again.
func (w *Wizard) leaveFor(c platform.Computer) {
	w.endRepair()
	w.dropScratch()
	w.computer, w.snapshot, w.notHere = c, platform.Snapshot{}, nil
	w.telling, w.typed = telling{}, ""
	w.flow = begin()
	if w.purpose == "" {
		w.flow = flow{page: pageStart}
	}
	w.follow()
	w.readJournal()
	w.update()
}
