package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// surface is an area of one colour of the theme, at least a line thick.
type surface struct {
	widget.BaseWidget
	color fyne.ThemeColorName
	rect  *canvas.Rectangle
}

func newSurface(color fyne.ThemeColorName) *surface {
	s := &surface{color: color, rect: canvas.NewRectangle(nil)}
	s.rect.SetMinSize(fyne.NewSize(1, 1))
	s.ExtendBaseWidget(s)
	return s
}

// on lays an object on a surface.
func on(color fyne.ThemeColorName, o fyne.CanvasObject) *fyne.Container {
	return container.NewStack(newSurface(color), o)
}

// Refresh follows a theme that changed.
func (s *surface) Refresh() {
	s.paint()
	s.BaseWidget.Refresh()
}

func (s *surface) paint() {
	s.rect.FillColor = s.Theme().Color(s.color, fyne.CurrentApp().Settings().ThemeVariant())
}

// CreateRenderer implements fyne.Widget.
func (s *surface) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	s.paint()
	return widget.NewSimpleRenderer(s.rect)
}
