package report_test

import (
	"encoding/json"
	"fmt"
	"strings"
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
		s := observed(t, name)
		for _, p := range checks.Purposes {
			want, got := judged(s, p), judged(report.Masked(report.Personal{}, s), p)
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%s for %s (-as it is +masked):\n%s", name, p, d)
			}
			who := report.Personal{User: "edge", Home: "/home/chrome", Host: "windows-pc"}
			if d := cmp.Diff(want, judged(report.Masked(who, s), p)); d != "" {
				t.Errorf("%s for %s, of a user called Edge (-as it is +masked):\n%s", name, p, d)
			}
		}
	}
}

// observed is a practice computer, looked at.
func observed(t *testing.T, name string) platform.Snapshot {
	t.Helper()
	c, err := practice.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := platform.Observe(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func judged(s platform.Snapshot, p checks.Purpose) map[checks.ID]string {
	found := map[checks.ID]string{}
	for _, f := range checks.Diagnose(s, checks.Question{Purpose: p}, s.Taken).Findings {
		found[f.ID] = fmt.Sprint(f.Status, f.Repairs)
	}
	return found
}

// A repair has no field that anybody outside its package sees, and stays what it
// is all the same.
func TestRepairsAreNotMasked(t *testing.T) {
	f := checks.Finding{Repairs: []platform.Repair{platform.QuitBrowser(platform.BrowserEdge), platform.RefreshPCSC()}}
	raw, err := json.Marshal(report.Masked(report.Personal{}, f))
	if err != nil {
		t.Fatal(err)
	}
	if want := `"repairs":["quit-browser:edge","refresh-pcsc"]`; !strings.Contains(string(raw), want) {
		t.Errorf("got %s, want %s in it", raw, want)
	}
}
