package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// newRepairPage builds the page of a repair. What to heed stands above the
// changes, which may be too many for a window.
func newRepairPage(v repairView) fyne.CanvasObject {
	body := newColumn(gapLarge, newHeading(v.mark, v.heading))
	text := newColumn(14)
	if v.status.text != "" {
		text.Add(newMarked(v.status, styleStrong))
	}
	if v.about != "" {
		text.Add(newParagraph(v.about, styleText))
	}
	switch {
	case v.drawing != "":
		body.Add(container.New(illustrated{roomy}, text, newDrawing(v.drawing)))
	case len(text.Objects) > 0:
		body.Add(text)
	}
	if len(v.heed) > 0 {
		heed := newColumn(gapSmall)
		for _, l := range v.heed {
			heed.Add(newLine(l))
		}
		body.Add(on(colorPanel, container.New(inset{16, 12}, heed)))
	}
	if len(v.changes.lines) > 0 {
		body.Add(newSection(v.changes))
	}
	return body
}

// newChoices lists what else can be done.
func (w *Wizard) newChoices(title string, all []choice) fyne.CanvasObject {
	list := newColumn(10, newParagraph(title, styleSection))
	for _, c := range all {
		list.Add(w.newChoice(c.title, c.about, func() { w.act(c.do) }))
	}
	return list
}

// newOffer is a card about what an earlier repair left.
func (w *Wizard) newOffer(o offer) fyne.CanvasObject {
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(12))
	for _, a := range o.choices {
		buttons.Add(w.newBodyButton(a.label, func() { w.act(a) }))
	}
	return on(colorPanel, container.New(inset{16, 12}, newColumn(10,
		newMarked(line{mark: markNotice, text: o.text, more: o.about}, styleStrong), buttons)))
}
