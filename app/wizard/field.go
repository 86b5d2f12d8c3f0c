package wizard

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// field is a line of text to type into. Keys that it has no use for go on to
// the window, as those of a pressable do.
type field struct {
	widget.Entry
	keys   func(*fyne.KeyEvent)
	reveal func()
	// shortcut takes those of the window, and reports whether it did.
	shortcut func(fyne.Shortcut) bool
	ring     *canvas.Rectangle // shows that the field has the focus
}

func newField(hint, text string, changed func(string)) *field {
	f := &field{ring: canvas.NewRectangle(nil)}
	f.ring.CornerRadius, f.ring.StrokeWidth = 8, 3
	f.ExtendBaseWidget(f)
	f.SetPlaceHolder(hint)
	f.SetText(text)
	f.OnChanged = changed
	f.paint(colorNone)
	return f
}

// ringed is the field with its ring.
func (f *field) ringed() fyne.CanvasObject { return container.NewStack(f, f.ring) }

// TypedKey hands over what moves pages and what leaves them.
func (f *field) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape, fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyF5, fyne.KeyF8:
		f.keys(e)
	default:
		f.Entry.TypedKey(e)
	}
}

// TypedShortcut hands over what is the window's.
func (f *field) TypedShortcut(s fyne.Shortcut) {
	if f.shortcut == nil || !f.shortcut(s) {
		f.Entry.TypedShortcut(s)
	}
}

// FocusGained scrolls to the field.
func (f *field) FocusGained() {
	f.Entry.FocusGained()
	f.paint(f.Theme().Color(colorRing, fyne.CurrentApp().Settings().ThemeVariant()))
	f.reveal()
}

// FocusLost takes the ring away.
func (f *field) FocusLost() {
	f.Entry.FocusLost()
	f.paint(colorNone)
}

var colorNone = rgba(0, 0)

func (f *field) paint(ring color.Color) {
	f.ring.FillColor, f.ring.StrokeColor = colorNone, ring
	f.ring.Refresh()
}
