package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// button is a pressable with one line of text.
type button struct {
	pressable
	text *paragraph
}

func newButton(f face, label string, press func()) *button {
	text := newLabel(label, textStyle{bold: f == faceFilled, align: fyne.TextAlignCenter})
	pad := fyne.NewSize(20, 9)
	if f == facePlain {
		text.style.size = theme.SizeNameCaptionText
		pad = fyne.NewSize(12, 8)
	}
	b := &button{text: text}
	b.face, b.label, b.content, b.pad, b.press = f, label, text, pad, press
	b.ExtendBaseWidget(b)
	b.tint()
	return b
}

// set changes label and state; an empty label hides the button.
func (b *button) set(label string, enabled bool) {
	if label == "" {
		b.Hide()
		return
	}
	b.label = label
	b.text.SetText(label)
	if enabled {
		b.Enable()
	} else {
		b.Disable()
	}
	b.tint()
	b.Show()
}

// tint gives the text the colour that can be read on the button's face.
func (b *button) tint() {
	name := theme.ColorNamePrimary
	switch {
	case b.disabled && b.face == faceFilled:
		name = theme.ColorNamePlaceHolder // says why it cannot be pressed
	case b.disabled:
		name = theme.ColorNameDisabled
	case b.face == faceFilled:
		name = theme.ColorNameForegroundOnPrimary
	case b.face == faceOutline:
		name = theme.ColorNameForeground
	}
	b.text.SetColor(name)
}
