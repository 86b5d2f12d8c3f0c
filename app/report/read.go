package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"yomitori/checks"
	"yomitori/platform"
)

// maxFile bounds a saved report; real ones have some ten kilobytes.
const maxFile = 1 << 20

// Errors that Open wraps; a front end has a sentence for each.
var (
	ErrTooLarge  = errors.New("file is larger than any report")
	ErrNotReport = errors.New("file is not a report of this program")
	ErrMalformed = errors.New("file is not written as reports are")
	ErrChanged   = errors.New("file was changed or damaged")
	ErrNewer     = errors.New("report was written by a newer version")
)

// Opened is what a file holds.
type Opened struct {
	Snapshot platform.Snapshot
	// Question is what was asked, and Saved what was said to it. Both are nil where
	// the file holds a snapshot only.
	Question *checks.Question
	Saved    *Saved

	tree map[string]any // of a saved report: all that is in it
}

// Read is Open for those who need the snapshot only.
func Read(path string) (platform.Snapshot, error) {
	o, err := Open(path)
	return o.Snapshot, err
}

// Open opens a saved report, a snapshot by itself, or the output of "check --json".
func Open(path string) (Opened, error) {
	o, err := open(path)
	if err != nil {
		return Opened{}, &ReadError{path, err}
	}
	return o, nil
}

// ReadError says which file could not be read. It wraps one of the errors
// above, or what the system said.
type ReadError struct {
	Path string
	Err  error
}

func (e *ReadError) Error() string { return fmt.Sprintf("read report %s: %v", e.Path, e.Err) }

// Unwrap returns the error under the path.
func (e *ReadError) Unwrap() error { return e.Err }

func open(path string) (Opened, error) {
	switch at, err := os.Stat(path); {
	case err != nil:
		return Opened{}, err
	case !at.Mode().IsRegular(): // opening a pipe waits for its writer
		return Opened{}, fmt.Errorf("%w: no regular file", ErrNotReport)
	}
	f, err := os.Open(path)
	if err != nil {
		return Opened{}, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return Opened{}, err
	}
	return Parse(raw)
}

// Parse is Open on bytes.
func Parse(raw []byte) (Opened, error) {
	if len(raw) > maxFile {
		return Opened{}, ErrTooLarge
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff")) // some editors put it there
	tree, err := parsed(raw)
	if err != nil {
		return Opened{}, err
	}
	var o Opened
	switch schema, _ := tree["schema"].(string); {
	case isSchema(schema, Schema):
		o, err = ofFile(tree, raw)
	case tree["snapshot"] != nil:
		o, err = ofOutput(raw)
	default:
		o.Snapshot, err = ofSnapshot(raw)
	}
	if err != nil {
		return Opened{}, err
	}
	return o, nil
}

// File is what was opened as a file again, with what this version does not know.
// It is nil unless a saved report was opened.
func (o Opened) File() ([]byte, error) {
	if o.tree == nil {
		return nil, nil
	}
	return encoded(o.tree)
}

// isSchema reports whether a schema has the name of ours.
func isSchema(schema, ours string) bool {
	name, _, ok := strings.Cut(schema, "/")
	want, _, _ := strings.Cut(ours, "/")
	return ok && name == want
}

// ofFile reads a saved report.
func ofFile(tree map[string]any, raw []byte) (Opened, error) {
	if tree["schema"] != Schema {
		return Opened{}, ErrNewer
	}
	check, err := checkOf(tree)
	switch {
	case err != nil:
		return Opened{}, err
	case tree["check"] != check:
		return Opened{}, ErrChanged
	}
	var f struct {
		Question  question        `json:"question"`
		Diagnosis Saved           `json:"diagnosis"`
		Snapshot  json.RawMessage `json:"snapshot"`
	}
	if err := json.Unmarshal(raw, &f); err != nil {
		return Opened{}, errors.Join(ErrNotReport, err)
	}
	o := Opened{Question: known(f.Question), Saved: cleanedSaved(f.Diagnosis), tree: tree}
	o.Snapshot, err = ofSnapshot(f.Snapshot)
	return o, err
}

// ofOutput reads the output of "check --json".
func ofOutput(raw []byte) (Opened, error) {
	var out struct {
		Schema string `json:"schema"`
		question
		Time     time.Time       `json:"time"`
		Tool     Tool            `json:"tool"`
		Cause    *checks.ID      `json:"cause"`
		Next     []checks.ID     `json:"next"`
		Findings []SavedFinding  `json:"findings"`
		Code     string          `json:"support_code"`
		Snapshot json.RawMessage `json:"snapshot"`
	}
	if err := json.Unmarshal(raw, &out); err != nil {
		return Opened{}, errors.Join(ErrNotReport, err)
	}
	s, err := ofSnapshot(out.Snapshot)
	o := Opened{Snapshot: s}
	if out.Purpose != "" && len(out.Findings) > 0 {
		o.Question = known(out.question)
		o.Saved = cleanedSaved(Saved{out.Time, out.Tool, out.Cause, out.Next, out.Findings, out.Code})
	}
	return o, err
}

// ofSnapshot reads a snapshot.
func ofSnapshot(raw []byte) (platform.Snapshot, error) {
	var s platform.Snapshot
	if err := json.Unmarshal(raw, &s); err != nil {
		return platform.Snapshot{}, errors.Join(ErrNotReport, err)
	}
	switch {
	case !isSchema(s.Schema, platform.Schema):
		return platform.Snapshot{}, ErrNotReport
	case s.Schema != platform.Schema:
		return platform.Snapshot{}, ErrNewer
	case s.Taken.IsZero():
		return platform.Snapshot{}, ErrNotReport
	}
	return cleaned(s), nil
}
