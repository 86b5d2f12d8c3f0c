package report

import (
	"time"

	"yomitori/app/report/supportcode"
	"yomitori/checks"
	"yomitori/platform"
)

// Tool says which program wrote something.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Commit  string `json:"commit"`
}

// Report is a diagnosis and what it rests on, masked. Only [New] makes one, so
// whatever is written of it is masked.
type Report struct {
	tool     Tool
	written  time.Time
	d        checks.Diagnosis
	snapshot platform.Snapshot
	code     string
	contents []Item
}

// New makes a report of a diagnosis of a snapshot.
func New(tool Tool, who Personal, d checks.Diagnosis, s platform.Snapshot, now time.Time) Report {
	type all struct {
		Snapshot platform.Snapshot
		Parts    parts
	}
	masked := Masked(who, all{s, parts{d.Findings, d.Card}})
	return Report{
		tool: tool, written: now.In(checks.Japan).Truncate(time.Second),
		d: relinked(d, masked.Parts), snapshot: masked.Snapshot,
		code: supportcode.Of(d, s, tool.Version).Encode(), contents: contents(s, masked.Snapshot),
	}
}

// Diagnosis is what the report says.
func (r Report) Diagnosis() checks.Diagnosis { return r.d }

// Code is the support code of the diagnosis.
func (r Report) Code() string { return r.code }

// Contents lists what of the snapshot is in the report, and in which form.
func (r Report) Contents() []Item { return r.contents }
