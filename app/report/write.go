package report

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrExists is the error of Write for a file that is there already.
var ErrExists = errors.New("file exists")

// WriteError says which file could not be written. It wraps ErrExists, or what the
// system said.
type WriteError struct {
	Path string
	Err  error
}

func (e *WriteError) Error() string { return fmt.Sprintf("write report %s: %v", e.Path, e.Err) }

// Unwrap returns the error under the path.
func (e *WriteError) Unwrap() error { return e.Err }

// Writable reports, before anything is done, whether a file can be written: its folder has to
// be there, and it not, unless it may be replaced.
func Writable(path string, replace bool) error {
	switch at, err := os.Stat(path); {
	case err == nil && at.IsDir():
		return &WriteError{path, &fs.PathError{Op: "write", Path: path, Err: fs.ErrInvalid}}
	case err == nil && !replace:
		return &WriteError{path, ErrExists}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return &WriteError{path, err}
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return &WriteError{path, err}
	}
	return nil
}

// Write writes a file whole or not at all. Only the user may read it.
func Write(path string, content []byte, replace bool) error {
	if err := Writable(path, replace); err != nil {
		return err
	}
	if err := write(path, content, replace); err != nil {
		return &WriteError{path, err}
	}
	return nil
}

// write writes beside the file first, so that what was there stays until all of
// the new one is on the disk.
func write(path string, content []byte, replace bool) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".yomitori-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // a leftover harms nobody
		}
	}()
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	switch {
	case err != nil:
		return err
	case replace:
		return os.Rename(f.Name(), path)
	}
	return place(f.Name(), path)
}

// place gives a file its name unless something else has it by now. Where the disk knows no
// second names, it takes the name first.
func place(from, path string) error {
	err := os.Link(from, path)
	switch {
	case err == nil:
		_ = os.Remove(from) // a leftover harms nobody
		return nil
	case errors.Is(err, fs.ErrExist):
		return ErrExists
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return ErrExists
	case err != nil:
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(from, path)
}
