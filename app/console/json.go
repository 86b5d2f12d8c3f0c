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
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// Schema names the shape of the JSON; scripts depend on it.
const Schema = "yomitori/1"

// Tool says which program wrote the JSON.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Commit  string `json:"commit"`
}

type document struct {
	Schema      string         `json:"schema"`
	Tool        Tool           `json:"tool"`
	Time        time.Time      `json:"time"`
	Purpose     checks.Purpose `json:"purpose"`
	Told        checks.Told    `json:"told"` // by the user
	Cause       *checks.ID     `json:"cause"`
	Next        []checks.ID    `json:"next"`
	Findings    []finding      `json:"findings"`
	SupportCode *string        `json:"support_code"` // null until there is one
	Snapshot    snapshot       `json:"snapshot"`
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

// JSON prints a diagnosis, and what it rests on, for programs. Personal values
// are masked unless unmasked is true.
func JSON(w io.Writer, t assets.Texts, tool Tool, d checks.Diagnosis, s platform.Snapshot, unmasked bool) error {
	doc := document{
		Schema: Schema, Tool: tool, Time: d.Time, Purpose: d.Purpose, Told: d.Told,
		Next: []checks.ID{}, Findings: []finding{}, Snapshot: snapshot{s, d.Card},
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
		doc.Findings = append(doc.Findings, finding{f, words.Title(t, f)})
	}
	if !unmasked {
		doc = report.Masked(doc)
	}
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
