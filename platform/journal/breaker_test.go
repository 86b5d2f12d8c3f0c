package journal_test

import (
	"yomitori/platform/journal"
)

// breaker acts at the k-th point that is passed, counted from 1, and where it
// stays broken at all that follow.
type breaker struct {
	k     int
	stays bool
	act   func() error
	acted bool
}

func (b *breaker) at() error {
	b.k--
	if b.k == 0 || b.k < 0 && b.stays && b.acted {
		b.acted = true
		return b.act()
	}
	return nil
}

// brokenDisk passes a point before and after everything that it does.
type brokenDisk struct {
	journal.Disk
	at func() error
}

func (d brokenDisk) Mkdir(path string) error {
	return around(d.at, func() error { return d.Disk.Mkdir(path) })
}

func (d brokenDisk) RemoveAll(path string) error {
	return around(d.at, func() error { return d.Disk.RemoveAll(path) })
}

func (d brokenDisk) Append(path string, size int64) (journal.File, error) {
	var f journal.File
	given := false
	defer func() {
		if !given && f != nil { // also after a panic: Windows removes no file that is open
			_ = f.Close()
		}
	}()
	err := around(d.at, func() (err error) { f, err = d.Disk.Append(path, size); return err })
	given = err == nil
	return brokenFile{f, d.at}, err
}

type brokenFile struct {
	journal.File
	at func() error
}

// Write writes by halves.
func (f brokenFile) Write(line []byte) (int, error) {
	half := len(line) / 2
	for _, part := range [][]byte{line[:half], line[half:]} {
		if err := f.at(); err != nil {
			return 0, err
		}
		if _, err := f.File.Write(part); err != nil {
			return 0, err
		}
	}
	return len(line), f.at()
}

func (f brokenFile) Sync() error { return around(f.at, f.File.Sync) }

func around(at, do func() error) error {
	if err := at(); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return at()
}
