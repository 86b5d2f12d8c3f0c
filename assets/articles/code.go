package articles

import "slices"

// byCode scores by the codes in what was typed, and returns one that is not known,
// as it is compared, if there is no other that is. What only resembles a code
// counts in near alone.
func (x *index) byCode(typed string, scores, near []float64) (unknown string) {
	found := false
	for _, t := range tokens(typed) {
		for i, e := range x.entries {
			if slices.Contains(e.codes, t) {
				scores[i], near[i], found = scores[i]+scoreCode, near[i]+scoreCode, true
			}
		}
	}
	if found {
		return ""
	}
	for _, t := range tokens(typed) {
		if !looksLikeCode(t) {
			continue
		}
		unknown = t
		for i, e := range x.entries {
			if e.article.ID == unknownCodes {
				near[i] = max(near[i], 0.5)
			}
			for _, c := range e.codes {
				if d := distance(t, c); d <= tolerance(c) {
					near[i] = max(near[i], scoreNear/float64(d))
				}
			}
		}
	}
	return unknown
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
