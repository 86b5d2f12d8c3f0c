package words

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
)

// mostArticles is how many articles are named for a finding: nobody reads more.
const mostArticles = 3

// ArticlesFor are the articles that explain a finding: those that name it as what
// confirms one of their causes. What tells the matter from its beginning comes
// before what tells of one message, and the likelier cause before another.
func ArticlesFor(id checks.ID) []articles.Article {
	type named struct {
		articles.Article
		message bool
		place   int // of the cause in the article
		beside  int // how many findings confirm that cause
	}
	var all []named
	for _, a := range articles.All() {
		i := slices.IndexFunc(a.Causes, func(c articles.Cause) bool { return slices.Contains(c.ConfirmedBy, string(id)) })
		if i >= 0 {
			all = append(all, named{a, a.Kind == articles.KindMessage, i, len(a.Causes[i].ConfirmedBy)})
		}
	}
	slices.SortStableFunc(all, func(a, b named) int {
		if a.message != b.message {
			return map[bool]int{true: 1, false: -1}[a.message]
		}
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.beside, b.beside))
	})
	var found []articles.Article
	for _, n := range all[:min(len(all), mostArticles)] {
		found = append(found, n.Article)
	}
	return found
}

// ArticlesOf are those of a finding that asks for something. What is well, or was
// not looked at, needs none.
func ArticlesOf(f checks.Finding) []articles.Article {
	if f.Status != checks.Problem && f.Status != checks.Notice {
		return nil
	}
	return ArticlesFor(f.ID)
}

// MessageOf is the message that an article is about, if it is one that the user can
// tell of.
func MessageOf(a articles.Article) (checks.Message, bool) {
	m := checks.Message(a.ID)
	return m, slices.Contains(checks.AllMessages(), m)
}

// UnknownCode says that a code is not known, and writes it as it was typed where that
// can be told: it is compared without its hyphens.
func UnknownCode(t assets.Texts, typed, code string) string {
	shown := strings.ToUpper(code)
	for word := range strings.FieldsFuncSeq(typed, func(r rune) bool { return r > unicode.MaxASCII || unicode.IsSpace(r) }) {
		if strings.EqualFold(strings.NewReplacer("-", "", "_", "").Replace(word), code) {
			shown = strings.ToUpper(word)
		}
	}
	return t.Text("article.unknown-code", assets.Args{"code": shown})
}
