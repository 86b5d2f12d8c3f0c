package articles

import (
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
// letters and at least three digits, or a name with hexadecimal digits.
func looksLikeCode(token string) bool {
	digits, letters := 0, 0
	for _, r := range token {
		if unicode.IsDigit(r) {
			digits++
		} else {
			letters++
		}
	}
	return digits >= 3 && (letters > 0 || digits >= 6) && len(token) <= 20
}

// isASCII reports whether a folded text has Latin letters and digits only.
func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= unicode.MaxASCII }) < 0
}
