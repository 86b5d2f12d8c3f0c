package assets

import (
	"embed"
	"strings"
)

// The drawings are of filled shapes only: Fyne's renderer does not scale the
// width of strokes, so a stroked line would be right at one size alone.
//
//go:embed drawings/*.svg
var drawings embed.FS

// Drawing returns a drawing as SVG, 320 by 200, for light and for dark
// backgrounds alike, or nil when there is none of that name.
func Drawing(name string) []byte {
	svg, err := drawings.ReadFile("drawings/" + name + ".svg")
	if err != nil {
		return nil
	}
	return svg
}

// Drawings lists the names of all drawings, sorted.
func Drawings() []string {
	files, _ := drawings.ReadDir("drawings") // embedded: it is there
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.TrimSuffix(f.Name(), ".svg")
	}
	return names
}
