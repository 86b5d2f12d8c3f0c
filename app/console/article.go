package console

import (
	"fmt"
	"io"
	"strings"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
)

// Article prints an article, joined with a diagnosis where there is one.
func Article(w io.Writer, t assets.Texts, a articles.Article, d *checks.Diagnosis) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", a.Title.In(t.Lang()), strings.Repeat("─", 40))
	for _, m := range a.Messages {
		fmt.Fprintf(&b, "%s\n", t.Text("article.quote", assets.Args{"message": m}))
	}
	if causes := words.ArticleCauses(t, a, d); len(causes) > 0 {
		key := "article.causes"
		if d != nil {
			key = "article.causes.here"
		}
		fmt.Fprintf(&b, "\n■ %s\n", t.Text(key))
		for _, c := range causes {
			if d == nil {
				fmt.Fprintf(&b, "・%s\n", c.Text)
			} else {
				fmt.Fprintf(&b, "%s %s（%s）\n", words.BehindMark(c.Behind), c.Text, words.Behind(t, c.Behind))
			}
		}
	}
	for _, line := range words.ArticleLines(t, a) {
		fmt.Fprintf(&b, "\n%s\n", line)
	}
	if see := related(t, a); len(see) > 0 {
		fmt.Fprintf(&b, "\n■ %s\n%s\n", t.Text("article.see"), strings.Join(see, "\n"))
	}
	fmt.Fprintf(&b, "\n%s\n", words.ArticleSource(t, a))
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write article: %w", err)
	}
	return nil
}

func related(t assets.Texts, a articles.Article) []string {
	var lines []string
	for _, id := range a.See {
		if other, ok := articles.ByID(id); ok {
			lines = append(lines, articleLine(t, other))
		}
	}
	return lines
}

func articleLine(t assets.Texts, a articles.Article) string {
	return fmt.Sprintf("  %-30s %s", a.ID, a.Title.In(t.Lang()))
}

// Articles prints a list of articles below a line that says what it is.
func Articles(w io.Writer, t assets.Texts, heading string, list []articles.Article) error {
	var b strings.Builder
	fmt.Fprintln(&b, heading)
	for _, a := range list {
		fmt.Fprintln(&b, articleLine(t, a))
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write articles: %w", err)
	}
	return nil
}
