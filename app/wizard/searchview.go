package wizard

import (
	"slices"
	"strconv"
	"strings"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/assets/articles"
)

// shelf is a titled list of articles.
type shelf struct {
	title   string
	choices []choice
}

// searchView is what a page says that leads to articles: plain data, as view is.
type searchView struct {
	heading string
	field   bool
	typed   string
	note    line
	shelves []shelf
	places  []choice
}

// searchView is the page that answers what was typed, or lists what people meet in one
// place.
func (sc scene) searchView() searchView {
	l := sc.library.top()
	if l.kind == leafPlace {
		return searchView{heading: words.ArticleWhere(sc.t, l.where), shelves: sc.shelvesOf(l.where)}
	}
	v := searchView{heading: sc.t.Text("wizard.find.heading"), field: true, typed: l.typed, places: sc.places()}
	if strings.TrimSpace(l.typed) == "" {
		return v
	}
	found := articles.Search(l.typed)
	sure, near := shelf{title: sc.t.Text("wizard.find.found")}, shelf{title: sc.t.Text("wizard.find.close")}
	for _, h := range found.Hits {
		if h.Sure {
			sure.choices = append(sure.choices, sc.toArticle(h.Article))
		} else {
			near.choices = append(near.choices, sc.toArticle(h.Article))
		}
	}
	switch {
	case found.Unknown != "":
		v.note = line{mark: markUnknown, text: words.UnknownCode(sc.t, l.typed, found.Unknown)}
	case len(found.Hits) == 0:
		v.note = line{mark: markUnknown, text: sc.t.Text("wizard.find.none")}
	}
	for _, s := range []shelf{sure, near} {
		if len(s.choices) > 0 {
			v.shelves = append(v.shelves, s)
		}
	}
	return v
}

// shelvesOf sorts the articles of a place by what they are about.
func (sc scene) shelvesOf(w articles.Where) []shelf {
	var all []shelf
	for _, k := range []articles.Kind{articles.KindMessage, articles.KindProcedure, articles.KindGuide} {
		s := shelf{title: sc.t.Text("wizard.find." + string(k))}
		for _, a := range articles.All() {
			if a.Kind == k && slices.Contains(a.Where, w) {
				s.choices = append(s.choices, sc.toArticle(a))
			}
		}
		if len(s.choices) > 0 {
			all = append(all, s)
		}
	}
	return all
}

// places are those by which people browse.
func (sc scene) places() []choice {
	var all []choice
	for _, w := range articles.Wheres {
		n := 0
		for _, a := range articles.All() {
			if slices.Contains(a.Where, w) {
				n++
			}
		}
		all = append(all, choice{
			title: words.ArticleWhere(sc.t, w), about: sc.t.Text("wizard.find.count", assets.Args{"count": strconv.Itoa(n)}),
			do: action{do: cmdRead, leaf: leaf{kind: leafPlace, where: w}},
		})
	}
	return all
}

// toArticle is the button that leads to an article. Below its title stands the message
// that it is about, or its first sentence.
func (sc scene) toArticle(a articles.Article) choice {
	title := a.Title.In(sc.t.Lang())
	about := firstSentence(sc.t, a.Body[sc.t.Lang()][0].Plain())
	if len(a.Messages) > 0 && !strings.Contains(title, a.Messages[0]) {
		about = sc.t.Text("article.quote", assets.Args{"message": a.Messages[0]})
	}
	return choice{title: title, about: about, do: sc.read(a.ID).do}
}

// read is a link to an article.
func (sc scene) read(id string) choice {
	a, _ := articles.ByID(id)
	return choice{title: a.Title.In(sc.t.Lang()), do: action{do: cmdRead, leaf: leaf{kind: leafArticle, id: id}}}
}

// find leads from the result to the library.
func (sc scene) find() choice {
	return choice{
		title: sc.t.Text("wizard.find.open"), about: sc.t.Text("wizard.find.open.about"),
		do: action{do: cmdRead, leaf: leaf{kind: leafSearch}},
	}
}

// explanations are the articles that the result leads to: of what the page said, then
// of the cause.
func (sc scene) explanations() []choice {
	var ids []string
	if _, ok := articles.ByID(string(sc.told.Message)); ok {
		ids = append(ids, string(sc.told.Message))
	}
	if c := sc.f.d.Cause; c != nil {
		for _, a := range words.ArticlesOf(*c) {
			if !slices.Contains(ids, a.ID) {
				ids = append(ids, a.ID)
			}
		}
	}
	var all []choice
	for _, id := range ids[:min(len(ids), mostExplanations)] {
		all = append(all, sc.read(id))
	}
	return all
}

// mostExplanations is how many articles the result leads to.
const mostExplanations = 3

// firstSentence is the first sentence of a text.
func firstSentence(t assets.Texts, text string) string {
	end := ". "
	if t.Lang() == assets.Japanese {
		end = "。"
	}
	first, _, found := strings.Cut(text, end)
	if !found {
		return text
	}
	return first + strings.TrimSpace(end)
}
