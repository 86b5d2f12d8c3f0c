package report

import (
	"fmt"
	"strings"

	"yomitori/assets"
)

// Plain is the report as text, short enough for a mail or a chat.
func (r Report) Plain(t assets.Texts) string {
	v := r.viewed(t)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s: %s\n%s: %s\n", v.Title, t.Text("report.judged"), v.Judged, t.Text("report.purpose"), v.Purpose)
	if v.Told != "" {
		fmt.Fprintf(&b, "%s: %s\n", t.Text("report.told"), v.Told)
	}
	fmt.Fprintf(&b, "%s: %s\n\n", t.Text("report.code"), v.Code)
	b.WriteString(v.conclusion(t))
	fmt.Fprintf(&b, "%s:\n", t.Text("report.findings"))
	for _, s := range v.Steps {
		for _, l := range s.Lines {
			fmt.Fprintf(&b, "%s %s: %s\n", l.Mark, s.Name, l.Title)
		}
	}
	if len(v.Unseen) > 0 {
		fmt.Fprintf(&b, "\n%s:\n", t.Text("report.unseen"))
	}
	for _, f := range v.Unseen {
		fmt.Fprintf(&b, "? %s: %s\n", f.Label, f.Value)
	}
	b.WriteByte('\n')
	for _, f := range append(v.Computer, v.Card...) {
		fmt.Fprintf(&b, "%s: %s\n", f.Label, f.Value)
	}
	fmt.Fprintf(&b, "\n%s\n", t.Text("report.version", assets.Args{"version": v.Version}))
	return Readable(t, b.String())
}

// conclusion is what comes out, and what to do.
func (v view) conclusion(t assets.Texts) string {
	var b strings.Builder
	if v.Elsewhere != "" {
		fmt.Fprintf(&b, "%s\n", v.Elsewhere)
	}
	if v.Cause != nil {
		fmt.Fprintf(&b, "%s: ", v.CauseName)
	}
	fmt.Fprintf(&b, "%s\n", v.Outcome)
	if v.Cause != nil && v.Cause.Advice != "" {
		fmt.Fprintf(&b, "%s: %s\n", t.Text("report.do"), v.Cause.Advice)
	}
	listed(&b, t.Text("report.next"), v.Next)
	listed(&b, t.Text("report.else"), v.Else)
	listed(&b, t.Text("report.attention"), v.Attention)
	var tries []line
	for _, s := range v.Try {
		tries = append(tries, line{Title: s})
	}
	listed(&b, t.Text("report.do"), tries)
	b.WriteByte('\n')
	return b.String()
}

func listed(b *strings.Builder, title string, lines []line) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "%s:\n", title)
	for i, l := range lines {
		fmt.Fprintf(b, "  %d. %s\n", i+1, l.Title)
		if l.Advice != "" {
			fmt.Fprintf(b, "     → %s\n", l.Advice)
		}
	}
}
