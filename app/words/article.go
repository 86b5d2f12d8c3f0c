package words

import (
	"slices"
	"strings"

	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
)

// ArticleCause is one cause of an article, and what the computer shows of it.
type ArticleCause struct {
	Behind checks.Behind
	Text   string
}

// ArticleCauses are what may lie behind a message: what the computer confirms comes
// first, then what is open, then what it excludes. Without a diagnosis all is open.
func ArticleCauses(t assets.Texts, a articles.Article, d *checks.Diagnosis) []ArticleCause {
	var all []ArticleCause
	for _, c := range a.Causes {
		state := checks.BehindOpen
		if d != nil {
			state = d.Behind(named[checks.Purpose](a.Purposes), named[checks.ID](c.ConfirmedBy), named[checks.ID](c.ExcludedBy))
		}
		text := c.Text().In(t.Lang())
		if checked := c.Checked.In(t.Lang()); state == checks.BehindExcluded && checked != "" {
			text = checked
		}
		all = append(all, ArticleCause{state, text})
	}
	order := []checks.Behind{checks.BehindConfirmed, checks.BehindOpen, checks.BehindExcluded}
	slices.SortStableFunc(all, func(a, b ArticleCause) int {
		return slices.Index(order, a.Behind) - slices.Index(order, b.Behind)
	})
	return all
}

// named are what names in an article stand for.
func named[T ~string](names []string) []T {
	all := make([]T, len(names))
	for i, n := range names {
		all[i] = T(n)
	}
	return all
}

// Behind names what the computer shows of a cause.
func Behind(t assets.Texts, b checks.Behind) string { return t.Text("article.behind." + string(b)) }

// BehindMark stands before a cause, in the shapes of the marks of findings.
func BehindMark(b checks.Behind) string {
	return map[checks.Behind]string{checks.BehindConfirmed: "✕", checks.BehindOpen: "?", checks.BehindExcluded: "✓"}[b]
}

// ArticleSource says where an article's facts come from, and how far to trust them.
// Each document is named once, with all sections; of collected facts, which readers do
// not have, none is.
func ArticleSource(t assets.Texts, a articles.Article) string {
	var from []string
	sections := map[string][]string{}
	for _, s := range a.Sources {
		document := strings.TrimSpace(name(t, "article.source.", s.Document) + " " + s.Version)
		if !slices.Contains(from, document) {
			from = append(from, document)
		}
		if s.Document != collected && s.Section != "" {
			sections[document] = append(sections[document], s.Section)
		}
	}
	for i, document := range from {
		if of := sections[document]; len(of) > 0 {
			from[i] += " (" + list(t, of) + ")"
		}
	}
	return t.Text("article.source", assets.Args{
		"from": list(t, from), "as_of": Period(t, a.AsOf),
		"confidence": t.Text("article.confidence." + string(a.Confidence)),
	})
}

// collected is the source of what was collected from several public ones.
const collected = "facts"

// ArticleWhere names a place at which messages appear.
func ArticleWhere(t assets.Texts, w articles.Where) string {
	return t.Text("article.where." + string(w))
}

// ArticlePlain is an article as text that can be copied, sent and read out: its
// title, the text and the steps.
func ArticlePlain(t assets.Texts, a articles.Article) string {
	var b strings.Builder
	b.WriteString(a.Title.In(t.Lang()) + "\n")
	for _, line := range ArticleLines(t, a) {
		b.WriteString("\n" + line)
	}
	return b.String() + "\n"
}

// ArticleLines are the blocks of an article, a line each.
func ArticleLines(t assets.Texts, a articles.Article) []string {
	var lines []string
	for _, block := range a.Body[t.Lang()] {
		lines = append(lines, blockMark(block)+block.Plain())
	}
	return lines
}

func blockMark(b articles.Block) string {
	switch b.Kind {
	case articles.Heading:
		return "■ "
	case articles.Step:
		return number(b.Number) + ". "
	case articles.Item:
		return "・"
	}
	return ""
}

// ArticleSteps is what a phone is given to hold: the title and the steps alone, as
// short as they are.
func ArticleSteps(t assets.Texts, a articles.Article) string {
	lines := []string{a.Title.In(t.Lang())}
	for _, block := range a.Body[t.Lang()] {
		if block.Kind == articles.Step {
			lines = append(lines, blockMark(block)+block.Plain())
		}
	}
	return strings.Join(lines, "\n")
}
