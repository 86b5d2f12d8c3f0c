package chromium

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"yomitori/platform"
)

// partSuffix ends the name of what is kept as long as it is not whole.
const partSuffix = ".part"

// keptName is what the copy for a change is called, the same however often the
// change is made: no other change has its path and host.
func keptName(c platform.Change) string {
	sum := sha256.Sum256([]byte(string(c.Kind) + "\x00" + c.Path + "\x00" + c.Host))
	return string(c.Kind) + "-" + hex.EncodeToString(sum[:8])
}

// keptBefore reports whether something was kept for a change, or may have been.
func keptBefore(c platform.Change, kept string) bool {
	entries, err := os.ReadDir(kept)
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return strings.HasPrefix(e.Name(), keptName(c)) && !strings.Contains(e.Name(), partSuffix)
	})
}

func exists(name string) (bool, error) {
	_, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// syncFile waits until the disk has a file.
func syncFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncFolderOf waits until the disk has the name of a file.
func syncFolderOf(name string) error {
	f, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	return errors.Join(syncFolder(f), f.Close())
}
