package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// badgeSide is how large a letter's square is: it is told apart in a small picture.
const badgeSide = 26

// badge is the letter on a button.
type badge struct {
	back  *canvas.Rectangle
	text  *canvas.Text
	roomy bool // as the button was laid out last
}

func newBadge() *badge {
	b := &badge{back: canvas.NewRectangle(nil), text: canvas.NewText("", nil)}
	b.back.CornerRadius = 5
	b.text.Alignment, b.text.TextStyle = fyne.TextAlignCenter, fyne.TextStyle{Bold: true}
	b.back.Hide()
	b.text.Hide()
	return b
}

func (b *badge) place(at fyne.Position) {
	b.back.Move(at)
	b.back.Resize(fyne.NewSquareSize(badgeSide))
	b.text.Move(at)
	b.text.Resize(fyne.NewSquareSize(badgeSide))
}

// show brings the badge up to date, and reports whether the button has to be laid out anew.
func (b *badge) show(p *pressable) bool {
	th, v := p.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	back, text := theme.ColorNameForeground, theme.ColorNameBackground
	if p.face == faceFilled && !p.disabled {
		back, text = text, back
	}
	b.back.FillColor, b.text.Color = th.Color(back, v), th.Color(text, v)
	b.text.Text, b.text.TextSize = p.letter, th.Size(theme.SizeNameText)
	b.back.Hidden, b.text.Hidden = p.letter == "", p.letter == ""
	b.back.Refresh()
	b.text.Refresh()
	was := b.roomy
	b.roomy = p.roomy
	return was != p.roomy
}

// badgeRoom is how much room a button leaves for its letter.
func (p *pressable) badgeRoom() float32 {
	if p.roomy {
		return badgeSide + 4
	}
	return 0
}

// setLetter shows a letter, or none, with room for one.
func (p *pressable) setLetter(letter string, roomy bool) {
	if p.letter != letter || p.roomy != roomy {
		p.letter, p.roomy = letter, roomy
		p.Refresh()
	}
}
