package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"yomitori/assets"
)

const (
	gapLarge = 24
	gapSmall = 8
	// pageInset is the space to the left and right of a page.
	pageInset = gapLarge + 8
	// roomy is how wide a page without the rail is in a window of 900; in less,
	// a drawing would squeeze the text.
	roomy = 900 - 2*pageInset
)

// drawingSize is the size of every drawing; all are 320 by 200.
var drawingSize = fyne.NewSize(264, 165)

// newDrawing is a drawing by name, or an object without size when there is
// none.
func newDrawing(name string) fyne.CanvasObject {
	svg := resource(name+".svg", assets.Drawing(name))
	if name == "" || svg == nil {
		return container.New(fixed{})
	}
	image := canvas.NewImageFromResource(svg)
	image.FillMode = canvas.ImageFillContain
	return container.New(fixed{drawingSize}, image)
}

// newBody builds the page of a step or of the result.
func (w *Wizard) newBody(v view) fyne.CanvasObject {
	text := newColumn(14)
	for _, l := range v.heed {
		text.Add(newMarked(l, styleStrong))
	}
	if v.advice != "" {
		text.Add(newParagraph(v.advice, styleText))
	}
	if v.hint != "" {
		text.Add(newParagraph(v.hint, textStyle{color: theme.ColorNamePlaceHolder}))
	}
	for _, l := range v.also {
		text.Add(newLine(l))
	}
	body := newColumn(gapLarge)
	if v.kept != "" {
		body.Add(on(colorBanner, container.New(inset{16, 10}, newParagraph(v.kept, styleStrong))))
	}
	body.Add(newHeading(v.mark, v.heading))
	body.Add(container.New(illustrated{roomy - railWidth}, text, newDrawing(v.drawing)))
	if len(v.try.lines) > 0 {
		body.Add(newSection(v.try))
	}
	if len(v.choices) > 0 {
		body.Add(w.newChoices(w.t.Text("wizard.repair.choices"), v.choices))
	}
	if len(v.explain) > 0 {
		body.Add(w.newLinks(w.t.Text("wizard.result.articles"), v.explain))
	}
	if v.ask.title != "" {
		body.Add(w.newChoice(v.ask.title, v.ask.about, func() { w.do(cmdAsk) }))
	}
	if v.find.title != "" {
		body.Add(w.newChoice(v.find.title, v.find.about, func() { w.act(v.find.do) }))
	}
	if len(v.help) > 0 {
		body.Add(w.newChoices(w.t.Text("wizard.result.help"), v.help))
	}
	for _, s := range v.sections {
		body.Add(newSection(s))
	}
	if len(v.details) > 0 {
		body.Add(w.newFold(v))
	}
	return body
}

func newHeading(m mark, text string) fyne.CanvasObject {
	return container.New(beside{gap: 14, width: 36, left: true}, newParagraph(text, styleTitle),
		container.New(inset{0, 4}, newMarkIcon(m, 36)))
}

func newSection(s section) fyne.CanvasObject {
	list := newColumn(gapSmall, newParagraph(s.title, styleSection))
	for _, l := range s.lines {
		list.Add(newLine(l))
	}
	return list
}

// newLine is a finding in a list: its mark, its sentence, and what to do.
func newLine(l line) fyne.CanvasObject { return newMarked(l, styleText) }

func newMarked(l line, style textStyle) fyne.CanvasObject {
	text := newColumn(2, newParagraph(l.text, style))
	if l.more != "" {
		text.Add(newParagraph(l.more, styleQuiet))
	}
	if l.mark == markNone { // it is no finding
		return text
	}
	return withMark(l.mark, text)
}

func withMark(m mark, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(beside{gap: 10, width: 20, left: true}, o,
		container.New(inset{0, 3}, newMarkIcon(m, 20)))
}

// newFold is the button that unfolds the details of a page, and the details.
func (w *Wizard) newFold(v view) fyne.CanvasObject {
	content := newColumn(gapLarge)
	for _, d := range v.details {
		content.Add(newDetail(d))
	}
	label := func() string {
		if w.unfolded {
			return w.t.Text("wizard.details.hide")
		}
		return w.t.Text("wizard.details.show")
	}
	var b *button
	set := func() {
		if w.unfolded {
			content.Show()
		} else {
			content.Hide()
		}
	}
	b = w.newBodyButton(label(), func() {
		w.unfolded = !w.unfolded
		b.set(label(), true)
		set()
		w.shell.relayout()
	})
	set()
	return newColumn(gapLarge, container.NewHBox(b), content)
}

func newDetail(d detail) fyne.CanvasObject {
	text := newColumn(4, newParagraph(d.title, styleStrong))
	if d.about != "" {
		text.Add(newParagraph(d.about, styleText))
	}
	for _, f := range d.facts {
		text.Add(container.New(beside{gap: 12, width: 190, left: true},
			newParagraph(f.value, textStyle{size: theme.SizeNameCaptionText}), newParagraph(f.label, styleQuiet)))
	}
	if d.mark == markNone {
		return container.New(beside{gap: 10, width: 20, left: true}, text, container.New(fixed{}))
	}
	return withMark(d.mark, text)
}
