package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// column stacks objects and gives each its width before it asks for the
// height, which is what paragraphs need.
type column struct{ gap float32 }

func newColumn(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(column{gap}, objects...)
}

func (c column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var y float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := heightFor(o, size.Width)
		o.Move(fyne.NewPos(0, y))
		y += h + c.gap
	}
}

func (c column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if size.Height > 0 {
			size.Height += c.gap
		}
		size.Height += m.Height
		size.Width = max(size.Width, m.Width)
	}
	return size
}

// heightFor resizes an object to a width and to the height that it then needs.
func heightFor(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.MinSize().Height))
	h := o.MinSize().Height
	o.Resize(fyne.NewSize(width, h))
	return h
}

// beside puts a second object of a fixed width to the right of the first, or
// to its left.
type beside struct {
	gap, width float32
	left       bool
}

func (b beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	main, side := objects[0], objects[1]
	sideWidth := b.width
	if !side.Visible() {
		sideWidth = -b.gap
	}
	mainX, sideX := float32(0), size.Width-sideWidth
	if b.left {
		mainX, sideX = sideWidth+b.gap, 0
	}
	heightFor(main, size.Width-sideWidth-b.gap)
	main.Move(fyne.NewPos(mainX, 0))
	if side.Visible() {
		heightFor(side, sideWidth)
		side.Move(fyne.NewPos(sideX, 0))
	}
}

func (b beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	main, side := objects[0].MinSize(), objects[1].MinSize()
	if !objects[1].Visible() {
		return main
	}
	return fyne.NewSize(main.Width+b.gap+b.width, max(main.Height, side.Height))
}

// illustrated puts a drawing beside text, and leaves it out where there is not
// enough room for both.
type illustrated struct{ roomFrom float32 }

func (illustrated) beside() beside { return beside{gap: gapLarge, width: drawingSize.Width} }

func (i illustrated) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if drawing := objects[1]; size.Width < i.roomFrom {
		drawing.Hide()
	} else {
		drawing.Show()
	}
	i.beside().Layout(objects, size)
}

func (i illustrated) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return i.beside().MinSize(objects)
}

// inset keeps space around one object.
type inset struct{ x, y float32 }

func (i inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(fyne.NewSize(size.Width-2*i.x, size.Height-2*i.y))
		o.Move(fyne.NewPos(i.x, i.y))
	}
}

func (i inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size.AddWidthHeight(2*i.x, 2*i.y)
}

// fixed gives every object one size, at the top left.
type fixed struct{ size fyne.Size }

func (f fixed) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	for _, o := range objects {
		o.Resize(f.size)
		o.Move(fyne.Position{})
	}
}

func (f fixed) MinSize([]fyne.CanvasObject) fyne.Size { return f.size }

// grid places objects of equal size in two columns.
type grid struct{ gap float32 }

func (g grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := (size.Width - g.gap) / 2
	height := g.height(objects, width)
	for i, o := range objects {
		o.Resize(fyne.NewSize(width, height))
		o.Move(fyne.NewPos(float32(i%2)*(width+g.gap), float32(i/2)*(height+g.gap)))
	}
}

func (g grid) height(objects []fyne.CanvasObject, width float32) float32 {
	var h float32
	for _, o := range objects {
		h = max(h, heightFor(o, width))
	}
	return h
}

func (g grid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var cell fyne.Size
	for _, o := range objects {
		cell = cell.Max(o.MinSize())
	}
	rows := float32((len(objects) + 1) / 2)
	return fyne.NewSize(2*cell.Width+g.gap, rows*cell.Height+(rows-1)*g.gap)
}

// scrolled lays a scroll out so that its content knows its width before the
// scroll asks for its height.
type scrolled struct{}

func (scrolled) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		scroll := o.(*container.Scroll)
		heightFor(scroll.Content, size.Width)
		scroll.Resize(size)
		scroll.Refresh()
	}
}

func (scrolled) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// frame places the parts of the window: banner, rail, footer, and the page in
// what is left. Their order is that in which Tab goes through them.
type frame struct{}

func (frame) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	banner, side, page, footer := objects[0], objects[1], objects[2], objects[3]
	var top, left float32
	if banner.Visible() {
		top = heightFor(banner, size.Width)
		banner.Move(fyne.Position{})
	}
	bottom := size.Height - heightFor(footer, size.Width)
	footer.Move(fyne.NewPos(0, bottom))
	if side.Visible() {
		left = railWidth
		side.Resize(fyne.NewSize(left, bottom-top))
		side.Move(fyne.NewPos(0, top))
	}
	page.Resize(fyne.NewSize(size.Width-left, bottom-top))
	page.Move(fyne.NewPos(left, top))
}

func (frame) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(railWidth, 0)
	for _, o := range objects {
		if o.Visible() {
			size.Height += o.MinSize().Height
		}
	}
	size.Width = max(size.Width, objects[3].MinSize().Width)
	if side := objects[1]; side.Visible() { // beside the page, not above it
		size.Height -= objects[2].MinSize().Height
	}
	return size
}

// wide gives one object at least a width.
type wide struct{ width float32 }

func (l wide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}

func (l wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Max(fyne.NewSize(l.width, 0))
}
