package articles

import (
	"math"
	"slices"
	"sync"

	"yomitori/assets"
)

// field is one text of an article as it is compared.
type field struct {
	text    string
	bigrams []bigram // sorted, each once
	weight  float64
}

// bigram is two letters that follow each other.
type bigram [2]rune

func (b bigram) compare(o bigram) int {
	if b[0] != o[0] {
		return int(b[0] - o[0])
	}
	return int(b[1] - o[1])
}

// entry is what the index holds of an article.
type entry struct {
	article  Article
	messages []field // short texts that are compared as wholes
	body     []field
	codes    []string
	spelled  []string // codes as they are read aloud, in kana
}

// index is the whole library, ready to be searched.
type index struct {
	entries []entry
	// rarity says how much a bigram tells: much where few articles hold it.
	rarity map[bigram]float64
	// named are names of errors that stand in messages.
	named map[string]bool
}

var indexed = sync.OnceValue(func() *index { return newIndex(All()) })

// What a field counts for: what people read on the page, then what the article is
// called, then what it speaks of.
const (
	weightMessage = 1.0
	weightCode    = 0.9
	weightWord    = 0.9
	weightTitle   = 0.8
	weightSaid    = 0.7
	weightCause   = 0.5
	weightBody    = 0.35
)

func newIndex(all []Article) *index {
	x := &index{rarity: map[bigram]float64{}, named: map[string]bool{}}
	for _, a := range all {
		e := entry{article: a}
		short := func(weight float64, texts ...string) {
			for _, t := range texts {
				if f := newField(t, weight); f.text != "" {
					e.messages = append(e.messages, f)
				}
			}
		}
		short(weightMessage, a.Messages...)
		short(weightCode, a.Codes...)
		short(weightWord, a.Words...)
		short(weightTitle, a.Title.JA, a.Title.EN)
		for _, c := range a.Causes {
			short(weightCause, c.JA, c.EN)
		}
		for _, l := range assets.Langs {
			text := ""
			for _, b := range a.Body[l] {
				text += b.Plain() + " "
			}
			e.body = append(e.body, newField(text, weightBody))
		}
		for _, c := range a.Codes {
			e.codes = append(e.codes, fold(c))
		}
		x.spell(&e)
		x.entries = append(x.entries, e)
	}
	x.weigh()
	return x
}

// spell adds how people say codes, and notes the names of errors in messages.
func (x *index) spell(e *entry) {
	for _, w := range e.article.Words {
		if w = fold(w); !isASCII(w) && unpadded(w) != w {
			e.messages = append(e.messages, newField(unpadded(w), weightSaid))
			e.spelled = append(e.spelled, w)
		}
	}
	for _, m := range e.article.Messages {
		for _, n := range names(m) {
			x.named[n] = true
		}
	}
}

// weigh counts in how many articles each bigram stands.
func (x *index) weigh() {
	for _, e := range x.entries {
		seen := map[bigram]bool{}
		for _, f := range slices.Concat(e.messages, e.body) {
			for _, b := range f.bigrams {
				seen[b] = true
			}
		}
		for b := range seen {
			x.rarity[b]++
		}
	}
	for b, in := range x.rarity {
		x.rarity[b] = math.Log(1 + float64(len(x.entries))/in)
	}
}

func newField(s string, weight float64) field {
	text := fold(s)
	return field{text, bigramsOf(text), weight}
}

func bigramsOf(folded string) []bigram {
	runes := []rune(folded)
	var all []bigram
	for i := range max(0, len(runes)-1) {
		all = append(all, bigram{runes[i], runes[i+1]})
	}
	slices.SortFunc(all, bigram.compare)
	return slices.Compact(all)
}

// weightOf adds up what bigrams tell. One that no article holds tells most.
func (x *index) weightOf(all []bigram) float64 {
	var sum float64
	for _, b := range all {
		sum += x.tells(b)
	}
	return sum
}

func (x *index) tells(b bigram) float64 {
	if r, known := x.rarity[b]; known {
		return r
	}
	return math.Log(1 + float64(len(x.entries)))
}

// common adds up what the bigrams tell that two fields share.
func (x *index) common(a, b []bigram) float64 {
	var sum float64
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := a[i].compare(b[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			sum += x.tells(a[i])
			i++
			j++
		}
	}
	return sum
}
