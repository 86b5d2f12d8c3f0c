package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"yomitori/platform"
)

// maxFile bounds a saved snapshot; real ones have some ten kilobytes.
const maxFile = 1 << 20

// Errors that Read wraps; a front end has a sentence for each.
var (
	ErrTooLarge  = errors.New("file is larger than any report")
	ErrNotReport = errors.New("file is not a report of this program")
	ErrNewer     = errors.New("report was written by a newer version")
)

// Read reads a saved snapshot: a snapshot by itself, or the output of
// "check --json", which contains one.
func Read(path string) (platform.Snapshot, error) {
	s, err := read(path)
	if err != nil {
		return platform.Snapshot{}, &ReadError{path, err}
	}
	return s, nil
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

func read(path string) (platform.Snapshot, error) {
	f, err := os.Open(path)
	if err != nil {
		return platform.Snapshot{}, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	switch {
	case err != nil:
		return platform.Snapshot{}, err
	case len(raw) > maxFile:
		return platform.Snapshot{}, ErrTooLarge
	}
	return Parse(raw)
}

// Parse is Read on bytes.
func Parse(raw []byte) (platform.Snapshot, error) {
	var outer struct {
		Snapshot json.RawMessage `json:"snapshot"`
	}
	if err := json.Unmarshal(raw, &outer); err != nil {
		return platform.Snapshot{}, errors.Join(ErrNotReport, err)
	}
	if outer.Snapshot != nil {
		raw = outer.Snapshot
	}
	var s platform.Snapshot
	if err := json.Unmarshal(raw, &s); err != nil {
		return platform.Snapshot{}, errors.Join(ErrNotReport, err)
	}
	name, _, ok := strings.Cut(s.Schema, "/")
	ours, _, _ := strings.Cut(platform.Schema, "/")
	switch {
	case !ok || name != ours:
		return platform.Snapshot{}, ErrNotReport
	case s.Schema != platform.Schema:
		return platform.Snapshot{}, ErrNewer
	case s.Taken.IsZero():
		return platform.Snapshot{}, ErrNotReport
	}
	return cleaned(s), nil
}
