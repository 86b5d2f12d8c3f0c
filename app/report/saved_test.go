package report_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/app/report"
	"yomitori/checks"
)

func TestDifferences(t *testing.T) {
	saved := report.Saved{Findings: []report.SavedFinding{
		{ID: checks.ReaderOK, Status: checks.OK},
		{ID: checks.CardOK, Status: checks.OK},
		{ID: checks.CertOK, Status: checks.Skipped},
		{ID: checks.SystemOSUnsupported, Status: checks.Problem},
		{ID: "later.finding", Status: checks.Notice},
		{ID: "later.ok", Status: checks.OK},
	}}
	today := checks.Diagnosis{Findings: []checks.Finding{
		{ID: checks.ReaderOK, Status: checks.OK},
		{ID: checks.CardOK, Status: checks.Unknown},
		{ID: checks.CertOK, Status: checks.OK},
		{ID: checks.SystemOSUnsupported, Status: checks.Notice},
		{ID: checks.NFCConflict, Status: checks.Notice},
		{ID: checks.NFCOK, Status: checks.OK},
	}}
	want := []checks.Became{
		{ID: checks.CardOK, Before: checks.OK, After: checks.Unknown},
		{ID: checks.SystemOSUnsupported, Before: checks.Problem, After: checks.Notice},
		{ID: checks.NFCConflict, After: checks.Notice},
		{ID: "later.finding", Before: checks.Notice},
	}
	if d := cmp.Diff(want, saved.Differences(today)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
