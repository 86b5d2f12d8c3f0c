package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// newSavePage says what a report will hold before it is saved.
func (w *Wizard) newSavePage(v saveView) fyne.CanvasObject {
	body := newColumn(gapLarge, newParagraph(v.heading, styleTitle))
	if v.done.text != "" {
		body.Add(on(colorPanel, container.New(inset{16, 12}, newMarked(v.done, styleStrong))))
	}
	copying := w.newBodyButton(w.t.Text("wizard.save.copy"), func() { w.act(action{do: cmdCopy}) })
	body.Add(newColumn(14, newParagraph(v.about, styleText), container.NewHBox(copying)))
	areas := container.New(grid{10})
	for _, a := range v.areas {
		areas.Add(w.newChoice(a.title, a.about, func() { w.act(a.do) }))
	}
	body.Add(newColumn(10, newParagraph(w.t.Text("wizard.save.areas"), styleSection), areas))
	return body
}

// newAreaPage lists what of one area will be in a report.
func newAreaPage(title string, details []detail) fyne.CanvasObject {
	body := newColumn(gapLarge, newParagraph(title, styleTitle))
	for _, d := range details {
		body.Add(newDetail(d))
	}
	return body
}
