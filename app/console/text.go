package console

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"yomitori/app/report"
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
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

// Beside is what stands beside a diagnosis.
type Beside struct {
	Banner string // says what was looked at when it is not this computer
	Said   string // what the user gave as the text of a page
	// Interrupted is true where an earlier repair stopped half-way.
	Interrupted bool
	// StillOff is true where a repair has left a device turned off.
	StillOff bool
	Code     string // the support code

	// Who uses the computer is masked, as all that is personal is, unless Unmasked
	// is true.
	Who      report.Personal
	Unmasked bool

	// What a saved report said on its day, and what became of the findings between
	// it and another one.
	Saved      *report.Saved
	Comparison *Comparison
}

// Text prints a diagnosis for people.
func Text(w io.Writer, t assets.Texts, d checks.Diagnosis, beside Beside) error {
	if !beside.Unmasked {
		d = report.MaskedDiagnosis(beside.Who, d)
		beside.Said = report.Masked(beside.Who, beside.Said)
	}
	var b strings.Builder
	if beside.Banner != "" {
		fmt.Fprintf(&b, "*** %s ***\n", beside.Banner)
	}
	fmt.Fprintf(&b, "%s\n%s  %s\n\n", t.Text("console.name"), t.Text("purpose."+string(d.Purpose)), words.Moment(t, d.Time))
	b.WriteString(told(t, d, beside.Said))
	b.WriteString(headline(t, d, beside.Banner != ""))
	for _, s := range steps {
		last := ""
		for _, f := range d.Step(s) {
			if words.NoMatter(f) {
				continue
			}
			line := fmt.Sprintf("%s %s: %s\n", markFor(f), words.Step(t, s), words.Title(t, f))
			if more := remark(t, d, f, beside.Banner != ""); more != "" {
				line += fmt.Sprintf("    → %s\n", more)
			}
			if facts := dates(t, f); facts != "" {
				line += fmt.Sprintf("    %s\n", facts)
			}
			if line != last { // several findings can stand for one step
				b.WriteString(line)
			}
			last = line
		}
	}
	b.WriteString(then(t, d, beside.Saved))
	b.WriteString(compared(t, beside))
	if beside.Code != "" {
		fmt.Fprintf(&b, "\n%s %s\n%s\n", t.Text("console.code"), beside.Code, t.Text("console.code.about"))
	}
	if beside.Interrupted {
		b.WriteString("\n" + t.Text("console.interrupted") + "\n")
	}
	if beside.StillOff {
		b.WriteString("\n" + t.Text("console.still-off") + "\n")
	}
	return write(w, report.Readable(t, b.String()))
}

// markFor is the mark of a finding. What only the user's words speak for is no
// fault that was seen, and what cannot be known is asked, not told.
func markFor(f checks.Finding) string {
	switch {
	case f.Evidence.Told && f.Status == checks.Problem:
		return marks[checks.Notice]
	case words.NotSeen(f):
		return marks[checks.Unknown]
	}
	return marks[f.Status]
}

// remark is what a line needs beside its title: what to do, unless that was
// said above, and why something is unknown.
func remark(t assets.Texts, d checks.Diagnosis, f checks.Finding, recorded bool) string {
	if saidAbove(d, f.ID) {
		return ""
	}
	if words.NotAsked(f) && !recorded {
		return words.Sentences(t, words.Advice(t, f), t.Text("console.online"))
	}
	switch f.Status {
	case checks.Problem, checks.Notice:
		return words.Advice(t, f)
	case checks.Unknown:
		return cmp.Or(words.About(t, f), words.Advice(t, f))
	}
	return ""
}

// dates are those that a finding rests on where its words leave them out, or "".
func dates(t assets.Texts, f checks.Finding) string {
	v := f.Evidence.Revocation
	switch {
	case f.Status == checks.Skipped:
	case f.ID == checks.ExpiryTooNew:
		return t.Text("console.dates.issued", words.Args(t, f.Evidence))
	case v == nil, !v.OK():
	case v.Status == platform.RevocationRevoked:
		return t.Text("console.dates.revoked", words.Args(t, f.Evidence))
	default:
		return t.Text("console.dates.list", words.Args(t, f.Evidence))
	}
	return ""
}

// told repeats what the user told, and says what can be said of it alone unless
// that is the headline.
func told(t assets.Texts, d checks.Diagnosis, said string) string {
	line := words.Told(t, d.Told, said)
	if line == "" {
		return ""
	}
	line = t.Text("console.told") + " " + line + "\n"
	if elsewhere := words.Elsewhere(t, d.Told); elsewhere != "" && d.Outcome() != checks.CauseElsewhere {
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
func headline(t assets.Texts, d checks.Diagnosis, recorded bool) string {
	if d.Cause == nil {
		line := outcome(t, d) + "\n"
		for _, f := range d.Attention() {
			line += fmt.Sprintf("%s %s\n", t.Text("console.attention"), words.Title(t, f))
		}
		return line + numbered(t.Text("words.try"), words.Try(t, d)) + "\n"
	}
	key := "console.cause"
	if d.Cause.Evidence.Told {
		key = "console.cause.told"
	}
	line := fmt.Sprintf("%s %s\n", t.Text(key), words.Title(t, *d.Cause))
	if advice := words.Advice(t, *d.Cause); advice != "" {
		line += fmt.Sprintf("%s %s\n", t.Text("console.do"), advice)
	}
	if mends := d.Cause.Repairs; len(mends) > 0 && !recorded {
		line += t.Text("console.mends", assets.Args{"what": words.Repair(t, mends[0]), "repair": mends[0].String()}) + "\n"
	}
	if all := words.ArticlesOf(*d.Cause); len(all) > 0 {
		line += t.Text("article.more", assets.Args{"id": all[0].ID}) + "\n"
	}
	return line + next(t, d.Next) + "\n"
}

// outcome is the sentence for a diagnosis without a cause.
func outcome(t assets.Texts, d checks.Diagnosis) string {
	switch d.Outcome() {
	case checks.NotHere:
		return words.NotHere(t, d)
	case checks.CauseElsewhere:
		return words.Sentences(t, t.Text("console.outcome.elsewhere"), words.Elsewhere(t, d.Told))
	}
	return t.Text("console.outcome." + string(d.Outcome()))
}

// next lists what to see to after the cause: what was seen, then what only the
// user's words speak for.
func next(t assets.Texts, problems []*checks.Finding) string {
	seen, told := words.Next(problems)
	return numbered(t.Text("words.next"), withAdvice(t, seen)) + numbered(t.Text("words.else"), withAdvice(t, told))
}

func withAdvice(t assets.Texts, problems []*checks.Finding) []string {
	var lines []string
	for _, f := range problems {
		line := words.Title(t, *f)
		if advice := words.Advice(t, *f); advice != "" {
			line += "\n     → " + advice
		}
		lines = append(lines, line)
	}
	return lines
}

// numbered is a titled list, or "" when nothing is on it.
func numbered(title string, lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	text := title + ":\n"
	for i, line := range lines {
		text += fmt.Sprintf("  %d. %s\n", i+1, line)
	}
	return text
}
