package linux_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"yomitori/platform"
	"yomitori/platform/chromium/chromiumtest"
	"yomitori/platform/journal"
	"yomitori/platform/linux"
)

// stranger is a user of the test's own, so that no browser of anybody else is
// among the processes that are ended.
const stranger = 54321

const listed, other = "https://www.e-tax.nta.go.jp", "https://www.example.com"

// strangersBrowser is a browser in the usual place of a user, and that user's
// computer.
func strangersBrowser(t *testing.T) (chromiumtest.Browser, linux.Options) {
	t.Helper()
	chromiumtest.Require(t)
	if os.Getuid() != 0 {
		t.Skip("only root may run a browser as another user")
	}
	home, err := os.MkdirTemp("", "yomitori-home")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	userData := filepath.Join(home, ".config", "chromium")
	if err := os.MkdirAll(userData, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{home, filepath.Dir(userData), userData} {
		if err := os.Chown(folder, stranger, stranger); err != nil {
			t.Fatal(err)
		}
	}
	b := chromiumtest.Browser{UserData: userData, Server: chromiumtest.Serve(t), User: stranger, Home: home}
	return b, linux.Options{UID: stranger, Home: home[1:]}
}

func plan(t *testing.T, c *linux.Computer, r platform.Repair) platform.RepairPlan {
	t.Helper()
	p, err := c.PlanRepair(t.Context(), r, platform.Snapshot{})
	if err != nil {
		t.Fatalf("plan %s: %v", r, err)
	}
	return p
}

func makes(t *testing.T, c *linux.Computer, p platform.RepairPlan, kept string) {
	t.Helper()
	for _, change := range p.Changes {
		if _, err := c.MakeChange(t.Context(), change, kept); err != nil {
			t.Fatalf("%s: %v", change.Kind, err)
		}
	}
}

// From a running browser to one that is logged out of the services alone, and
// back.
func TestRealBrowser(t *testing.T) {
	b, o := strangersBrowser(t)
	c, kept := linux.New(o), t.TempDir()
	chromium := platform.BrowserChromium
	b.Visit(t, listed+"/login?domain=nta.go.jp")
	b.Visit(t, other+"/login")
	before := plan(t, c, platform.ClearSiteData(chromium))

	b.Start(t, listed+"/")
	if p := plan(t, c, platform.ClearSiteData(chromium)); len(p.Changes) > 0 || len(p.First) != 1 {
		t.Fatalf("%+v", p)
	}
	for _, change := range before.Changes {
		_, err := c.MakeChange(t.Context(), change, kept)
		wantsUntouched(t, err, platform.RepairStillRuns)
	}
	makes(t, c, plan(t, c, platform.QuitBrowser(chromium)), kept)
	_, err := c.PlanRepair(t.Context(), platform.QuitBrowser(chromium), platform.Snapshot{})
	wantsWhy(t, err, platform.RepairNothing)

	p := plan(t, c, platform.ClearSiteData(chromium))
	makes(t, c, p, kept)
	_, err = c.PlanRepair(t.Context(), platform.ClearSiteData(chromium), platform.Snapshot{})
	wantsWhy(t, err, platform.RepairNothing)
	chromiumtest.Has(t, b.Visit(t, listed+"/"), "", false)
	chromiumtest.Has(t, b.Visit(t, other+"/"), "session=1", true)

	caches := plan(t, c, platform.ClearCache(chromium))
	makes(t, c, caches, kept)
	if left, _ := filepath.Glob(filepath.Join(b.Home, ".cache/chromium/Default/*Cache")); len(left) > 0 {
		t.Errorf("caches are left: %v", left)
	}
	for _, change := range p.Changes {
		if err := c.TakeBack(t.Context(), change, kept); err != nil {
			t.Fatal(err)
		}
		whole(t, b.UserData)
	}
	chromiumtest.Has(t, b.Visit(t, listed+"/"), "above=1 session=1", true)
	chromiumtest.Has(t, b.Visit(t, other+"/"), "session=1", true)
}

// What was cleared comes back only when the browser does not run.
func TestUndoWhileTheRealBrowserRuns(t *testing.T) {
	b, o := strangersBrowser(t)
	c, j := linux.New(o), journal.Open(filepath.Join(t.TempDir(), "journal"))
	b.Visit(t, listed+"/login?domain=nta.go.jp")
	b.Visit(t, other+"/login")
	entry, err := j.Make(t.Context(), c, plan(t, c, platform.ClearSiteData(platform.BrowserChromium)), nil)
	if err != nil {
		t.Fatal(err)
	}
	whole(t, b.UserData)

	b.Start(t, other+"/")
	for range 2 {
		_, err := j.Undo(t.Context(), c, entry.ID, nil)
		wantsUntouched(t, err, platform.RepairStillRuns)
	}
	for _, s := range entry.Changes {
		if _, err := os.Lstat(s.Change.Path); s.Change.Kind == platform.ChangeSiteFolder && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", s.Change.Path, err)
		}
	}
	makes(t, c, plan(t, c, platform.QuitBrowser(platform.BrowserChromium)), t.TempDir())
	chromiumtest.Has(t, b.Visit(t, other+"/"), "session=1", true)

	entry, err = j.Undo(t.Context(), c, entry.ID, nil)
	if err != nil || entry.State != journal.Undone {
		t.Fatalf("%s: %v", entry.State, err)
	}
	whole(t, b.UserData)
	chromiumtest.Has(t, b.Visit(t, listed+"/"), "above=1 session=1", true)
	chromiumtest.Has(t, b.Visit(t, other+"/"), "session=1", true)
}

// whole gives the files that root put back to the user, who would have done it.
func whole(t *testing.T, folder string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(name string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(name, stranger, stranger)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A browser that hangs is asked, waited for, and ended.
func TestRealBrowserThatHangs(t *testing.T) {
	b, o := strangersBrowser(t)
	process, _ := b.Start(t, other+"/")
	if err := syscall.Kill(process, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	c := linux.New(o)
	p := plan(t, c, platform.QuitBrowser(platform.BrowserChromium))
	o.Pause = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	if _, err := linux.New(o).MakeChange(t.Context(), p.Changes[0], ""); err != nil {
		t.Fatal(err)
	}
	if left := plan(t, c, p.Repair); left.Changes[0].Count == 0 {
		t.Errorf("%+v", left)
	}
	if _, err := c.MakeChange(t.Context(), p.Changes[1], ""); err != nil {
		t.Fatal(err)
	}
	_, err := c.PlanRepair(t.Context(), p.Repair, platform.Snapshot{})
	wantsWhy(t, err, platform.RepairNothing)
}
