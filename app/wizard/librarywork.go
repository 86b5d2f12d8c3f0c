package wizard

import (
	"time"

	"fyne.io/fyne/v2"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
)

// actReading carries out what a button asks for that is about the library.
func (w *Wizard) actReading(a action) {
	switch a.do {
	case cmdRead:
		if a.leaf.kind == leafSave {
			w.saving = w.newReport()
		}
		w.library = w.library.open(a.leaf, w.shell.spot())
		w.flow.over = pageLibrary
	case cmdDecode:
		w.decode()
		return
	case cmdCopy:
		w.copyLeaf()
	case cmdSavePage, cmdSaveData:
		w.save(a.do)
	case cmdPrint:
		w.print()
	case cmdSaw:
		w.saw(a.leaf)
		return
	}
	w.turnedAt = time.Time{}
	w.update()
	if a.leaf.kind == leafEnter {
		w.shell.focus(fieldName) // to type at once what is read out
	}
}

// copyLeaf copies what a page is about.
func (w *Wizard) copyLeaf() {
	switch top := w.library.top(); top.kind {
	case leafSupport:
		w.copyCode()
	case leafSave:
		w.copyReport()
	default:
		if a, ok := top.article(); ok {
			fyne.CurrentApp().Clipboard().SetContent(words.ArticlePlain(w.t, a))
			w.noteDone(line{mark: markOK, text: w.t.Text("wizard.article.copied")})
		}
	}
}

// search shows what was found for a text.
func (w *Wizard) search(typed string) {
	w.library = w.library.search(typed, w.shell.spot())
	w.flow.over = pageLibrary
	w.turnedAt = time.Time{}
	w.update()
	if typed != "" {
		w.shell.focus(fieldName) // to go on typing there
	}
}

// closeLeaf goes back to what led to the page of the library, where the reader was.
func (w *Wizard) closeLeaf() {
	var at spot
	if w.library, at = w.library.close(); len(w.library.leaves) == 0 {
		w.flow.over = ""
	}
	w.turnedAt = time.Time{}
	w.update()
	w.shell.returnTo(at)
}

// print opens an article as a page that can be printed.
func (w *Wizard) print() {
	a, ok := w.library.top().article()
	if !ok || !w.printable() {
		return
	}
	t, d, top := w.t, w.here(), w.library.top()
	if w.recorded() {
		d = nil // the sheet would say it of the computer that it lies beside
	}
	w.background(func() {
		page, err := w.o.Page(t, a, d)
		if err == nil {
			err = w.o.Browse(page)
		}
		fyne.Do(func() {
			if now := w.library.top(); w.flow.over != pageLibrary || now.kind != top.kind || now.id != top.id {
				return // they went on
			}
			if err != nil {
				w.noteDone(line{mark: markNotice, text: w.t.Text("wizard.article.print-failed")})
			} else {
				w.noteDone(line{mark: markOK, text: w.t.Text("wizard.article.printed")})
			}
			w.update()
		})
	})
}

func (w *Wizard) printable() bool { return w.o.Page != nil && w.o.Browse != nil }

func (w *Wizard) noteDone(l line) {
	top := w.library.top()
	top.done, top.saved = l, ""
	w.library = w.library.with(top)
}

// here is what the computer shows: judged for the purpose, or before there is one for
// what holds for every purpose; nil while nothing was seen.
func (w *Wizard) here() *checks.Diagnosis {
	switch {
	case w.purpose != "" && w.flow.seen:
		d := w.flow.result().d
		return &d
	case w.purpose == "" && w.have:
		d := checks.Diagnose(w.snapshot, checks.Question{Purpose: checks.Any, Told: w.telling.told}, w.snapshot.Taken)
		return &d
	}
	return nil
}

// saw takes in that the message of an article is what the page said, and goes on with
// it: to what was looked at already, to the steps where the article is about one
// service, or to the question for the purpose.
func (w *Wizard) saw(l leaf) {
	a, ok := articles.ByID(l.id)
	m, tells := words.MessageOf(a)
	if !ok || !tells {
		return
	}
	if w.telling.told.Message != m {
		w.telling = w.telling.withMessage(m)
	}
	w.typed, w.library, w.flow.over = "", library{}, ""
	p := onlyPurpose(a)
	switch {
	case w.purpose == "" && p != "":
		w.choose(p)
		return
	case w.purpose == "":
		w.flow = flow{page: pageStart}
	default:
		w.flow = w.flow.answer(w.question()).answered()
	}
	w.turnedAt = time.Time{}
	w.update()
}

// forget takes back on the first page what the page said.
func (w *Wizard) forget() {
	w.telling, w.typed = w.telling.anew(), ""
	w.update()
}

// toldAtStart says on the first page what was told, or is "".
func (w *Wizard) toldAtStart() string {
	m := w.telling.told.Message
	if m == "" {
		return ""
	}
	return w.t.Text("wizard.start.told", assets.Args{"message": words.Message(w.t, m)})
}
