package supportcode_test

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/app/report/supportcode"
	"yomitori/checks"
	"yomitori/platform"
)

func TestDiagnosis(t *testing.T) {
	s := supportcode.Summary{
		Purpose: checks.ETax, Cause: checks.PinSignatureLocked,
		Statuses: map[checks.ID]checks.Status{
			checks.ExtensionOff: checks.Problem, checks.PinSignatureLocked: checks.Problem, checks.ReaderOK: checks.OK, checks.NFCOK: checks.Unknown,
		},
	}
	d := s.Diagnosis()
	if d.Purpose != checks.ETax || d.Cause == nil || d.Cause.ID != checks.PinSignatureLocked || d.Outcome() != checks.CauseFound {
		t.Errorf("cause %+v for %s", d.Cause, d.Purpose)
	}
	if len(d.Next) != 1 || d.Next[0].ID != checks.ExtensionOff {
		t.Errorf("next %+v", d.Next)
	}
	var order []checks.ID
	for _, f := range d.Findings {
		order = append(order, f.ID)
		if !reflect.ValueOf(f.Evidence).IsZero() || f.Step == "" {
			t.Errorf("%s at %q has evidence: %+v", f.ID, f.Step, f.Evidence)
		}
	}
	if diff := cmp.Diff([]checks.ID{checks.ReaderOK, checks.PinSignatureLocked, checks.ExtensionOff, checks.NFCOK}, order); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestProgram(t *testing.T) {
	for version, want := range map[string]string{"0.1.0": "0.1.0", "1.2.3": "1.2.3", "odd": "", "1.64.0": "", "8.0.0": "", "1.2.32": "", "1.2": "", "1.2.3.4": "", "1.2.-3": "", "1.2.3-rc": ""} {
		s := supportcode.Of(checks.Diagnosis{Question: checks.Question{Purpose: checks.Any}}, platform.Snapshot{}, version)
		if got := s.Program(); got != want {
			t.Errorf("%q: got %q, want %q", version, got, want)
		}
	}
}

func TestDaysHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for d := supportcode.DaysUnknown; d <= supportcode.DaysMore; d++ {
		seen[d.String()] = true
	}
	if len(seen) != 7 || seen[""] || supportcode.Days(99).String() != "unknown" {
		t.Errorf("names: %v", seen)
	}
}
