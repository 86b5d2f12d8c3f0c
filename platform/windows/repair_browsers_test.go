package windows_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/chromium"
	"yomitori/platform/windows"
)

// runningChrome is Chrome with processes of which some end when its windows
// close, some when they are ended, and some never.
type runningChrome struct {
	list   []windows.Process
	closes func(windows.Process) bool // with its window
	stays  map[int]error              // what ending a process is answered with
	born   []windows.Process          // what is started when the first one is ended
	did    []string
}

func chromeProcess(id, parent, shown int) windows.Process {
	return windows.Process{ID: id, Parent: parent, Path: chromeExe, Name: "chrome.exe", Windows: shown, Started: noon}
}

func (r *runningChrome) native() *windows.Native {
	return &windows.Native{
		Processes: func() ([]windows.Process, error) { return slices.Clone(r.list), nil },
		Actions: windows.Actions{
			CloseWindows: func(ids []int) error {
				r.did = append(r.did, fmt.Sprint("close ", ids))
				if r.closes == nil {
					return nil
				}
				r.list = slices.DeleteFunc(r.list, r.closes)
				for i := range r.list {
					r.list[i].Windows = 0
				}
				return nil
			},
			EndProcess: func(p windows.Process) error {
				r.did = append(r.did, fmt.Sprint("end ", p.ID))
				if err := r.stays[p.ID]; err != nil {
					return err
				}
				r.list = append(slices.DeleteFunc(r.list, func(o windows.Process) bool { return o.ID == p.ID }), r.born...)
				r.born = nil
				return nil
			},
		},
	}
}

func TestPlanQuit(t *testing.T) {
	o := homeOptions(newRegFile(t, homePC), homeFiles())
	p := planned(t, o, platform.QuitBrowser(platform.BrowserChrome), platform.Snapshot{})
	want := platform.RepairPlan{
		Repair: platform.QuitBrowser(platform.BrowserChrome),
		Changes: []platform.Change{
			{Kind: platform.ChangeCloseBrowser, Browser: platform.BrowserChrome, Program: "chrome.exe", Count: 4},
			{Kind: platform.ChangeEndProcess, Browser: platform.BrowserChrome, Program: "CHROME.EXE (1), chrome.exe (2), chrome.exe (3), chrome.exe (4)", Count: 4, Running: true},
		},
		Heed: []platform.Heeding{platform.HeedUnsavedWork},
	}
	if d := cmp.Diff(want, p, sameRepair); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	o.Native = (&runningChrome{list: []windows.Process{chromeProcess(1, 0, 0)}}).native()
	p = planned(t, o, platform.QuitBrowser(platform.BrowserChrome), platform.Snapshot{})
	if len(p.Changes) != 1 || p.Changes[0].Kind != platform.ChangeEndProcess || p.Heed != nil {
		t.Errorf("in the background only: %+v", p)
	}
	for b, why := range map[platform.BrowserName]platform.RepairWhy{
		platform.BrowserEdge: platform.RepairNothing, platform.BrowserSafari: platform.RepairNotHere, platform.BrowserChromium: platform.RepairNotHere,
	} {
		_, err := windows.New(o).PlanRepair(t.Context(), platform.QuitBrowser(b), platform.Snapshot{})
		wantWhy(t, err, why)
	}
	o.Native.Processes = func() ([]windows.Process, error) { return nil, errors.New("broken") }
	_, err := windows.New(o).PlanRepair(t.Context(), platform.QuitBrowser(platform.BrowserChrome), platform.Snapshot{})
	wantWhy(t, err, platform.RepairFailed)
}

func TestQuitBrowser(t *testing.T) {
	all := func(windows.Process) bool { return true }
	shown := func(p windows.Process) bool { return p.Windows > 0 }
	three := []windows.Process{chromeProcess(12, 11, 0), chromeProcess(11, 0, 1), chromeProcess(13, 11, 0)}
	for _, tt := range []struct {
		name  string
		r     runningChrome
		did   []string
		asked platform.RepairWhy // of closing the windows
		why   platform.RepairWhy
		on    string
		waits time.Duration // at most
	}{
		{name: "closes", r: runningChrome{list: three, closes: all}, did: []string{"close [11]"}},
		{
			name: "stays in the background", r: runningChrome{list: three, closes: shown},
			did: []string{"close [11]", "end 12", "end 13"}, waits: 4 * time.Second,
		},
		{
			name: "asks whether to leave the page", r: runningChrome{list: three},
			did: []string{"close [11]"}, asked: platform.RepairStillRuns, why: platform.RepairStillRuns, on: "chrome.exe (11)", waits: 16 * time.Second,
		},
		{
			name: "a new process meanwhile", r: runningChrome{list: three, closes: shown, born: []windows.Process{chromeProcess(20, 0, 0)}},
			did: []string{"close [11]", "end 12", "end 13", "end 20"}, waits: 4 * time.Second,
		},
		{
			name: "a window opens again", r: runningChrome{list: three, closes: shown, born: []windows.Process{chromeProcess(21, 0, 1)}},
			did: []string{"close [11]", "end 12", "end 13"}, why: platform.RepairStillRuns, on: "chrome.exe (21)", waits: 4 * time.Second,
		},
		{
			name: "nobody knows its path", r: runningChrome{list: []windows.Process{{ID: 5, Name: "chrome.exe", Started: noon}}},
			why: platform.RepairStillRuns, on: "chrome.exe (5)", waits: 11 * time.Second,
		},
		{
			name: "had ended", r: runningChrome{list: []windows.Process{chromeProcess(1, 0, 0)}, stays: map[int]error{1: fs.ErrNotExist}},
			did: []string{"end 1"}, why: platform.RepairStillRuns, on: "chrome.exe (1)", waits: 11 * time.Second,
		},
		{
			name: "may not be ended", r: runningChrome{list: three, closes: shown, stays: map[int]error{12: fs.ErrPermission}},
			did: []string{"close [11]", "end 12", "end 13"}, why: platform.RepairStillRuns, on: "chrome.exe (12)", waits: 14 * time.Second,
		},
		{name: "does not run", r: runningChrome{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tt.r.list = slices.Clone(tt.r.list)
				o := homeOptions(newRegFile(t, homePC), homeFiles())
				o.Native = tt.r.native()
				begun := time.Now()
				wantWhy(t, make1(t, o, platform.Change{Kind: platform.ChangeCloseBrowser, Browser: platform.BrowserChrome}), tt.asked)
				_, err := windows.New(o).MakeChange(t.Context(), platform.Change{Kind: platform.ChangeEndProcess, Browser: platform.BrowserChrome}, "")
				wantWhy(t, err, tt.why)
				var e *platform.RepairError
				if errors.As(err, &e) && e.On != tt.on {
					t.Errorf("about %q, want %q", e.On, tt.on)
				}
				slices.Sort(tt.r.did)
				if d := cmp.Diff(tt.did, slices.Compact(tt.r.did)); d != "" {
					t.Errorf("(-want +got):\n%s", d)
				}
				if took := time.Since(begun); took > tt.waits {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}

// The first process of a browser goes first: the others end with it.
func TestQuitBrowserFromTheTop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := runningChrome{list: []windows.Process{chromeProcess(3, 2, 0), chromeProcess(2, 1, 0), chromeProcess(1, 900, 0)}}
		o := homeOptions(newRegFile(t, homePC), homeFiles())
		o.Native = r.native()
		got, err := windows.New(o).MakeChange(t.Context(), platform.Change{Kind: platform.ChangeEndProcess, Browser: platform.BrowserChrome, Count: 9, Running: true}, "")
		wantWhy(t, err, "")
		want := platform.Change{
			Kind: platform.ChangeEndProcess, Browser: platform.BrowserChrome, Program: "chrome.exe (1), chrome.exe (3), chrome.exe (2)", Count: 3,
		}
		if d := cmp.Diff(want, got, sameRepair); d != "" {
			t.Errorf("what was ended (-want +got):\n%s", d)
		}
		if got := strings.Join(r.did, ", "); got != "end 1, end 3, end 2" {
			t.Errorf("got %s", got)
		}
	})
}

func TestQuitBrowserStopsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := homeOptions(newRegFile(t, homePC), homeFiles())
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		for shown, kind := range []platform.ChangeKind{platform.ChangeEndProcess, platform.ChangeCloseBrowser} {
			o.Native = (&runningChrome{list: []windows.Process{chromeProcess(1, 0, shown)}, stays: map[int]error{1: fs.ErrPermission}}).native()
			_, err := windows.New(o).MakeChange(ctx, platform.Change{Kind: kind, Browser: platform.BrowserChrome}, "")
			wantWhy(t, err, platform.RepairTimedOut)
		}
	})
}

// siteData notes what it is asked for.
type siteData struct {
	folder string
	did    []string
}

func (s *siteData) PlanSiteData(context.Context) ([]platform.Change, error) {
	s.did = append(s.did, "plan "+s.folder)
	return []platform.Change{{Kind: platform.ChangeCookies, Browser: platform.BrowserChrome, Undoable: true}}, nil
}

func (s *siteData) PlanCache() ([]platform.Change, error) { return nil, nil }

func (s *siteData) MakeChange(_ context.Context, c platform.Change, kept string) (platform.Change, error) {
	s.did = append(s.did, "make "+s.folder+" "+kept)
	c.Count = 3
	return c, nil
}

func (s *siteData) TakeBack(_ context.Context, _ platform.Change, kept string) error {
	s.did = append(s.did, "take back "+s.folder+" "+kept)
	return nil
}

func (s *siteData) Close() {}

func TestSiteDataOfABrowserThatRuns(t *testing.T) {
	o := homeOptions(newRegFile(t, homePC), homeFiles())
	r := &runningChrome{list: []windows.Process{chromeProcess(1, 0, 0)}}
	folder := o.Native.Folder
	o.Native = r.native()
	o.Native.Folder = folder
	clear := platform.ClearSiteData(platform.BrowserChrome)
	data := &siteData{}
	o.OpenFiles = func(_ platform.BrowserName, folder, _ string) (chromium.Files, error) {
		data.folder = folder
		return data, nil
	}
	p := planned(t, o, clear, platform.Snapshot{})
	if p.Changes != nil || len(p.First) != 1 || p.First[0] != platform.QuitBrowser(platform.BrowserChrome) {
		t.Errorf("got %+v", p)
	}
	change := platform.Change{Kind: platform.ChangeCookies, Browser: platform.BrowserChrome, Undoable: true}
	for _, err := range []error{make1(t, o, change), windows.New(o).TakeBack(t.Context(), change, "kept")} {
		wantWhy(t, err, platform.RepairStillRuns)
		if !platform.IsUntouched(err) {
			t.Error("it is not said that nothing was touched")
		}
	}
	if data.did != nil {
		t.Errorf("while the browser ran: %v", data.did)
	}

	r.list = nil
	c := windows.New(o)
	p = planned(t, o, clear, platform.Snapshot{})
	made, err := c.MakeChange(t.Context(), p.Changes[0], "kept")
	wantWhy(t, err, "")
	wantWhy(t, c.TakeBack(t.Context(), made, "kept"), "")
	const user = `C:\Users\山田 花子\AppData\Local\Google\Chrome\User Data`
	want := []string{"plan " + user, "make " + user + " kept", "take back " + user + " kept"}
	if d := cmp.Diff(want, data.did); d != "" || made.Count != 3 {
		t.Errorf("%+v (-want +got):\n%s", made, d)
	}
}
