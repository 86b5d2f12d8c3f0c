package wizard

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"yomitori/assets/articles"
)

// showLibrary brings the page of the library up to date, and returns what its buttons
// are.
func (w *Wizard) showLibrary() view {
	sc := w.scene()
	top := sc.library.top()
	a, ok := top.article()
	switch {
	case top.kind.helps():
		return w.showHelp(sc)
	case ok && top.kind == leafArticle:
		v := sc.articleView(a)
		w.shell.set(v, func() fyne.CanvasObject { return w.newArticlePage(v) })
		return view{page: pageLibrary, primary: v.primary}
	case ok:
		v := sc.codeView(a)
		w.shell.set(v, func() fyne.CanvasObject { return newCodePage(v) })
	default:
		v := sc.searchView()
		w.shell.set(v, func() fyne.CanvasObject { return w.newSearchPage(v) })
	}
	return view{page: pageLibrary}
}

// newArticlePage builds the page of an article.
func (w *Wizard) newArticlePage(v articleView) fyne.CanvasObject {
	head := newColumn(12)
	for _, l := range v.notices {
		head.Add(newMarked(l, styleStrong))
	}
	if len(v.quotes) > 0 {
		quotes := newColumn(2)
		for _, q := range v.quotes {
			quotes.Add(newParagraph(q, styleQuiet))
		}
		head.Add(quotes)
	}
	for _, b := range v.parts[0].blocks {
		head.Add(newBlock(b))
	}
	body := newColumn(gapLarge, newParagraph(v.title, styleTitle),
		container.New(illustrated{roomy}, head, newDrawing(v.parts[0].drawing)))
	if len(v.behind) > 0 {
		body.Add(newBehind(v))
	}
	for _, p := range v.parts[1:] {
		body.Add(newPart(p))
	}
	if len(v.repairs) > 0 {
		body.Add(w.newChoices(w.t.Text("wizard.article.repairs"), v.repairs))
	}
	body.Add(w.newTools(v))
	if len(v.see) > 0 {
		body.Add(w.newLinks(w.t.Text("article.see"), v.see))
	}
	body.Add(newParagraph(v.source, styleQuiet))
	return body
}

// newBehind lists the causes, by what the computer shows of them.
func newBehind(v articleView) fyne.CanvasObject {
	list := newColumn(12, newParagraph(v.causes, styleSection))
	for _, s := range v.behind {
		group := newColumn(6)
		if s.title != "" {
			group.Add(newParagraph(s.title, styleStrong))
		}
		for _, l := range s.lines {
			group.Add(newLine(l))
		}
		list.Add(group)
	}
	return on(colorPanel, container.New(inset{16, 14}, list))
}

func newPart(p part) fyne.CanvasObject {
	text := newColumn(10, newParagraph(p.heading, styleSection))
	for _, b := range p.blocks {
		text.Add(newBlock(b))
	}
	if p.drawing == "" {
		return text
	}
	return container.New(illustrated{roomy}, text, newDrawing(p.drawing))
}

// newBlock is a paragraph, a step or an item of an article.
func newBlock(b articles.Block) fyne.CanvasObject {
	text := newParagraph(b.Plain(), styleText)
	switch b.Kind {
	case articles.Step:
		return container.New(beside{gap: 8, width: 28, left: true}, text, newParagraph(strconv.Itoa(b.Number)+".", styleStrong))
	case articles.Item:
		return container.New(beside{gap: 4, width: 18, left: true}, text, newParagraph("・", styleStrong))
	}
	return text
}

// newTools are the buttons that copy an article, print it or send it to a phone.
func (w *Wizard) newTools(v articleView) fyne.CanvasObject {
	row := container.New(layout.NewCustomPaddedHBoxLayout(12))
	for _, a := range v.tools {
		row.Add(w.newBodyButton(a.label, func() { w.act(a) }))
	}
	tools := newColumn(10, row)
	if v.done.text != "" {
		tools.Add(newLine(v.done))
	}
	return tools
}

// codeSide is how large the code is drawn: that of the longest text still has squares
// that a phone tells apart at arm's length, and it stands whole in the smallest window.
const codeSide = 420

// newCodePage shows the steps as a code, and beside it as they are.
func newCodePage(v codeView) fyne.CanvasObject {
	text := newColumn(10, newParagraph(v.title, styleSection), newParagraph(v.note, styleStrong))
	for _, b := range v.steps {
		text.Add(newBlock(b))
	}
	drawn := newQR(v.text, codeSide)
	if drawn == nil {
		return text
	}
	return container.New(beside{gap: gapLarge, width: codeSide, left: true}, text, drawn)
}
