package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// letters stand on buttons while the screen is shared, so that somebody can say over the
// telephone which one to press. The steps of the rail have their numbers.
const letters26 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// pressed is what a letter presses, by name of the key.
type pressed map[fyne.KeyName]*pressable

// base is the pressable in whatever is made of one.
func (p *pressable) base() *pressable { return p }

// shortcuts lets Alt and a letter press a button, wherever the focus is.
func (w *Wizard) shortcuts() {
	for _, key := range letters26 + "1234567" {
		w.win.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyName(key), Modifier: fyne.KeyModifierAlt},
			func(s fyne.Shortcut) { w.typedShortcut(s) })
	}
	w.win.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt},
		func(s fyne.Shortcut) { w.typedShortcut(s) })
}

// typedShortcut carries out a shortcut, and reports whether it is one of the window's.
func (w *Wizard) typedShortcut(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier != fyne.KeyModifierAlt {
		return false
	}
	if c.KeyName == fyne.KeyLeft {
		w.do(cmdBack)
		return true
	}
	p := w.shell.letters[c.KeyName]
	if p == nil || !w.sharing() {
		return false
	}
	p.do()
	return true
}

// letter gives every button on show its letter. Those that stay come first, so that they
// keep theirs from page to page. Where a page has more buttons than there are letters,
// those in sight have them.
func (s *shell) letter() {
	s.letters = pressed{}
	on := s.w.sharing()
	for i, item := range s.rail.items {
		if on && !s.side.Hidden {
			s.letters[fyne.KeyName('1'+rune(i))] = item.base()
		}
	}
	all := s.pressables()
	crowded, next := len(all) > len(letters26), 0
	for _, o := range all {
		name := ""
		if on && next < len(letters26) && !(crowded && o.scrolls && !s.inSight(o.at)) {
			name = letters26[next : next+1]
			s.letters[fyne.KeyName(name)] = o.base
			next++
		}
		o.base.setLetter(name, on)
	}
}

// placed is something to press, and the object that has its place.
type placed struct {
	at      fyne.CanvasObject
	base    *pressable
	scrolls bool
}

// pressables lists the buttons of the window.
func (s *shell) pressables() []placed {
	var all []placed
	for _, b := range []*button{s.primary, s.second, s.back} {
		eachPressable(b, func(o fyne.CanvasObject, p *pressable) { all = append(all, placed{o, p, false}) })
	}
	eachPressable(s.body, func(o fyne.CanvasObject, p *pressable) { all = append(all, placed{o, p, true}) })
	for _, b := range []*button{s.langs, s.langs2, s.practice, s.records, s.share, s.share2, s.leave, s.bar.end} {
		if b.Visible() && !s.outOfSight(b) {
			all = append(all, placed{b, b.base(), false})
		}
	}
	return all
}

// outOfSight reports whether a button belongs to a part of the window that is hidden.
func (s *shell) outOfSight(b *button) bool {
	switch b {
	case s.langs2, s.share2:
		return s.side.Hidden
	case s.leave:
		return s.saying.Hidden
	case s.bar.end:
		return s.bar.box.Hidden
	}
	return false
}

func (s *shell) inSight(o fyne.CanvasObject) bool {
	top := s.below(o)
	return top+o.Size().Height > 0 && top < s.scroll.Size().Height
}

// eachPressable calls f with what can be pressed in an object, in the order of Tab.
func eachPressable(o fyne.CanvasObject, f func(fyne.CanvasObject, *pressable)) {
	if !o.Visible() {
		return
	}
	switch v := o.(type) {
	case interface{ base() *pressable }:
		f(o, v.base())
	case *fyne.Container:
		for _, below := range v.Objects {
			eachPressable(below, f)
		}
	}
}
