//go:build !windows

package journal_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"yomitori/platform"
	"yomitori/platform/journal"
)

// A journal that can't be written says why, and nothing is changed then.
func TestJournalCannotBeWritten(t *testing.T) {
	for want, err := range map[platform.RepairWhy]error{
		platform.RepairNoSpace: syscall.ENOSPC, platform.RepairReadOnly: syscall.EROFS, platform.RepairFailed: syscall.EIO,
	} {
		p := plan("A")
		w := newWorld(t, p)
		b := &breaker{k: 1, stays: true, act: func() error { return &os.PathError{Op: "write", Err: err} }}
		_, got := journal.Open(filepath.Join(t.TempDir(), "x")).On(brokenDisk{journal.RealDisk(), b.at}).Make(t.Context(), w, p, nil)
		if why(got) != want || w.there(t, p.Changes[0], "") != 2 {
			t.Errorf("%v, want %s", got, want)
		}
	}
}

func TestPipeIsNotWaitedFor(t *testing.T) {
	folder := t.TempDir()
	must(t, os.Mkdir(filepath.Join(folder, entryTwo), 0o700))
	must(t, syscall.Mkfifo(filepath.Join(folder, entryTwo, "entry.jsonl"), 0o600))
	if _, err := journal.Open(folder).Entries(); err == nil {
		t.Error("read a pipe")
	}
}
