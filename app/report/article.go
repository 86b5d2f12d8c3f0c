package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"

	"yomitori/app/qr"
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
)

//go:embed article.html
var articlePage string

var articleTemplate = template.Must(template.New("article").Parse(articlePage))

// leaflet is what the page of an article is made of.
type leaflet struct {
	Lang, Title, Name, CausesTitle, Source, QRNote string
	Messages                                       []string
	Causes                                         []leafletCause
	Parts                                          []part
	Drawings                                       []template.HTML
	QR                                             template.HTML
}

type leafletCause struct{ Mark, Text, Behind string }

// part is a run of blocks of one kind, as HTML wants lists.
type part struct {
	Kind   articles.BlockKind
	Start  int
	Blocks []articles.Block
}

// ArticleHTML is an article as a page that can be printed, with the steps as a QR
// code where they are short enough. It needs nothing from anywhere.
func ArticleHTML(t assets.Texts, a articles.Article, d *checks.Diagnosis) ([]byte, error) {
	s := leaflet{
		Lang: string(t.Lang()), Title: a.Title.In(t.Lang()), Name: t.Text("console.name"), Messages: a.Messages,
		CausesTitle: t.Text("article.causes"), Source: words.ArticleSource(t, a), QRNote: t.Text("article.qr"),
	}
	if d != nil {
		s.CausesTitle = t.Text("article.causes.here")
	}
	for _, c := range words.ArticleCauses(t, a, d) {
		row := leafletCause{Mark: "・", Text: c.Text}
		if d != nil {
			row.Mark, row.Behind = words.BehindMark(c.Behind), words.Behind(t, c.Behind)
		}
		s.Causes = append(s.Causes, row)
	}
	for _, b := range a.Body[t.Lang()] {
		if n := len(s.Parts); n > 0 && s.Parts[n-1].Kind == b.Kind && (b.Kind == articles.Step || b.Kind == articles.Item) {
			s.Parts[n-1].Blocks = append(s.Parts[n-1].Blocks, b)
			continue
		}
		s.Parts = append(s.Parts, part{b.Kind, b.Number, []articles.Block{b}})
	}
	for _, name := range a.Drawings {
		s.Drawings = append(s.Drawings, template.HTML(assets.Drawing(name))) // ours, embedded
	}
	if code, err := qr.New(words.ArticleSteps(t, a)); err == nil {
		s.QR = template.HTML(code.SVG())
	}
	var out bytes.Buffer
	if err := articleTemplate.Execute(&out, s); err != nil {
		return nil, fmt.Errorf("write page of article %s: %w", a.ID, err)
	}
	return out.Bytes(), nil
}
