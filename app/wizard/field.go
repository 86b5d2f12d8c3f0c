package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// field is a line of text to type into. Keys that it has no use for go on to
// the window, as those of a pressable do.
type field struct {
	widget.Entry
	keys   func(*fyne.KeyEvent)
	reveal func(fyne.CanvasObject)
}

func newField(hint, text string, changed func(string)) *field {
	f := &field{}
	f.ExtendBaseWidget(f)
	f.SetPlaceHolder(hint)
	f.SetText(text)
	f.OnChanged = changed
	return f
}

// TypedKey hands over what moves pages and what leaves them.
func (f *field) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape, fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyF5:
		f.keys(e)
	default:
		f.Entry.TypedKey(e)
	}
}

// FocusGained scrolls to the field.
func (f *field) FocusGained() {
	f.Entry.FocusGained()
	f.reveal(f)
}
