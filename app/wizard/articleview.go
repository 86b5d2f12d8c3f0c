package wizard

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"yomitori/app/qr"
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
	"yomitori/platform"
)

// articleView is what the page of an article says: plain data, as view is.
type articleView struct {
	title   string
	quotes  []string
	notices []line
	causes  string // the title above them
	behind  []section
	parts   []part
	repairs []choice
	tools   []action
	done    line // what came of one of them
	see     []choice
	source  string
	primary action
}

// part is what stands below one heading of an article, with a drawing beside it.
type part struct {
	heading string
	blocks  []articles.Block
	drawing string
}

// articleView is the page of an article, joined with what the computer shows.
func (sc scene) articleView(a articles.Article) articleView {
	v := articleView{
		title: a.Title.In(sc.t.Lang()), parts: sc.parts(a), repairs: sc.repairsFor(a),
		done: sc.library.top().done, source: words.ArticleSource(sc.t, a),
	}
	for _, m := range a.Messages {
		v.quotes = append(v.quotes, sc.t.Text("article.quote", assets.Args{"message": m}))
	}
	if onPhone(a) && a.Kind != articles.KindMessage { // the others say so themselves
		v.notices = append(v.notices, line{mark: markNotice, text: sc.t.Text("wizard.article.phone")})
	}
	m, tells := words.MessageOf(a)
	switch {
	case tells && sc.told.Message == m:
		v.notices = append(v.notices, line{mark: markOK, text: sc.t.Text("wizard.ask.message.known", assets.Args{"message": words.Message(sc.t, m)})})
	case tells:
		v.primary = action{label: sc.t.Text("wizard.article.saw"), do: cmdSaw, leaf: leaf{id: a.ID}}
	}
	sc.joinCauses(&v, a)
	v.tools = sc.tools(a)
	for _, id := range a.See {
		v.see = append(v.see, sc.read(id))
	}
	return v
}

// onPhone reports whether people meet what an article is about on a phone alone.
func onPhone(a articles.Article) bool {
	return !slices.ContainsFunc(a.Where, func(w articles.Where) bool { return w != articles.WherePhone })
}

// behindMarks stand before causes. What the computer excludes is ticked off.
var behindMarks = map[checks.Behind]mark{
	checks.BehindConfirmed: markProblem, checks.BehindOpen: markUnknown, checks.BehindExcluded: markOK,
}

// joinCauses sorts the causes of an article by what the computer shows of them. Where
// that is nothing since they are in a phone, they are only listed.
func (sc scene) joinCauses(v *articleView, a articles.Article) {
	all := words.ArticleCauses(sc.t, a, sc.here)
	if len(all) == 0 {
		return
	}
	v.causes = sc.t.Text("article.causes")
	shown := func(c words.ArticleCause) bool { return c.Behind != checks.BehindOpen }
	if sc.here == nil || onPhone(a) && !slices.ContainsFunc(all, shown) {
		v.behind = []section{{}}
		for _, c := range all {
			v.behind[0].lines = append(v.behind[0].lines, line{text: "・" + c.Text})
		}
		return
	}
	v.causes = sc.t.Text("article.causes.here")
	for _, c := range all {
		title := beginning(words.Behind(sc.t, c.Behind))
		if n := len(v.behind); n == 0 || v.behind[n-1].title != title {
			v.behind = append(v.behind, section{title: title})
		}
		s := &v.behind[len(v.behind)-1]
		if l := (line{mark: behindMarks[c.Behind], text: c.Text}); !slices.Contains(s.lines, l) {
			s.lines = append(s.lines, l)
		}
	}
}

// beginning is a text as it begins a line.
func beginning(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// parts cuts an article at its headings. Its drawings stand beside the first parts.
func (sc scene) parts(a articles.Article) []part {
	all := []part{{}}
	for _, b := range a.Body[sc.t.Lang()] {
		if b.Kind == articles.Heading {
			all = append(all, part{heading: b.Plain()})
			continue
		}
		last := &all[len(all)-1]
		last.blocks = append(last.blocks, b)
	}
	for i, name := range a.Drawings[:min(len(a.Drawings), len(all))] {
		all[i].drawing = name
	}
	return all
}

// repairsFor are the repairs that fit an article and that this computer needs.
func (sc scene) repairsFor(a articles.Article) []choice {
	if !sc.repairable || sc.here == nil {
		return nil
	}
	var all []choice
	seen := map[platform.Repair]bool{}
	for _, r := range repairsOf(sc.here.Findings) {
		if !seen[r] && slices.Contains(a.Repairs, string(r.ID())) {
			seen[r] = true
			all = append(all, choice{title: words.Repair(sc.t, r), about: repairGist(sc.t, r), do: action{do: cmdRepair, repair: r}})
		}
	}
	return all
}

// tools are the ways in which an article can be taken along.
func (sc scene) tools(a articles.Article) []action {
	all := []action{{label: sc.t.Text("wizard.article.copy"), do: cmdCopy}}
	if sc.printable {
		all = append(all, action{label: sc.t.Text("wizard.article.print"), do: cmdPrint})
	}
	if len(stepsIn(sc.t, a)) > 0 {
		all = append(all, action{label: sc.t.Text("wizard.article.qr"), do: cmdRead, leaf: leaf{kind: leafCode, id: a.ID}})
	}
	return all
}

// codeView is the page that holds the steps for a phone.
type codeView struct {
	title string
	text  string // in the code, or "" where there is too much of it
	note  string
	steps []articles.Block
}

func (sc scene) codeView(a articles.Article) codeView {
	v := codeView{title: a.Title.In(sc.t.Lang()), text: words.ArticleSteps(sc.t, a), note: sc.t.Text("article.qr")}
	v.steps = stepsIn(sc.t, a)
	if _, err := qr.New(v.text); err != nil {
		v.text, v.note = "", sc.t.Text("wizard.article.qr-too-long")
	}
	return v
}

// stepsIn are the blocks of an article that are steps.
func stepsIn(t assets.Texts, a articles.Article) []articles.Block {
	var all []articles.Block
	for _, b := range a.Body[t.Lang()] {
		if b.Kind == articles.Step {
			all = append(all, b)
		}
	}
	return all
}

// libraryTitle names the page of the library in the title of the window.
func (sc scene) libraryTitle() string {
	l := sc.library.top()
	switch l.kind {
	case leafSupport:
		return sc.t.Text("wizard.code.heading")
	case leafEnter:
		return sc.t.Text("wizard.code.enter")
	case leafTheirs:
		return sc.t.Text("code.heading")
	case leafSave:
		return sc.t.Text("wizard.save.heading")
	case leafArea:
		return sc.t.Text("area." + l.id)
	}
	if a, ok := l.article(); ok {
		return a.Title.In(sc.t.Lang())
	}
	return sc.searchView().heading
}
