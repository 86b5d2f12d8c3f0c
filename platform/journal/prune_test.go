package journal_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yomitori/platform"
	"yomitori/platform/journal"
)

// calendar is a clock that is set by hand.
type calendar struct{ at time.Time }

func (c *calendar) now() time.Time { return c.at }

func (c *calendar) make(t *testing.T, folder string, w *world, p platform.RepairPlan) journal.Entry {
	t.Helper()
	w.fill(t, plan("A"), "")
	e, _ := journal.Open(folder).At(c.now).Make(t.Context(), w, p, nil)
	c.at = c.at.Add(time.Hour)
	return e
}

func states(t *testing.T, folder string) (map[string]journal.State, int) {
	t.Helper()
	entries, err := journal.Open(folder).Entries()
	must(t, err)
	all := map[string]journal.State{}
	for _, e := range entries {
		all[e.ID] = e.State
	}
	kept, err := filepath.Glob(filepath.Join(folder, "*", "kept"))
	must(t, err)
	return all, len(kept)
}

// What is kept goes with its age; an entry that waits to be finished and a device
// that is turned off wait for as long as it takes.
func TestOldEntries(t *testing.T) {
	c := &calendar{fixed()}
	w, folder := newWorld(t, plan()), t.TempDir()
	off := platform.RepairPlan{Repair: platform.TurnOffDevice("nfc"), Changes: []platform.Change{{Kind: platform.ChangeElevated, Path: "A", Do: platform.TurnOffDevice("nfc"), Undoable: true}}}
	standing := c.make(t, folder, w, off)
	old := c.make(t, folder, w, plan("A"))
	w.fail = map[string]error{"A": errBroken}
	unfinished := c.make(t, folder, w, plan("A"))
	w.fail = nil
	c.at = c.at.Add(90 * 24 * time.Hour)
	next := c.make(t, folder, w, plan("A"))
	got, kept := states(t, folder)
	want := map[string]journal.State{standing.ID: journal.Made, old.ID: journal.Gone, unfinished.ID: journal.Unfinished, next.ID: journal.Made}
	for id, s := range want {
		if got[id] != s {
			t.Errorf("%s is %s, want %s", id, got[id], s)
		}
	}
	if kept != 3 {
		t.Errorf("%d are kept", kept)
	}
	if _, err := journal.Open(folder).Undo(t.Context(), w, old.ID, nil); why(err) != platform.RepairNotUndoable {
		t.Errorf("undo of what is gone: %v", err)
	}
}

func TestManyEntries(t *testing.T) {
	c := &calendar{fixed()}
	w, folder := newWorld(t, plan()), t.TempDir()
	for i := range journal.MostEnded + 3 {
		at := fixed().Add(-time.Duration(i) * time.Second)
		id := filepath.Join(folder, at.Format("20060102T150405Z")+"-clear-cache")
		must(t, os.MkdirAll(filepath.Join(id, "kept"), 0o700))
		must(t, os.WriteFile(filepath.Join(id, "entry.jsonl"), []byte(strings.Replace(whole, "2026-11-16T01:30:00Z", at.Format(time.RFC3339), 1)), 0o600))
	}
	c.make(t, folder, w, plan("A"))
	got, kept := states(t, folder)
	if len(got) != journal.MostEnded+1 || kept != journal.MostUndoable+1 {
		t.Errorf("%d entries, %d of them kept", len(got), kept)
	}
}

// lazyDisk does not wait for the disk.
type lazyDisk struct{ journal.Disk }

func (lazyDisk) Mkdir(path string) error { return os.Mkdir(path, 0o700) }

func (d lazyDisk) Append(path string, size int64) (journal.File, error) {
	f, err := d.Disk.Append(path, size)
	return lazyFile{f}, err
}

type lazyFile struct{ journal.File }

func (lazyFile) Sync() error { return nil }

// An entry that was killed before it began is removed, one that can't be read is
// not.
func TestRemains(t *testing.T) {
	folder := t.TempDir()
	empty, damaged := filepath.Join(folder, "20260101T000000Z-open"), filepath.Join(folder, "20260101T000000Z-open-2")
	for f, text := range map[string]string{empty: `{"event":"beg`, damaged: "\n\n"} {
		must(t, os.MkdirAll(filepath.Join(f, "kept"), 0o700))
		must(t, os.WriteFile(filepath.Join(f, "entry.jsonl"), []byte(text), 0o600))
	}
	w := newWorld(t, plan("A"))
	_, err := journal.Open(folder).Make(t.Context(), w, plan("A"), nil)
	must(t, err)
	if _, err := os.Stat(empty); !os.IsNotExist(err) {
		t.Errorf("empty: %v", err)
	}
	if _, err := os.Stat(damaged); err != nil {
		t.Error(err)
	}
}

// A kill while something is removed leaves it whole, or says that it is gone.
func TestKilledWhilePruning(t *testing.T) {
	for k := 1; ; k++ {
		s := newScene(t)
		old, err := journal.Open(s.journalPath()).At(fixed).On(s.disk()).Make(t.Context(), s.world(), s.plan, nil)
		must(t, err)
		s.now = func() time.Time { return fixed().AddDate(1, 0, 0) }
		cut, _ := killedWithin(t, s, "make", k)
		got, _ := states(t, s.journalPath())
		switch got[old.ID] {
		case journal.Made:
			s.world().lostNothing(t, s.journalPath(), s.plan)
		case journal.Gone:
			if k == 1 {
				t.Error("gone at once")
			}
			return
		default:
			t.Errorf("%s", got[old.ID])
		}
		if !cut || t.Failed() {
			t.Fatalf("point %d, killed: %v", k, cut)
		}
	}
}
