package wizard

import (
	"time"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
)

// Compared is what became of the findings between two reports, the older first.
type Compared struct {
	Before, After time.Time
	Judged        [2]checks.Diagnosis
	checks.Comparison
}

// then says on the result what a saved report said on its day, and what became of it in
// another one.
func (sc scene) then() []section {
	if len(sc.f.d.Findings) == 0 {
		return nil
	}
	var all []section
	if s := sc.saved; s != nil {
		args := assets.Args{"time": words.Moment(sc.t, s.Time), "version": s.Tool.Version}
		day := section{title: sc.t.Text("wizard.then")}
		if s.Cause != nil {
			day.lines = append(day.lines, line{text: sc.t.Text("wizard.then.cause", assets.Args{"what": sc.became(*s.Cause, sc.f.d)})})
		} else {
			day.lines = append(day.lines, line{text: sc.t.Text("wizard.then.no-cause")})
		}
		different := sc.changes(s.Differences(sc.f.d), sc.f.d)
		key := "report.then"
		if len(different) == 0 {
			key = "report.then.same"
		}
		day.lines = append(append(day.lines, line{text: sc.t.Text(key, args)}), different...)
		all = append(all, day)
	}
	return append(all, sc.comparison()...)
}

func (sc scene) comparison() []section {
	c := sc.compared
	if c == nil {
		return nil
	}
	args := assets.Args{"before": words.Moment(sc.t, c.Before), "after": words.Moment(sc.t, c.After)}
	all := []section{{title: sc.t.Text("report.compared", args)}}
	for _, g := range []struct {
		key string
		of  []checks.Became
	}{{"better", c.Better}, {"worse", c.Worse}, {"unclear", c.Unclear}, {"same", c.Same}} {
		if lines := sc.changes(g.of, c.Judged[1], c.Judged[0]); len(lines) > 0 {
			all = append(all, section{title: sc.t.Text("report." + g.key), lines: lines})
		}
	}
	return all
}

// changes lists what findings were and are.
func (sc scene) changes(all []checks.Became, in ...checks.Diagnosis) []line {
	status := func(s checks.Status) string {
		if s == "" {
			return sc.t.Text("report.absent")
		}
		return words.Status(sc.t, s)
	}
	var lines []line
	for _, c := range all {
		if c.Before == checks.Skipped && c.After == checks.Skipped {
			continue
		}
		lines = append(lines, line{
			text: sc.became(c.ID, in...),
			more: sc.t.Text("report.became", assets.Args{"before": status(c.Before), "after": status(c.After)}),
		})
	}
	return lines
}

// became names a finding in the words of the first diagnosis that has any; where none
// has, its id stands for it.
func (sc scene) became(id checks.ID, in ...checks.Diagnosis) string {
	for _, d := range in {
		if f := d.Find(id); f != nil && f.Status != checks.Skipped && f.Status != checks.Unknown {
			return words.Title(sc.t, *f)
		}
	}
	return string(id)
}

// thenAnswers reports whether what a file said answers the question that is asked now.
func (w *Wizard) thenAnswers() bool {
	return w.practising == "" && w.o.Saved != nil && w.question() == w.o.Asked
}
