package app

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"yomitori/app/console"
	"yomitori/app/qr"
	"yomitori/app/report"
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
)

// explainFlags are how an article is shown.
type explainFlags struct {
	here, list, qr  bool
	where, out, why string
}

// explain searches the articles, and shows the one that was meant.
func (p *program) explain() *cobra.Command {
	c := &cobra.Command{Use: "explain [TEXT]", Short: p.texts.Text("help.explain")}
	var f explainFlags
	forWhat := p.purposeFlag(c)
	c.Flags().BoolVar(&f.here, "here", false, p.texts.Text("help.here"))
	c.Flags().BoolVar(&f.list, "list", false, p.texts.Text("help.articles"))
	c.Flags().StringVar(&f.where, "where", "", p.texts.Text("help.where"))
	c.Flags().BoolVar(&f.qr, "qr", false, p.texts.Text("help.qr"))
	c.Flags().StringVar(&f.out, "html", "", p.texts.Text("help.html"))
	c.RunE = func(c *cobra.Command, args []string) error {
		f.why = *forWhat
		text := strings.TrimSpace(strings.Join(args, " "))
		switch {
		case f.where != "" && !slices.Contains(articles.Wheres, articles.Where(f.where)):
			return usage("error.unknown-where", assets.Args{"where": f.where, "wheres": p.wheres()})
		case text == "" && (f.list || f.where != ""):
			return p.browse(articles.Where(f.where))
		case text == "":
			return usage("error.explain-empty", nil)
		case checks.LooksLikePIN(text):
			return usage("error.explain-pin", nil)
		}
		return p.explainText(c.Context(), text, f)
	}
	return c
}

// wheres lists what --where can be.
func (p *program) wheres() string {
	var names []string
	for _, w := range articles.Wheres {
		names = append(names, string(w))
	}
	return strings.Join(names, p.texts.Text("format.list-separator"))
}

// browse lists all articles by the place at which people meet what they are about,
// or those of one place.
func (p *program) browse(only articles.Where) error {
	for _, w := range articles.Wheres {
		if only != "" && w != only {
			continue
		}
		var list []articles.Article
		for _, a := range articles.All() {
			if slices.Contains(a.Where, w) {
				list = append(list, a)
			}
		}
		if err := console.Articles(p.Stdout, p.texts, "■ "+words.ArticleWhere(p.texts, w), list); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(p.Stdout, p.texts.Text("article.hint"))
	return err
}

// explainText shows the article that a text means, and names others that it may
// mean. Where none is meant for sure it only names some.
func (p *program) explainText(ctx context.Context, text string, f explainFlags) error {
	if a, ok := articles.ByID(strings.ToLower(text)); ok {
		return p.explainArticle(ctx, a, f)
	}
	found := articles.Search(text)
	if found.Unknown != "" {
		fmt.Fprintln(p.Stderr, words.UnknownCode(p.texts, text, found.Unknown))
	}
	var others []articles.Article
	for _, h := range found.Hits {
		others = append(others, h.Article)
	}
	if len(others) == 0 {
		fmt.Fprintln(p.Stderr, p.texts.Text("article.none"))
		return exitCode(exitUndetermined)
	}
	if !found.Hits[0].Sure {
		if err := p.nameArticles("article.close", others); err != nil {
			return err
		}
		if found.Unknown != "" {
			return exitCode(exitUndetermined)
		}
		return nil
	}
	if err := p.explainArticle(ctx, others[0], f); err != nil || len(others) == 1 || f.qr || f.out != "" {
		return err
	}
	fmt.Fprintln(p.Stdout)
	return p.nameArticles("article.others", others[1:])
}

func (p *program) nameArticles(heading string, list []articles.Article) error {
	if err := console.Articles(p.Stdout, p.texts, p.texts.Text(heading), list); err != nil {
		return err
	}
	_, err := fmt.Fprintln(p.Stdout, p.texts.Text("article.hint"))
	return err
}

// explainArticle shows one article in the way that was asked for.
func (p *program) explainArticle(ctx context.Context, a articles.Article, f explainFlags) error {
	var d *checks.Diagnosis
	if f.here {
		why, err := purpose(f.why)
		if err != nil {
			return err
		}
		q := checks.Question{Purpose: why}
		s, err := p.observe(ctx, q, 0)
		if err != nil {
			return err
		}
		judged := checks.Diagnose(s, q, s.Taken)
		d = &judged
	}
	switch {
	case f.qr:
		code, err := qr.New(words.ArticleSteps(p.texts, a))
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.Stdout, "%s\n%s%s\n", a.Title.In(p.texts.Lang()), code.Blocks(), p.texts.Text("article.qr"))
		return err
	case f.out != "":
		page, err := report.ArticleHTML(p.texts, a, d)
		if err != nil {
			return err
		}
		if err := os.WriteFile(f.out, page, 0o600); err != nil {
			return fmt.Errorf("write page of article: %w", err)
		}
		_, err = fmt.Fprintln(p.Stdout, p.texts.Text("article.written", assets.Args{"file": f.out}))
		return err
	}
	return console.Article(p.Stdout, p.texts, a, d)
}
