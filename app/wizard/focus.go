package wizard

import "fyne.io/fyne/v2"

// fieldName is what a field is called among what can have the focus.
const fieldName = "\x00field"

// nameOf names what has the focus, so that it can be found again on a page that was
// built anew; "" is nothing.
func nameOf(o fyne.Focusable) string {
	switch o := o.(type) {
	case *field:
		return fieldName
	case fyne.Accessible:
		return o.AccessibilityLabel()
	}
	return ""
}

// spot is where the reader of the page on show is.
func (s *shell) spot() spot {
	return spot{s.scroll.Offset.Y, nameOf(s.w.win.Canvas().Focused())}
}

// returnTo shows a page as its reader left it.
func (s *shell) returnTo(at spot) {
	s.focus(at.focus)
	s.scrollTo(fyne.NewPos(0, at.offset))
}

// keepFocus returns what gives the focus back to what has it now, after the body of the
// same page was built anew.
func (s *shell) keepFocus() func() {
	had, page := s.w.win.Canvas().Focused(), s.lastPage
	return func() {
		if had != nil && s.lastPage == page && s.w.win.Canvas().Focused() == nil {
			s.focus(nameOf(had))
		}
	}
}

// focus gives the focus to what has a name in the body.
func (s *shell) focus(name string) {
	if o := named(s.body, name); name != "" && o != nil {
		s.w.win.Canvas().Focus(o)
	}
}

func named(o fyne.CanvasObject, name string) fyne.Focusable {
	if f, ok := o.(fyne.Focusable); ok && o.Visible() && nameOf(f) == name {
		return f
	}
	if c, ok := o.(*fyne.Container); ok {
		for _, below := range c.Objects {
			if f := named(below, name); f != nil {
				return f
			}
		}
	}
	return nil
}
