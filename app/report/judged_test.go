package report_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/app/report"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// What is masked may not change what is judged: whoever opens a report sees
// what its sender saw.
func TestMaskedIsJudgedTheSame(t *testing.T) {
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
			want, got := judged(s, p), judged(report.Masked(s), p)
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%s for %s (-as it is +masked):\n%s", name, p, d)
			}
		}
	}
}

func judged(s platform.Snapshot, p checks.Purpose) map[checks.ID]checks.Status {
	found := map[checks.ID]checks.Status{}
	for _, f := range checks.Diagnose(s, checks.Question{Purpose: p}, s.Taken).Findings {
		found[f.ID] = f.Status
	}
	return found
}
