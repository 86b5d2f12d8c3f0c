package console

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"yomitori/app/report/supportcode"
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// CodeSchema names the shape of the JSON of a support code.
const CodeSchema = "yomitori-code/1"

// codeDocument is a support code for programs.
type codeDocument struct {
	Schema   string              `json:"schema"`
	Code     string              `json:"code"`
	Version  *string             `json:"version"` // of the program that made it
	System   *string             `json:"system"`
	Purpose  checks.Purpose      `json:"purpose"`
	Card     *platform.Kind      `json:"card"`
	Reader   *supportcode.Reader `json:"reader"`
	Days     string              `json:"days"`
	Cause    *checks.ID          `json:"cause"`
	Next     []checks.ID         `json:"next"`
	Findings []codeFinding       `json:"findings"`
}

type codeFinding struct {
	ID     checks.ID     `json:"id"`
	Step   checks.Step   `json:"step"`
	Status checks.Status `json:"status"`
	Title  string        `json:"title"`
	Advice string        `json:"advice"`
}

// CodeJSON prints what a support code says, for programs.
func CodeJSON(w io.Writer, t assets.Texts, s supportcode.Summary) error {
	d, in := s.Diagnosis(), settingOf(s)
	doc := codeDocument{
		Schema: CodeSchema, Code: s.Encode(), Version: orNull(s.Program()), System: orNull(s.OS), Purpose: s.Purpose,
		Card: orNull(s.Kind), Reader: orNull(s.Reader), Days: s.Days.String(), Cause: orNull(s.Cause),
		Next: []checks.ID{}, Findings: []codeFinding{},
	}
	for _, f := range d.Next {
		doc.Next = append(doc.Next, f.ID)
	}
	for _, f := range d.Findings {
		doc.Findings = append(doc.Findings, codeFinding{f.ID, f.Step, f.Status, words.BareTitle(t, f, in), words.BareAdvice(t, f, in)})
	}
	return writeJSON(w, doc)
}

// orNull is nil for an empty text, which JSON writes as null.
func orNull[T ~string](v T) *T {
	if v == "" {
		return nil
	}
	return &v
}

func settingOf(s supportcode.Summary) words.Setting {
	return words.Setting{OS: s.OS, Purpose: s.Purpose, Kind: s.Kind}
}

// Code prints what a support code says, for people.
func Code(w io.Writer, t assets.Texts, s supportcode.Summary) error {
	d, in := s.Diagnosis(), settingOf(s)
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n\n%s\n", t.Text("code.heading"), s.Encode(), about(t, s))
	b.WriteString(bareHeadline(t, d, in) + "\n")
	noticed := beside(d, func(f checks.Finding) bool { return f.Status == checks.Notice && !words.NotSeen(f) })
	b.WriteString(bareList(t, "code.next", d.Next, in))
	b.WriteString(bareList(t, "code.notices", noticed, in))
	b.WriteString(bareList(t, "code.unknown", beside(d, words.NotSeen), in))
	b.WriteString(t.Text("code.about") + "\n")
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	return nil
}

// about is what a code says of the computer and the card.
func about(t assets.Texts, s supportcode.Summary) string {
	kind := t.Text("code.card.none")
	if s.Kind != "" {
		kind = words.Kind(t, s.Kind)
	}
	a := assets.Args{
		"version": cmp.Or(s.Program(), t.Text("code.program.unknown")), "system": t.Text("code.system." + s.OS),
		"purpose": t.Text("purpose." + string(s.Purpose)), "kind": kind,
		"reader": t.Text("code.reader." + string(s.Reader)), "days": t.Text("code.days." + s.Days.String()),
	}
	var lines string
	for _, what := range []string{"program", "system", "purpose", "card", "reader", "days"} {
		lines += t.Text("code."+what, a) + "\n"
	}
	return lines
}

// bareHeadline is the cause and what to do about it, or that there is none.
func bareHeadline(t assets.Texts, d checks.Diagnosis, in words.Setting) string {
	switch {
	case d.Cause != nil:
		line := fmt.Sprintf("%s %s\n", t.Text("console.cause"), words.BareTitle(t, *d.Cause, in))
		if advice := words.BareAdvice(t, *d.Cause, in); advice != "" {
			line += fmt.Sprintf("%s %s\n", t.Text("console.do"), advice)
		}
		return line
	case d.Outcome() == checks.Undetermined:
		return t.Text("code.undetermined") + "\n"
	}
	return t.Text("code.nothing") + "\n"
}

// beside lists the findings that stand beside the problems.
func beside(d checks.Diagnosis, is func(checks.Finding) bool) []*checks.Finding {
	var found []*checks.Finding
	for i := range d.Findings {
		if is(d.Findings[i]) {
			found = append(found, &d.Findings[i])
		}
	}
	return found
}

// bareList lists findings and what to do about each, or is "" when there are none.
func bareList(t assets.Texts, title string, found []*checks.Finding, in words.Setting) string {
	var lines []string
	for _, f := range found {
		line := fmt.Sprintf("%s %s: %s", markFor(*f), words.Step(t, f.Step), words.BareTitle(t, *f, in))
		if advice := words.BareAdvice(t, *f, in); advice != "" {
			line += "\n    → " + advice
		}
		if !slices.Contains(lines, line) { // several findings can stand for one step
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return t.Text(title) + ":\n" + strings.Join(lines, "\n") + "\n\n"
}
