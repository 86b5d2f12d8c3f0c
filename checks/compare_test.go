package checks_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
)

func TestCompare(t *testing.T) {
	finding := func(id checks.ID, s checks.Step, status checks.Status) checks.Finding {
		return checks.Finding{ID: id, Step: s, Status: status}
	}
	before := checks.Diagnosis{Findings: []checks.Finding{
		finding(checks.ReaderNone, checks.StepReader, checks.Problem),
		finding(checks.CardOK, checks.StepCard, checks.Skipped),
		finding(checks.CertOK, checks.StepCertificate, checks.OK),
		finding(checks.PinAuthLastTry, checks.StepCertificate, checks.Notice),
		finding(checks.ExpiryOK, checks.StepExpiry, checks.OK),
		finding(checks.BrowserOK, checks.StepBrowser, checks.Unknown),
		finding(checks.NFCConflict, checks.StepNFC, checks.Notice),
	}}
	after := checks.Diagnosis{Findings: []checks.Finding{
		finding(checks.ReaderOK, checks.StepReader, checks.OK),
		finding(checks.CardWrongKind, checks.StepCard, checks.Problem),
		finding(checks.CertOK, checks.StepCertificate, checks.OK),
		finding(checks.PinAuthLocked, checks.StepCertificate, checks.Problem),
		finding(checks.ExpiryRenewNow, checks.StepExpiry, checks.Notice),
		finding(checks.BrowserOK, checks.StepBrowser, checks.OK),
		finding(checks.NFCConflict, checks.StepNFC, checks.Problem),
	}}
	want := checks.Comparison{
		Better: []checks.Became{
			{ID: checks.ReaderNone, Before: checks.Problem},
			{ID: checks.PinAuthLastTry, Before: checks.Notice},
		},
		Worse: []checks.Became{
			{ID: checks.PinAuthLocked, After: checks.Problem},
			{ID: checks.ExpiryRenewNow, After: checks.Notice},
			{ID: checks.NFCConflict, Before: checks.Notice, After: checks.Problem},
		},
		Same: []checks.Became{{ID: checks.CertOK, Before: checks.OK, After: checks.OK}},
		// Nobody knew of the card before, so a wrong one may have been there.
		Unclear: []checks.Became{
			{ID: checks.CardWrongKind, After: checks.Problem},
			{ID: checks.CardOK, Before: checks.Skipped},
			{ID: checks.BrowserOK, Before: checks.Unknown, After: checks.OK},
		},
	}
	if d := cmp.Diff(want, checks.Compare(before, after)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if c := checks.Compare(after, after); len(c.Same) != len(after.Findings) || len(c.Better)+len(c.Worse)+len(c.Unclear) > 0 {
		t.Errorf("compared with itself: %+v", c)
	}
}
