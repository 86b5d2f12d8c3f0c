package qr_test

import (
	"errors"
	"image/color"
	"strings"
	"testing"

	"yomitori/app/qr"
)

func TestTooLong(t *testing.T) {
	for _, n := range []int{0, 1, 1200} {
		if _, err := qr.New(strings.Repeat("a", n)); err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
	if _, err := qr.New(strings.Repeat("a", 1201)); !errors.Is(err, qr.ErrTooLong) {
		t.Errorf("1201 bytes: %v", err)
	}
}

// Every square is drawn whole, with the margin around it, however large the image.
func TestImage(t *testing.T) {
	c, err := qr.New(strings.Repeat("読み取り", 90))
	if err != nil {
		t.Fatal(err)
	}
	for _, side := range []int{c.Size + 2*qr.Quiet, 300, 440, 521, 1000} {
		img := c.Image(side)
		square := side / (c.Size + 2*qr.Quiet)
		from := (side - square*c.Size) / 2
		for y := range side {
			for x := range side {
				col, row := (x-from)/square, (y-from)/square
				want := color.Color(color.White)
				if x >= from && y >= from && col < c.Size && row < c.Size && c.Black(col, row) {
					want = color.Black
				}
				if img.At(x, y) != want {
					t.Fatalf("side %d: pixel %d, %d is %v", side, x, y, img.At(x, y))
				}
			}
		}
		if from < qr.Quiet*square {
			t.Errorf("side %d: margin of %d pixels, a square has %d", side, from, square)
		}
	}
}
