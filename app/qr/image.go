package qr

import (
	"image"
	"image/color"
)

// Image is the code in the middle of a white square of so many pixels. All its
// squares are of the same size, so that cameras find no uneven ones.
func (c Code) Image(side int) image.Image {
	img := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	square := max(1, side/(c.Size+2*Quiet))
	from := (side - square*c.Size) / 2
	for y := range c.Size * square {
		for x := range c.Size * square {
			if c.Black(x/square, y/square) {
				img.SetColorIndex(from+x, from+y, 1)
			}
		}
	}
	return img
}
