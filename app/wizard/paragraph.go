package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// textStyle is how a paragraph is set. The zero value is running text.
type textStyle struct {
	size  fyne.ThemeSizeName  // "" is theme.SizeNameText
	color fyne.ThemeColorName // "" is theme.ColorNameForeground
	bold  bool
	align fyne.TextAlign
}

// The styles of the wizard.
var (
	styleTitle   = textStyle{size: theme.SizeNameHeadingText, bold: true}
	styleSection = textStyle{size: theme.SizeNameSubHeadingText, bold: true}
	styleText    = textStyle{}
	styleStrong  = textStyle{bold: true}
	styleQuiet   = textStyle{size: theme.SizeNameCaptionText, color: theme.ColorNamePlaceHolder}
	styleLink    = textStyle{color: theme.ColorNamePrimary}
)

// paragraph is running text. Fyne's own widgets break lines at blanks only,
// which Japanese does not have; this one breaks where a reader expects it.
//
// Its height follows from its width, so that a layout has to give it a width
// first and ask for MinSize then; column does.
type paragraph struct {
	widget.BaseWidget
	text  string
	style textStyle
	// oneLine makes the paragraph as wide as its text, for labels.
	oneLine bool

	pieces   []piece
	measured setting
	widths   map[string]float32 // of pieces
	setFor   float32            // the width that lines were set for
	lines    []string
}

func newParagraph(text string, style textStyle) *paragraph {
	if style.size == "" {
		style.size = theme.SizeNameText
	}
	if style.color == "" {
		style.color = theme.ColorNameForeground
	}
	p := &paragraph{text: text, style: style, pieces: pieces(text)}
	p.ExtendBaseWidget(p)
	return p
}

// newLabel is a text on one line, as wide as it needs to be.
func newLabel(text string, style textStyle) *paragraph {
	p := newParagraph(text, style)
	p.oneLine = true
	return p
}

// SetText replaces the text.
func (p *paragraph) SetText(text string) {
	if text == p.text {
		return
	}
	p.text, p.pieces = text, pieces(text)
	p.Refresh()
}

// SetColor replaces the colour.
func (p *paragraph) SetColor(name fyne.ThemeColorName) {
	if name != p.style.color {
		p.style.color = name
		p.Refresh()
	}
}

// AccessibilityLabel is the whole text, whatever its lines.
func (p *paragraph) AccessibilityLabel() string { return p.text }

// AccessibilityRole says that this is text.
func (p *paragraph) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// SetBold sets the text bold or regular.
func (p *paragraph) SetBold(bold bool) {
	if bold != p.style.bold {
		p.style.bold = bold
		p.Refresh()
	}
}

// Refresh shows what changed of text, style and theme.
func (p *paragraph) Refresh() {
	p.forget()
	p.BaseWidget.Refresh()
}

// setting is what the width of a piece depends on.
type setting struct {
	text string
	size float32
	bold bool
}

// forget drops what was measured if it no longer holds.
func (p *paragraph) forget() {
	now := setting{p.text, p.textSize(), p.style.bold}
	if now != p.measured {
		p.measured, p.widths, p.lines = now, nil, nil
	}
}

func (p *paragraph) textSize() float32 { return p.Theme().Size(p.style.size) }

// lineHeight leaves the air between lines that kanji need.
func (p *paragraph) lineHeight() float32 { return p.textSize() * 1.55 }

func (p *paragraph) fontStyle() fyne.TextStyle { return fyne.TextStyle{Bold: p.style.bold} }

func (p *paragraph) measure(s string) float32 {
	if w, ok := p.widths[s]; ok {
		return w
	}
	if p.widths == nil {
		p.widths = map[string]float32{}
	}
	w := fyne.MeasureText(s, p.textSize(), p.fontStyle()).Width
	p.widths[s] = w
	return w
}

// linesFor sets the text for a width, once a width.
func (p *paragraph) linesFor(width float32) []string {
	if p.lines == nil || p.setFor != width {
		full := float32(0.7)
		if p.style.size == theme.SizeNameHeadingText {
			full = 0.35 // large text shows its breaks most
		}
		p.lines, p.setFor = fill(p.pieces, width, full, p.measure), width
	}
	return p.lines
}

// naturalWidth is the width of the text on one line, as far as it may be.
func (p *paragraph) naturalWidth() float32 {
	var widest, line float32
	for _, q := range p.pieces {
		line += p.measure(q.text)
		widest = max(widest, line)
		if q.must {
			line = 0
		}
	}
	return widest + 1
}

// CreateRenderer implements fyne.Widget.
func (p *paragraph) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return &paragraphRenderer{p: p}
}

type paragraphRenderer struct {
	p     *paragraph
	texts []fyne.CanvasObject
}

func (r *paragraphRenderer) Layout(size fyne.Size) {
	if size.Width <= 0 {
		return // not placed yet
	}
	before := r.p.setFor
	lines := r.p.linesFor(size.Width)
	if before != size.Width || len(lines) != len(r.texts) {
		r.set(lines)
	}
	height := r.p.lineHeight()
	for i, t := range r.texts {
		t.Resize(fyne.NewSize(size.Width, height))
		t.Move(fyne.NewPos(0, float32(i)*height))
	}
}

func (r *paragraphRenderer) set(lines []string) {
	th, v := r.p.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.texts = r.texts[:0:0]
	for _, line := range lines {
		t := canvas.NewText(line, th.Color(r.p.style.color, v))
		t.TextSize, t.TextStyle, t.Alignment = r.p.textSize(), r.p.fontStyle(), r.p.style.align
		r.texts = append(r.texts, t)
	}
	canvas.Refresh(r.p)
}

// MinSize is the height for the width that the paragraph has. Before it has
// one, it is that of a line of middling length.
func (r *paragraphRenderer) MinSize() fyne.Size {
	if r.p.oneLine {
		return fyne.NewSize(r.p.naturalWidth(), r.p.lineHeight())
	}
	width := r.p.Size().Width
	if width <= 0 {
		width = min(r.p.naturalWidth(), 420)
	}
	return fyne.NewSize(0, float32(len(r.p.linesFor(width)))*r.p.lineHeight())
}

func (r *paragraphRenderer) Refresh() {
	if width := r.p.Size().Width; width > 0 {
		r.set(r.p.linesFor(width))
		r.Layout(r.p.Size())
	}
}

func (r *paragraphRenderer) Objects() []fyne.CanvasObject { return r.texts }

func (r *paragraphRenderer) Destroy() {}
