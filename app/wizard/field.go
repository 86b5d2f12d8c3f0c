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
	// personal reports whether a text must not be seen; it is then drawn as dots, and
	// stays what it is.
	personal func(string) bool
	ring     *canvas.Rectangle // shows that the field has the focus
}

// newField is a field of the window, which sees to what is typed there.
func (w *Wizard) newField(hint, text string, changed func(string)) *field {
	f := &field{ring: canvas.NewRectangle(nil), keys: w.typedKey, shortcut: w.typedShortcut, personal: w.personal}
	f.reveal = func() { w.shell.reveal(f) }
	f.ring.CornerRadius, f.ring.StrokeWidth = 8, 3
	f.ExtendBaseWidget(f)
	f.SetPlaceHolder(hint)
	f.SetText(text)
	f.OnChanged = func(text string) {
		f.cover()
		changed(text)
	}
	f.cover()
	f.paint(colorNone)
	return f
}

// cover hides a text that must not be seen.
func (f *field) cover() {
	if hide := f.personal(f.Text); hide != f.Password {
		f.Password = hide
		f.Refresh()
	}
}

// CreateRenderer leaves out the button by which Fyne shows what is hidden.
func (f *field) CreateRenderer() fyne.WidgetRenderer {
	hide := f.Password
	f.Password = false
	r := f.Entry.CreateRenderer()
	f.Password = hide
	r.Refresh()
	return r
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
