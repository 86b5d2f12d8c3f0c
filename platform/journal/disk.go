package journal

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"yomitori/platform"
)

// disk is where entries are written. Tests put one in its place that fails or
// is killed at any of its calls.
type disk interface {
	// Mkdir makes a folder, which is on the disk when it returns.
	Mkdir(path string) error
	// Append opens a file to write on after its first size bytes, and makes it
	// where there is none; its name is on the disk when it returns.
	Append(path string, size int64) (file, error)
	RemoveAll(path string) error
}

// file is what records are written to.
type file interface {
	io.WriteCloser
	Sync() error
}

// realDisk is the disk of this computer.
type realDisk struct{}

func (realDisk) Mkdir(path string) error {
	if err := os.Mkdir(path, 0o700); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func (realDisk) Append(path string, size int64) (file, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	err = f.Truncate(size)
	if err == nil {
		_, err = f.Seek(size, io.SeekStart)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

func (realDisk) RemoveAll(path string) error { return os.RemoveAll(path) }

// mkdirAll makes a folder, and those above it that are missing.
func (j *Journal) mkdirAll(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	if parent := filepath.Dir(path); parent != path {
		if err := j.mkdirAll(parent); err != nil {
			return err
		}
	}
	if err := j.disk.Mkdir(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// cannotWrite gives the error of a file its reason.
func cannotWrite(err error) error {
	switch {
	case err == nil:
		return nil
	case isFull(err):
		return platform.CannotRepair(platform.RepairNoSpace, "", err)
	case errors.Is(err, fs.ErrPermission), isReadOnly(err):
		return platform.CannotRepair(platform.RepairReadOnly, "", err)
	}
	return platform.CannotRepair(platform.RepairFailed, "", err)
}
