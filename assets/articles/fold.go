package articles

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold makes of a text what is compared: one width, small letters, hiragana, and
// only letters and digits. The mark of a long vowel is left out: one writes ユーザ,
// another ユーザー.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(s) {
		switch {
		case r >= 'ァ' && r <= 'ヶ':
			r -= 'ァ' - 'ぁ'
		case r == 'ー' || !unicode.IsLetter(r) && !unicode.IsDigit(r):
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// tokens are the words of a text that hold digits or consist of Latin letters,
// folded, with what joins the parts of a code ("EI123-2008", "SCARD_E_NO_SERVICE")
// left out.
func tokens(s string) []string {
	inCode := func(r rune) bool {
		return r == '-' || r == '_' || r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
	}
	var all []string
	for _, word := range strings.FieldsFunc(norm.NFKC.String(s), func(r rune) bool { return !inCode(r) }) {
		if t := fold(word); t != "" {
			all = append(all, t)
		}
	}
	return all
}

// looksLikeCode reports whether a token is a code rather than a word or a number:
// letters and at least three digits. Digits alone are a number, of a user or a day.
func looksLikeCode(token string) bool {
	count := 0
	for _, r := range token {
		if unicode.IsDigit(r) {
			count++
		}
	}
	return count >= 3 && count < len(token) && len(token) <= 20
}

// names are the names of errors in a text, as programs write them: capitals joined by
// "_" ("SCARD_E_NO_SERVICE"), folded.
func names(s string) []string {
	var all []string
	for _, word := range nameOfError.FindAllString(norm.NFKC.String(s), -1) {
		all = append(all, fold(word))
	}
	return all
}

var nameOfError = regexp.MustCompile(`\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b`)

// unpadded is a folded text without the zeros that begin its numbers: of "ハブ0002"
// people remember ハブ2.
func unpadded(folded string) string { return padding.ReplaceAllString(folded, "$1$2") }

var padding = regexp.MustCompile(`(^|[^0-9])0+([0-9])`)

// isASCII reports whether a folded text has Latin letters and digits only.
func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= unicode.MaxASCII }) < 0
}
