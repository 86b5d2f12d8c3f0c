package articles

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Answer is what was found.
type Answer struct {
	// Hits are the articles, the best first; at most MostHits.
	Hits []Hit
	// Unknown is what was typed like a code and is none that is known here. Hits
	// are then those of the closest codes, and what else fits.
	Unknown string
}

// Hit is an article that was found.
type Hit struct {
	Article
	// Sure is true where the article is about just what was typed, and false where
	// it only resembles it.
	Sure bool

	score float64
}

// MostHits bounds an answer: nobody reads on.
const MostHits = 8

// What a score must come to. A sure one is of the same text, or of one that holds the
// other where that is long.
const (
	scoreSure  = 0.75
	scoreLeast = 0.22
	scoreCode  = 2.0 // a code says it all
	scoreNear  = 1.5 // a code with a typing error
)

// longest is how much of what was typed is compared: nobody types more, and a pasted
// page must not take long. A code is looked for further down.
const (
	longest     = 400
	longestCode = 20_000
)

// Search finds articles by what somebody typed: a message or a part of it, a code,
// words, kana or romaji. Width, case, kana, blanks and typing errors do not matter.
func Search(typed string) Answer { return indexed().search(typed) }

func (x *index) search(typed string) Answer {
	sure := make([]float64, len(x.entries))
	answer := Answer{Unknown: x.byCode(cut(typed, longestCode), sure)}
	typed = cut(typed, longest)
	scores := slices.Clone(sure)
	x.byText(typed, scores)
	if answer.Unknown == "" {
		sure = scores
	} else { // what it resembles says nothing; what stands beside it may
		x.byText(without(typed, answer.Unknown), sure)
		x.resembling(answer.Unknown, scores)
	}
	for i, s := range scores {
		if s >= scoreLeast {
			answer.Hits = append(answer.Hits, Hit{x.entries[i].article, sure[i] >= scoreSure, s})
		}
	}
	slices.SortStableFunc(answer.Hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(rank(a.Article), rank(b.Article)))
	})
	answer.Hits = answer.Hits[:min(len(answer.Hits), MostHits)]
	return answer
}

func cut(s string, letters int) string {
	if runes := []rune(s); len(runes) > letters {
		return string(runes[:letters])
	}
	return s
}

// rank puts what this program can see before what only a phone shows.
func rank(a Article) int {
	switch {
	case slices.Contains(a.Where, WherePhone) && len(a.Where) == 1:
		return 2
	case a.Kind != KindMessage:
		return 1
	}
	return 0
}

// byText scores by the letters, as they are and read as romaji.
func (x *index) byText(typed string, scores []float64) {
	queries := []field{newField(typed, 1)}
	if hiragana, ok := romaji(queries[0].text); ok {
		queries = append(queries, newField(hiragana, 0.9))
	}
	apart := quotes(typed)
	for i, e := range x.entries {
		for _, q := range queries {
			scores[i] = max(scores[i], q.weight*x.score(q, e))
		}
		if slices.ContainsFunc(e.messages, func(f field) bool { return f.weight == weightMessage && slices.Contains(apart, f.text) }) {
			scores[i] = max(scores[i], weightMessage)
		}
	}
}

// quotes are the parts of a text that its quotation marks and lines set apart, folded.
func quotes(typed string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(norm.NFKC.String(typed), func(r rune) bool { return strings.ContainsRune("「」『』“”\"\n", r) }) {
		all = append(all, fold(part))
	}
	return all
}

// score is how well an article fits a text: by its best short text, and a little
// by what it goes on to say.
func (x *index) score(q field, e entry) float64 {
	whole := x.weightOf(q.bigrams)
	if whole == 0 {
		return single(q, e)
	}
	var best, body float64
	for _, f := range e.messages {
		best = max(best, f.weight*x.likeness(q, f, whole))
	}
	for _, f := range e.body {
		body = max(body, f.weight*x.common(q.bigrams, f.bigrams)/whole)
	}
	return max(best, body) + 0.05*min(best, body)
}

// single scores a query of one letter: by the texts that are just that.
func single(q field, e entry) float64 {
	for _, f := range e.messages {
		if q.text != "" && f.text == q.text {
			return f.weight
		}
	}
	return 0
}

// likeness is between 0 and 1: 1 for the same text, nearly that for a part of it,
// and what the shared bigrams tell for the rest.
func (x *index) likeness(q, f field, whole float64) float64 {
	if q.text == f.text {
		return 1
	}
	share := x.common(q.bigrams, f.bigrams)
	if share == 0 {
		return 0
	}
	dice := 2 * share / (whole + x.weightOf(f.bigrams))
	part := float64(utf8.RuneCountInString(f.text)) / float64(utf8.RuneCountInString(q.text))
	switch {
	case strings.Contains(f.text, q.text) && telling(q.text, 6) && (part < 2.5 || telling(q.text, 12)):
		return 0.85 + 0.1*dice
	case strings.Contains(q.text, f.text) && telling(f.text, 12) && part > 0.15:
		return 0.8 + 0.15*dice
	case strings.Contains(f.text, q.text) && long(q.text), strings.Contains(q.text, f.text) && long(f.text) && part > 0.15:
		return 0.5 + 0.14*dice
	}
	// Of a long message people remember a part.
	return max(dice, 0.7*share/whole)
}

// telling reports whether a text is so long that no other holds it by chance. What
// holds a short message may be another: 「予期しないエラーが発生しました」. Of Latin letters
// there are more to a word.
func telling(folded string, least int) bool {
	if isASCII(folded) {
		least = 12
	}
	return utf8.RuneCountInString(folded) >= least
}

// long reports whether a text is long enough for holding it to mean something.
func long(folded string) bool {
	n := utf8.RuneCountInString(folded)
	return n >= 6 || n >= 3 && !isASCII(folded)
}
