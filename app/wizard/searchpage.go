package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"yomitori/assets/articles"
	"yomitori/checks"
)

// searchBar is the field to search with. What looks like a PIN is dropped from it.
type searchBar struct {
	w     *Wizard
	field *field
	heard *heardLine
	box   fyne.CanvasObject
	typed string
}

// newSearchBar is the field with its button and others, and what there is to say about
// it below.
func (w *Wizard) newSearchBar(typed string, note line, others ...*button) fyne.CanvasObject {
	b := &searchBar{w: w, heard: newHeardLine(), typed: typed}
	b.field = w.newField(w.t.Text("wizard.ask.message.hint"), typed, b.changed)
	b.field.CursorColumn = len([]rune(typed))
	b.field.OnSubmitted = func(string) { b.search() }
	b.heard.show(note)
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(10), w.newBodyButton(w.t.Text("wizard.find.button"), b.search))
	for _, o := range others {
		buttons.Add(o)
	}
	row := container.NewBorder(nil, nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 10, 0), buttons), b.field.ringed())
	b.box = newColumn(10, newParagraph(w.t.Text("wizard.find.do"), styleQuiet), row, b.heard.box)
	return b.box
}

func (b *searchBar) changed(text string) {
	if text == b.typed {
		return
	}
	b.typed = text
	if b.heard.text.text != "" && text != "" { // it was about what stood there before
		b.heard.show(line{})
		b.w.shell.relayout()
	}
	if isPIN(text) {
		b.refuse()
	}
}

// isPIN reports whether what stands in a field is to be taken for a PIN: four digits
// with which no code begins.
func isPIN(text string) bool { return checks.LooksLikePIN(text) && !articles.BeginsCode(text) }

// refuse drops what looks like a PIN, and keeps nothing of it.
func (b *searchBar) refuse() {
	b.typed = ""
	b.field.SetText("")
	b.heard.show(line{mark: markProblem, text: b.w.t.Text("wizard.ask.message.pin")})
	b.w.shell.relayout()
	b.w.shell.reveal(b.box) // what was never drawn has no place yet
}

func (b *searchBar) search() {
	switch {
	case checks.LooksLikePIN(b.typed):
		b.refuse()
	case b.typed == "" && b.heard.text.text != "": // the answer to what was dropped stays
	default:
		b.w.search(b.typed)
	}
}

// newFind is the part of the first page that leads to the library.
func (w *Wizard) newFind() fyne.CanvasObject {
	browse := w.newBodyButton(w.t.Text("wizard.find.browse"), func() { w.search("") })
	return newColumn(10, newParagraph(w.t.Text("wizard.find.heading"), styleSection), w.newSearchBar("", line{}, browse))
}

// newTold says on the first page what the page said, and takes it back.
func (w *Wizard) newTold(told string) fyne.CanvasObject {
	forget := w.newBodyButton(w.t.Text("wizard.start.forget"), w.forget)
	return on(colorPanel, container.New(inset{16, 12}, newColumn(10,
		newMarked(line{mark: markOK, text: told}, styleStrong), container.NewHBox(forget))))
}

// newSearchPage builds a page that leads to articles.
func (w *Wizard) newSearchPage(v searchView) fyne.CanvasObject {
	body := newColumn(gapLarge, newParagraph(v.heading, styleTitle))
	if v.field {
		body.Add(w.newSearchBar(w.library.top().typed, v.note))
	}
	for _, s := range v.shelves {
		body.Add(w.newChoices(s.title, s.choices))
	}
	if len(v.places) > 0 {
		places := container.New(grid{10})
		for _, p := range v.places {
			places.Add(w.newChoice(p.title, p.about, func() { w.act(p.do) }))
		}
		body.Add(newColumn(10, newParagraph(w.t.Text("wizard.find.browse"), styleSection), places))
	}
	return body
}

// newLinks lists articles to go on with.
func (w *Wizard) newLinks(title string, all []choice) fyne.CanvasObject {
	list := newColumn(2, newParagraph(title, styleSection))
	for _, c := range all {
		list.Add(w.newLink(c))
	}
	return list
}

// newLink is a line of text that leads somewhere.
func (w *Wizard) newLink(c choice) fyne.CanvasObject {
	text := newParagraph("→ "+c.title, styleLink)
	p := newPressable(facePlain, c.title, text, fyne.NewSize(8, 6), func() { w.act(c.do) })
	p.keys, p.reveal = w.typedKey, func() { w.shell.reveal(p) }
	return p
}
