package wizard

import (
	"image"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"yomitori/app/qr"
	"yomitori/checks"
)

// sizeDigits is the size of the support code, to be read at arm's length.
const sizeDigits fyne.ThemeSizeName = "wizard-digits"

// codeShort is how large a code is drawn that holds digits only.
const codeShort = 240

// helps reports whether a page is about a computer that somebody helps with.
func (k leafKind) helps() bool {
	return k == leafSupport || k == leafEnter || k == leafTheirs || k == leafSave || k == leafArea
}

// showHelp is showLibrary for those pages.
func (w *Wizard) showHelp(sc scene) view {
	switch sc.library.top().kind {
	case leafSupport:
		v := sc.supportView()
		w.shell.set(v, func() fyne.CanvasObject { return w.newSupportPage(v) })
	case leafEnter:
		v := sc.enterView()
		w.shell.set(v.note, func() fyne.CanvasObject { return w.newEnterPage(v) })
		return view{page: pageLibrary, primary: action{label: sc.t.Text("wizard.code.enter.button"), do: cmdDecode}}
	case leafTheirs:
		v := sc.theirView()
		w.shell.set(v, func() fyne.CanvasObject { return w.newBody(v) })
	case leafSave:
		v := sc.saveView()
		w.shell.set(v, func() fyne.CanvasObject { return w.newSavePage(v) })
		return sc.saveActions()
	case leafArea:
		v := sc.areaView()
		w.shell.set(v, func() fyne.CanvasObject { return newAreaPage(sc.libraryTitle(), v) })
	}
	return view{page: pageLibrary}
}

// newSupportPage shows the support code in large digits, and beside them as a QR code.
func (w *Wizard) newSupportPage(v supportView) fyne.CanvasObject {
	body := newColumn(gapLarge, newParagraph(v.heading, styleTitle))
	if v.note != "" {
		body.Add(newParagraph(v.note, styleText))
		return body
	}
	body.Add(newParagraph(v.about, styleText))
	digits := newColumn(2)
	for _, row := range v.rows {
		digits.Add(newParagraph(row, textStyle{size: sizeDigits, bold: true}))
	}
	copying := w.newBodyButton(w.t.Text("wizard.code.copy"), func() { w.act(action{do: cmdCopy}) })
	text := newColumn(14, digits, container.NewHBox(copying))
	if v.done.text != "" {
		text.Add(newLine(v.done))
	}
	if drawn := newQR(strings.ReplaceAll(v.code, " ", ""), codeShort); drawn != nil {
		body.Add(container.New(beside{gap: gapLarge, width: codeShort}, text, drawn))
	} else {
		body.Add(text)
	}
	body.Add(newParagraph(v.holds, styleQuiet))
	return body
}

// newQR draws a text as a QR code, or is nil where it is too long.
func newQR(text string, side float32) fyne.CanvasObject {
	code, err := qr.New(text)
	if text == "" || err != nil {
		return nil
	}
	drawn := canvas.NewRaster(func(width, height int) image.Image { return code.Image(min(width, height)) })
	return container.New(fixed{fyne.NewSize(side, side)}, drawn)
}

// newEnterPage takes the code that somebody reads out.
func (w *Wizard) newEnterPage(v enterView) fyne.CanvasObject {
	// A code begins like a PIN, so that only a whole one can be told from it.
	f := w.newField(w.t.Text("wizard.code.enter.hint"), w.library.top().typed, func(text string) {
		top := w.library.top()
		top.typed = text
		w.library = w.library.with(top)
	})
	f.OnSubmitted = func(string) { w.act(action{do: cmdDecode}) }
	f.CursorColumn = len([]rune(f.Text))
	body := newColumn(gapLarge, newParagraph(v.heading, styleTitle), newParagraph(v.about, styleText), f.ringed())
	if v.note.text != "" {
		body.Add(newMarked(v.note, styleStrong))
	}
	return body
}

// newEnter leads reps from the first page to the code of another computer.
func (w *Wizard) newEnter() fyne.CanvasObject {
	return w.newLinks(w.t.Text("wizard.start.reps"), []choice{{
		title: w.t.Text("wizard.code.enter"), do: action{do: cmdRead, leaf: leaf{kind: leafEnter}},
	}})
}

// decode shows what the code says that was typed. What looks like a PIN is dropped.
func (w *Wizard) decode() {
	top := w.library.top()
	if top.kind != leafEnter {
		return
	}
	next, wrong := readCode(w.t, top.typed)
	switch {
	case checks.LooksLikePIN(top.typed):
		top.typed, top.done = "", line{mark: markProblem, text: w.t.Text("wizard.ask.message.pin")}
		w.library = w.library.with(top)
	case wrong.text != "":
		top.done = wrong
		w.library = w.library.with(top)
	default:
		w.library = w.library.open(next, w.shell.spot())
	}
	w.turnedAt = time.Time{}
	w.update()
	if wrong.text != "" {
		w.shell.focus(fieldName)
	}
}

// copyCode copies the support code on show.
func (w *Wizard) copyCode() {
	fyne.CurrentApp().Clipboard().SetContent(w.code())
	w.noteDone(line{mark: markOK, text: w.t.Text("wizard.code.copied")})
}
