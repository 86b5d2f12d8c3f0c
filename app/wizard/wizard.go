package wizard

import (
	"context"
	"strconv"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// Options are what a wizard is opened with.
type Options struct {
	// Computer is the computer to look at first.
	Computer platform.Computer
	// Practice lists recorded computers that the user may try instead.
	Practice []Practice
	// Purpose is what the user wants to do; when empty, the first page asks.
	Purpose checks.Purpose
	// Told is what the user told already.
	Told checks.Told
	// Said is what the user gave as the text of a page.
	Said string
	// Lang is the language to begin with; when empty, Japanese.
	Lang assets.Lang
	// Practising is the name of the practice computer that Computer is, and File
	// the saved report that it was read from. Both are empty when Computer is
	// this machine; one of them is shown for as long as that is looked at.
	Practising, File string
	// Repairer makes repairs on this machine, and Journal records them; without
	// both, none is offered. A practice computer that is a platform.Repairer brings
	// its own.
	Repairer platform.Repairer
	Journal  Journal
	// Scratch makes a journal for practice, and returns what removes it. It must
	// return quickly.
	Scratch func() (Journal, func(), error)
	// Page makes a page of an article, with what a diagnosis shows of its causes, and
	// Browse opens one in a browser; without both, no article can be opened to print.
	Page   func(assets.Texts, articles.Article, *checks.Diagnosis) ([]byte, error)
	Browse func(page []byte) error
}

// Banner says what is looked at, when that is not this machine.
func (o Options) Banner(t assets.Texts) string {
	switch {
	case o.Practising != "":
		return t.Text("wizard.recorded", assets.Args{"title": t.Text("practice." + o.Practising + ".title")})
	case o.File != "":
		return t.Text("wizard.saved", assets.Args{"file": o.File})
	}
	return ""
}

// Practice is a recorded computer. Its title and what it teaches are the texts
// "practice.<name>.title" and "practice.<name>.teaches".
type Practice struct {
	Name string
	Open func() (platform.Computer, error) // must return quickly
}

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
	w.win.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt},
		func(fyne.Shortcut) { w.do(cmdBack) })
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
		recorded: w.recorded(), repairable: w.repairable(), fix: w.fix, entries: w.entries, unreadable: w.unreadable, othersRepair: w.othersRepair, notHere: w.notHere,
	}
	if w.flow.over == pageLibrary {
		sc.library, sc.here, sc.printable = w.library, w.here(), w.printable()
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
