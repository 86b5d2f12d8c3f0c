package wizard

import (
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/segmenter"
)

// piece is a stretch of text that stays on one line.
type piece struct {
	text string
	// phrase says that a line may well end after the piece: between phrases,
	// where Japanese is read with a breath.
	phrase bool
	// must says that the line ends after the piece.
	must bool
}

// pieces cuts a text where UAX #14 allows a line to end, and joins again what
// that standard would cut but a reader would not: words in katakana, Latin
// words with a hyphen, a number and its counter.
func pieces(text string) []piece {
	var seg segmenter.Segmenter
	seg.InitWithString(text)
	runes := []rune(text)
	var all []piece
	start := 0
	for lines := seg.LineIterator(); lines.Next(); {
		line := lines.Line()
		end := line.Offset + len(line.Text)
		newline := line.IsMandatoryBreak && end > 0 && isNewline(runes[end-1])
		if end < len(runes) && !newline && glued(runes, end) {
			continue
		}
		all = append(all, piece{
			text:   strings.TrimRight(string(runes[start:end]), "\r\n"),
			phrase: end == len(runes) || endsPhrase(runes, end),
			must:   newline,
		})
		start = end
	}
	return all
}

func isNewline(r rune) bool { return r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' }

// neverFirst may not begin a line (JIS X 4051, as far as UAX #14 leaves it open).
const neverFirst = "、。，．・：；？！ー゛゜ヽヾゝゞ々〻）］｝〉》」』】〕ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥％℃"

// counters belong to the number before them.
const counters = "年月日時分秒回個枚台件歳番点"

// glued reports whether the text must not be cut before runes[i].
func glued(runes []rune, i int) bool {
	a, b := runes[i-1], runes[i]
	switch {
	case strings.ContainsRune(neverFirst, b):
		return true
	case isKatakana(a) && isKatakana(b):
		return katakanaRun(runes, i) <= 10
	case unicode.IsDigit(a) && strings.ContainsRune(counters, b):
		return true
	case a == '/' && inAddress(runes, i):
		return true // people type it letter by letter
	case a == '-' || a == '‐' || a == '.' || a == '_':
		return i >= 2 && isLatin(runes[i-2]) && isLatin(b)
	}
	return false
}

// inAddress reports whether place i is inside of an address like
// edge://extensions, or a path, that is short enough to stay on one line.
func inAddress(runes []rune, i int) bool {
	from, to := i, i
	for from > 0 && isAddress(runes[from-1]) {
		from--
	}
	for to < len(runes) && isAddress(runes[to]) {
		to++
	}
	return to-from <= 56 && (runes[from] == '/' || strings.Contains(string(runes[from:to]), "://"))
}

func isAddress(r rune) bool { return r > ' ' && r < unicode.MaxASCII }

func isKatakana(r rune) bool { return unicode.Is(unicode.Katakana, r) || r == 'ー' }

func isLatin(r rune) bool { return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// katakanaRun counts the katakana around place i. A very long run is several
// words that were written together, and may be cut.
func katakanaRun(runes []rune, i int) int {
	from, to := i, i
	for from > 0 && isKatakana(runes[from-1]) {
		from--
	}
	for to < len(runes) && isKatakana(runes[to]) {
		to++
	}
	return to - from
}

// endsPhrase reports whether a phrase ends before runes[i]: after a pause, a
// space or を, and where particles in hiragana give way to the next word.
func endsPhrase(runes []rune, i int) bool {
	a, b := runes[i-1], runes[i]
	switch {
	case unicode.IsSpace(a), strings.ContainsRune("、。！？）」』…，．", a), a == 'を':
		return true
	case (a == 'お' || a == 'ご') && unicode.Is(unicode.Han, b):
		return false // the prefix of politeness belongs to what follows
	}
	if !unicode.Is(unicode.Hiragana, a) || unicode.Is(unicode.Hiragana, b) {
		return false
	}
	// One hiragana between kanji, and no particle, is inside a verb: 読み取る.
	inside := i >= 2 && unicode.Is(unicode.Han, runes[i-2]) && unicode.Is(unicode.Han, b)
	return !inside || strings.ContainsRune("はがにのとでもへや", a)
}

// fill sets pieces into lines no wider than width. A line ends after a phrase
// unless that would leave less than the share full of it in use. Blanks at the
// end of a line hang over. What is wider than a whole line is cut anywhere. No
// word is left alone on the last line if phrases alone can avoid it.
func fill(all []piece, width, full float32, measure func(string) float32) []string {
	lines := fillOnce(all, width, full, measure)
	if n := len(lines); n > 1 && len([]rune(lines[n-1])) <= 3 {
		if again := fillOnce(all, width, full/3, measure); len(again) == n {
			return again
		}
	}
	return lines
}

func fillOnce(all []piece, width, full float32, measure func(string) float32) []string {
	var lines []string
	for len(all) > 0 {
		n, fits := fitting(all, width, full, measure)
		if !fits {
			all = append(cutAnywhere(all[0], width, measure), all[1:]...)
			n = 1
		}
		lines = append(lines, strings.TrimRight(joined(all[:n]), " 　"))
		all = all[n:]
	}
	return lines
}

// fitting counts the pieces of the next line; fits is false when not even the
// first has room.
func fitting(all []piece, width, full float32, measure func(string) float32) (n int, fits bool) {
	var used float32
	last, phrase := 0, 0
	var phraseWidth float32
	for i, p := range all {
		if used+measure(strings.TrimRight(p.text, " 　")) > width {
			break
		}
		used += measure(p.text)
		last = i + 1
		if p.phrase {
			phrase, phraseWidth = last, used
		}
		if p.must {
			return last, true
		}
	}
	if last == len(all) || phrase == 0 || phraseWidth < full*width {
		return max(last, 1), last > 0
	}
	return phrase, true
}

// cutAnywhere splits a piece that is wider than a line, by what readers take
// for characters.
func cutAnywhere(p piece, width float32, measure func(string) float32) []piece {
	var seg segmenter.Segmenter
	seg.InitWithString(p.text)
	var cut []piece
	var line strings.Builder
	for it := seg.GraphemeIterator(); it.Next(); {
		g := string(it.Grapheme().Text)
		if line.Len() > 0 && measure(line.String()+g) > width {
			cut = append(cut, piece{text: line.String()})
			line.Reset()
		}
		line.WriteString(g)
	}
	return slices.Concat(cut, []piece{{text: line.String(), phrase: p.phrase, must: p.must}})
}

func joined(all []piece) string {
	var b strings.Builder
	for _, p := range all {
		b.WriteString(p.text)
	}
	return b.String()
}
