package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

// shareBar stands above every page while the screen is shared: where the user is, in a
// number that can be read in a small picture, and the support code.
type shareBar struct {
	box                *fyne.Container
	number, name, code *paragraph
	end                *button
}

func newShareBar(w *Wizard) *shareBar {
	b := &shareBar{
		number: newLabel("", textStyle{size: sizeDigits, bold: true}), name: newLabel("", styleSection),
		code: newParagraph("", styleSection), end: w.newButton(faceOutline, "", w.share),
	}
	left := container.New(layout.NewCustomPaddedHBoxLayout(12), b.number, container.New(inset{0, 13}, b.name))
	middle := container.New(inset{gapLarge, 6}, b.code)
	b.box = container.NewBorder(nil, newSurface(theme.ColorNameSeparator), nil, nil,
		on(colorPanel, container.New(inset{gapLarge, 4}, container.New(strip{}, left, middle, b.end))))
	return b
}

func (b *shareBar) show(w *Wizard) {
	b.box.Hidden = !w.sharing()
	if !w.sharing() {
		return
	}
	v := w.shareView()
	b.number.SetText(v.number)
	b.name.SetText(v.name)
	b.code.SetText(v.code)
	b.end.set(w.t.Text("wizard.share.end"), true)
}

// strip places three objects beside each other; the one in the middle has the width that
// the others leave.
type strip struct{}

func (strip) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left, middle, right := objects[0], objects[1], objects[2]
	l, r := left.MinSize(), right.MinSize()
	left.Resize(l)
	left.Move(fyne.NewPos(0, (size.Height-l.Height)/2))
	right.Resize(r)
	right.Move(fyne.NewPos(size.Width-r.Width, (size.Height-r.Height)/2))
	height := heightFor(middle, size.Width-l.Width-r.Width)
	middle.Move(fyne.NewPos(l.Width, (size.Height-height)/2))
}

func (strip) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		size = fyne.NewSize(size.Width+m.Width, max(size.Height, m.Height))
	}
	return size
}
