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
	{"the first part", firstPart},
	{"a letter missing", missing},
	{"two letters swapped", swapped},
	{"with more around it", func(s string) string { return "画面に「" + s + "」と出ます 12:34" }},
}

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

// Every message finds its article, however it is typed. A message that stands in
// several articles, on a phone and on a computer, finds any of them.
func TestEveryMessageFindsItsArticle(t *testing.T) {
	owners := map[string][]string{}
	for _, a := range articles.All() {
		for _, m := range append(a.Messages, a.Codes...) {
			owners[m] = append(owners[m], a.ID)
		}
	}
	asked, first := 0, 0
	var missed []string
	for m, ids := range owners {
		for _, d := range distortions {
			asked++
			query := d.of(m)
			switch place := placeOf(ids, query); {
			case place == 0:
				first++
			case place < 0 || place > 2:
				t.Errorf("%s: %q finds %v at place %d", d.name, query, ids, place)
			default:
				missed = append(missed, fmt.Sprintf("%s: %q finds %v at place %d", d.name, query, ids, place))
			}
		}
	}
	t.Logf("%d queries, %d first", asked, first)
	if share := float64(first) / float64(asked); share < 0.98 {
		t.Errorf("%.1f%% are found first\n%s", 100*share, strings.Join(missed, "\n"))
	}
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
