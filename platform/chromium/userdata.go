package chromium

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"yomitori/platform"
)

// UserData is a browser's user data folder on the disk, for the repairs that
// change what is in it. Its browser must not run meanwhile: that is for the
// caller to see to, since only some systems let the browser lock its files.
//
// The folder itself may be a link, to another drive for one. Below it no link is
// followed.
type UserData struct {
	browser platform.BrowserName
	data    tree
	caches  tree // without a root where the browser keeps none outside of data

	// stage is told how far a change came; tests end the program there.
	stage func(string)
	// touched becomes true when a change may have changed something.
	touched bool
}

// tree is a folder of which nothing outside is touched.
type tree struct {
	folder string // real path
	root   *os.Root
}

// OpenUserData opens a user data folder. The folder caches is where the system
// has the browser keep the caches of its profiles, "" where that is the user
// data folder as well. An error wraps fs.ErrNotExist when the browser was never
// started.
func OpenUserData(b platform.BrowserName, folder, caches string) (*UserData, error) {
	u := &UserData{browser: b, stage: func(string) {}}
	var err error
	if u.data, err = openTree(folder); err != nil {
		return nil, cause("User Data", fmt.Errorf("open user data folder: %w", err))
	}
	if caches == "" {
		return u, nil
	}
	if u.caches, err = openTree(caches); err != nil && !errors.Is(err, fs.ErrNotExist) {
		u.Close()
		return nil, cause("Cache", fmt.Errorf("open cache folder: %w", err))
	}
	return u, nil
}

// Close closes the folder.
func (u *UserData) Close() {
	for _, t := range []tree{u.data, u.caches} {
		if t.root != nil {
			t.root.Close()
		}
	}
}

func openTree(folder string) (tree, error) {
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real // a junction of Windows is no such link: it is opened through
	}
	root, err := os.OpenRoot(folder)
	return tree{folder, root}, err
}

// errLink is the error of something that is not where it seems to be.
var errLink = errors.New("a link, or neither file nor folder")

// look describes what is at a place of slashes, of which no part may be a link.
func (t tree) look(rel string) (fs.FileInfo, error) {
	parts := strings.Split(rel, "/")
	var info fs.FileInfo
	for i := range parts {
		var err error
		if info, err = t.root.Lstat(filepath.Join(parts[:i+1]...)); err != nil {
			return nil, cause(path.Base(rel), err)
		}
		last := i == len(parts)-1
		if info.Mode()&fs.ModeIrregular != 0 || !info.IsDir() && (!last || !info.Mode().IsRegular()) {
			return nil, platform.CannotRepair(platform.RepairOutside, path.Base(rel), errLink)
		}
	}
	return info, nil
}

// lookFolder looks at a folder; there is false where nothing is.
func (t tree) lookFolder(rel string) (there bool, err error) {
	info, err := t.look(rel)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case !info.IsDir():
		return false, platform.CannotRepair(platform.RepairDamaged, path.Base(rel), errNotFolder)
	}
	return true, nil
}

var errNotFolder = errors.New("not a folder")

// full is the path of a place.
func (t tree) full(rel string) string { return filepath.Join(t.folder, filepath.FromSlash(rel)) }

// place is the other way round; false for what is not in the tree.
func (t tree) place(full string) (string, bool) {
	if t.root == nil {
		return "", false
	}
	rel, err := filepath.Rel(t.folder, full)
	rel = filepath.ToSlash(rel)
	return rel, err == nil && fs.ValidPath(rel) && rel != "."
}

// diskProfile is a profile on the disk: its folder, and the name under which it
// is told of.
type diskProfile struct{ folder, told string }

// profiles lists all profiles: those that the browser lists, and those that it
// lost track of.
func (u *UserData) profiles() ([]diskProfile, error) {
	state, err := ReadLocalState(u.data.root.FS())
	if err != nil {
		state = LocalState{}
	}
	known := slices.Concat(state.Profiles, profileFolders(u.data.root.FS()))
	var list []diskProfile
	seen, named := map[string]bool{}, 0
	for _, p := range known {
		if seen[p.Folder] {
			continue
		}
		seen[p.Folder] = true
		told := p.Folder
		if !usualFolder.MatchString(told) {
			named++
			told = fmt.Sprint("other ", named)
		}
		switch there, err := u.data.lookFolder(p.Folder); {
		case err != nil:
			return nil, inProfileTold(told, err)
		case there:
			list = append(list, diskProfile{p.Folder, told})
		}
	}
	return list, nil
}

// PlanSiteData lists what the profiles keep for the services' hosts: cookies, and
// databases that pages made. What several sites share one file for
// is left to the browser (facts/os-browser.md 5.1).
func (u *UserData) PlanSiteData(ctx context.Context) ([]platform.Change, error) {
	profiles, err := u.profiles()
	if err != nil {
		return nil, err
	}
	var all []platform.Change
	for _, p := range profiles {
		changes, err := u.planProfile(ctx, p)
		if err != nil {
			return nil, inProfileTold(p.told, err)
		}
		all = append(all, changes...)
	}
	return all, nil
}

func (u *UserData) planProfile(ctx context.Context, p diskProfile) ([]platform.Change, error) {
	var all []platform.Change
	for _, file := range cookieFiles {
		changes, err := u.planCookies(ctx, p, file)
		if err != nil {
			return nil, err
		}
		all = append(all, changes...)
	}
	changes, err := u.planSiteFolders(p)
	return append(all, changes...), err
}

// inProfileTold names the profile in which nothing can be planned, so that a
// person can find it.
func inProfileTold(told string, err error) error {
	return platform.CannotRepair(platform.RepairWhyOf(err), told, err)
}

// MakeChange makes a change of a plan of this user data folder; see
// platform.Repairer.
func (u *UserData) MakeChange(ctx context.Context, c platform.Change, kept string) (platform.Change, error) {
	u.touched = keptBefore(c, kept) // an earlier attempt came far
	c, err := u.makeChange(ctx, c, kept)
	return c, u.marked(err)
}

func (u *UserData) makeChange(ctx context.Context, c platform.Change, kept string) (platform.Change, error) {
	if err := os.MkdirAll(kept, 0o700); err != nil {
		return c, cause(filepath.Base(kept), fmt.Errorf("make folder for copies: %w", err))
	}
	switch c.Kind {
	case platform.ChangeCookies:
		return u.deleteCookies(ctx, c, kept)
	case platform.ChangeSiteFolder:
		return u.removeSiteFolder(c, kept)
	case platform.ChangeCacheFolder:
		return c, u.removeCache(c)
	}
	return c, platform.CannotRepair(platform.RepairNotHere, string(c.Kind), nil)
}

// TakeBack takes a change of this user data folder back; see platform.Repairer.
func (u *UserData) TakeBack(ctx context.Context, c platform.Change, kept string) error {
	u.touched = false
	return u.marked(u.takeBack(ctx, c, kept))
}

func (u *UserData) takeBack(ctx context.Context, c platform.Change, kept string) error {
	switch c.Kind {
	case platform.ChangeCookies:
		return u.returnCookies(ctx, c, kept)
	case platform.ChangeSiteFolder:
		return u.returnSiteFolder(c, kept)
	}
	return platform.CannotRepair(platform.RepairNotUndoable, string(c.Kind), nil)
}

func (u *UserData) touch() { u.touched = true }

// marked marks an error that came before anything was touched.
func (u *UserData) marked(err error) error {
	if u.touched {
		return err
	}
	return platform.Untouched(err)
}

// errElsewhere is the error of a change that names a place which no plan names.
var errElsewhere = errors.New("not a place of this repair")

func elsewhere(c platform.Change) error {
	return platform.CannotRepair(platform.RepairOutside, filepath.Base(c.Path), errElsewhere)
}
