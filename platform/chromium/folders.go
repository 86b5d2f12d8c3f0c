package chromium

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"

	"yomitori/platform"
)

// asideSuffix ends the name of a folder that is being removed, or put back: its
// own name is there whole or not at all.
const asideSuffix = ".yomitori"

// planSiteFolders lists the databases that pages of the services' hosts made.
func (u *UserData) planSiteFolders(p diskProfile) ([]platform.Change, error) {
	hosts, err := u.hostsWithFolders(path.Join(p.folder, databases))
	if err != nil {
		return nil, err
	}
	var changes []platform.Change
	for _, host := range hosts {
		for _, folder := range siteFolders(host) {
			c := platform.Change{Kind: platform.ChangeSiteFolder, Undoable: true, Browser: u.browser, Profile: p.told, Host: host}
			there, err := u.data.measure(path.Join(p.folder, folder), &c)
			if err != nil {
				return nil, err
			}
			if there {
				changes = append(changes, c)
			}
		}
	}
	return changes, nil
}

// hostsWithFolders lists the services' hosts of which there are folders.
func (u *UserData) hostsWithFolders(rel string) ([]string, error) {
	if there, err := u.data.lookFolder(rel); !there {
		return nil, err
	}
	entries, err := fs.ReadDir(u.data.root.FS(), rel)
	if err != nil {
		return nil, cause(path.Base(rel), fmt.Errorf("list databases: %w", err))
	}
	var hosts []string
	for _, e := range entries {
		if host, ok := hostOfFolder(e.Name()); ok {
			hosts = append(hosts, host)
		}
	}
	slices.Sort(hosts)
	return slices.Compact(hosts), nil
}

// measure fills in where a folder is, and how much is in it.
func (t tree) measure(rel string, c *platform.Change) (there bool, err error) {
	there, err = t.lookFolder(rel)
	if !there {
		return false, err
	}
	c.Path = t.full(rel)
	err = fs.WalkDir(t.root.FS(), rel, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			c.Count++
			c.Bytes += info.Size()
		}
		return err
	})
	return true, cause(path.Base(rel), err)
}

// siteFolderOf finds the folder of a change.
func (u *UserData) siteFolderOf(c platform.Change) (string, error) {
	rel, ok := u.data.place(c.Path)
	for _, folder := range siteFolders(c.Host) {
		if ok && platform.IsServiceHost(c.Host) && inProfile(rel, folder) {
			return rel, nil
		}
	}
	return "", elsewhere(c)
}

// removeSiteFolder copies a folder to kept, which may be on another drive, and
// removes it.
func (u *UserData) removeSiteFolder(c platform.Change, kept string) (platform.Change, error) {
	rel, err := u.siteFolderOf(c)
	if err != nil {
		return c, err
	}
	name := path.Base(rel)
	there, err := u.data.lookFolder(rel)
	if err != nil {
		return c, err
	}
	copies, err := os.OpenRoot(kept)
	if err != nil {
		return c, cause(name, fmt.Errorf("keep folder: %w", err))
	}
	defer copies.Close()
	last, next, err := copiesOf(copies, keptName(c))
	switch {
	case err != nil:
		return c, cause(name, err)
	case !there && last == "":
		return c, platform.CannotRepair(platform.RepairGone, name, fs.ErrNotExist)
	case there:
		if err := u.keepFolder(rel, tree{kept, copies}, last, next); err != nil {
			return c, cause(name, fmt.Errorf("keep folder: %w", err))
		}
	}
	return c, cause(name, u.remove(u.data, rel))
}

// keepFolder makes a copy, unless the last one is the same. An earlier one
// stays: the browser may have made the folder anew in between.
func (u *UserData) keepFolder(rel string, kept tree, last, next string) error {
	if last != "" && sameFolders(u.data.root, rel, kept.root, last) == nil {
		return nil
	}
	return copyWhole(u.data, rel, kept, next, next+partSuffix, u.stage)
}

// copiesOf names the last copy that was made for a change, "" for none, and the
// next.
func copiesOf(kept *os.Root, name string) (last, next string, err error) {
	for i := 1; ; i++ {
		next = name + "-" + strconv.Itoa(i)
		_, err := kept.Lstat(next)
		if errors.Is(err, fs.ErrNotExist) {
			return last, next, nil
		}
		if err != nil {
			return "", "", err
		}
		last = next
	}
}

// remove removes a folder: its name first, so that a kill leaves no folder of
// which a part is missing, but at most one that no browser knows. That one is
// removed the next time.
func (u *UserData) remove(t tree, rel string) error {
	aside := rel + asideSuffix
	if _, err := t.root.Lstat(aside); !errors.Is(err, fs.ErrNotExist) {
		u.touch()
		if err := t.root.RemoveAll(aside); err != nil {
			return err
		}
	}
	err := t.root.Rename(rel, aside)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	u.touch()
	if err := syncFolderOf(t.full(rel)); err != nil {
		return err
	}
	u.stage("folder aside")
	err = t.root.RemoveAll(aside)
	u.stage("folder removed")
	return err
}
