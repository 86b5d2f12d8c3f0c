package checks_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

var update = flag.Bool("update", false, "write the golden tables anew")

// example is a computer as support meets it: a practice computer with a few
// things changed, and what its user wants and tells.
type example struct {
	name    string
	from    string // the practice computer
	changes []change
	purpose checks.Purpose
	told    checks.Told
	at      time.Time // when; by default when the practice computer was looked at
}

func with(cs ...change) []change { return cs }

func (e example) snapshot(t testing.TB) platform.Snapshot {
	t.Helper()
	s := computer(t, e.from)
	for _, c := range e.changes {
		c(&s)
	}
	return s
}

func (e example) time(s platform.Snapshot) time.Time {
	if e.at.IsZero() {
		return s.Taken
	}
	return e.at
}

func (e example) diagnose(t testing.TB) checks.Diagnosis {
	t.Helper()
	s := e.snapshot(t)
	return checks.Diagnose(s, checks.Question{Purpose: e.purpose, Told: e.told}, e.time(s))
}

// TestComputers writes the diagnoses of all examples as a table, for a support
// engineer to read.
func TestComputers(t *testing.T) {
	rows := [][]string{{"computer", "purpose", "told", "cause", "next", "notices", "unknown", "well", "exit"}}
	names := map[string]bool{}
	for _, g := range examples {
		rows = append(rows, []string{g.title})
		for _, e := range g.list {
			if names[e.name] {
				t.Errorf("two computers are called %q", e.name)
			}
			names[e.name] = true
			rows = append(rows, rowOf(e, e.diagnose(t)))
		}
	}
	golden(t, "testdata/computers.txt", columns(rows))
}

func rowOf(e example, d checks.Diagnosis) []string {
	cause := ""
	if d.Cause != nil {
		cause = brief(*d.Cause)
	}
	var next, notices, unknown, well []string
	for _, f := range d.Next {
		next = append(next, brief(*f))
	}
	for _, f := range d.Findings {
		switch f.Status {
		case checks.Notice:
			notices = append(notices, brief(f))
		case checks.Unknown:
			unknown = append(unknown, brief(f))
		case checks.OK:
			well = append(well, string(f.Step))
		}
	}
	return []string{
		e.name, string(e.purpose), toldOf(e.told), cause, strings.Join(next, ", "), strings.Join(notices, ", "),
		strings.Join(unknown, ", "), strings.Join(well, " "), exit[d.Outcome()],
	}
}

// brief is a finding by its id and the conditions that its words depend on.
func brief(f checks.Finding) string {
	text := string(f.ID)
	for _, c := range f.Evidence.Conditions {
		text += fmt.Sprintf("(%s)", c)
	}
	if f.Evidence.Told {
		text += "(told)"
	}
	if f.Evidence.Outdated {
		text += "(old rule)"
	}
	return text
}

func toldOf(told checks.Told) string {
	var words []string
	add := func(name, value string) {
		if value != "" {
			words = append(words, strings.TrimPrefix(name+" "+value, " "))
		}
	}
	add("", string(told.Message))
	add("at", string(told.Moment))
	add("moved", string(told.Moved))
	add("renamed", string(told.Renamed))
	add("lost", string(told.Lost))
	return strings.Join(words, ", ")
}

// exit is the code with which the program ends.
var exit = map[checks.Outcome]string{
	checks.NothingToDo: "0", checks.CauseElsewhere: "0", checks.CauseFound: "1",
	checks.Undetermined: "2", checks.NotHere: "2", checks.StillLooking: "2",
}

// columns lines the cells of a table up. A row of one cell is a title.
func columns(rows [][]string) string {
	var widths []int
	for _, r := range rows {
		for i, cell := range r {
			if len(r) == 1 {
				continue
			}
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], width(cell))
		}
	}
	var b strings.Builder
	for _, r := range rows {
		if len(r) == 1 {
			b.WriteString("\n" + r[0] + "\n")
			continue
		}
		for i, cell := range r {
			r[i] = cell + strings.Repeat(" ", widths[i]-width(cell))
		}
		b.WriteString(strings.TrimRight(strings.Join(r, " | "), " ") + "\n")
	}
	return b.String()
}

// width counts the columns of a text; those of Japanese are two wide.
func width(text string) int {
	n := 0
	for _, r := range text {
		if n++; r >= 0x2e80 {
			n++
		}
	}
	return n
}

// golden holds a text against a file; -update writes it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
		t.Errorf("%s (-want +got):\n%s\nIf this is right: make update, and read what changed", file, d)
	}
}
