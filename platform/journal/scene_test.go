package journal_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"yomitori/platform"
	"yomitori/platform/journal"
)

// scene is a folder with a world and a journal, and what happens in it.
type scene struct {
	folder string
	plan   platform.RepairPlan
	now    func() time.Time
	waits  bool // for the disk, which only a kill by the system makes a difference to
}

func (s scene) disk() journal.Disk {
	if s.waits {
		return journal.RealDisk()
	}
	return lazyDisk{journal.RealDisk()}
}

func newScene(t testing.TB) scene {
	t.Helper()
	s := scene{folder: t.TempDir(), plan: plan("A", "b", "C"), now: fixed}
	if err := os.Mkdir(s.world().folder, 0o700); err != nil {
		t.Fatal(err)
	}
	s.world().fill(t, s.plan, "")
	return s
}

func (s scene) world() *world       { return &world{folder: filepath.Join(s.folder, "world")} }
func (s scene) journalPath() string { return filepath.Join(s.folder, "state", "journal") }

// copy copies the scene as it stands.
func (s scene) copy(t testing.TB) scene {
	t.Helper()
	c := s
	c.folder = t.TempDir()
	if err := os.CopyFS(c.folder, os.DirFS(s.folder)); err != nil {
		t.Fatal(err)
	}
	return c
}

// entry is the only entry, or nil.
func (s scene) entry(t testing.TB) *journal.Entry {
	t.Helper()
	entries, err := journal.Open(s.journalPath()).Entries()
	if err != nil || len(entries) > 1 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	if len(entries) == 0 {
		return nil
	}
	return &entries[0]
}

// act makes, finishes or undoes; at is asked at every point.
func (s scene) act(what string, at func() error) error {
	w := s.world()
	w.cut = at
	j := journal.Open(s.journalPath()).At(s.now).On(s.disk())
	if at != nil {
		j.On(brokenDisk{s.disk(), at})
	}
	ctx := context.Background()
	var err error
	switch id := s.onlyID(); what {
	case "make":
		_, err = j.Make(ctx, w, s.plan, nil)
	case "finish":
		_, err = j.Finish(ctx, w, id, nil)
	case "undo":
		_, err = j.Undo(ctx, w, id, nil)
	}
	return err
}

func (s scene) onlyID() string {
	entries, err := journal.Open(s.journalPath()).Entries()
	if err != nil || len(entries) == 0 {
		return ""
	}
	return entries[0].ID
}
