package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
)

// Schema names the form of a saved report. A reader refuses any other major number.
const Schema = "yomitori.report/1"

// checkPrefix says how the check of a file is made.
const checkPrefix = "sha256:"

// File is the report as a file that [Open] reads.
func (r Report) File() ([]byte, error) {
	raw, err := json.Marshal(file{
		Schema: Schema, Written: r.written, Tool: r.tool, Question: question{r.d.Purpose, r.d.Told},
		Diagnosis: savedOf(r), Snapshot: r.snapshot,
	})
	if err != nil {
		return nil, fmt.Errorf("write report: %w", err)
	}
	tree, err := parsed(raw)
	if err != nil {
		return nil, fmt.Errorf("write report: %w", err)
	}
	return encoded(tree)
}

// encoded is a tree as a file, with its check.
func encoded(tree map[string]any) ([]byte, error) {
	tree = maps.Clone(tree)
	check, err := checkOf(tree)
	if err != nil {
		return nil, err
	}
	tree["check"] = check
	out, err := marshalled(tree, "  ")
	switch {
	case err != nil:
		return nil, err
	case len(out) > maxFile:
		return nil, fmt.Errorf("write report of %d bytes: %w", len(out), ErrTooLarge)
	}
	return out, nil
}

// checkOf is the check over everything else in a file: without blanks, with sorted
// names. It notices damage and changes by hand. It proves nothing about who wrote
// the file.
func checkOf(tree map[string]any) (string, error) {
	rest := maps.Clone(tree)
	delete(rest, "check")
	raw, err := marshalled(rest, "")
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(bytes.TrimRight(raw, "\n"))
	return checkPrefix + hex.EncodeToString(sum[:]), nil
}

func marshalled(tree map[string]any, indent string) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(tree); err != nil {
		return nil, fmt.Errorf("write report: %w", err)
	}
	return out.Bytes(), nil
}
