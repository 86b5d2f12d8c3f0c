package chromium

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"

	"yomitori/platform"
)

// errNewer is the error of a folder that the site made anew.
var errNewer = errors.New("the site has made new data since")

// returnSiteFolder puts a folder back, unless the site made a new one since: that
// one stays, and is an error.
func (u *UserData) returnSiteFolder(c platform.Change, kept string) error {
	rel, err := u.siteFolderOf(c)
	if err != nil {
		return err
	}
	name := path.Base(rel)
	there, err := u.data.lookFolder(rel)
	if err != nil {
		return err
	}
	copies, err := os.OpenRoot(kept)
	switch {
	case there && errors.Is(err, fs.ErrNotExist):
		return nil // never removed: it is copied first
	case errors.Is(err, fs.ErrNotExist):
		return platform.CannotRepair(platform.RepairNotUndoable, name, err)
	case err != nil:
		return cause(name, err)
	}
	defer copies.Close()
	last, _, err := copiesOf(copies, keptName(c))
	switch {
	case err != nil:
		return cause(name, err)
	case there:
		return cause(name, u.leave(rel, tree{kept, copies}, last))
	case last == "":
		return platform.CannotRepair(platform.RepairNotUndoable, name, fs.ErrNotExist)
	}
	return cause(name, u.putBack(rel, tree{kept, copies}, last))
}

// leave leaves the folder that is there: the one that was kept, or newer data.
func (u *UserData) leave(rel string, kept tree, last string) error {
	if there, err := u.data.lookFolder(rel + asideSuffix); there || err != nil {
		u.touch() // what is left of an attempt that was killed
		if err := u.data.root.RemoveAll(rel + asideSuffix); err != nil {
			return err
		}
	}
	if last == "" {
		return nil
	}
	err := sameFolders(u.data.root, rel, kept.root, last)
	if errors.Is(err, errNotKept) {
		return platform.CannotRepair(platform.RepairChanged, path.Base(rel), errNewer)
	}
	return err
}

// putBack copies a folder back to where nothing is.
func (u *UserData) putBack(rel string, kept tree, last string) error {
	above := path.Dir(rel)
	profile := path.Dir(above)
	switch there, err := u.data.lookFolder(profile); {
	case err != nil:
		return err
	case !there:
		return platform.CannotRepair(platform.RepairGone, profile, fs.ErrNotExist)
	}
	if err := u.besideNewer(rel); err != nil {
		return err
	}
	if there, err := u.data.lookFolder(above); !there || err != nil {
		u.touch()
	}
	if err := u.data.root.MkdirAll(above, 0o700); err != nil {
		return err
	}
	err := copyWhole(kept, last, u.data, rel, rel+asideSuffix, u.stage)
	for _, name := range []string{rel, rel + asideSuffix} {
		if _, err := u.data.root.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			u.touch()
		}
	}
	return err
}

// besideNewer keeps the old files of a database from getting beside a new
// database, which may use the same names. What is planned last is put back first,
// so that the old database is not there yet.
func (u *UserData) besideNewer(rel string) error {
	main, isFiles := strings.CutSuffix(rel, ".blob")
	if !isFiles {
		return nil
	}
	there, err := u.data.lookFolder(main + ".leveldb")
	if err == nil && there {
		err = platform.CannotRepair(platform.RepairChanged, path.Base(rel), errNewer)
	}
	return err
}
