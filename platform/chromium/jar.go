package chromium

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// jar is an open database of cookies, or what is kept of one.
//
// While one is open nobody here may open its file by other means, nor as another
// jar: closing it again would drop the locks of SQLite on Unix.
type jar struct {
	db   *sql.DB
	conn *sql.Conn
}

// How a database is opened.
const (
	toRead   = "ro"
	toChange = "rw"
)

// patience is how long SQLite waits for another program, in milliseconds: a
// browser that runs keeps its lock anyway.
const patience = "500"

// openJar opens a database that is there.
func openJar(ctx context.Context, file, mode string) (*jar, error) {
	if err := tryFile(file, mode); err != nil {
		return nil, err
	}
	settings := url.Values{"mode": {mode}, "_pragma": {"busy_timeout(" + patience + ")", "trusted_schema(0)", "synchronous(FULL)"}}
	db, err := sql.Open("sqlite", address(file)+"?"+settings.Encode())
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		db.Close()
		return nil, err
	}
	return &jar{db, conn}, nil
}

// tryFile opens a file once without SQLite, whose errors do not tell a file that
// a browser on Windows shares with nobody from one that may not be written.
func tryFile(file, mode string) error {
	flag := os.O_RDONLY
	if mode == toChange {
		flag = os.O_RDWR
	}
	f, err := os.OpenFile(file, flag, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

// address is how SQLite wants to be told of a file, so that no sign in a path
// is taken for another.
func address(file string) string {
	slashed := filepath.ToSlash(file)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a drive of Windows
	}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: slashed}).String()
}

// close also ends a transaction that was not committed.
func (j *jar) close() error {
	return errors.Join(j.conn.Close(), j.db.Close())
}

func (j *jar) do(ctx context.Context, text string, args ...any) (int64, error) {
	result, err := j.conn.ExecContext(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (j *jar) number(ctx context.Context, text string, args ...any) (int, error) {
	var n int
	err := j.conn.QueryRowContext(ctx, text, args...).Scan(&n)
	return n, err
}

func (j *jar) texts(ctx context.Context, text string, args ...any) ([]string, error) {
	rows, err := j.conn.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// attach makes another database known under a name, to be read.
func (j *jar) attach(ctx context.Context, file, name string) error {
	_, err := j.do(ctx, "ATTACH ? AS "+name, address(file)+"?mode="+toRead)
	return err
}

// errUnsound is the error of a database that is damaged, or is not Chromium's.
var errUnsound = errors.New("not a sound database of cookies")

// shaped makes sure that the database is what is known as one of cookies: a
// table with a column for the host, and nothing that acts by itself when a row
// is deleted.
func (j *jar) shaped(ctx context.Context) error {
	columns, err := j.number(ctx, "SELECT count(*) FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name = 'cookies' AND c.name = 'host_key'")
	if err != nil {
		return err
	}
	triggers, err := j.number(ctx, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
	if err != nil {
		return err
	}
	if columns != 1 || triggers != 0 {
		return fmt.Errorf("unknown tables: %w", errUnsound)
	}
	return nil
}

// intact has SQLite go through the whole database.
func (j *jar) intact(ctx context.Context) error {
	found, err := j.texts(ctx, "PRAGMA main.integrity_check(1)")
	if err != nil {
		return err
	}
	if len(found) != 1 || found[0] != "ok" {
		return fmt.Errorf("integrity check: %w", errUnsound)
	}
	return nil
}

// transact makes changes in one transaction, which is committed only when the
// database is intact with them. It calls touch before it commits, and where the
// changes could not be rolled back.
func (j *jar) transact(ctx context.Context, touch func(), changes func() error) error {
	if _, err := j.do(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	err := changes()
	if err == nil {
		err = j.intact(ctx)
	}
	if err == nil {
		touch()
		_, err = j.do(ctx, "COMMIT")
	}
	if err != nil {
		_, rollback := j.do(context.WithoutCancel(ctx), "ROLLBACK")
		if rollback = ignoreNoTransaction(rollback); rollback != nil {
			touch()
		}
		return errors.Join(err, rollback)
	}
	return j.intact(ctx)
}

// ignoreNoTransaction leaves out that SQLite has rolled back by itself, which
// it does when the disk is full.
func ignoreNoTransaction(err error) error {
	if err != nil && strings.Contains(err.Error(), "no transaction is active") {
		return nil
	}
	return err
}

// among is a condition on host_key, and its arguments.
func among(keys []string) (condition string, args []any) {
	for _, k := range keys {
		args = append(args, k)
	}
	return "host_key IN (?" + strings.Repeat(", ?", len(keys)-1) + ")", args
}
