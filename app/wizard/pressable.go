package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// face is what a pressable looks like.
type face int

const (
	facePlain   face = iota // only its content
	faceOutline             // a border
	faceFilled              // the primary colour
)

// pressable is anything that can be pressed: with the mouse, and with Space or
// Enter while it has the focus, which shows as a ring. Every other key goes on
// to the window, so that its keys work wherever the focus is.
type pressable struct {
	widget.BaseWidget
	face    face
	label   string // for screen readers
	content fyne.CanvasObject
	pad     fyne.Size
	press   func()
	keys    func(*fyne.KeyEvent)
	reveal  func() // scrolls to it once it has the focus, or nil

	letter string // that presses it while the screen is shared
	roomy  bool   // for a letter

	disabled, focused, hovered, selected bool
}

var (
	_ fyne.Tappable      = (*pressable)(nil)
	_ fyne.Focusable     = (*pressable)(nil)
	_ fyne.Disableable   = (*pressable)(nil)
	_ fyne.Accessible    = (*pressable)(nil)
	_ desktop.Hoverable  = (*pressable)(nil)
	_ desktop.Cursorable = (*pressable)(nil)
)

func newPressable(f face, label string, content fyne.CanvasObject, pad fyne.Size, press func()) *pressable {
	p := &pressable{face: f, label: label, content: content, pad: pad, press: press}
	p.ExtendBaseWidget(p)
	return p
}

// Tapped presses it.
func (p *pressable) Tapped(*fyne.PointEvent) { p.do() }

func (p *pressable) do() {
	if !p.disabled && p.press != nil {
		p.press()
	}
}

// TypedKey presses it with Space or Enter.
func (p *pressable) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.do()
	default:
		if p.keys != nil {
			p.keys(e)
		}
	}
}

// TypedRune implements fyne.Focusable.
func (p *pressable) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (p *pressable) FocusGained() {
	p.set(&p.focused, true)
	if p.reveal != nil {
		p.reveal()
	}
}

// FocusLost implements fyne.Focusable.
func (p *pressable) FocusLost() { p.set(&p.focused, false) }

// MouseIn implements desktop.Hoverable.
func (p *pressable) MouseIn(*desktop.MouseEvent) { p.set(&p.hovered, true) }

// MouseMoved implements desktop.Hoverable.
func (p *pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *pressable) MouseOut() { p.set(&p.hovered, false) }

// Cursor is a hand where pressing does something.
func (p *pressable) Cursor() desktop.Cursor {
	if p.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// Enable implements fyne.Disableable.
func (p *pressable) Enable() { p.set(&p.disabled, false) }

// Disable implements fyne.Disableable.
func (p *pressable) Disable() { p.set(&p.disabled, true) }

// Disabled implements fyne.Disableable.
func (p *pressable) Disabled() bool { return p.disabled }

// AccessibilityLabel names what pressing does.
func (p *pressable) AccessibilityLabel() string { return p.label }

// AccessibilityRole says that this is a button.
func (p *pressable) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (p *pressable) set(flag *bool, v bool) {
	if *flag != v {
		*flag = v
		p.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (p *pressable) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	r := &pressableRenderer{p: p, back: canvas.NewRectangle(nil), tint: canvas.NewRectangle(nil), badge: newBadge()}
	r.back.CornerRadius, r.tint.CornerRadius = 8, 8
	r.color()
	return r
}

type pressableRenderer struct {
	p          *pressable
	back, tint *canvas.Rectangle
	badge      *badge
}

func (r *pressableRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.tint.Resize(size)
	pad, left := r.p.pad, r.p.badgeRoom()
	r.badge.place(fyne.NewPos(8, (size.Height-badgeSide)/2))
	heightFor(r.p.content, size.Width-2*pad.Width-left)
	height := r.p.content.Size().Height
	r.p.content.Move(fyne.NewPos(pad.Width+left, max(pad.Height, (size.Height-height)/2)))
}

func (r *pressableRenderer) MinSize() fyne.Size {
	pad := r.p.pad
	return r.p.content.MinSize().AddWidthHeight(2*pad.Width+r.p.badgeRoom(), 2*pad.Height)
}

func (r *pressableRenderer) Refresh() {
	r.color()
	if r.badge.show(r.p) {
		r.Layout(r.p.Size())
	}
	r.back.Refresh()
	r.tint.Refresh()
}

// color sets the rectangles: face below, then hovering, then the focus ring.
func (r *pressableRenderer) color() {
	th, v := r.p.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	none := rgba(0, 0)
	r.back.FillColor, r.back.StrokeColor, r.back.StrokeWidth = none, none, 0
	r.tint.FillColor, r.tint.StrokeColor, r.tint.StrokeWidth = none, none, 0
	switch {
	case r.p.face == faceFilled && r.p.disabled:
		r.back.FillColor = th.Color(theme.ColorNameDisabledButton, v)
	case r.p.face == faceFilled:
		r.back.FillColor = th.Color(theme.ColorNamePrimary, v)
	case r.p.face == faceOutline:
		r.back.FillColor = th.Color(theme.ColorNameButton, v)
		r.back.StrokeColor, r.back.StrokeWidth = th.Color(theme.ColorNameSeparator, v), 1.5
		if r.p.selected { // seen also while the mouse stays on it
			r.back.StrokeColor = th.Color(theme.ColorNamePrimary, v)
		}
	}
	switch {
	case r.p.hovered && !r.p.disabled && r.p.face == faceFilled:
		r.tint.FillColor = rgba(0, 0x28)
	case r.p.hovered && !r.p.disabled:
		r.tint.FillColor = th.Color(theme.ColorNameHover, v)
	case r.p.selected:
		r.tint.FillColor = th.Color(theme.ColorNameHover, v)
	}
	if r.p.focused && !r.p.disabled {
		r.tint.StrokeColor, r.tint.StrokeWidth = th.Color(colorRing, v), 3
	}
}

func (r *pressableRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.p.content, r.tint, r.badge.back, r.badge.text}
}

func (r *pressableRenderer) Destroy() {}
