package chromium

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"yomitori/platform"
)

var (
	errTooLarge   = errors.New("file is larger than any real one")
	errNotRegular = errors.New("not a regular file")
	errNotObject  = errors.New("not a JSON object")
	errTrailing   = errors.New("more after the end of the JSON object")
)

// readFile reads a file of at most limit bytes. What is not a regular file is
// not opened, because opening a pipe may wait for ever.
func readFile(folder fs.FS, name string, limit int64) ([]byte, error) {
	info, err := fs.Stat(folder, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: %w", name, errNotRegular)
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("%s: %w", name, errTooLarge)
	}
	f, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(raw)) > limit {
		return nil, fmt.Errorf("%s: %w", name, errTooLarge)
	}
	return bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), nil
}

// readFolder reads a folder of at most limit entries. Of a larger one it returns
// some, and an error.
func readFolder(parent fs.FS, name string, limit int) ([]fs.DirEntry, error) {
	f, err := parent.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil, fmt.Errorf("%s: %w", name, errors.ErrUnsupported)
	}
	entries, err := d.ReadDir(limit + 1)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	if len(entries) > limit {
		entries, err = entries[:limit], fmt.Errorf("%s: %w", name, errTooLarge)
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// failure is the look of what could not be read.
func failure(err error) platform.Look {
	l := platform.Failure(platform.WhyOf(err), nil)
	l.Detail = platform.Printable(strings.ReplaceAll(err.Error(), "\n", "; "), platform.LongestText)
	return l
}

// each goes through the members of a JSON object without holding them all. The
// value is valid during the call only. An error of use ends the walk.
func each(raw []byte, use func(key string, value json.RawMessage) error) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil {
		return notEOF(err)
	} else if t != json.Delim('{') {
		return errNotObject
	}
	var value json.RawMessage
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return notEOF(err)
		}
		key, ok := t.(string)
		if !ok {
			return errNotObject
		}
		if err := d.Decode(&value); err != nil {
			return notEOF(err)
		}
		if err := use(key, value); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return notEOF(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errTrailing
	}
	return nil
}

func notEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// members picks the named members of a JSON object. Names must match exactly,
// as they must for Chromium; encoding/json would ignore case.
func members(raw []byte, names ...string) (map[string]json.RawMessage, error) {
	picked := map[string]json.RawMessage{}
	err := each(raw, func(key string, value json.RawMessage) error {
		for _, n := range names {
			if key == n {
				picked[key] = bytes.Clone(value)
			}
		}
		return nil
	})
	return picked, err
}

// value reads a JSON value of a known type; anything else is not there, which
// is how Chromium reads its own files.
func value[T any](raw json.RawMessage) (T, bool) {
	var v *T
	if len(raw) == 0 || json.Unmarshal(raw, &v) != nil || v == nil {
		var none T
		return none, false
	}
	return *v, true
}
