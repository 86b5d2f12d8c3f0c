package articles_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/width"

	"yomitori/assets/articles"
)

// distortions are ways in which people get a message wrong.
var distortions = []struct {
	name string
	of   func(string) string
}{
	{"exact", func(s string) string { return s }},
	{"other width", otherWidth},
	{"other kana", otherKana},
	{"no blanks", func(s string) string { return strings.Join(strings.Fields(s), "") }},
	{"small letters and full stops", func(s string) string { return strings.ToLower(s) + "。。" }},
	{"with more around it", func(s string) string { return "画面に「" + s + "」と出ます 12:34" }},
	{"the first part", firstPart},
	{"a letter missing", missing},
	{"two letters swapped", swapped},
}

// harmless is how many of them leave a code what it is: another digit makes another.
const harmless = 6

func otherWidth(s string) string { return width.Widen.String(width.Narrow.String(s)) }

func otherKana(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'ァ' && r <= 'ヶ':
			return r - 'ァ' + 'ぁ'
		case r >= 'ぁ' && r <= 'ゖ':
			return r - 'ぁ' + 'ァ'
		}
		return r
	}, s)
}

// A part that is shorter than this may be of many messages.
const partLeast = 8

func firstPart(s string) string {
	runes := []rune(s)
	n := max(partLeast, len(runes)*6/10)
	return string(runes[:min(n, len(runes))])
}

func missing(s string) string {
	runes := []rune(s)
	if len(runes) < partLeast {
		return s
	}
	at := len(runes) / 2
	return string(runes[:at]) + string(runes[at+1:])
}

func swapped(s string) string {
	runes := []rune(s)
	if len(runes) < partLeast {
		return s
	}
	at := len(runes) / 3
	runes[at], runes[at+1] = runes[at+1], runes[at]
	return string(runes)
}

// Every message finds its article, however it is typed, and every code in each way
// that leaves it what it is. A message that stands in several articles, on a phone and
// on a computer, finds any of them.
func TestEveryMessageFindsItsArticle(t *testing.T) {
	messages, codes := owners(func(a articles.Article) []string { return a.Messages }), owners(func(a articles.Article) []string { return a.Codes })
	asked, first := 0, 0
	var missed []string
	ask := func(m string, owner []string, how int) {
		asked++
		d := distortions[how]
		query := d.of(m)
		place := placeOf(owner, query)
		if place == 0 {
			first++
			return
		}
		missed = append(missed, fmt.Sprintf("%s: %q finds %v at place %d", d.name, query, owner, place))
		if place < 0 || place > 2 {
			t.Error(missed[len(missed)-1])
		}
	}
	for m, ids := range messages {
		for how := range distortions {
			ask(m, ids, how)
		}
	}
	for c, ids := range codes {
		for how := range harmless {
			ask(c, ids, how)
		}
	}
	t.Logf("%d queries, %d first", asked, first)
	if share := float64(first) / float64(asked); share < 0.98 {
		t.Errorf("%.1f%% are found first\n%s", 100*share, strings.Join(missed, "\n"))
	}
}

// owners tells of each text, however it is spelled, in which articles it stands.
func owners(texts func(articles.Article) []string) map[string][]string {
	spelled := map[string]string{}
	all := map[string][]string{}
	for _, a := range articles.All() {
		for _, m := range texts(a) {
			folded := strings.Join(strings.Fields(width.Fold.String(strings.ToLower(m))), "")
			if _, known := spelled[folded]; !known {
				spelled[folded] = m
			}
			all[spelled[folded]] = append(all[spelled[folded]], a.ID)
		}
	}
	return all
}

// placeOf is the first place at which one of the articles is found, -1 for none.
func placeOf(ids []string, query string) int {
	for i, h := range articles.Search(query).Hits {
		for _, id := range ids {
			if h.ID == id {
				return i
			}
		}
	}
	return -1
}

func BenchmarkSearch(b *testing.B) {
	articles.Search("") // reads the library
	queries := []string{"HUB0002", "このサイトは安全に接続できません", "kyasshu", strings.Repeat("証明書を読めません。", 40)}
	for b.Loop() {
		for _, q := range queries {
			articles.Search(q)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(queries)), "µs/query")
}
