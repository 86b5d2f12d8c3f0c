package checks_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// A diagnosis that is made anew comes to the same.
func TestRebuild(t *testing.T) {
	for _, name := range practice.Names() {
		c, err := practice.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := platform.Observe(t.Context(), c, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range checks.Purposes {
			d := checks.Diagnose(s, checks.Question{Purpose: p}, s.Taken)
			statuses := map[checks.ID]checks.Status{}
			for _, f := range d.Findings {
				statuses[f.ID] = f.Status
			}
			var cause checks.ID
			if d.Cause != nil {
				cause = d.Cause.ID
			}
			want, got := inShort(d), inShort(checks.Rebuild(p, statuses, cause))
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s for %s (-as it was +anew):\n%s", name, p, diff)
			}
		}
	}
}

// short is what a diagnosis comes to without evidence.
type short struct {
	Outcome  checks.Outcome
	Cause    checks.ID
	Next     []checks.ID
	Statuses map[checks.ID]checks.Status
	Steps    map[checks.Step]checks.Status
}

func inShort(d checks.Diagnosis) short {
	s := short{Outcome: d.Outcome(), Statuses: map[checks.ID]checks.Status{}, Steps: map[checks.Step]checks.Status{}}
	if d.Cause != nil {
		s.Cause = d.Cause.ID
	}
	for _, f := range d.Next {
		s.Next = append(s.Next, f.ID)
	}
	for _, f := range d.Findings {
		s.Statuses[f.ID] = f.Status
		s.Steps[f.Step] = d.StepStatus(f.Step)
	}
	return s
}

func TestRebuildLeavesOutWhatIsNotKnown(t *testing.T) {
	d := checks.Rebuild(checks.Any, map[checks.ID]checks.Status{"reader.odd": checks.Problem, checks.ReaderNone: checks.Problem}, "reader.odd")
	if len(d.Findings) != 1 || d.Cause != nil || len(d.Next) != 1 {
		t.Errorf("got %+v", d)
	}
}
