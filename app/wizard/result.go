package wizard

import (
	"yomitori/app/words"
	"yomitori/checks"
)

// result is the last page: one cause, what to do now, then everything else.
func (sc scene) result() view {
	v := view{page: pageResult, mark: markOf(sc.f.d, pageResult)}
	v.primary = action{label: sc.t.Text("wizard.button.recheck"), do: cmdRecheck}
	if sc.choose {
		v.second = action{label: sc.t.Text("wizard.button.home"), do: cmdHome}
	}
	sc.verdict(&v)
	v.sections = sc.sections()
	for _, f := range sc.f.d.Findings {
		if f.Status != checks.Skipped {
			v.details = append(v.details, sc.detail(f))
		}
	}
	return v
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
		v.drawing = causeDrawing(sc, *sc.f.d.Cause)
	case checks.NothingToDo:
		v.heading = sc.t.Text("wizard.result.fine." + string(sc.purpose))
		v.advice = sc.t.Text("wizard.result.fine." + string(sc.purpose) + ".do")
		v.drawing = "result-ok"
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

// sections sorts all other findings by what they mean to the reader.
func (sc scene) sections() []section {
	kinds := []struct {
		key   string
		takes func(checks.Finding) bool
	}{
		{"wizard.result.else", func(f checks.Finding) bool {
			return f.Status == checks.Problem || f.Status == checks.Notice
		}},
		{"wizard.result.not-seen", func(f checks.Finding) bool { return f.Status == checks.Unknown }},
		{"wizard.result.good", func(f checks.Finding) bool { return f.Status == checks.OK }},
		{"wizard.result.skipped", func(f checks.Finding) bool { return f.Status == checks.Skipped }},
	}
	var all []section
	for _, k := range kinds {
		s := section{title: sc.t.Text(k.key)}
		for _, f := range sc.f.d.Findings {
			if k.takes(f) && !sc.isCause(f) {
				s.lines = append(s.lines, sc.line(f))
			}
		}
		if len(s.lines) > 0 {
			all = append(all, s)
		}
	}
	return all
}

func (sc scene) isCause(f checks.Finding) bool {
	return sc.f.d.Cause != nil && sc.f.d.Cause.ID == f.ID
}

// line is one finding on the result page; advice stands beside what asks for
// something only.
func (sc scene) line(f checks.Finding) line {
	l := line{mark: markFor(f), text: words.Title(sc.t, f)}
	if f.Status == checks.Problem || f.Status == checks.Notice {
		l.more = words.Advice(sc.t, f)
	}
	return l
}
