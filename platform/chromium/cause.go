package chromium

import (
	"context"
	"errors"
	"io/fs"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"yomitori/platform"
)

// cause gives an error the reason that a person is told.
func cause(name string, err error) error {
	var known *platform.RepairError
	if err == nil || errors.As(err, &known) {
		return err
	}
	return platform.CannotRepair(why(err), name, err)
}

func why(err error) platform.RepairWhy {
	var s *sqlite.Error
	switch {
	case errors.As(err, &s):
		return whySQLite(s.Code())
	case errors.Is(err, errUnsound):
		return platform.RepairDamaged
	case errors.Is(err, fs.ErrNotExist):
		return platform.RepairGone
	case isAny(err, noSpace):
		return platform.RepairNoSpace
	case isAny(err, locked):
		return platform.RepairLocked
	case isAny(err, readOnly), errors.Is(err, fs.ErrPermission):
		return platform.RepairReadOnly
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return platform.RepairTimedOut
	}
	return platform.RepairFailed
}

// primary is the part of SQLite's codes that old and new versions share.
const primary = 0xff

func whySQLite(code int) platform.RepairWhy {
	switch code & primary {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL:
		return platform.RepairLocked
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN:
		return platform.RepairReadOnly // a journal that can't be opened cannot be made: the file was looked at before
	case sqlite3.SQLITE_FULL:
		return platform.RepairNoSpace
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT:
		return platform.RepairDamaged
	case sqlite3.SQLITE_INTERRUPT:
		return platform.RepairTimedOut
	}
	return platform.RepairFailed
}

func isAny(err error, targets []error) bool {
	for _, t := range targets {
		if errors.Is(err, t) {
			return true
		}
	}
	return false
}
