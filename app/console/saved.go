package console

import (
	"fmt"
	"strings"

	"yomitori/app/report"
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
)

// then says what a saved report said otherwise on its day, or is "".
func then(t assets.Texts, today checks.Diagnosis, saved *report.Saved) string {
	if saved == nil {
		return ""
	}
	args := assets.Args{"time": words.Moment(t, saved.Time), "version": saved.Tool.Version}
	different := saved.Differences(today)
	if len(different) == 0 {
		return "\n" + t.Text("report.then.same", args) + "\n"
	}
	return "\n" + t.Text("report.then", args) + "\n" + became(t, different, today)
}

// compared says what became of the findings between two reports, or is "".
func compared(t assets.Texts, beside Beside) string {
	c := beside.Comparison
	if c == nil {
		return ""
	}
	before, after := c.Judged[0], c.Judged[1]
	if !beside.Unmasked {
		before, after = report.MaskedDiagnosis(beside.Who, before), report.MaskedDiagnosis(beside.Who, after)
	}
	text := "\n" + t.Text("report.compared", assets.Args{"before": words.Moment(t, c.Before), "after": words.Moment(t, c.After)}) + "\n"
	for _, group := range []struct {
		key string
		all []checks.Became
	}{{"better", c.Better}, {"worse", c.Worse}, {"unclear", c.Unclear}, {"same", c.Same}} {
		if lines := became(t, group.all, after, before); lines != "" {
			text += t.Text("report."+group.key) + ":\n" + lines
		}
	}
	return text
}

// became lists findings with what they were and are, in the words of the first
// diagnosis that has any. Where none has, the name of the step stands for them.
func became(t assets.Texts, all []checks.Became, in ...checks.Diagnosis) string {
	status := func(s checks.Status) string {
		if s == "" {
			return t.Text("report.absent")
		}
		return words.Status(t, s)
	}
	var b strings.Builder
	for _, c := range all {
		if c.Before == checks.Skipped && c.After == checks.Skipped {
			continue
		}
		line := t.Text("report.became", assets.Args{"before": status(c.Before), "after": status(c.After)})
		fmt.Fprintf(&b, "  %s: %s %s\n", line, c.ID, titleIn(t, c.ID, in))
	}
	return b.String()
}

// titleIn says in words what a finding means.
func titleIn(t assets.Texts, id checks.ID, in []checks.Diagnosis) string {
	for _, d := range in {
		if f := d.Find(id); f != nil && f.Status != checks.Skipped && f.Status != checks.Unknown {
			return words.Title(t, *f)
		}
	}
	was := checks.Rebuild(checks.Any, map[checks.ID]checks.Status{id: checks.Unknown}, "").Find(id)
	if was == nil || was.Step == "" {
		return "" // of a newer version
	}
	return words.Step(t, was.Step)
}
