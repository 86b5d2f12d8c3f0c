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
	return "\n" + t.Text("report.then", args) + "\n" + became(t, today, different)
}

// compared says what became of the findings between two reports, or is "".
func compared(t assets.Texts, d checks.Diagnosis, c *Comparison) string {
	if c == nil {
		return ""
	}
	text := "\n" + t.Text("report.compared", assets.Args{"before": words.Moment(t, c.Before), "after": words.Moment(t, c.After)}) + "\n"
	for _, group := range []struct {
		key string
		all []checks.Became
	}{{"better", c.Better}, {"worse", c.Worse}, {"unclear", c.Unclear}, {"same", c.Same}} {
		if len(group.all) > 0 {
			text += t.Text("report."+group.key) + ":\n" + became(t, d, group.all)
		}
	}
	return text
}

// became lists findings with what they were and are. One that is not in the
// diagnosis has no evidence to put into words, so its id stands for it.
func became(t assets.Texts, d checks.Diagnosis, all []checks.Became) string {
	status := func(s checks.Status) string {
		if s == "" {
			return t.Text("report.absent")
		}
		return words.Status(t, s)
	}
	var b strings.Builder
	for _, c := range all {
		title := string(c.ID)
		if f := d.Find(c.ID); f != nil && f.Status != checks.Skipped && f.Status != checks.Unknown {
			title += " " + words.Title(t, *f)
		}
		fmt.Fprintf(&b, "  %s: %s\n", t.Text("report.became", assets.Args{"before": status(c.Before), "after": status(c.After)}), title)
	}
	return b.String()
}
