package report

import (
	"time"

	"yomitori/checks"
	"yomitori/platform"
)

// Saved is what was said on the day on which a file was written.
type Saved struct {
	Time     time.Time      `json:"time"`
	Tool     Tool           `json:"tool"`
	Cause    *checks.ID     `json:"cause"`
	Next     []checks.ID    `json:"next"`
	Findings []SavedFinding `json:"findings"`
	Code     string         `json:"support_code,omitempty"`
}

// SavedFinding is a finding of that day.
type SavedFinding struct {
	ID     checks.ID     `json:"id"`
	Step   checks.Step   `json:"step"`
	Status checks.Status `json:"status"`
}

// savedOf is what a file keeps of a diagnosis.
func savedOf(r Report) Saved {
	s := Saved{Time: r.d.Time, Tool: r.tool, Next: []checks.ID{}, Findings: []SavedFinding{}, Code: r.code}
	if r.d.Cause != nil {
		s.Cause = &r.d.Cause.ID
	}
	for _, f := range r.d.Next {
		s.Next = append(s.Next, f.ID)
	}
	for _, f := range r.d.Findings {
		s.Findings = append(s.Findings, SavedFinding{f.ID, f.Step, f.Status})
	}
	return s
}

// Differences lists the findings that are judged otherwise today than on that day,
// where that changes what anybody would do.
func (s Saved) Differences(today checks.Diagnosis) []checks.Became {
	all := []checks.Became{}
	then := map[checks.ID]checks.Status{}
	for _, f := range s.Findings {
		then[f.ID] = f.Status
	}
	for _, f := range today.Findings {
		if was := then[f.ID]; was != f.Status && (matters(was) || matters(f.Status)) {
			all = append(all, checks.Became{ID: f.ID, Before: was, After: f.Status})
		}
	}
	for _, f := range s.Findings {
		if today.Find(f.ID) == nil && matters(f.Status) {
			all = append(all, checks.Became{ID: f.ID, Before: f.Status})
		}
	}
	return all
}

func matters(s checks.Status) bool {
	return s == checks.Notice || s == checks.Problem || s == checks.Unknown
}

// question is the one that a file asks.
type question struct {
	Purpose checks.Purpose `json:"purpose"`
	Told    checks.Told    `json:"told"`
}

// file is the form of a saved report.
type file struct {
	Schema    string            `json:"schema"`
	Written   time.Time         `json:"written"`
	Tool      Tool              `json:"tool"`
	Question  question          `json:"question"`
	Diagnosis Saved             `json:"diagnosis"`
	Snapshot  platform.Snapshot `json:"snapshot"`
}
