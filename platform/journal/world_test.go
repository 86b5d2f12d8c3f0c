package journal_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yomitori/platform"
	"yomitori/platform/journal"
)

// world is a computer whose repairs remove files: two for each change, so that a
// change can be made by half.
type world struct {
	folder string
	// cut is asked at every point at which a kill leaves another state behind.
	cut func() error
	// refuse holds the errors of changes, by name, before anything is touched,
	// fail those in the middle.
	refuse, fail map[string]error
	// before is called before a change is made.
	before func()
}

// plan has changes named by letters; those in small letters can't be taken back.
func plan(names ...string) platform.RepairPlan {
	p := platform.RepairPlan{Repair: platform.ClearSiteData(platform.BrowserEdge), Heed: []platform.Heeding{platform.HeedOtherLogins}}
	for _, n := range names {
		p.Changes = append(p.Changes, platform.Change{Kind: platform.ChangeSiteFolder, Path: n, Undoable: strings.ToUpper(n) == n})
	}
	return p
}

func newWorld(t testing.TB, p platform.RepairPlan) *world {
	t.Helper()
	w := &world{folder: t.TempDir()}
	w.fill(t, p, "")
	return w
}

// fill writes the files of all changes, which hold their own names.
func (w *world) fill(t testing.TB, p platform.RepairPlan, more string) {
	t.Helper()
	for _, c := range p.Changes {
		for _, f := range files(c) {
			if err := os.WriteFile(filepath.Join(w.folder, f), []byte(f+more), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func files(c platform.Change) []string { return []string{c.Path + "1", c.Path + "2"} }

func (w *world) at() error {
	if w.cut == nil {
		return nil
	}
	return w.cut()
}

func (w *world) PlanRepair(context.Context, platform.Repair, platform.Snapshot) (platform.RepairPlan, error) {
	return platform.RepairPlan{}, errors.ErrUnsupported
}

func (w *world) MakeChange(_ context.Context, c platform.Change, kept string) (platform.Change, error) {
	if w.before != nil {
		w.before()
	}
	if err := w.refuse[c.Path]; err != nil {
		return c, err
	}
	for _, f := range files(c) {
		from, to := filepath.Join(w.folder, f), filepath.Join(kept, f)
		if c.Undoable {
			if err := w.copy(from, to); err != nil {
				return c, err
			}
		}
		if err := w.at(); err != nil {
			return c, err
		}
		if err := os.Remove(from); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return c, err
		}
		if err := errors.Join(w.fail[c.Path], w.at()); err != nil {
			return c, err
		}
	}
	c.Count = 2
	return c, nil
}

func (w *world) TakeBack(_ context.Context, c platform.Change, kept string) error {
	if err := w.refuse[c.Path]; err != nil {
		return err
	}
	for _, f := range files(c) {
		if err := w.copy(filepath.Join(kept, f), filepath.Join(w.folder, f)); err != nil {
			return err
		}
		if err := errors.Join(w.fail[c.Path], w.at()); err != nil {
			return err
		}
	}
	return nil
}

// copy copies a file that is there to where none is, at once.
func (w *world) copy(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return nil
	}
	raw, err := os.ReadFile(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = os.WriteFile(to+".new", raw, 0o600)
	}
	if err == nil {
		err = w.at()
	}
	if err == nil {
		err = os.Rename(to+".new", to)
	}
	if err == nil {
		err = w.at()
	}
	return err
}

// there reports how many files of a change are there, as they were.
func (w *world) there(t testing.TB, c platform.Change, more string) int {
	t.Helper()
	n := 0
	for _, f := range files(c) {
		raw, err := os.ReadFile(filepath.Join(w.folder, f))
		if err == nil && string(raw) == f+more {
			n++
		} else if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s holds %q, %v", f, raw, err)
		}
	}
	return n
}

// agrees fails where the files are not as the entry says.
func (w *world) agrees(t testing.TB, e journal.Entry) {
	t.Helper()
	for _, s := range e.Changes {
		n := w.there(t, s.Change, "")
		switch {
		case s.Made && n != 0:
			t.Errorf("%s: %s is made, and %d of its files are there", e.State, s.Path, n)
		case !s.Begun && n != 2:
			t.Errorf("%s: %s is not begun, and %d of its files are there", e.State, s.Path, n)
		}
	}
	for _, s := range e.Changes {
		if (e.State == journal.Undone || e.State == journal.Failed) && s.Undoable && w.there(t, s.Change, "") != 2 {
			t.Errorf("%s: %s was not taken back", e.State, s.Path)
		}
		if e.State == journal.Made && !s.Made {
			t.Errorf("made, but %s is not", s.Path)
		}
	}
}

// lostNothing fails where a file that can be taken back is neither there nor kept.
func (w *world) lostNothing(t testing.TB, journalFolder string, p platform.RepairPlan) {
	t.Helper()
	for _, c := range p.Changes {
		for _, f := range files(c) {
			if !c.Undoable {
				continue
			}
			if raw, err := os.ReadFile(filepath.Join(w.folder, f)); err == nil && string(raw) == f {
				continue
			}
			found, err := filepath.Glob(filepath.Join(journalFolder, "*", "kept", "*", f))
			if err != nil || len(found) != 1 {
				t.Errorf("%s is lost", f)
				continue
			}
			if raw, err := os.ReadFile(found[0]); err != nil || string(raw) != f {
				t.Errorf("what is kept of %s is %q, %v", f, raw, err)
			}
		}
	}
}
