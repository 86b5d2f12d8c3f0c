package checks_test

import (
	"slices"
	"strings"
	"testing"

	"yomitori/checks"
)

// TestEveryFinding writes down on which computer each finding is met first, in
// each of its statuses, and fails for one that is met on none.
func TestEveryFinding(t *testing.T) {
	type met struct {
		id     checks.ID
		status checks.Status
	}
	first := map[met][]string{}
	for _, g := range examples {
		for _, e := range g.list {
			for _, f := range e.diagnose(t).Findings {
				m := met{f.ID, f.Status}
				if _, ok := first[m]; ok || f.Status == checks.Skipped {
					continue
				}
				first[m] = []string{string(f.ID), string(f.Status), e.name, string(e.purpose), hiddenBy(f)}
			}
		}
	}
	rows := [][]string{{"finding", "status", "computer", "purpose", "hides"}}
	for _, id := range checks.IDs() {
		n := len(rows)
		for _, s := range []checks.Status{checks.OK, checks.Notice, checks.Problem, checks.Unknown} {
			if r, ok := first[met{id, s}]; ok {
				rows = append(rows, r)
			}
		}
		if len(rows) == n {
			t.Errorf("no example has %s", id)
		}
	}
	golden(t, "testdata/findings.txt", columns(rows))
}

func hiddenBy(f checks.Finding) string {
	var ids []string
	for _, id := range f.Hides {
		ids = append(ids, string(id))
	}
	return strings.Join(slices.Compact(ids), ", ")
}
