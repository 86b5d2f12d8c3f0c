package wizard

import (
	"slices"
	"strconv"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
)

// result is the last page: one cause, what to do now, then everything else.
func (sc scene) result() view {
	v := view{page: pageResult, kept: sc.keptLine()}
	sc.f.judged = sc.f.result()
	v.mark = outcomeMark(sc.f.d)
	v.primary = action{label: sc.t.Text("wizard.button.recheck"), do: cmdRecheck}
	if sc.choose {
		v.second = action{label: sc.t.Text("wizard.button.home"), do: cmdHome}
	}
	sc.verdict(&v)
	v.try, v.ask = sc.try(), sc.askMore()
	v.explain, v.find, v.help = sc.explanations(), sc.find(), sc.help()
	if elsewhere := words.Elsewhere(sc.t, sc.told); elsewhere != "" && sc.f.d.Outcome() != checks.CauseElsewhere {
		v.also = []line{{mark: markNotice, text: elsewhere}}
	}
	heed := sc.attention()
	for _, f := range heed {
		l := sc.line(f)
		l.text = sc.t.Text("wizard.result.heed", assets.Args{"what": l.text})
		v.heed = append(v.heed, l)
	}
	sc.resultRepairs(&v, heed)
	v.sections = append(sc.then(), sc.sections(heed)...)
	for _, f := range gravestFirst(sc.f.d.Findings) {
		if f.Status != checks.Skipped {
			v.details = append(v.details, sc.detail(f))
		}
	}
	return v
}

// keptLine says why the result is one from before, or is "".
func (sc scene) keptLine() string {
	switch {
	case sc.f.kept == nil:
		return ""
	case slices.ContainsFunc(sc.f.d.Step(checks.StepReader), isOK):
		return sc.t.Text("wizard.result.kept.card")
	}
	return sc.t.Text("wizard.result.kept.reader")
}

// attention are the findings to heed although nothing has to be done. Where
// there is a cause, it comes first, and they stand below like all else.
func (sc scene) attention() []checks.Finding {
	switch sc.f.d.Outcome() {
	case checks.NothingToDo, checks.Undetermined, checks.NotHere, checks.CauseElsewhere:
		return sc.f.d.Attention()
	}
	return nil
}

// verdict puts the outcome into one sentence.
func (sc scene) verdict(v *view) {
	outcome := checks.StillLooking
	if len(sc.f.d.Findings) > 0 {
		outcome = sc.f.d.Outcome()
	}
	switch outcome {
	case checks.CauseFound:
		v.heading, v.advice = words.Title(sc.t, *sc.f.d.Cause), words.Advice(sc.t, *sc.f.d.Cause)
		if sc.f.d.Cause.Evidence.Told {
			v.heading = sc.t.Text("wizard.result.possible", assets.Args{"what": v.heading})
		}
		v.drawing = causeDrawing(sc, *sc.f.d.Cause)
	case checks.NothingToDo:
		v.heading = sc.t.Text("wizard.result.fine." + string(sc.purpose))
		v.advice = sc.t.Text("wizard.result.fine." + string(sc.purpose) + ".do")
		v.drawing = "result-ok"
	case checks.NotHere:
		v.heading, v.advice = words.NotHere(sc.t, sc.f.d), sc.t.Text("wizard.result.not-here.do")
		v.drawing = "result-unknown"
	case checks.CauseElsewhere:
		v.heading, v.advice = sc.t.Text("wizard.result.elsewhere"), words.Elsewhere(sc.t, sc.told)
		v.drawing = "result-unknown"
	case checks.Undetermined:
		v.heading, v.advice = sc.t.Text("wizard.result.unknown"), sc.t.Text("wizard.result.unknown.do")
		v.drawing = "result-unknown"
	default:
		v.heading, v.drawing = sc.t.Text("wizard.looking"), "result-unknown"
	}
}

// causeDrawing is the drawing of the step that the cause belongs to.
func causeDrawing(sc scene, f checks.Finding) string {
	for p, of := range stepsOf {
		for _, s := range of {
			if s == f.Step {
				return steps[p].drawing(sc, f)
			}
		}
	}
	return "result-problem"
}

// findingKinds are the sections of a result, by what findings mean to the reader.
var findingKinds = []struct {
	key   string
	takes func(checks.Finding) bool
}{
	{"wizard.result.else", func(f checks.Finding) bool {
		return !words.NotSeen(f) && (f.Status == checks.Problem || f.Status == checks.Notice)
	}},
	{"wizard.result.not-seen", words.NotSeen},
	{"wizard.result.good", func(f checks.Finding) bool { return f.Status == checks.OK }},
	{"wizard.result.skipped", func(f checks.Finding) bool { return f.Status == checks.Skipped }},
}

// sections sorts the findings that were not said yet by what they mean to the
// reader.
func (sc scene) sections(said []checks.Finding) []section {
	var all []section
	for _, s := range sc.next() {
		if len(s.lines) > 0 {
			all = append(all, s)
		}
	}
	isSaid := func(f checks.Finding) bool {
		return sc.isCause(f) || sc.isNext(f) || slices.ContainsFunc(said, func(s checks.Finding) bool { return s.ID == f.ID })
	}
	for _, k := range findingKinds {
		s := section{title: sc.t.Text(k.key)}
		for _, f := range sc.f.d.Findings {
			if !k.takes(f) || isSaid(f) {
				continue
			}
			if l := sc.line(f); !slices.Contains(s.lines, l) { // several can stand for one step
				s.lines = append(s.lines, l)
			}
		}
		if len(s.lines) > 0 {
			all = append(all, s)
		}
	}
	return all
}

// next are the problems that the cause does not explain, in the order in which
// to act on them: what was seen, then what only the user's words speak for.
func (sc scene) next() []section {
	seen, told := words.Next(sc.f.d.Next)
	all := []section{{title: sc.t.Text("words.next")}, {title: sc.t.Text("words.else")}}
	for i, problems := range [][]*checks.Finding{seen, told} {
		for _, f := range problems {
			l := sc.line(*f)
			l.text = numbered(len(all[i].lines), l.text)
			all[i].lines = append(all[i].lines, l)
		}
	}
	return all
}

// try is what to try where the cause of a failure was not seen.
func (sc scene) try() section {
	s := section{title: sc.t.Text("words.try")}
	for i, text := range words.Try(sc.t, sc.f.d) {
		s.lines = append(s.lines, line{text: numbered(i, text)})
	}
	return s
}

// numbered puts the place in a list before a text.
func numbered(i int, text string) string { return strconv.Itoa(i+1) + ". " + text }

func (sc scene) isNext(f checks.Finding) bool {
	return slices.ContainsFunc(sc.f.d.Next, func(n *checks.Finding) bool { return n.ID == f.ID })
}

func (sc scene) isCause(f checks.Finding) bool {
	return sc.f.d.Cause != nil && sc.f.d.Cause.ID == f.ID
}

// line is one finding on the result page; advice stands beside what asks for
// something only.
func (sc scene) line(f checks.Finding) line {
	l := line{mark: lineMark(f), text: words.Title(sc.t, f)}
	if f.Status == checks.Problem || f.Status == checks.Notice {
		l.more = words.Advice(sc.t, f)
	}
	if words.NotAsked(f) && sc.askable {
		l.more = words.Sentences(sc.t, l.more, sc.t.Text("wizard.result.online", assets.Args{"button": sc.askMore().title}))
	}
	return l
}
