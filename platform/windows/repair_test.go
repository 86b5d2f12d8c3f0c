package windows_test

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yomitori/platform"
	"yomitori/platform/windows"
)

// sameRepair lets repairs be compared.
var sameRepair = cmpopts.EquateComparable(platform.Repair{})

var _ platform.Repairer = (*windows.Computer)(nil)

// planned plans a repair that can be made.
func planned(t *testing.T, o windows.Options, r platform.Repair, s platform.Snapshot) platform.RepairPlan {
	t.Helper()
	p, err := windows.New(o).PlanRepair(t.Context(), r, s)
	if err != nil {
		t.Fatalf("plan %s: %v", r, err)
	}
	if p.Repair != r {
		t.Errorf("the plan is one for %s", p.Repair)
	}
	return p
}

// wantWhy checks the reason of an error; "" stands for none.
func wantWhy(t *testing.T, err error, want platform.RepairWhy) {
	t.Helper()
	var e *platform.RepairError
	if want == "" && err == nil {
		return
	}
	if !errors.As(err, &e) || e.Why != want {
		t.Errorf("got %v, want %q", err, want)
	}
}

// make1 makes a change of which nothing is kept.
func make1(t *testing.T, o windows.Options, c platform.Change) error {
	t.Helper()
	after, err := windows.New(o).MakeChange(t.Context(), c, t.TempDir())
	if d := cmp.Diff(c, after, sameRepair); d != "" {
		t.Errorf("the change came back another (-want +got):\n%s", d)
	}
	return err
}

func TestEveryRepairHasAnAnswer(t *testing.T) {
	targets := map[platform.RepairID]string{
		platform.RepairQuitBrowser: "edge", platform.RepairClearSiteData: "edge", platform.RepairClearCache: "chrome",
		platform.RepairRestartService: "SCardSvr", platform.RepairEnableService: "SCardSvr", platform.RepairStopService: "PcaSvc",
		platform.RepairDisableService: "SCardSvr", platform.RepairStartService: "PcaSvc",
		platform.RepairTurnOffDevice: "usb-1", platform.RepairTurnOnDevice: "usb-1", platform.RepairRestartDevice: "usb-1",
		platform.RepairEndProgram: "1", platform.RepairDeleteCertificate: "1", platform.RepairForgetChoice: platform.Sites[0].Host,
		platform.RepairOpen: "safari-extensions",
	}
	ids := append(platform.Repairs(), platform.RepairDisableService, platform.RepairStartService)
	// A computer that can do nothing says so, and says why.
	c := windows.New(windows.Options{Native: &windows.Native{}, Registry: newRegFile(t), Files: drives{}.files, Getenv: func(string) string { return "" }})
	for _, id := range ids {
		text := string(id)
		if on, ok := targets[id]; ok {
			text += ":" + on
		}
		r, err := platform.ParseRepair(text)
		if err != nil {
			t.Fatal(err)
		}
		p, err := c.PlanRepair(t.Context(), r, platform.Snapshot{})
		var e *platform.RepairError
		if !errors.As(err, &e) || p.Changes != nil {
			t.Errorf("%s: got %+v, %v", r, p, err)
		}
		if err := c.Elevated(t.Context(), r); !errors.As(err, &e) {
			t.Errorf("%s elevated: got %v", r, err)
		}
	}
}

func TestChangesOfAnotherKind(t *testing.T) {
	c := windows.New(windows.Options{Native: &windows.Native{}})
	for _, kind := range []platform.ChangeKind{"", platform.ChangePreference, platform.ChangeSSLState, platform.ChangePCSC, platform.ChangeCloseBrowser} {
		_, err := c.MakeChange(t.Context(), platform.Change{Kind: kind, Browser: platform.BrowserEdge}, t.TempDir())
		wantWhy(t, err, platform.RepairNotHere)
		err = c.TakeBack(t.Context(), platform.Change{Kind: kind, Undoable: true}, t.TempDir())
		wantWhy(t, err, platform.RepairNotUndoable)
	}
}

func TestClearSSLState(t *testing.T) {
	cleared, broken := 0, error(nil)
	o := windows.Options{Native: &windows.Native{Actions: windows.Actions{ClearSSLState: func() error { cleared++; return broken }}}}
	p := planned(t, o, platform.ClearSSLState(), platform.Snapshot{})
	if p.Undoable() || len(p.Changes) != 1 || !slices.Equal(p.Heed, []platform.Heeding{platform.HeedAnotherUse}) {
		t.Errorf("got %+v", p)
	}
	wantWhy(t, make1(t, o, p.Changes[0]), "")
	broken = errors.New("no such function")
	wantWhy(t, make1(t, o, p.Changes[0]), platform.RepairFailed)
	if cleared != 2 {
		t.Errorf("cleared %d times", cleared)
	}
}

func TestRefreshPCSC(t *testing.T) {
	refreshed := 0
	o := windows.Options{Native: &windows.Native{}, RefreshPCSC: func(context.Context) error { refreshed++; return nil }}
	p := planned(t, o, platform.RefreshPCSC(), platform.Snapshot{})
	wantWhy(t, make1(t, o, p.Changes[0]), "")
	if refreshed != 1 || p.Undoable() {
		t.Errorf("refreshed %d times: %+v", refreshed, p)
	}
}

func TestOpenPlaces(t *testing.T) {
	var opened []string
	o := homeOptions(newRegFile(t, homePC), homeFiles())
	folder := o.Native.Folder
	o.Native.Folder = func(f windows.KnownFolder) (string, error) {
		if f == windows.System {
			return `C:\Windows\System32`, nil
		}
		return folder(f)
	}
	o.Native.OpenInShell = func(target string) error { opened = []string{target}; return nil }
	o.Native.StartProgram = func(path string, arguments ...string) error {
		opened = append([]string{path}, arguments...)
		return nil
	}
	for place, want := range map[platform.Place][]string{
		platform.PlaceWindowsUpdate:    {"ms-settings:windowsupdate"},
		platform.PlaceDateAndTime:      {"ms-settings:dateandtime"},
		platform.PlaceDefaultBrowser:   {"ms-settings:defaultapps"},
		platform.PlaceProxy:            {"ms-settings:network-proxy"},
		platform.PlaceCertificates:     {`C:\Windows\System32\certmgr.msc`},
		platform.PlaceDeviceManager:    {`C:\Windows\System32\devmgmt.msc`},
		platform.PlaceServices:         {`C:\Windows\System32\services.msc`},
		platform.PlaceExtensionsEdge:   {`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`, "edge://extensions/"},
		platform.PlaceExtensionsChrome: {chromeExe, "--profile-directory=Profile 1", "chrome://extensions/"},
		platform.PlaceJPKISoftware:     {platform.PlaceJPKISoftware.Page()},
		platform.PlaceSafariExtensions: nil,
		platform.PlacePrivacy:          nil,
	} {
		t.Run(string(place), func(t *testing.T) {
			opened = nil
			if want == nil {
				_, err := windows.New(o).PlanRepair(t.Context(), platform.Open(place), platform.Snapshot{})
				wantWhy(t, err, platform.RepairNotHere)
				return
			}
			p := planned(t, o, platform.Open(place), platform.Snapshot{})
			if slices.Contains(p.Heed, platform.HeedInternet) != place.OnTheInternet() || p.Undoable() {
				t.Errorf("got %+v", p)
			}
			wantWhy(t, make1(t, o, p.Changes[0]), "")
			if d := cmp.Diff(want, opened); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
	t.Run("a profile that somebody named", func(t *testing.T) {
		d := homeFiles()
		d[chromeData+"Local State"] = text(`{"profile":{"info_cache":{"--app=x":{"name":"花子"}},"last_used":"--app=x"}}`)
		o.Files = d.files
		wantWhy(t, make1(t, o, platform.Change{Kind: platform.ChangeOpen, Place: platform.PlaceExtensionsChrome}), "")
		if d := cmp.Diff([]string{chromeExe, "chrome://extensions/"}, opened); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	})
	t.Run("nothing opens it", func(t *testing.T) {
		o.Native.OpenInShell = func(string) error { return errors.ErrUnsupported }
		wantWhy(t, make1(t, o, platform.Change{Kind: platform.ChangeOpen, Place: platform.PlaceProxy}), platform.RepairNotHere)
	})
}

// hungPC has a host that its browser left behind, a program that hangs, and a
// program at work.
func hungPC(t *testing.T) (windows.Options, *[]windows.Process) {
	t.Helper()
	o := options(newRegFile(t, hostPC), hostFiles())
	process := func(id int, path, name string) windows.Process {
		return windows.Process{ID: id, Path: path + name, Name: name, Started: noon.Add(-time.Minute)}
	}
	hung := process(7, `C:\Program Files (x86)\JPKI\`, "menu.exe")
	hung.Hung = true
	unknown := process(9, "", "JPKIMenu.exe")
	unknown.Hung, unknown.Path = true, ""
	running := []windows.Process{
		process(3, `C:\Program Files\Myna\`, "host.exe"), hung,
		process(8, `C:\Program Files (x86)\JPKI\`, "work.exe"), unknown, process(10, `C:\Windows\`, "notepad.exe"),
	}
	running[4].Hung = true // but nobody's business
	o.Native.Processes = func() ([]windows.Process, error) { return running, nil }
	return o, &running
}

func TestEndProgram(t *testing.T) {
	o, _ := hungPC(t)
	for id, want := range map[int]platform.RepairWhy{3: "", 7: "", 8: platform.RepairInUse, 9: platform.RepairDenied, 10: platform.RepairGone, 11: platform.RepairGone} {
		p, err := windows.New(o).PlanRepair(t.Context(), platform.EndProgram(id), platform.Snapshot{})
		wantWhy(t, err, want)
		if want == "" && (p.Undoable() || !slices.Equal(p.Heed, []platform.Heeding{platform.HeedUnsavedWork})) {
			t.Errorf("got %+v", p)
		}
	}
	change := planned(t, o, platform.EndProgram(7), platform.Snapshot{}).Changes[0]
	want := platform.Change{
		Kind: platform.ChangeEndProcess, Process: 7, Started: noon.Add(-time.Minute), Program: "menu.exe", Path: `C:\Program Files (x86)\JPKI\menu.exe`,
	}
	if d := cmp.Diff(want, change, sameRepair); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	var ended []windows.Process
	answer := error(nil)
	o.Native.EndProcess = func(p windows.Process) error { ended = append(ended, p); return answer }
	wantWhy(t, make1(t, o, change), "")
	meant := []windows.Process{{ID: 7, Started: want.Started, Path: want.Path, Name: "menu.exe"}}
	if d := cmp.Diff(meant, ended, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for _, tt := range []struct {
		err  error
		want platform.RepairWhy
	}{
		{fs.ErrNotExist, ""}, // it has ended, which was to be done
		{fs.ErrPermission, platform.RepairDenied},
		{context.DeadlineExceeded, platform.RepairStillRuns},
		{errors.New("broken"), platform.RepairFailed},
	} {
		answer = tt.err
		wantWhy(t, make1(t, o, change), tt.want)
	}
	ended, change.Started = nil, time.Time{}
	wantWhy(t, make1(t, o, change), platform.RepairChanged)
	if ended != nil {
		t.Errorf("ended %v, of which nothing is known", ended)
	}
}
