package articles

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"yomitori/assets"
)

// Block is a paragraph, a heading or an item of a list: all that articles are
// made of, for every front end to show in its own way.
type Block struct {
	Kind BlockKind
	// Number is the place of a step among the steps, from 1.
	Number int
	Spans  []Span
}

// BlockKind tells blocks apart.
type BlockKind string

// Kinds of blocks.
const (
	Paragraph BlockKind = "paragraph"
	Heading   BlockKind = "heading"
	Step      BlockKind = "step" // of a numbered list
	Item      BlockKind = "item" // of a list without numbers
)

// Span is a run of letters in one style.
type Span struct {
	Text       string
	Bold, Code bool
}

// Plain is the text of a block without styles.
func (b Block) Plain() string {
	var s strings.Builder
	for _, span := range b.Spans {
		s.WriteString(span.Text)
	}
	return s.String()
}

// bodies reads the text in each language.
func bodies(raw []byte) (map[assets.Lang][]Block, error) {
	body := map[assets.Lang][]Block{}
	var lang assets.Lang
	doc := goldmark.DefaultParser().Parse(text.NewReader(raw))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 {
			lang = assets.Lang(plain(spans(h, raw)))
			continue
		}
		blocks, err := blocksOf(n, raw)
		if err != nil {
			return nil, err
		}
		body[lang] = append(body[lang], blocks...)
	}
	for _, l := range assets.Langs {
		if len(body[l]) == 0 {
			return nil, fmt.Errorf("read text in %q: %w", l, errNoText)
		}
	}
	if len(body) != len(assets.Langs) {
		return nil, fmt.Errorf("read text: more than the languages %v", assets.Langs)
	}
	return body, nil
}

// blocksOf reads one element of the document. What articles have no use for is
// refused, so that no front end meets what it cannot show.
func blocksOf(n ast.Node, raw []byte) ([]Block, error) {
	switch n := n.(type) {
	case *ast.Heading:
		return []Block{{Kind: Heading, Spans: spans(n, raw)}}, nil
	case *ast.Paragraph:
		return []Block{{Kind: Paragraph, Spans: spans(n, raw)}}, nil
	case *ast.List:
		return itemsOf(n, raw)
	}
	return nil, fmt.Errorf("read text: an element %s is not for articles", n.Kind())
}

func itemsOf(list *ast.List, raw []byte) ([]Block, error) {
	var items []Block
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if item.ChildCount() != 1 || item.FirstChild().Type() != ast.TypeBlock || item.FirstChild().Kind() == ast.KindList {
			return nil, fmt.Errorf("read text: an item of a list holds more than one paragraph")
		}
		b := Block{Kind: Item, Spans: spans(item.FirstChild(), raw)}
		if list.IsOrdered() {
			b.Kind, b.Number = Step, list.Start+len(items)
		}
		items = append(items, b)
	}
	return items, nil
}

// spans reads the runs of letters of a block. A line that ends within Japanese
// text is joined to the next without a blank.
func spans(n ast.Node, raw []byte) []Span {
	var all []Span
	add := func(s Span) {
		if last := len(all) - 1; last >= 0 && all[last].Bold == s.Bold && all[last].Code == s.Code {
			all[last].Text += s.Text
		} else if s.Text != "" {
			all = append(all, s)
		}
	}
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) { // the walker below returns no error
		if !entering {
			return ast.WalkContinue, nil
		}
		s := Span{Bold: under(c, ast.KindEmphasis), Code: under(c, ast.KindCodeSpan)}
		switch c := c.(type) {
		case *ast.Text:
			s.Text = string(c.Value(raw))
			if c.SoftLineBreak() && !endsWide(s.Text) {
				s.Text += " "
			}
			add(s)
		case *ast.String:
			s.Text = string(c.Value)
			add(s)
		case *ast.AutoLink:
			s.Text = string(c.Label(raw))
			add(s)
		}
		return ast.WalkContinue, nil
	})
	return all
}

func under(n ast.Node, kind ast.NodeKind) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == kind {
			return true
		}
	}
	return false
}

// endsWide reports whether a text ends with a letter of full width.
func endsWide(s string) bool {
	runes := []rune(s)
	return len(runes) > 0 && runes[len(runes)-1] >= '\u3000'
}

func plain(spans []Span) string { return Block{Spans: spans}.Plain() }
