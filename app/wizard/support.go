package wizard

import (
	"cmp"
	"slices"
	"strings"

	"yomitori/app/report/supportcode"
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
)

// supportView is the page with the support code: plain data, as view is.
type supportView struct {
	heading, about, holds string
	rows                  []string // of the code, as they are read out
	code                  string
	note                  string // what there is to say instead of a code
	done                  line   // what came of copying it
}

// groupsInRow is how many groups of four digits people read in one breath.
const groupsInRow = 3

// code is the support code of what the result shows, or "" while nothing was seen.
func (w *Wizard) code() string {
	j := w.flow.result()
	if w.purpose == "" || !w.flow.seen {
		return ""
	}
	return supportcode.Of(j.d, j.s, w.o.Tool.Version).Encode()
}

// supportView is the page from which the code is read out.
func (sc scene) supportView() supportView {
	v := supportView{heading: sc.t.Text("wizard.code.heading"), code: sc.code, done: sc.library.top().done}
	if v.code == "" {
		v.note = sc.t.Text("wizard.code.none")
		return v
	}
	v.about, v.holds = sc.t.Text("wizard.code.about"), sc.t.Text("wizard.code.holds")
	for row := range slices.Chunk(strings.Fields(v.code), groupsInRow) {
		v.rows = append(v.rows, strings.Join(row, " "))
	}
	return v
}

// help is what the result offers to those who ask somebody for help.
func (sc scene) help() []choice {
	if len(sc.f.d.Findings) == 0 {
		return nil
	}
	all := []choice{{
		title: sc.t.Text("wizard.code.open"), about: sc.t.Text("wizard.code.open.about"),
		do: action{do: cmdRead, leaf: leaf{kind: leafSupport}},
	}}
	if sc.saveable {
		all = append(all, choice{
			title: sc.t.Text("wizard.save.open"), about: sc.t.Text("wizard.save.open.about"),
			do: action{do: cmdRead, leaf: leaf{kind: leafSave}},
		})
	}
	return all
}

// enterView is the page that takes the code of another computer.
type enterView struct {
	heading, about, typed string
	note                  line
}

func (sc scene) enterView() enterView {
	top := sc.library.top()
	return enterView{
		heading: sc.t.Text("wizard.code.enter"), about: sc.t.Text("wizard.code.enter.do"),
		typed: top.typed, note: top.done,
	}
}

// readCode reads what was typed as a support code: the page of its result, or a line
// that says what is wrong with it.
func readCode(t assets.Texts, typed string) (leaf, line) {
	s, err := supportcode.Decode(typed)
	if err != nil {
		return leaf{}, line{mark: markNotice, text: t.Text("error.code-" + supportcode.Why(err))}
	}
	return leaf{kind: leafTheirs, id: s.Encode()}, line{}
}

// theirView is the result that a code tells: without evidence, and of a computer that
// is not here.
func (sc scene) theirView() view {
	s, err := supportcode.Decode(sc.library.top().id)
	if err != nil { // never: it was read before
		return view{page: pageLibrary, heading: sc.t.Text("error.code-" + supportcode.Why(err))}
	}
	b := bare{sc.t, s, words.Setting{OS: s.OS, Purpose: s.Purpose, Kind: s.Kind}}
	d := s.Diagnosis()
	v := view{page: pageLibrary, kept: sc.t.Text("wizard.code.theirs"), mark: outcomeMark(d)}
	v.heading, v.drawing = b.verdict(d), "result-unknown"
	switch {
	case d.Cause != nil:
		v.advice, v.drawing = words.BareAdvice(sc.t, *d.Cause, b.in), "result-problem"
	case d.Outcome() == checks.NothingToDo:
		v.drawing = "result-ok"
	}
	v.sections = append(b.sections(d), b.about())
	v.hint = sc.t.Text("code.about")
	return v
}

// bare puts a code into words.
type bare struct {
	t  assets.Texts
	s  supportcode.Summary
	in words.Setting
}

func (b bare) verdict(d checks.Diagnosis) string {
	switch {
	case d.Cause != nil:
		return words.BareTitle(b.t, *d.Cause, b.in)
	case d.Outcome() == checks.NothingToDo:
		return b.t.Text("code.nothing")
	}
	return b.t.Text("code.undetermined")
}

// sections sorts the findings beside the cause as those of a result are.
func (b bare) sections(d checks.Diagnosis) []section {
	next := section{title: b.t.Text("words.next")}
	done := map[checks.ID]bool{}
	if d.Cause != nil {
		done[d.Cause.ID] = true
	}
	for i, f := range d.Next {
		l := b.line(*f)
		l.text = numbered(i, l.text)
		next.lines, done[f.ID] = append(next.lines, l), true
	}
	all := []section{next}
	for _, k := range findingKinds {
		s := section{title: b.t.Text(k.key)}
		for _, f := range d.Findings {
			if l := b.line(f); f.Status != checks.Skipped && k.takes(f) && !done[f.ID] && !slices.Contains(s.lines, l) {
				s.lines = append(s.lines, l)
			}
		}
		all = append(all, s)
	}
	return slices.DeleteFunc(all, func(s section) bool { return len(s.lines) == 0 })
}

func (b bare) line(f checks.Finding) line {
	return line{mark: lineMark(f), text: words.BareTitle(b.t, f, b.in), more: words.BareAdvice(b.t, f, b.in)}
}

// about is what the code says of the computer and the card.
func (b bare) about() section {
	s, t := b.s, b.t
	kind := t.Text("code.card.none")
	if s.Kind != "" {
		kind = words.Kind(t, s.Kind)
	}
	args := assets.Args{
		"version": cmp.Or(s.Program(), t.Text("code.program.unknown")), "system": t.Text("code.system." + s.OS),
		"purpose": t.Text("purpose." + string(s.Purpose)), "kind": kind,
		"reader": t.Text("code.reader." + string(s.Reader)), "days": t.Text("code.days." + s.Days.String()),
	}
	all := section{title: t.Text("code.heading")}
	for _, what := range []string{"purpose", "system", "card", "reader", "days", "program"} {
		all.lines = append(all.lines, line{text: t.Text("code."+what, args)})
	}
	return all
}
