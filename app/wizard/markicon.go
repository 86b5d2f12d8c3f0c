package wizard

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// markIcon draws a mark: a disc with a shape in it, so that marks can be told
// apart without colour. ✓ and ✕ are lines, since not every font has them.
type markIcon struct {
	widget.BaseWidget
	mark mark
	side float32
}

func newMarkIcon(m mark, side float32) *markIcon {
	i := &markIcon{mark: m, side: side}
	i.ExtendBaseWidget(i)
	return i
}

func (i *markIcon) set(m mark) {
	if m != i.mark {
		i.mark = m
		i.Refresh()
	}
}

// strokes are the lines of each shape, on a square of 24; a line without
// length is a dot.
var strokes = map[mark][][4]float32{
	markOK:      {{6.5, 12.5, 10.5, 16.5}, {10.5, 16.5, 17.5, 8}},
	markProblem: {{8, 8, 16, 16}, {16, 8, 8, 16}},
	markChosen:  {{6.5, 12.5, 10.5, 16.5}, {10.5, 16.5, 17.5, 8}},
	markSkipped: {{7.5, 12, 16.5, 12}},
	markLooking: {{7, 12, 7, 12}, {12, 12, 12, 12}, {17, 12, 17, 12}},
	markWaiting: {{7, 12, 7, 12}, {12, 12, 12, 12}, {17, 12, 17, 12}},
}

// glyphs are the shapes that every font has.
var glyphs = map[mark]string{markNotice: "!", markUnknown: "?"}

// disc is the colour behind each shape.
var disc = map[mark]fyne.ThemeColorName{
	markOK: theme.ColorNameSuccess, markNotice: theme.ColorNameWarning,
	markProblem: theme.ColorNameError, markUnknown: theme.ColorNamePlaceHolder,
	markSkipped: theme.ColorNameDisabled,
	markLooking: theme.ColorNamePrimary, markWaiting: theme.ColorNamePrimary,
	markChosen: theme.ColorNamePrimary,
}

// CreateRenderer implements fyne.Widget.
func (i *markIcon) CreateRenderer() fyne.WidgetRenderer {
	i.ExtendBaseWidget(i)
	r := &markRenderer{i: i}
	r.draw()
	return r
}

type markRenderer struct {
	i       *markIcon
	objects []fyne.CanvasObject
}

// draw makes the shape anew; marks change seldom.
func (r *markRenderer) draw() {
	th, v := r.i.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	back := canvas.NewCircle(color.Transparent)
	back.Resize(fyne.NewSquareSize(r.i.side))
	r.objects = []fyne.CanvasObject{back}
	name, ok := disc[r.i.mark]
	if !ok {
		back.StrokeColor, back.StrokeWidth = th.Color(ring(r.i.mark), v), 2
		return
	}
	back.FillColor = th.Color(name, v)
	ink := th.Color(theme.ColorNameForegroundOnPrimary, v)
	k := r.i.side / 24
	if g, ok := glyphs[r.i.mark]; ok {
		t := canvas.NewText(g, ink)
		t.TextSize, t.TextStyle, t.Alignment = 16*k, fyne.TextStyle{Bold: true}, fyne.TextAlignCenter
		t.Resize(fyne.NewSquareSize(r.i.side))
		r.objects = append(r.objects, t)
	}
	for _, s := range strokes[r.i.mark] {
		if s[0] == s[2] && s[1] == s[3] {
			r.objects = append(r.objects, dot(ink, s[0]*k, s[1]*k, 1.6*k))
			continue
		}
		l := canvas.NewLine(ink)
		l.StrokeWidth = 2.4 * k
		l.Position1, l.Position2 = fyne.NewPos(s[0]*k, s[1]*k), fyne.NewPos(s[2]*k, s[3]*k)
		r.objects = append(r.objects, l)
	}
}

// ring is the colour around an empty mark. A choice must be seen to be one; a
// step that is yet to come is nothing to look at.
func ring(m mark) fyne.ThemeColorName {
	if m == markFree {
		return theme.ColorNamePlaceHolder
	}
	return theme.ColorNameSeparator
}

func dot(ink color.Color, x, y, radius float32) fyne.CanvasObject {
	c := canvas.NewCircle(ink)
	c.Resize(fyne.NewSquareSize(2 * radius))
	c.Move(fyne.NewPos(x-radius, y-radius))
	return c
}

func (r *markRenderer) Layout(fyne.Size) {}

func (r *markRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.i.side) }

func (r *markRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.i)
}

func (r *markRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *markRenderer) Destroy() {}
