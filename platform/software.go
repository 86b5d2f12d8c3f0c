package platform

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Software is a piece of official software that stands between a page and the
// card. Its programs, hosts and extensions are many; this says whose they are.
type Software string

// Official software.
const (
	SoftwareNone       Software = ""
	SoftwareMynaportal Software = "mynaportal" // マイナポータル, the app and its extension
	SoftwareJPKI       Software = "jpki"       // JPKI利用者ソフト
	SoftwareETax       Software = "etax"       // e-Tax AP and the e-Tax set-up
	SoftwareHPKI       Software = "hpki"       // HPKI card driver
)

// A softwareMark is a part of a name that tells whose software it names.
type softwareMark struct {
	text string // in lower case
	of   Software
	// word is true for a mark with which other words begin too, so that it
	// must be a whole word.
	word bool
}

// softwareMarks are looked for in this order. The names of hosts come from
// facts/os-browser.md 1.1, those of programs from 2.1, and that installed
// programs bear the Japanese ones and "e-Tax" is an inference made there.
// "etax" and "jp.go.nta" come from 8 (1), an inference too: no name of
// anything of e-Tax but that of its extension was found.
var softwareMarks = []softwareMark{
	{text: "jp.go.cao.mpa", of: SoftwareMynaportal, word: true},
	{text: "mynaportal", of: SoftwareMynaportal},
	{text: "マイナポータル", of: SoftwareMynaportal},
	{text: "e-tax", of: SoftwareETax, word: true},
	{text: "etax", of: SoftwareETax, word: true},
	{text: "jp.go.nta", of: SoftwareETax, word: true},
	{text: "国税電子申告", of: SoftwareETax},
	{text: "hpki", of: SoftwareHPKI},
	{text: "jpki", of: SoftwareJPKI},
	{text: "公的個人認証", of: SoftwareJPKI},
	{text: "利用者クライアントソフト", of: SoftwareJPKI},
}

// hostMarks are those of hosts besides: facts/os-browser.md 8 (1) infers that
// the name of a host or the path of its manifest may hold them. Other programs
// are not known by so little.
var hostMarks = []softwareMark{
	{text: "myna", of: SoftwareMynaportal, word: true},
	{text: "nta", of: SoftwareETax, word: true},
}

// SoftwareOf says whose software the first of the names that tells it belongs
// to, SoftwareNone when none does.
func SoftwareOf(names ...string) Software { return softwareBy(softwareMarks, names) }

// SoftwareOfHost is SoftwareOf for the name of a native host and the paths that
// its registration leads to.
func SoftwareOfHost(names ...string) Software {
	if of := SoftwareOf(names...); of != SoftwareNone {
		return of
	}
	return softwareBy(hostMarks, names)
}

func softwareBy(marks []softwareMark, names []string) Software {
	for _, n := range names {
		for _, m := range marks {
			if m.in(n) {
				return m.of
			}
		}
	}
	return SoftwareNone
}

// in reports whether a name holds the mark. One in Latin letters must begin a
// word: "Freetax" is somebody else's.
func (m softwareMark) in(name string) bool {
	if m.text[0] >= utf8.RuneSelf {
		return strings.Contains(name, m.text)
	}
	for i := range len(name) - len(m.text) + 1 {
		end := i + len(m.text)
		if strings.EqualFold(name[i:end], m.text) && !inWord(name[:i]) && !(m.word && goesOn(name[:end], name[end:])) {
			return true
		}
	}
	return false
}

// inWord reports whether a text ends within a word of Latin letters.
func inWord(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return unicode.Is(unicode.Latin, r) || '0' <= r && r <= '9'
}

// goesOn reports whether the word with which a text ends goes on in the next. A
// capital after a small letter begins another word: "eTaxSetup".
func goesOn(word, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(word)
	next, _ := utf8.DecodeRuneInString(after)
	return unicode.Is(unicode.Latin, next) && !(unicode.IsLower(last) && unicode.IsUpper(next))
}
