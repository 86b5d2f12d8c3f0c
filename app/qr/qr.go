// Package qr makes QR codes, for whatever shows them: a terminal, a page, the window.
package qr

import (
	"errors"
	"fmt"
	"strings"

	"rsc.io/qr"
)

// ErrTooLong is the error of a text that no QR code that phones read well can hold.
var ErrTooLong = errors.New("too long for a QR code")

// most is how many bytes a QR code holds that a phone still reads off a screen:
// that of version 25 or so, 117 squares wide.
const most = 1200

// Code is a QR code.
type Code struct {
	Size  int // squares on a side, without the quiet zone
	Black func(x, y int) bool
}

// New makes a QR code of a text. The error wraps ErrTooLong.
func New(text string) (Code, error) {
	if len(text) > most {
		return Code{}, fmt.Errorf("make QR code of %d bytes: %w", len(text), ErrTooLong)
	}
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return Code{}, fmt.Errorf("make QR code: %w", err)
	}
	return Code{code.Size, code.Black}, nil
}

// Quiet is the white margin that readers need, in squares.
const Quiet = 4

// Blocks is the code for a terminal: two rows of squares to a line. It is drawn on
// white whatever colours the terminal has.
func (c Code) Blocks() string {
	var b strings.Builder
	for y := -Quiet; y < c.Size+Quiet; y += 2 {
		b.WriteString("\x1b[30;47m")
		for x := -Quiet; x < c.Size+Quiet; x++ {
			switch {
			case c.Black(x, y) && c.Black(x, y+1):
				b.WriteRune('█')
			case c.Black(x, y):
				b.WriteRune('▀')
			case c.Black(x, y+1):
				b.WriteRune('▄')
			default:
				b.WriteByte(' ')
			}
		}
		b.WriteString("\x1b[0m\n")
	}
	return b.String()
}

// SVG is the code as a drawing.
func (c Code) SVG() string {
	var path strings.Builder
	for y := range c.Size {
		for x := range c.Size {
			if c.Black(x, y) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+Quiet, y+Quiet)
			}
		}
	}
	side := c.Size + 2*Quiet
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<rect width="100%%" height="100%%" fill="#fff"/><path d="%s" fill="#000"/></svg>`, side, side, path.String())
}
