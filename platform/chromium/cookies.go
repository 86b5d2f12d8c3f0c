package chromium

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"yomitori/platform"
)

// cookieFiles are where a profile has its cookies: Chromium moved them where the
// network runs in a sandbox, which it does on Windows (facts/os-browser.md 5.1).
var cookieFiles = []string{"Network/Cookies", "Cookies"}

// planCookies counts the cookies of the services' hosts in one database.
func (u *UserData) planCookies(ctx context.Context, p diskProfile, file string) ([]platform.Change, error) {
	rel := path.Join(p.folder, file)
	info, err := u.data.look(rel)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case info.Size() == 0: // made, and never written
		return nil, nil
	}
	if err := u.lookBeside(rel); err != nil {
		return nil, err
	}
	counts, err := countCookies(ctx, u.data.full(rel), toRead)
	if interrupted(err) {
		counts, err = countCookies(ctx, u.data.full(rel), toChange)
	}
	if err != nil {
		return nil, cause(path.Base(rel), fmt.Errorf("count cookies: %w", err))
	}
	var changes []platform.Change
	for _, host := range slices.Sorted(maps.Keys(counts)) {
		changes = append(changes, platform.Change{
			Kind: platform.ChangeCookies, Undoable: true, Browser: u.browser,
			Profile: p.told, Path: u.data.full(rel), Host: host, Count: counts[host],
		})
	}
	return changes, nil
}

// interrupted reports whether a database cannot be read before what a killed
// browser began is rolled back, which whoever opens it next does.
func interrupted(err error) bool {
	var s *sqlite.Error
	if !errors.As(err, &s) {
		return false
	}
	code := s.Code() & primary
	return code == sqlite3.SQLITE_READONLY || code == sqlite3.SQLITE_CANTOPEN
}

// countCookies counts the cookies of all hosts of the services, by host.
func countCookies(ctx context.Context, file, mode string) (map[string]int, error) {
	j, err := openJar(ctx, file, mode)
	if err != nil {
		return nil, err
	}
	defer j.close()
	if err := j.shaped(ctx); err != nil {
		return nil, err
	}
	condition, args := ofServices()
	found, err := j.texts(ctx, "SELECT host_key FROM cookies WHERE "+condition, args...)
	counts := map[string]int{}
	for _, k := range found {
		if host, ok := serviceOf(k); ok {
			counts[host]++
		}
	}
	return counts, err
}

// cookiesOf finds the database of a change, and the keys that it is about.
func (u *UserData) cookiesOf(c platform.Change) (rel string, keys []string, err error) {
	rel, ok := u.data.place(c.Path)
	keys = cookieKeys(c.Host)
	if !ok || keys == nil || !slices.ContainsFunc(cookieFiles, func(file string) bool { return inProfile(rel, file) }) {
		return "", nil, elsewhere(c)
	}
	info, err := u.data.look(rel)
	if err == nil && info.IsDir() {
		err = platform.CannotRepair(platform.RepairDamaged, path.Base(rel), errUnsound)
	}
	if err == nil {
		err = u.lookBeside(rel)
	}
	return rel, keys, err
}

// besideEnds end the names of the files that SQLite has beside a database.
var besideEnds = []string{"-journal", "-wal", "-shm"}

// lookBeside makes sure that none of them is a link, which SQLite would only say
// that it can't open.
func (u *UserData) lookBeside(rel string) error {
	for _, end := range besideEnds {
		info, err := u.data.look(rel + end)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return err
		case info.IsDir():
			return platform.CannotRepair(platform.RepairDamaged, path.Base(rel+end), errUnsound)
		}
	}
	return nil
}

// inProfile reports whether a place is that of a file or folder of a profile.
func inProfile(rel, file string) bool {
	for i := range rel {
		if rel[i] == '/' {
			return rel[i+1:] == file && profileFolder(rel[:i])
		}
	}
	return false
}

// deleteCookies deletes the rows of one host. They are kept first, they alone,
// and on the disk: what other sites entrusted to the browser is copied nowhere.
func (u *UserData) deleteCookies(ctx context.Context, c platform.Change, kept string) (platform.Change, error) {
	rel, keys, err := u.cookiesOf(c)
	if err != nil {
		return c, err
	}
	k := keeper{kept, keptName(c) + ".sqlite", u.stage}
	n, err := u.deleteRows(ctx, u.data.full(rel), keys, k)
	if err != nil {
		return c, cause(path.Base(rel), fmt.Errorf("delete cookies: %w", err))
	}
	before, err := exists(filepath.Join(kept, k.name))
	if n > 0 || !before {
		c.Count = n // else an earlier attempt deleted them, and as many as it says
	}
	return c, err
}

func (u *UserData) deleteRows(ctx context.Context, file string, keys []string, k keeper) (int, error) {
	j, err := openJar(ctx, file, toChange)
	if err != nil {
		return 0, err
	}
	defer j.close()
	if err := errors.Join(j.shaped(ctx), j.intact(ctx)); err != nil {
		return 0, err
	}
	condition, args := among(keys)
	n := 0
	err = j.transact(ctx, u.touch, func() error {
		if n, err = j.number(ctx, "SELECT count(*) FROM cookies WHERE "+condition, args...); err != nil || n == 0 {
			return err
		}
		if err := k.keepRows(ctx, file, keys); err != nil {
			return fmt.Errorf("keep cookies: %w", err)
		}
		deleted, err := j.do(ctx, "DELETE FROM cookies WHERE "+condition, args...)
		if err == nil && deleted != int64(n) {
			err = fmt.Errorf("deleted %d rows of %d: %w", deleted, n, errUnsound)
		}
		u.stage("rows deleted")
		return err
	})
	u.stage("rows committed")
	return n, err
}
