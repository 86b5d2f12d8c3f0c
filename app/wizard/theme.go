package wizard

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"yomitori/assets"
)

// look is the theme of the wizard: calm colours with a contrast of at least
// 4.5 to 1 for text, large sizes, and the embedded font, so that it looks the
// same everywhere. What it does not set is Fyne's own.
type look struct {
	fyne.Theme
	regular, bold fyne.Resource
}

func newLook() *look {
	return &look{
		Theme:   theme.DefaultTheme(),
		regular: resource("regular.ttf", assets.Font(false)),
		bold:    resource("bold.ttf", assets.Font(true)),
	}
}

// resource wraps embedded bytes; nil when there are none.
func resource(name string, content []byte) fyne.Resource {
	if len(content) == 0 {
		return nil
	}
	return fyne.NewStaticResource(name, content)
}

// Colours that Fyne has no name for.
const (
	colorPanel  fyne.ThemeColorName = "wizard-panel"  // behind the rail
	colorBanner fyne.ThemeColorName = "wizard-banner" // behind what is said about practice
	colorRing   fyne.ThemeColorName = "wizard-ring"   // around what has the focus
)

// shade is a colour in the light and in the dark.
type shade struct{ light, dark color.NRGBA }

var shades = map[fyne.ThemeColorName]shade{
	theme.ColorNameBackground:          {rgb(0xFFFFFF), rgb(0x15191E)},
	colorPanel:                         {rgb(0xF1F4F7), rgb(0x1D232A)},
	theme.ColorNameForeground:          {rgb(0x1A2530), rgb(0xE8ECF0)},
	theme.ColorNamePlaceHolder:         {rgb(0x54616E), rgb(0xA7B2BD)},
	theme.ColorNameDisabled:            {rgb(0x7A8691), rgb(0x7F8B96)},
	theme.ColorNamePrimary:             {rgb(0x0A5C8F), rgb(0x7CC0EE)},
	theme.ColorNameForegroundOnPrimary: {rgb(0xFFFFFF), rgb(0x0B1C28)},
	theme.ColorNameSuccess:             {rgb(0x1F7A45), rgb(0x74CB97)},
	theme.ColorNameWarning:             {rgb(0x946000), rgb(0xE8BB62)},
	theme.ColorNameError:               {rgb(0xB3291E), rgb(0xF2938B)},
	theme.ColorNameButton:              {rgb(0xFFFFFF), rgb(0x242B33)},
	theme.ColorNameDisabledButton:      {rgb(0xE3E8EC), rgb(0x2A3138)},
	theme.ColorNameHover:               {rgba(0x0A5C8F, 0x18), rgba(0x7CC0EE, 0x20)},
	theme.ColorNamePressed:             {rgba(0x0A5C8F, 0x30), rgba(0x7CC0EE, 0x38)},
	theme.ColorNameSeparator:           {rgb(0xC9D2DA), rgb(0x3A444E)},
	theme.ColorNameInputBackground:     {rgb(0xFFFFFF), rgb(0x242B33)},
	theme.ColorNameInputBorder:         {rgb(0xC9D2DA), rgb(0x3A444E)},
	colorBanner:                        {rgb(0xFFF0CC), rgb(0x45380F)},
	colorRing:                          {rgb(0xC25A00), rgb(0xFFB870)},
	theme.ColorNameScrollBar:           {rgba(0x1A2530, 0x90), rgba(0xE8ECF0, 0x90)},
}

func rgb(v uint32) color.NRGBA { return rgba(v, 0xFF) }

func rgba(v uint32, a uint8) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: a}
}

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:           17,
	theme.SizeNameCaptionText:    14.5,
	theme.SizeNameSubHeadingText: 19,
	theme.SizeNameHeadingText:    28,
	sizeDigits:                   36,
	theme.SizeNameInnerPadding:   12, // of the field for messages
	theme.SizeNameInputRadius:    8,
	theme.SizeNameScrollBar:      14,
	theme.SizeNameScrollBarSmall: 6,
}

// Color implements fyne.Theme.
func (l *look) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	s, ok := shades[name]
	switch {
	case !ok:
		return l.Theme.Color(name, v)
	case v == theme.VariantDark:
		return s.dark
	}
	return s.light
}

// Size implements fyne.Theme.
func (l *look) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return l.Theme.Size(name)
}

// Font implements fyne.Theme. Symbols stay with Fyne; there is one font for
// everything else, since no page shows code.
func (l *look) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
	case style.Bold && l.bold != nil:
		return l.bold
	case l.regular != nil:
		return l.regular
	}
	return l.Theme.Font(style)
}
