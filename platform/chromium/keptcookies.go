package chromium

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"yomitori/platform"
)

// keeper keeps rows of cookies in a database of their own.
type keeper struct {
	folder, name string
	stage        func(string)
}

// errNotKept is the error of a copy that is not what was copied.
var errNotKept = errors.New("what is to be kept is not complete")

// keepRows copies the rows with the keys, beside those that were kept by an
// earlier attempt, and waits for the disk. The database they come from is
// locked by the caller, but for reading.
func (k keeper) keepRows(ctx context.Context, from string, keys []string) (err error) {
	part, whole := filepath.Join(k.folder, k.name+partSuffix), filepath.Join(k.folder, k.name)
	defer func() {
		if err != nil {
			err = errors.Join(err, removeDatabase(part))
		}
	}()
	if err := emptyFile(part); err != nil {
		return err
	}
	if err := copyRows(ctx, from, part, whole, keys); err != nil {
		return err
	}
	k.stage("rows copied")
	if err := syncFile(part); err != nil {
		return err
	}
	if err := compareRows(ctx, from, part, keys); err != nil {
		return err
	}
	if err := os.Rename(part, whole); err != nil {
		return err
	}
	defer k.stage("rows kept")
	return syncFolderOf(whole)
}

// emptyFile makes a file that only the user can read.
func emptyFile(name string) error {
	if err := removeDatabase(name); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func removeDatabase(name string) error {
	for _, old := range []string{name, name + "-journal"} {
		if err := os.Remove(old); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func copyRows(ctx context.Context, from, part, earlier string, keys []string) error {
	j, err := openJar(ctx, part, toChange)
	if err != nil {
		return err
	}
	defer j.close()
	if err := j.attach(ctx, from, "jar"); err != nil {
		return err
	}
	statements, err := j.texts(ctx, "SELECT sql FROM jar.sqlite_master WHERE tbl_name = 'cookies' AND sql IS NOT NULL AND type IN ('table', 'index') ORDER BY type DESC")
	if err != nil {
		return err
	}
	again, err := exists(earlier)
	if err == nil && again {
		err = j.attach(ctx, earlier, "earlier")
		statements = append(statements, "INSERT INTO main.cookies SELECT * FROM earlier.cookies")
	}
	if err != nil {
		return err
	}
	for _, s := range statements {
		if _, err := j.do(ctx, s); err != nil {
			return err
		}
	}
	// What is there now counts more than what an earlier attempt found.
	condition, args := among(keys)
	_, err = j.do(ctx, "INSERT OR REPLACE INTO main.cookies SELECT * FROM jar.cookies WHERE "+condition, args...)
	return err
}

// compareRows reads back what was kept.
func compareRows(ctx context.Context, from, kept string, keys []string) error {
	j, err := openJar(ctx, kept, toRead)
	if err != nil {
		return err
	}
	defer j.close()
	if err := j.attach(ctx, from, "jar"); err != nil {
		return err
	}
	if err := j.intact(ctx); err != nil {
		return err
	}
	condition, args := among(keys)
	missing, err := j.number(ctx, "SELECT count(*) FROM (SELECT * FROM jar.cookies WHERE "+condition+" EXCEPT SELECT * FROM main.cookies)", args...)
	if err == nil && missing > 0 {
		err = fmt.Errorf("%d rows: %w", missing, errNotKept)
	}
	return err
}

// returnCookies puts the kept rows back. Where the site made a new one since,
// that stays.
func (u *UserData) returnCookies(ctx context.Context, c platform.Change, kept string) error {
	rel, keys, err := u.cookiesOf(c)
	if err != nil {
		return err
	}
	whole := filepath.Join(kept, keptName(c)+".sqlite")
	there, err := exists(whole)
	if err == nil && there {
		err = u.returnRows(ctx, u.data.full(rel), whole, keys)
	} else if err == nil {
		err = u.neverDeleted(ctx, u.data.full(rel), c)
	}
	return cause(path.Base(rel), err)
}

// neverDeleted makes sure of what it means that nothing was kept: rows are kept
// before they are deleted, so they are still there.
func (u *UserData) neverDeleted(ctx context.Context, file string, c platform.Change) error {
	counts, err := countCookies(ctx, file, toRead)
	if err != nil {
		return err
	}
	if counts[c.Host] > 0 || c.Count == 0 {
		return nil
	}
	return platform.CannotRepair(platform.RepairNotUndoable, c.Host, fs.ErrNotExist)
}

func (u *UserData) returnRows(ctx context.Context, file, whole string, keys []string) error {
	j, err := openJar(ctx, file, toChange)
	if err != nil {
		return err
	}
	defer j.close()
	if err := errors.Join(j.shaped(ctx), j.intact(ctx), j.attach(ctx, whole, "kept")); err != nil {
		return err
	}
	err = j.transact(ctx, u.touch, func() error {
		columns, err := j.sharedColumns(ctx)
		if err != nil {
			return err
		}
		condition, args := among(keys)
		_, err = j.do(ctx, "INSERT OR IGNORE INTO main.cookies ("+columns+") SELECT "+columns+" FROM kept.cookies WHERE "+condition+
			" EXCEPT SELECT "+columns+" FROM main.cookies", args...)
		u.stage("rows inserted")
		return err
	})
	u.stage("rows returned")
	return err
}

// sharedColumns lists the columns that the kept rows and today's table have in
// common. A newer browser may want more of a row than is known of these.
func (j *jar) sharedColumns(ctx context.Context) (string, error) {
	wanted, err := j.texts(ctx, `SELECT n.name FROM pragma_table_info('cookies', 'main') n
		WHERE n."notnull" AND n.dflt_value IS NULL AND n.name NOT IN (SELECT name FROM pragma_table_info('cookies', 'kept'))`)
	if err != nil {
		return "", err
	}
	if len(wanted) > 0 {
		return "", platform.CannotRepair(platform.RepairDamaged, "Cookies", fmt.Errorf("new columns: %s", strings.Join(wanted, ", ")))
	}
	columns, err := j.texts(ctx, `SELECT '"' || replace(n.name, '"', '""') || '"' FROM pragma_table_info('cookies', 'main') n
		WHERE n.name IN (SELECT name FROM pragma_table_info('cookies', 'kept'))`)
	return strings.Join(columns, ", "), err
}
