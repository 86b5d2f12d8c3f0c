package platform

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How many bytes of a text from outside are believed.
const (
	LongestName = 128 // of a device; pcsc-lite allows as much for a reader's name
	LongestText = 1024
)

// Printable makes text that came from a device or a file safe to show: without
// control characters, and of at most limit bytes.
func Printable(s string, limit int) string {
	if len(s) > limit {
		s = strings.ToValidUTF8(s[:limit], "")
	}
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
}
