package journal_test

import (
	"os"
	"os/exec"
	"slices"
	"strconv"
	"testing"
)

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
	s := newScene(t)
	s.folder, s.waits = folder, true
	must(t, s.act(os.Getenv(childAct), b.at))
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
			for k := 1; ; k += stride {
				s := prepare(t, name)
				c := exec.Command(self, "-test.run=^TestChild$")
				c.Env = slices.Concat(os.Environ(), []string{childScene + "=" + s.folder, childAct + "=" + acts[name], childPoint + "=" + strconv.Itoa(k)})
				out, err := c.CombinedOutput()
				if err == nil {
					t.Logf("killed at points 1 to %d", k-stride)
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
