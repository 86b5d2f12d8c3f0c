package articles

import (
	"slices"
	"strings"
)

// byCode scores by the codes in what was typed, and returns one that is not known, as
// it is compared, if there is none that is.
func (x *index) byCode(typed string, scores []float64) (unknown string) {
	found := false
	for _, t := range tokens(typed) {
		read, ok := romaji(t)
		for i, e := range x.entries {
			if e.article.ID != unknownCodes && (slices.Contains(e.codes, t) || ok && slices.Contains(e.spelled, read)) {
				scores[i], found = scores[i]+scoreCode, true
			}
		}
	}
	if found {
		return ""
	}
	for _, t := range slices.Concat(slices.DeleteFunc(tokens(typed), func(t string) bool { return !looksLikeCode(t) }), names(typed)) {
		if !x.named[t] {
			unknown = t
		}
	}
	return unknown
}

// resembling scores the codes that may have been meant, and the article about those
// that nobody knows, which comes first where it names the code.
func (x *index) resembling(unknown string, scores []float64) {
	for i, e := range x.entries {
		for _, c := range e.codes {
			if d := distance(unknown, c); d <= tolerance(c) {
				scores[i] = max(scores[i], scoreNear/float64(1+d))
			}
		}
		if e.article.ID == unknownCodes {
			scores[i] = max(scores[i], scoreLeast)
		}
	}
}

// without is a text without a token.
func without(typed, token string) string {
	words := strings.FieldsFunc(typed, func(r rune) bool { return r == ' ' || r >= '\u3000' && r <= '\u3002' })
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return slices.Contains(tokens(w), token) }), " ")
}

// unknownCodes is the article about codes whose meaning nobody published.
const unknownCodes = "unknown-codes"

// tolerance is how many typing errors a code may have and be thought of: in a short
// one each letter tells it from others.
func tolerance(code string) int {
	switch n := len(code); {
	case n < 5:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// distance counts letters that are wrong, missing, too many or swapped with their
// neighbour (optimal string alignment). Both texts are short.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
