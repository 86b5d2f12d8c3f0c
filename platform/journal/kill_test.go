package journal_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"yomitori/platform"
	"yomitori/platform/journal"
)

// scene is a folder with a world and a journal, and what happens in it.
type scene struct {
	folder string
	plan   platform.RepairPlan
}

func newScene(t testing.TB) scene {
	t.Helper()
	s := scene{t.TempDir(), plan("A", "b", "C")}
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
	c := scene{t.TempDir(), s.plan}
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
	j := journal.Open(s.journalPath())
	if at != nil {
		j.On(brokenDisk{journal.RealDisk(), at})
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

// prepare brings a new scene to where an act begins. Those of the second kind
// begin after a kill in the middle of the other.
func prepare(t *testing.T, what string) scene {
	t.Helper()
	s := newScene(t)
	switch what {
	case "undo":
		must(t, s.act("make", nil))
	case "finish":
		killedWithin(t, s, "make", 60)
	case "undo of half":
		killedWithin(t, s, "make", 60)
	case "finish after undo":
		must(t, s.act("make", nil))
		killedWithin(t, s, "undo", 16)
	}
	return s
}

// acts are those that are killed, and as what they are carried out.
var acts = map[string]string{
	"make": "make", "finish": "finish", "undo": "undo", "undo of half": "undo", "finish after undo": "finish",
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type killed struct{}

func kill() error { panic(killed{}) }

// killedWithin carries an act out until the k-th point.
func killedWithin(t testing.TB, s scene, what string, k int) (killedThere bool, err error) {
	t.Helper()
	b := &breaker{k: k, act: kill}
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(killed); !ok {
				panic(p)
			}
			killedThere = true
		}
	}()
	return false, s.act(what, b.at)
}

// After a kill at any point, finishing and undoing both come to their end, and
// nothing is lost.
func TestKilledAnywhere(t *testing.T) {
	for name, what := range acts {
		t.Run(name, func(t *testing.T) {
			k := 1
			for ; ; k++ {
				s := prepare(t, name)
				cut, err := killedWithin(t, s, what, k)
				if !cut {
					must(t, err)
					break
				}
				s.holds(t)
				if t.Failed() {
					t.Fatalf("killed at point %d", k)
				}
			}
			if k < 20 {
				t.Errorf("only %d points", k)
			}
			t.Logf("killed at %d points", k-1)
		})
	}
}

var errBroken = errors.New("broken")

// The same holds where the disk or the change fails, once or from then on.
func TestFailsAnywhere(t *testing.T) {
	for name, what := range acts {
		for _, stays := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, stays %v", name, stays), func(t *testing.T) {
				for k := 1; ; k++ {
					s := prepare(t, name)
					b := &breaker{k: k, stays: stays, act: func() error { return errBroken }}
					err := s.act(what, b.at)
					if !b.acted {
						must(t, err)
						break
					}
					if err != nil && !errors.Is(err, errBroken) {
						t.Errorf("point %d: %v", k, err)
					}
					s.holds(t)
					if t.Failed() {
						t.Fatalf("failed at point %d", k)
					}
				}
			})
		}
	}
}

// holds checks all that must be true whatever happened, and then that both ways
// out lead out.
func (s scene) holds(t *testing.T) {
	t.Helper()
	e := s.entry(t)
	s.world().lostNothing(t, s.journalPath(), s.plan)
	if e == nil {
		for _, c := range s.plan.Changes {
			if n := s.world().there(t, c, ""); n != 2 {
				t.Errorf("no entry, and %d files of %s are there", n, c.Path)
			}
		}
		return
	}
	s.world().agrees(t, *e)
	back := s.copy(t)
	if e.State == journal.Unfinished {
		must(t, s.act("finish", nil))
		s.world().agrees(t, *s.entry(t))
		if state := s.entry(t).State; state != journal.Made {
			t.Errorf("finished, and it is %s", state)
		}
	}
	if s.entry(t).State == journal.Made {
		must(t, s.act("undo", nil))
	}
	s.isBack(t)
	if e.State != journal.Undone && e.State != journal.Failed {
		must(t, back.act("undo", nil))
	}
	back.isBack(t)
}

// isBack fails unless all is there again that can be, and nothing is kept.
func (s scene) isBack(t *testing.T) {
	t.Helper()
	e := s.entry(t)
	if e.State != journal.Undone && e.State != journal.Failed {
		t.Errorf("undone, and it is %s", e.State)
	}
	for _, c := range s.plan.Changes {
		if n := s.world().there(t, c, ""); c.Undoable && n != 2 {
			t.Errorf("undone, and %d files of %s are there", n, c.Path)
		}
	}
	if err := s.act("undo", nil); err == nil {
		t.Error("undone twice")
	}
	if err := s.act("finish", nil); err == nil {
		t.Error("finished after it was undone")
	}
}

// childScene, childAct and childPoint tell a test program that it is the child
// that kills itself.
const (
	childScene = "YOMITORI_JOURNAL_SCENE"
	childAct   = "YOMITORI_JOURNAL_ACT"
	childPoint = "YOMITORI_JOURNAL_POINT"
)

// TestChild is no test, but the program that TestReallyKilled starts.
func TestChild(t *testing.T) {
	folder := os.Getenv(childScene)
	if folder == "" {
		t.Skip("this is the child of TestReallyKilled")
	}
	k, err := strconv.Atoi(os.Getenv(childPoint))
	must(t, err)
	b := &breaker{k: k, act: func() error {
		self, err := os.FindProcess(os.Getpid())
		must(t, err)
		must(t, self.Kill())
		select {}
	}}
	must(t, scene{folder, newScene(t).plan}.act(os.Getenv(childAct), b.at))
}

// A program that is killed by the system leaves no more behind than one that
// stops by itself; that its lock is gone is seen by going on at once.
func TestReallyKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a program for each point")
	}
	self, err := os.Executable()
	must(t, err)
	for _, name := range []string{"make", "undo", "finish after undo"} {
		t.Run(name, func(t *testing.T) {
			for k := 1; ; k++ {
				s := prepare(t, name)
				c := exec.Command(self, "-test.run=^TestChild$")
				c.Env = slices.Concat(os.Environ(), []string{childScene + "=" + s.folder, childAct + "=" + acts[name], childPoint + "=" + strconv.Itoa(k)})
				out, err := c.CombinedOutput()
				if err == nil {
					t.Logf("killed at %d points", k-1)
					break
				}
				if len(out) > 0 {
					t.Fatalf("the child was not killed but failed: %s", out)
				}
				s.holds(t)
				if t.Failed() {
					t.Fatalf("killed at point %d", k)
				}
			}
		})
	}
}
