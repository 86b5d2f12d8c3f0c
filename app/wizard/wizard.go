package wizard

import (
	"context"
	"strconv"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"yomitori/app/report"
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

const (
	// guard is how long the primary button ignores a press after the page
	// turned by itself: the press was meant for the page before.
	guard = 1200 * time.Millisecond
	// stale is how old a look may be when the steps begin. Readers and cards
	// are always followed live; browsers and programs are looked at once.
	stale = time.Minute
)

// Wizard is the window. Its methods belong to Fyne's goroutine.
type Wizard struct {
	win fyne.Window
	o   Options
	t   assets.Texts

	ctx        context.Context
	computer   platform.Computer
	practising string // name of the practice computer on show, or ""
	following  *following
	followedAt time.Time

	purpose  checks.Purpose
	telling  telling
	typed    string // what stands in the field for messages
	pinTyped bool   // what was typed last looked like a PIN, and was dropped
	asked    bool   // the computer was told to ask over the internet
	askPage  *askPage
	library  library
	screen   *report.Screen // while it is shared, or nil
	saving   *report.Report // that the page lists, or nil
	flow     flow
	snapshot platform.Snapshot
	have     bool // snapshot is of the present following

	shell            *shell
	unfolded         bool
	first, secondary action // of the buttons on show

	fix     repairing
	job     *job           // of the repair that goes on, or nil
	working sync.WaitGroup // for jobs
	entries []journal.Entry
	// unreadable and othersRepair are as in scene.
	unreadable, othersRepair bool
	notHere                  map[platform.Repair]bool // as in scene
	scratch                  Journal                  // of practice, once it was needed
	removeScratch            func()
	// background runs what must not keep Fyne's goroutine waiting.
	background func(func())

	// after calls a function on Fyne's goroutine after a while, unless the
	// function it returns is called first.
	after    func(time.Duration, func()) (stop func())
	clock    func() time.Time
	passing  *passing
	turnedAt time.Time // when the page last turned by itself
}

// passing is a page that is about to give way to the next one.
type passing struct {
	page page
	stop func()
}

// New builds the window. It starts nothing and shows nothing.
func New(a fyne.App, o Options) *Wizard {
	w := &Wizard{
		o: o, t: assets.In(o.Lang), computer: o.Computer, purpose: o.Purpose, telling: telling{told: o.Told}, typed: o.Said,
		ctx: context.Background(), after: afterOnUI, clock: time.Now,
		flow: flow{page: pageStart}, background: func(f func()) { go f() },
	}
	if o.Purpose != "" {
		w.flow = begin()
	}
	a.Settings().SetTheme(newLook())
	w.win = a.NewWindow(w.t.Text("wizard.title"))
	if icon := resource("icon.png", assets.Icon()); icon != nil {
		w.win.SetIcon(icon)
	}
	w.shell = newShell(w)
	w.win.SetContent(w.shell.root)
	w.win.SetPadded(false)
	w.win.Resize(fyne.NewSize(1024, 680))
	w.win.CenterOnScreen()
	w.win.SetOnClosed(w.stop)
	w.win.Canvas().SetOnTypedKey(w.typedKey)
	w.shortcuts()
	w.update()
	return w
}

// Window is the wizard's window.
func (w *Wizard) Window() fyne.Window { return w.win }

// Start begins to follow the computer, until ctx ends or the window closes.
func (w *Wizard) Start(ctx context.Context) {
	w.ctx = ctx
	w.follow()
	w.readJournal()
}

func (w *Wizard) stop() {
	if w.following != nil {
		w.following.cancel()
	}
	w.endWork()
	w.hold()
}

// End waits until what was begun has ended, but not for ever, and leaves nothing
// of practice behind. It is for after the window closed.
func (w *Wizard) End() {
	w.stop()
	ended := make(chan struct{})
	go func() {
		w.working.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(handover):
	}
	w.dropScratch()
}

// question is what the diagnosis answers.
func (w *Wizard) question() checks.Question {
	return checks.Question{Purpose: w.purpose, Told: w.telling.told}
}

// scene is what the page on show is made of.
func (w *Wizard) scene() scene {
	_, askable := w.computer.(asker)
	sc := scene{
		t: w.t, f: w.flow, purpose: w.purpose,
		told: w.telling.told, typed: w.typed, pinTyped: w.pinTyped, askable: askable, asked: w.asked,
		practice: len(w.o.Practice) > 0 && !w.recorded(), choose: w.o.Purpose == "",
		recorded: w.recorded(), repairable: w.repairable(), saving: w.saving, saveable: w.saveable(), fix: w.fix, entries: w.entries, unreadable: w.unreadable, othersRepair: w.othersRepair, notHere: w.notHere,
	}
	if w.thenAnswers() {
		sc.saved = w.o.Saved
	}
	if w.practising == "" && w.question() == w.o.Asked {
		sc.compared = w.o.Compared
	}
	if w.flow.over == pageLibrary {
		sc.library, sc.here, sc.printable = w.library, w.here(), w.printable()
	}
	if w.library.top().kind == leafSupport {
		sc.code = w.code()
	}
	if w.sharing() {
		return w.screened(sc)
	}
	return sc
}

// update shows the state of the wizard, and lets a page pass that may.
func (w *Wizard) update() {
	w.win.SetTitle(w.title())
	w.shell.show()
	if !w.flow.passes() {
		w.hold()
		return
	}
	if w.passing != nil && w.passing.page == w.flow.page {
		return
	}
	w.hold()
	p := &passing{page: w.flow.page}
	w.passing = p
	p.stop = w.after(w.flow.pace(), func() {
		if w.passing == p {
			w.passing = nil
			w.pass()
		}
	})
}

// title names the step beside the program, for task lists, screen readers and
// people who help over the telephone.
func (w *Wizard) title() string {
	name := w.t.Text("wizard.title")
	switch w.flow.over {
	case pageAsk:
		return w.t.Text("wizard.title.page", assets.Args{"page": w.t.Text("wizard.ask.heading"), "name": name})
	case pageRepair:
		return w.t.Text("wizard.title.page", assets.Args{"page": words.Repair(w.t, w.fix.repair), "name": name})
	}
	if w.flow.over == pageLibrary {
		return w.t.Text("wizard.title.page", assets.Args{"page": w.scene().libraryTitle(), "name": name})
	}
	i := inRail(w.flow.page)
	if i < 0 {
		return name
	}
	return w.t.Text("wizard.title.step", assets.Args{
		"number": strconv.Itoa(i + 1), "step": w.t.Text("step." + string(w.flow.page)), "name": name,
	})
}

// pageKey tells pages apart that begin at their top, among them the stages of a
// repair.
func (w *Wizard) pageKey() string {
	key := string(w.flow.shown())
	if w.flow.over == pageRepair {
		key += "/" + string(w.fix.act) + "/" + string(w.fix.stage) + "/" + w.fix.repair.String()
	}
	if w.flow.over == pageLibrary {
		top := w.library.top()
		key += "/" + strconv.Itoa(len(w.library.leaves)) + "/" + string(top.kind) + "/" + string(top.where) + top.id
	}
	return key
}

// hold keeps the page on show from passing.
func (w *Wizard) hold() {
	if w.passing != nil {
		w.passing.stop()
		w.passing = nil
	}
}

func (w *Wizard) pass() {
	before := w.flow.shown()
	w.flow = w.flow.next()
	w.turned(before)
	w.update()
}

// turned notes that the page turned by itself.
func (w *Wizard) turned(before page) {
	if w.flow.shown() != before {
		w.turnedAt = w.clock()
	}
}

func afterOnUI(d time.Duration, f func()) (stop func()) {
	t := time.AfterFunc(d, func() { fyne.Do(f) })
	return func() { t.Stop() }
}

// dropScratch ends the journal of a practice computer: what was repaired on one is
// not to be undone on another.
func (w *Wizard) dropScratch() {
	if w.removeScratch != nil {
		w.removeScratch()
		w.scratch, w.removeScratch = nil, nil
	}
}
