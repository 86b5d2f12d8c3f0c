package chromium

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"yomitori/platform"
)

// copyWhole copies a folder by way of another name, so that it is there whole or
// not at all, and compares before it bears its name.
func copyWhole(from tree, rel string, to tree, name, part string, stage func(string)) (err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, to.root.RemoveAll(part))
		}
	}()
	if err := to.root.RemoveAll(part); err != nil {
		return err
	}
	if err := copyFolder(from.root, rel, to.root, part); err != nil {
		return err
	}
	stage("folder copied")
	if err := sameFolders(from.root, rel, to.root, part); err != nil {
		return err
	}
	if err := to.root.Rename(part, name); err != nil {
		return err
	}
	defer stage("folder whole")
	return syncFolderOf(to.full(name))
}

// copyFolder copies files and folders, and waits until the disk has them.
func copyFolder(from *os.Root, rel string, to *os.Root, name string) error {
	err := fs.WalkDir(from.FS(), rel, func(here string, e fs.DirEntry, err error) error {
		there := name + here[len(rel):]
		switch {
		case err != nil:
			return err
		case e.IsDir():
			return to.Mkdir(there, 0o700)
		case !e.Type().IsRegular():
			return platform.CannotRepair(platform.RepairOutside, path.Base(here), errLink)
		}
		return copyFile(from, here, to, there)
	})
	if err != nil {
		return err
	}
	return fs.WalkDir(to.FS(), name, func(here string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		f, err := to.Open(here)
		if err != nil {
			return err
		}
		return errors.Join(syncFolder(f), f.Close())
	})
}

func copyFile(from *os.Root, name string, to *os.Root, copied string) error {
	r, err := from.Open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := to.OpenFile(copied, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	if err == nil {
		err = w.Sync()
	}
	return errors.Join(err, w.Close())
}

// sameFolders compares two folders, names and contents.
func sameFolders(a *os.Root, nameA string, b *os.Root, nameB string) error {
	listA, err := listFiles(a, nameA)
	if err != nil {
		return err
	}
	listB, err := listFiles(b, nameB)
	if err != nil {
		return err
	}
	if len(listA) != len(listB) {
		return fmt.Errorf("%d files of %d: %w", len(listB), len(listA), errNotKept)
	}
	for i, name := range listA {
		if name != listB[i] {
			return fmt.Errorf("%s: %w", name, errNotKept)
		}
		if err := sameFiles(a, nameA+name, b, nameB+name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// listFiles lists the files in a folder by what follows its own name.
func listFiles(root *os.Root, folder string) ([]string, error) {
	var list []string
	err := fs.WalkDir(root.FS(), folder, func(here string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			list = append(list, here[len(folder):])
		}
		return err
	})
	return list, err
}

func sameFiles(a *os.Root, nameA string, b *os.Root, nameB string) error {
	x, err := a.Open(nameA)
	if err != nil {
		return err
	}
	defer x.Close()
	y, err := b.Open(nameB)
	if err != nil {
		return err
	}
	defer y.Close()
	return sameContents(x, y)
}

func sameContents(x, y io.Reader) error {
	const size = 64 << 10
	a, b := make([]byte, size), make([]byte, size)
	for {
		n, err := io.ReadFull(x, a)
		m, other := io.ReadFull(y, b)
		switch {
		case !bytes.Equal(a[:n], b[:m]):
			return errNotKept
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
			return nil
		case err != nil || other != nil:
			return errors.Join(err, other)
		}
	}
}
