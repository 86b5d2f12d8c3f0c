package assets

import _ "embed"

//go:embed fonts/BIZUDPGothic-Regular.ttf
var fontRegular []byte

//go:embed fonts/BIZUDPGothic-Bold.ttf
var fontBold []byte

// Font returns the program's font, a TrueType file. It holds the characters of
// JIS X 0208 and Latin-1, so that what the program says looks the same on
// every system; rarer characters are left to the system's fonts. The caller
// must not change the bytes.
func Font(bold bool) []byte {
	if bold {
		return fontBold
	}
	return fontRegular
}
