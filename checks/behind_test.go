package checks_test

import (
	"testing"

	"yomitori/checks"
)

func TestBehind(t *testing.T) {
	finding := func(id checks.ID, s checks.Status) checks.Finding { return checks.Finding{ID: id, Status: s} }
	told := finding(checks.BrowserSessionStale, checks.Problem)
	told.Evidence.Told = true
	for _, c := range []struct {
		name              string
		found             []checks.Finding
		confirms, exclude []checks.ID
		want              checks.Behind
	}{
		{"a problem", []checks.Finding{finding(checks.ReaderNone, checks.Problem)}, []checks.ID{checks.ReaderNone}, nil, checks.BehindConfirmed},
		{"a notice", []checks.Finding{finding(checks.SystemProxy, checks.Notice)}, []checks.ID{checks.SystemProxy}, nil, checks.BehindConfirmed},
		{"well", []checks.Finding{finding(checks.ReaderOK, checks.OK)}, []checks.ID{checks.ReaderNone}, []checks.ID{checks.ReaderOK}, checks.BehindExcluded},
		{"a problem beside what is well", []checks.Finding{finding(checks.ReaderOK, checks.OK), finding(checks.ReaderFailing, checks.Problem)}, []checks.ID{checks.ReaderFailing}, []checks.ID{checks.ReaderOK}, checks.BehindConfirmed},
		{"hidden by the cause", []checks.Finding{finding(checks.CardOK, checks.Skipped)}, nil, []checks.ID{checks.CardOK}, checks.BehindOpen},
		{"not looked at", []checks.Finding{finding(checks.CardOK, checks.Unknown)}, nil, []checks.ID{checks.CardOK}, checks.BehindOpen},
		{"a notice about another reader", []checks.Finding{finding(checks.ReaderOK, checks.OK), finding(checks.ReaderNotPCSC, checks.Notice)}, []checks.ID{checks.ReaderNone, checks.ReaderNotPCSC}, []checks.ID{checks.ReaderOK}, checks.BehindExcluded},
		{"a notice about the service", []checks.Finding{finding(checks.ReaderOK, checks.OK), finding(checks.ReaderServiceDisabled, checks.Notice)}, []checks.ID{checks.ReaderServiceDisabled}, []checks.ID{checks.ReaderOK}, checks.BehindConfirmed},
		{"a notice that a card may do", []checks.Finding{finding(checks.CardWrongKind, checks.Notice)}, []checks.ID{checks.CardWrongKind}, nil, checks.BehindOpen},
		{"only told", []checks.Finding{told}, []checks.ID{checks.BrowserSessionStale}, nil, checks.BehindOpen},
		{"nothing tells it", []checks.Finding{finding(checks.ReaderOK, checks.OK)}, nil, nil, checks.BehindOpen},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := (checks.Diagnosis{Findings: c.found}).Behind(nil, c.confirms, c.exclude); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
