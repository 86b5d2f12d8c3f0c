package checks_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yomitori/checks"
	"yomitori/platform"
)

// TestMain makes the properties try the same values on every run; make fuzz
// tries others. Flags that are given come after these.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"rapid.seed": "6", "rapid.checks": "400", "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// messages are those that are known, one that is not, and none.
var messages = append(slices.Sorted(maps.Keys(checks.Spellings())), "nobody knows", "")

// anySnapshot holds for every snapshot, question and time that there can be.
func anySnapshot(t *rapid.T) {
	s := arbitrarySnapshot(t)
	q := arbitraryQuestion(t)
	now := arbitraryTime(t, s)
	before := clone(s)
	d := checks.Diagnose(s, q, now)
	sound(t, d)
	if !reflect.DeepEqual(before, s) {
		t.Fatal("the diagnosis changed the snapshot")
	}
	if again := checks.Diagnose(clone(s), q, now); !reflect.DeepEqual(d, again) {
		t.Fatalf("the same snapshot gives another diagnosis:\n%+v\n%+v", d, again)
	}
}

func TestAnySnapshot(t *testing.T) { rapid.Check(t, anySnapshot) }

func FuzzDiagnose(f *testing.F) { f.Fuzz(rapid.MakeFuzz(anySnapshot)) }

// reporter is a test, or a try of a property.
type reporter interface {
	Fatalf(format string, args ...any)
	Helper()
}

// sound fails for a diagnosis that contradicts itself.
func sound(t reporter, d checks.Diagnosis) {
	t.Helper()
	for _, test := range []func(checks.Diagnosis) error{wellFormed, oneCause, silenced, contradiction} {
		if err := test(d); err != nil {
			t.Fatalf("for %s: %v\n%s", d.Purpose, err, list(d))
		}
	}
}

// list shows the findings, one a line.
func list(d checks.Diagnosis) string {
	text := ""
	for _, f := range d.Findings {
		evidence, _ := json.Marshal(f.Evidence)
		text += fmt.Sprintf("  %s %s, hides %v, %s\n", f.ID, f.Status, f.Hides, evidence)
	}
	return text
}

var steps = []checks.Step{
	checks.StepReader, checks.StepCard, checks.StepCertificate, checks.StepExpiry, checks.StepRevocation,
	checks.StepBrowser, checks.StepNFC, checks.StepSystem,
}

// wellFormed says what is wrong with the findings by themselves.
func wellFormed(d checks.Diagnosis) error {
	seen, place := map[checks.ID]bool{}, 0
	for _, f := range d.Findings {
		switch {
		case checks.StepOf(f.ID) == "":
			return fmt.Errorf("%s is not in the catalogue", f.ID)
		case checks.StepOf(f.ID) != f.Step:
			return fmt.Errorf("%s is in step %s", f.ID, f.Step)
		case !slices.Contains([]checks.Status{checks.OK, checks.Notice, checks.Problem, checks.Unknown, checks.Skipped}, f.Status):
			return fmt.Errorf("%s has the status %q", f.ID, f.Status)
		case seen[f.ID]:
			return fmt.Errorf("%s is found twice", f.ID)
		case slices.Index(steps, f.Step) < place:
			return fmt.Errorf("%s comes after a later step", f.ID)
		case !checks.Matters(d.Purpose, f.ID) && f.Status != checks.Skipped:
			return fmt.Errorf("%s does not matter and is %s", f.ID, f.Status)
		case f.Status == checks.Unknown && f.Evidence.Area == "" && len(f.Evidence.Conditions) == 0:
			return fmt.Errorf("%s is unknown, and nothing tells why", f.ID)
		case f.Evidence.Area != "" && !slices.Contains(platform.Areas, f.Evidence.Area):
			return fmt.Errorf("%s names an area %q", f.ID, f.Evidence.Area)
		case f.Hides == nil || f.Repairs == nil || f.Articles == nil:
			return fmt.Errorf("%s has a list that is null in JSON", f.ID)
		}
		seen[f.ID], place = true, slices.Index(steps, f.Step)
	}
	return nil
}

// oneCause says what is wrong with cause and next: together they are the
// problems that nothing explains, each once, and what was seen before what was
// only told.
func oneCause(d checks.Diagnosis) error {
	var problems, listed []*checks.Finding
	for i := range d.Findings {
		if d.Findings[i].Status == checks.Problem {
			problems = append(problems, &d.Findings[i])
		}
	}
	if d.Cause != nil {
		listed = append(listed, d.Cause)
	}
	listed = append(listed, d.Next...)
	if len(problems) != len(listed) || (d.Cause == nil) != (len(problems) == 0) {
		return fmt.Errorf("%d problems, of which %d are listed", len(problems), len(listed))
	}
	for i, f := range listed {
		switch {
		case !slices.Contains(problems, f):
			return fmt.Errorf("%s is listed and no problem of the diagnosis", f.ID)
		case slices.Contains(listed[:i], f):
			return fmt.Errorf("%s is listed twice", f.ID)
		case i > 0 && listed[i-1].Evidence.Told && !f.Evidence.Told:
			return fmt.Errorf("%s, which was told, comes before %s, which was seen", listed[i-1].ID, f.ID)
		}
	}
	if (d.Outcome() == checks.CauseFound) != (d.Cause != nil) {
		return fmt.Errorf("the outcome is %s", d.Outcome())
	}
	return nil
}

// silenced says what speaks although a problem that was seen explains it, or is
// said to be hidden and is not.
func silenced(d checks.Diagnosis) error {
	hidden := map[checks.ID]checks.ID{}
	for _, p := range d.Findings {
		if len(p.Hides) > 0 && (p.Status != checks.Problem || p.Evidence.Told) {
			return fmt.Errorf("%s is %s and hides %v", p.ID, p.Status, p.Hides)
		}
		for _, id := range p.Hides {
			f := d.Find(id)
			switch {
			case f == nil || f.Status != checks.Skipped:
				return fmt.Errorf("%s hides %s, which is %+v", p.ID, id, f)
			case hidden[id] != "":
				return fmt.Errorf("%s is hidden by %s and %s", id, hidden[id], p.ID)
			case !checks.RestsOn(d.Purpose, id, p.ID), checks.Apart(d, p, *f):
				return fmt.Errorf("%s hides %s, which does not rest on it", p.ID, id)
			}
			hidden[id] = p.ID
		}
		if p.Status != checks.Problem || p.Evidence.Told {
			continue
		}
		for _, f := range d.Findings {
			if f.Status != checks.Skipped && checks.RestsOn(d.Purpose, f.ID, p.ID) && !checks.Apart(d, p, f) {
				return fmt.Errorf("%s is %s, and rests on %s", f.ID, f.Status, p.ID)
			}
		}
	}
	return nil
}

// TestTold holds what the user says against what was seen: words make nothing
// well, take no problem away (they may speak for what explains it), and where
// something was seen to be the matter the cause is something that was seen.
func TestTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := arbitrarySnapshot(t)
		q := arbitraryQuestion(t)
		now := arbitraryTime(t, s)
		silent := checks.Diagnose(s, checks.Question{Purpose: q.Purpose}, now)
		d := checks.Diagnose(s, q, now)
		sound(t, d)
		for _, f := range d.Findings {
			if was := silent.Find(f.ID); f.Status == checks.OK && (was == nil || was.Status != checks.OK) {
				t.Fatalf("%+v make %s well", q.Told, f.ID)
			}
		}
		for _, was := range silent.Findings {
			if f := d.Find(was.ID); was.Status == checks.Problem && (f == nil || f.Status != checks.Problem && !explained(d, was.ID)) {
				t.Fatalf("%+v take %s away", q.Told, was.ID)
			}
		}
		seen := func(f *checks.Finding) bool {
			return !f.Evidence.Told && f.Status != checks.OK && f.Status != checks.Skipped
		}
		if was := silent.Cause; was != nil && (!seen(d.Cause) || silent.Find(d.Cause.ID) == nil || !seen(silent.Find(d.Cause.ID))) {
			t.Fatalf("%+v make %s the cause in the place of %s\n%s", q.Told, d.Cause.ID, was.ID, list(d))
		}
	})
}

// explained reports whether a problem that was seen hides a finding.
func explained(d checks.Diagnosis, id checks.ID) bool {
	return slices.ContainsFunc(d.Findings, func(f checks.Finding) bool { return !f.Evidence.Told && slices.Contains(f.Hides, id) })
}

// TestExamplesAreSound holds every example against what holds for any snapshot,
// for every purpose.
func TestExamplesAreSound(t *testing.T) {
	for _, g := range examples {
		for _, e := range g.list {
			s := e.snapshot(t)
			for _, p := range checks.Purposes {
				sound(t, checks.Diagnose(s, checks.Question{Purpose: p, Told: e.told}, e.time(s)))
			}
		}
	}
}
