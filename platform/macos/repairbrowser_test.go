package macos_test

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

const quitChrome = `if application id "com.google.Chrome" is running then tell application id "com.google.Chrome" to quit`

func chromeRuns(t *testing.T) *living {
	l := newLiving(t)
	l.start(10, 1, chromeBin)
	l.start(11, 10, helperBin)
	return l
}

func TestQuitBrowser(t *testing.T) {
	l := chromeRuns(t)
	l.start(20, 1, safariBin)
	l.processes[2].stubborn = syscall.SIGKILL // nobody asked Safari
	l.start(30, 1, chromeBin)
	l.processes[3].uid = 502
	l.processes[3].stubborn = syscall.SIGKILL
	p := l.plan(platform.QuitBrowser(platform.BrowserChrome))
	want := platform.RepairPlan{
		Repair: platform.QuitBrowser(platform.BrowserChrome),
		Changes: []platform.Change{
			{Kind: platform.ChangeCloseBrowser, Browser: platform.BrowserChrome, Count: 2},
			{Kind: platform.ChangeEndProcess, Browser: platform.BrowserChrome},
		},
		Heed: []platform.Heeding{platform.HeedUnsavedWork},
	}
	if d := cmp.Diff(want, p, sameRepair); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if err := l.make(p, ""); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"-e", quitChrome}, l.asked); d != "" || len(l.signalled) > 0 || len(l.processes) != 2 {
		t.Errorf("signals %q, left %+v, asked (-want +got):\n%s", l.signalled, l.processes, d)
	}
	if err := l.make(p, ""); err != nil || len(l.asked) != 2 {
		t.Errorf("once more: %v, asked %q", err, l.asked)
	}
	l.cannot(platform.QuitBrowser(platform.BrowserChrome), platform.RepairNothing)
	l.cannot(platform.QuitBrowser(platform.BrowserEdge), platform.RepairNothing)
}

// What does not quit is ended, first kindly.
func TestQuitBrowserThatHangs(t *testing.T) {
	for _, complaint := range []string{"execution error: AppleEvent timed out. (-1712)", "Connection is invalid. (-609)", "deadline"} {
		l := chromeRuns(t)
		l.processes[1].stubborn = syscall.SIGTERM
		l.script = failing(complaint)
		if complaint == "deadline" {
			l.script = func() error { return context.DeadlineExceeded }
		}
		if err := l.make(l.plan(platform.QuitBrowser(platform.BrowserChrome)), ""); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([]string{"10 terminated", "11 terminated", "11 killed"}, l.signalled); d != "" || len(l.processes) > 0 {
			t.Errorf("left %+v, signals (-want +got):\n%s", l.processes, d)
		}
	}
	l := chromeRuns(t)
	l.processes[0].stubborn, l.processes[1].stubborn = syscall.SIGKILL, syscall.SIGKILL
	fails(t, l.make(l.plan(platform.QuitBrowser(platform.BrowserChrome)), ""), platform.RepairStillRuns)
}

// An id that another program was given meanwhile is no reason to end that.
func TestQuitBrowserWhoseIDsPassOn(t *testing.T) {
	l := chromeRuns(t)
	l.script = failing("execution error: AppleEvent timed out. (-1712)")
	l.signals = func() {
		l.processes = nil
		l.start(11, 1, "/usr/bin/vi")
	}
	if err := l.make(l.plan(platform.QuitBrowser(platform.BrowserChrome)), ""); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(l.signalled, []string{"10 terminated"}) || len(l.processes) != 1 {
		t.Errorf("signals %q, left %+v", l.signalled, l.processes)
	}
}

// A browser that may not be asked, or whose user said no, is not ended.
func TestQuitBrowserRefused(t *testing.T) {
	for complaint, want := range map[string]*platform.RepairError{
		"execution error: Not authorized to send Apple events to Google Chrome. (-1743)": {Why: platform.RepairDenied, On: platform.OnAutomation},
		"execution error: Google Chromeにイベントを送信する権限がありません。 (-1743)":                      {Why: platform.RepairDenied, On: platform.OnAutomation},
		"execution error: Google Chrome got an error: User canceled. (-128)":             {Why: platform.RepairStillRuns, On: "chrome"},
		"execution error: Google Chrome got an error: Can’t continue quit (-10000)":      {Why: platform.RepairFailed, On: "chrome"},
		"something (-12800) else": {Why: platform.RepairFailed, On: "chrome"},
		"execution error: it says \"(-128)\" somewhere and then more (-99999999999999999999)": {Why: platform.RepairFailed, On: "chrome"},
	} {
		l := chromeRuns(t)
		l.script = failing(complaint)
		err := l.make(l.plan(platform.QuitBrowser(platform.BrowserChrome)), "")
		var got *platform.RepairError
		if !errors.As(err, &got) || got.Why != want.Why || got.On != want.On {
			t.Errorf("%s: %v", complaint, err)
		}
		if len(l.signalled) > 0 || len(l.processes) != 2 {
			t.Errorf("%s: signals %q", complaint, l.signalled)
		}
	}
}

// Helpers that were left behind are ended without asking the app, which would
// start it.
func TestQuitStartsNothing(t *testing.T) {
	l := newLiving(t)
	l.start(11, 1, helperBin)
	if err := l.make(l.plan(platform.QuitBrowser(platform.BrowserChrome)), ""); err != nil {
		t.Fatal(err)
	}
	if len(l.asked) > 0 || !slices.Equal(l.signalled, []string{"11 terminated"}) {
		t.Errorf("asked %q, signals %q", l.asked, l.signalled)
	}
	for _, b := range platform.RepairBrowsers {
		c := platform.Change{Kind: platform.ChangeCloseBrowser, Browser: b}
		if _, err := l.computer().MakeChange(t.Context(), c, ""); err != nil || len(l.asked) > 0 {
			t.Errorf("%s: %v, asked %q", b, err, l.asked)
		}
	}
	_, err := l.computer().MakeChange(t.Context(), platform.Change{Kind: platform.ChangeCloseBrowser, Browser: `x" to do evil`}, "")
	fails(t, err, platform.RepairNotHere)
}

// Nothing goes on after its context.
func TestQuitCancelled(t *testing.T) {
	l := chromeRuns(t)
	p := l.plan(platform.QuitBrowser(platform.BrowserChrome))
	ctx, cancel := context.WithCancel(t.Context())
	l.script = func() error { cancel(); return ctx.Err() }
	_, err := l.computer().MakeChange(ctx, p.Changes[0], "")
	fails(t, err, platform.RepairStopped)
	if len(l.signalled) > 0 {
		t.Errorf("signals %q", l.signalled)
	}
}

// files notes what is asked of a browser's files.
type files struct {
	asked []string
	open  int
	none  bool
}

func (f *files) plan(what string) ([]platform.Change, error) {
	f.asked = append(f.asked, what)
	if f.none {
		return nil, nil
	}
	return []platform.Change{{Kind: platform.ChangeCookies, Browser: platform.BrowserChrome, Undoable: true}}, nil
}

func (f *files) PlanSiteData(context.Context) ([]platform.Change, error) { return f.plan("site data") }

func (f *files) PlanCache() ([]platform.Change, error) { return f.plan("cache") }

func (f *files) MakeChange(_ context.Context, c platform.Change, kept string) (platform.Change, error) {
	f.asked = append(f.asked, "make "+kept)
	c.Count = 3
	return c, nil
}

func (f *files) TakeBack(_ context.Context, _ platform.Change, kept string) error {
	f.asked = append(f.asked, "back "+kept)
	return nil
}

func (f *files) Close() { f.open-- }

// A browser's files are changed only while it does not run.
func TestFilesOfBrowsers(t *testing.T) {
	l, f := chromeRuns(t), &files{}
	l.o.OpenFiles = func(_ platform.BrowserName, data, caches string) (chromium.Files, error) {
		f.open++
		f.asked = append(f.asked, data, caches)
		return f, nil
	}
	r := platform.ClearSiteData(platform.BrowserChrome)
	if p := l.plan(r); len(p.Changes) > 0 || !slices.Equal(p.First, []platform.Repair{platform.QuitBrowser(platform.BrowserChrome)}) {
		t.Errorf("%+v", p)
	}
	chrome := l.processes
	l.processes = nil
	p := l.plan(r)
	l.processes = chrome
	for _, err := range []error{l.make(p, "kept"), l.computer().TakeBack(t.Context(), p.Changes[0], "kept")} {
		fails(t, err, platform.RepairStillRuns)
		if !platform.IsUntouched(err) {
			t.Error("it is not said that nothing was touched")
		}
	}
	l.processes = nil
	made, err := l.computer().MakeChange(t.Context(), p.Changes[0], "kept")
	if err != nil || made.Count != 3 {
		t.Errorf("%+v, %v", made, err)
	}
	if err := l.computer().TakeBack(t.Context(), p.Changes[0], "kept"); err != nil {
		t.Error(err)
	}
	folders := []string{"/Users/hanako/Library/Application Support/Google/Chrome", "/Users/hanako/Library/Caches/Google/Chrome"}
	want := slices.Concat(folders, []string{"site data"}, folders, []string{"make kept"}, folders, []string{"back kept"})
	if d := cmp.Diff(want, f.asked); d != "" || f.open != 0 {
		t.Errorf("%d left open, asked (-want +got):\n%s", f.open, d)
	}
	if p := l.plan(platform.ClearCache(platform.BrowserChrome)); len(p.Changes) != 1 || f.asked[len(f.asked)-1] != "cache" {
		t.Errorf("%+v", p)
	}
	f.none = true
	l.cannot(r, platform.RepairNothing)
	l.o.OpenFiles = func(platform.BrowserName, string, string) (chromium.Files, error) { return nil, fs.ErrNotExist }
	l.cannot(r, platform.RepairNothing)
	asked := len(f.asked)
	l.cannot(platform.ClearSiteData(platform.BrowserSafari), platform.RepairNotHere)
	if len(f.asked) != asked {
		t.Error("Safari's files were touched")
	}
}
