package macos

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

var (
	errTooLarge   = errors.New("file is larger than any real one")
	errNotRegular = errors.New("not a regular file")
	errRelative   = errors.New("not a full path")
)

// inTree is the name in the tree of a full path.
func inTree(full string) (string, error) {
	clean := path.Clean(full)
	if !strings.HasPrefix(clean, "/") || strings.ContainsRune(clean, 0) {
		return "", errRelative
	}
	if clean == "/" {
		return ".", nil
	}
	return clean[1:], nil
}

// open opens a regular file. What is not one is not opened, because opening a
// pipe may wait for ever.
func (c *Computer) open(full string) (fs.File, error) {
	name, err := inTree(full)
	if err != nil {
		return nil, err
	}
	info, err := fs.Stat(c.o.Root, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: %w", full, errNotRegular)
	}
	return c.o.Root.Open(name)
}

// read reads a file of at most so many bytes.
func (c *Computer) read(full string, most int64) ([]byte, error) {
	f, err := c.open(full)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(raw)) > most {
		return nil, fmt.Errorf("%s: %w", full, errTooLarge)
	}
	return raw, nil
}

// head reads the beginning of a file.
func (c *Computer) head(full string, most int64) ([]byte, error) {
	f, err := c.open(full)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var b bytes.Buffer
	_, err = io.Copy(&b, io.LimitReader(f, most))
	return b.Bytes(), err
}

// stat says what stands at a path.
func (c *Computer) stat(full string) (fs.FileInfo, error) {
	name, err := inTree(full)
	if err != nil {
		return nil, err
	}
	return fs.Stat(c.o.Root, name)
}

// exists reports whether something stands at a path, as far as it can be seen.
func (c *Computer) exists(full string) bool {
	_, err := c.stat(full)
	return err == nil
}

// maxEntries is how many entries of one folder are looked at.
const maxEntries = 4096

// list returns the names in a folder; one that does not exist has none.
func (c *Computer) list(full string) ([]string, error) {
	name, err := inTree(full)
	if err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(c.o.Root, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, e := range entries[:min(len(entries), maxEntries)] {
		names = append(names, e.Name())
	}
	return names, err
}

// belowUser takes the user's own folder off a path: a user called "hpki" must
// not make all his programs official.
func belowUser(full string) string {
	rest, ok := strings.CutPrefix(full, "/Users/")
	if !ok {
		return full
	}
	_, rest, _ = strings.Cut(rest, "/")
	return "/" + rest
}
