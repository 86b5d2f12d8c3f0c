package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"yomitori/app/words"
	"yomitori/checks"
)

// newStart is the first page: what do you want to do?
func (w *Wizard) newStart(offers []offer, told string) fyne.CanvasObject {
	choices := container.New(grid{14})
	for _, p := range checks.Purposes {
		title, about := w.t.Text("purpose."+string(p)), w.t.Text("wizard.purpose."+string(p)+".about")
		choices.Add(w.newChoice(title, about, func() { w.choose(p) }))
	}
	text := newColumn(14,
		newParagraph(w.t.Text("wizard.start.heading"), styleTitle),
		newParagraph(w.t.Text("wizard.start.do"), styleText),
		newParagraph(w.t.Text("wizard.start.promise"), styleStrong))
	page := newColumn(gapLarge)
	for _, o := range offers {
		page.Add(w.newOffer(o))
	}
	page.Add(container.New(illustrated{roomy}, text, newDrawing("start")))
	if told != "" {
		page.Add(w.newTold(told))
	}
	page.Add(choices)
	page.Add(w.newFind())
	page.Add(w.newEnter())
	return page
}

// newPractice lists the practice computers.
func (w *Wizard) newPractice() fyne.CanvasObject {
	list := newColumn(10)
	for _, p := range w.o.Practice {
		teaches := ""
		if key := "practice." + p.Name + ".teaches"; w.t.Has(key) {
			teaches = w.t.Text(key)
		}
		list.Add(w.newChoice(w.practiceTitle(p.Name), teaches, func() { w.openPractice(p) }))
	}
	return newColumn(gapLarge,
		newColumn(10,
			newParagraph(w.t.Text("wizard.practice.heading"), styleTitle),
			newParagraph(w.t.Text("wizard.practice.do"), styleText)),
		list)
}

// newRecords lists the repairs that can be undone.
func (w *Wizard) newRecords() fyne.CanvasObject {
	list := newColumn(10)
	sc := w.scene()
	for _, e := range sc.undoable() {
		list.Add(w.newChoice(words.Repair(w.t, e.Repair), words.Moment(w.t, e.Begun), func() { w.openEntry(actUndo, e.ID) }))
	}
	heading, do := "wizard.records.heading", "wizard.records.do"
	if len(sc.undoable()) == 0 {
		heading, do = "wizard.records.none", "wizard.records.none.do"
	}
	return newColumn(gapLarge,
		newColumn(10,
			newParagraph(w.t.Text(heading), styleTitle),
			newParagraph(w.t.Text(do), styleText)),
		list)
}

func (w *Wizard) practiceTitle(name string) string {
	if key := "practice." + name + ".title"; w.t.Has(key) {
		return w.t.Text(key)
	}
	return name
}

// newChoice is a large button with a title and a line below it.
func (w *Wizard) newChoice(title, about string, press func()) fyne.CanvasObject {
	text := newColumn(2, newParagraph(title, styleSection))
	if about != "" {
		text.Add(newParagraph(about, styleQuiet))
	}
	p := newPressable(faceOutline, title, text, fyne.NewSize(20, 18), press)
	p.keys, p.reveal = w.typedKey, func() { w.shell.reveal(p) }
	return p
}

// newButton is a button that hands the keys it has no use for to the window.
func (w *Wizard) newButton(f face, label string, press func()) *button {
	b := newButton(f, label, press)
	b.keys = w.typedKey
	return b
}

// newBodyButton is a button in what scrolls.
func (w *Wizard) newBodyButton(label string, press func()) *button {
	b := w.newButton(faceOutline, label, press)
	b.reveal = func() { w.shell.reveal(b) }
	return b
}
