package console

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
)

// marks stand before findings; they differ in shape, not in colour.
var marks = map[checks.Status]string{
	checks.OK: "✓", checks.Notice: "!", checks.Problem: "✕", checks.Unknown: "?", checks.Skipped: "–",
}

// steps is the order in which findings are printed.
var steps = []checks.Step{
	checks.StepReader, checks.StepCard, checks.StepCertificate, checks.StepExpiry,
	checks.StepRevocation, checks.StepBrowser, checks.StepNFC, checks.StepSystem,
}

// Text prints a diagnosis for people. A banner says what was looked at when it
// is not this computer.
func Text(w io.Writer, t assets.Texts, d checks.Diagnosis, banner string) error {
	var b strings.Builder
	if banner != "" {
		fmt.Fprintf(&b, "*** %s ***\n", banner)
	}
	fmt.Fprintf(&b, "%s\n%s  %s\n\n", t.Text("console.name"), t.Text("purpose."+string(d.Purpose)), words.Moment(t, d.Time))
	b.WriteString(told(t, d.Told))
	b.WriteString(headline(t, d))
	for _, s := range steps {
		last := ""
		for _, f := range d.Step(s) {
			line := fmt.Sprintf("%s %s: %s\n", marks[f.Status], words.Step(t, s), words.Title(t, f))
			if more := remark(t, d, f); more != "" {
				line += fmt.Sprintf("    → %s\n", more)
			}
			if line != last { // several findings can stand for one step
				b.WriteString(line)
			}
			last = line
		}
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	return nil
}

// remark is what a line needs beside its title: what to do, unless that was
// said above, and why something is unknown.
func remark(t assets.Texts, d checks.Diagnosis, f checks.Finding) string {
	if saidAbove(d, f.ID) {
		return ""
	}
	switch f.Status {
	case checks.Problem, checks.Notice:
		return words.Advice(t, f)
	case checks.Unknown:
		return cmp.Or(words.About(t, f), words.Advice(t, f))
	}
	return ""
}

// told repeats what the user told, and says what can be said of it alone.
func told(t assets.Texts, told checks.Told) string {
	line := words.Told(t, told)
	if line == "" {
		return ""
	}
	line = t.Text("console.told") + " " + line + "\n"
	if elsewhere := words.Elsewhere(t, told); elsewhere != "" {
		line += elsewhere + "\n"
	}
	return line + "\n"
}

// saidAbove reports whether headline says what to do about a finding.
func saidAbove(d checks.Diagnosis, id checks.ID) bool {
	return d.Cause != nil && d.Cause.ID == id ||
		slices.ContainsFunc(d.Next, func(f *checks.Finding) bool { return f.ID == id })
}

// headline is the cause and what to do about it, then the problems that it does
// not explain in the order in which to act on them; or that there is no cause.
func headline(t assets.Texts, d checks.Diagnosis) string {
	if d.Cause == nil {
		line := t.Text("console.outcome."+string(d.Outcome())) + "\n"
		for _, f := range d.Attention() {
			line += fmt.Sprintf("%s %s\n", t.Text("console.attention"), words.Title(t, f))
		}
		return line + "\n"
	}
	line := fmt.Sprintf("%s %s\n", t.Text("console.cause"), words.Title(t, *d.Cause))
	if advice := words.Advice(t, *d.Cause); advice != "" {
		line += fmt.Sprintf("%s %s\n", t.Text("console.do"), advice)
	}
	return line + next(t, d.Next) + "\n"
}

// next lists what to see to after the cause.
func next(t assets.Texts, problems []*checks.Finding) string {
	if len(problems) == 0 {
		return ""
	}
	lines := t.Text("console.next") + "\n"
	for i, f := range problems {
		lines += fmt.Sprintf("  %d. %s\n", i+1, words.Title(t, *f))
		if advice := words.Advice(t, *f); advice != "" {
			lines += fmt.Sprintf("     → %s\n", advice)
		}
	}
	return lines
}
