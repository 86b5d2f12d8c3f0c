package macos

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"yomitori/platform"
)

// keep writes a file whole or not at all, and returns when the disk has it and
// its name.
func keep(name string, raw []byte) error {
	err := write(name+".new", raw)
	if err == nil {
		err = os.Rename(name+".new", name)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(name))
	}
	why := platform.RepairFailed
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC):
		why = platform.RepairNoSpace
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		why = platform.RepairReadOnly
	}
	return platform.CannotRepair(why, filepath.Base(name), fmt.Errorf("keep what was there: %w", err))
}

func write(name string, raw []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// syncFolder waits until the disk has the names in a folder. Not every file
// system can, nor can Windows, where tests run.
func syncFolder(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrPermission) && !errors.Is(err, syscall.EINVAL) {
		return err
	}
	return nil
}
