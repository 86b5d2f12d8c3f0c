package console

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"yomitori/app/report"
	"yomitori/app/report/supportcode"
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// Schema names the shape of the JSON; scripts depend on it.
const Schema = "yomitori/1"

// Tool says which program wrote the JSON.
type Tool = report.Tool

type document struct {
	Schema      string         `json:"schema"`
	Tool        Tool           `json:"tool"`
	Time        time.Time      `json:"time"`
	Purpose     checks.Purpose `json:"purpose"`
	Told        checks.Told    `json:"told"` // by the user
	Cause       *checks.ID     `json:"cause"`
	Next        []checks.ID    `json:"next"`
	Findings    []finding      `json:"findings"`
	SupportCode string         `json:"support_code"`
	Snapshot    snapshot       `json:"snapshot"`

	// Of a saved report only.
	Saved      *report.Saved `json:"saved,omitempty"`
	Comparison *Comparison   `json:"comparison,omitempty"` // with another one
}

// Comparison is what became of the findings between two saved reports.
type Comparison struct {
	Before time.Time `json:"before"`
	After  time.Time `json:"after"`
	checks.Comparison
	// Judged are the two diagnoses, the older first.
	Judged [2]checks.Diagnosis `json:"-"`
}

type finding struct {
	checks.Finding
	Title string `json:"title"`
}

// snapshot adds the card that was judged to everything observed.
type snapshot struct {
	platform.Snapshot
	Card *platform.Card `json:"card" share:"plain"`
}

// JSON prints a diagnosis, and what it rests on, for programs.
func JSON(w io.Writer, t assets.Texts, tool Tool, d checks.Diagnosis, s platform.Snapshot, beside Beside) error {
	doc := document{
		Schema: Schema, Tool: tool, Time: d.Time, Purpose: d.Purpose, Told: d.Told,
		Next: []checks.ID{}, Findings: []finding{}, Snapshot: snapshot{s, d.Card},
		SupportCode: supportcode.Of(d, s, tool.Version).Encode(),
		Saved:       beside.Saved, Comparison: beside.Comparison,
	}
	if d.Cause != nil {
		doc.Cause = &d.Cause.ID
	}
	for _, f := range d.Next {
		doc.Next = append(doc.Next, f.ID)
	}
	for _, f := range d.Findings {
		f.Articles = []string{}
		for _, a := range words.ArticlesOf(f) {
			f.Articles = append(f.Articles, a.ID)
		}
		doc.Findings = append(doc.Findings, finding{f, ""})
	}
	if !beside.Unmasked {
		doc = report.Masked(beside.Who, doc)
	}
	for i, f := range doc.Findings { // in words only now, so that what is masked is in none
		doc.Findings[i].Title = words.Title(t, f.Finding)
	}
	return writeJSON(w, doc)
}

func writeJSON(w io.Writer, doc any) error {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(doc); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	if _, err := w.Write(inASCII(out.Bytes())); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// inASCII escapes what is not ASCII: Windows PowerShell takes what a program
// prints for text in the OEM code page, and would break it.
func inASCII(raw []byte) []byte {
	var out []byte
	for _, r := range string(raw) {
		if r < utf8.RuneSelf {
			out = append(out, byte(r))
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			out = fmt.Appendf(out, `\u%04x`, unit)
		}
	}
	return out
}
