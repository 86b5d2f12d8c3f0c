package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// option is one of several choices, with a mark that shows whether it is chosen.
type option struct {
	pressable
	name string
	icon *markIcon
}

// newOption makes an option whose text is as wide as there is room for, or in
// one line for a row of short ones.
func newOption(name string, text *paragraph, press func()) *option {
	o := &option{name: name, icon: newMarkIcon(markFree, 20)}
	o.face, o.pad, o.press = faceOutline, fyne.NewSize(14, 9), press
	o.content = container.New(beside{gap: 10, width: 20, left: true}, text, container.New(inset{0, 3}, o.icon))
	o.ExtendBaseWidget(o)
	return o
}

// set shows whether the option is chosen, and says so to screen readers.
func (o *option) set(chosen bool, label string) {
	o.label = label
	m := markFree
	if chosen {
		m = markChosen
	}
	o.icon.set(m)
	o.pressable.set(&o.selected, chosen)
}
