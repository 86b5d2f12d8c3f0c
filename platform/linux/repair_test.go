package linux_test

import (
	"context"
	"errors"
	"io/fs"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/linux"
)

func TestQuitBrowser(t *testing.T) {
	h := newHands()
	h.process(70, 1000, "chromium", "500", "chromium\x00--no-first-run")
	h.process(71, 1000, "chromium", "501", "chromium --type=zygote")
	h.process(72, 1000, "chromium", "502", "chromium --type=renderer")
	h.process(73, 1001, "chromium", "503", "chromium")
	h.process(74, 1000, "chromedriver", "504", "chromedriver")
	h.ignores[71], h.ignores[72] = true, true
	p, err := h.plan(platform.QuitBrowser(platform.BrowserChromium))
	want := platform.RepairPlan{
		Repair: platform.QuitBrowser(platform.BrowserChromium),
		Changes: []platform.Change{
			{Kind: platform.ChangeCloseBrowser, Browser: platform.BrowserChromium, Program: "chromium", Count: 3},
			{Kind: platform.ChangeEndProcess, Browser: platform.BrowserChromium, Program: "chromium"},
		},
		Heed: []platform.Heeding{platform.HeedUnsavedWork},
	}
	if d := cmp.Diff(want, p, cmp.Comparer(func(a, b platform.Repair) bool { return a == b })); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
	did, err := h.makes(t, platform.QuitBrowser(platform.BrowserChromium))
	if d := cmp.Diff([]string{"ask 70", "end 71", "end 72"}, did); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
	_, err = h.makes(t, platform.QuitBrowser(platform.BrowserChromium))
	wantsWhy(t, err, platform.RepairNothing)
}

func TestBrowserThatDoesNotEnd(t *testing.T) {
	h := newHands()
	h.process(70, 1000, "chromium", "500", "chromium")
	h.immortal[70] = true
	did, err := h.makes(t, platform.QuitBrowser(platform.BrowserChromium))
	wantsWhy(t, err, platform.RepairStillRuns)
	if platform.IsUntouched(err) {
		t.Errorf("said to be untouched: %v", err)
	}
	if d := cmp.Diff([]string{"ask 70", "end 70"}, did); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// An id that was given to another process in between is spared.
func TestProcessIDGivenAnew(t *testing.T) {
	h := newHands()
	h.process(70, 1000, "chromium", "500", "chromium")
	c := linux.New(linux.Options{
		Root: h.root, UID: 1000, Home: "home/a",
		End: func(id int, gently bool, same func() bool) error {
			h.process(70, 1000, "editor", "900", "editor")
			return h.end(id, gently, same)
		},
		Pause: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	})
	_, err := c.MakeChange(t.Context(), platform.Change{Kind: platform.ChangeEndProcess, Browser: platform.BrowserChromium}, "")
	if d := cmp.Diff([]string{"spare 70"}, h.did); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
}

// Not so much as the first process could be asked.
func TestQuitIsDenied(t *testing.T) {
	h := newHands()
	h.process(70, 1000, "chromium", "500", "chromium")
	h.process(71, 1000, "chromium", "501", "chromium")
	for _, denied := range []int{70, 71} {
		c := linux.New(linux.Options{
			Root: h.root, UID: 1000, Home: "home/a",
			End: func(id int, _ bool, _ func() bool) error {
				if id == denied {
					return fs.ErrPermission
				}
				return nil
			},
		})
		_, err := c.MakeChange(t.Context(), platform.Change{Kind: platform.ChangeCloseBrowser, Browser: platform.BrowserChromium}, "")
		wantsWhy(t, err, platform.RepairDenied)
		if first := denied == 70; platform.IsUntouched(err) != first {
			t.Errorf("%d denied: untouched: %v", denied, !first)
		}
	}
}

func TestQuitIsCutShort(t *testing.T) {
	h := newHands()
	h.process(70, 1000, "chromium", "500", "chromium")
	h.immortal[70] = true
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.computer().MakeChange(ctx, platform.Change{Kind: platform.ChangeCloseBrowser, Browser: platform.BrowserChromium}, "")
	wantsWhy(t, err, platform.RepairTimedOut)
}

func TestEndedProcessesDoNotCount(t *testing.T) {
	h := newHands()
	h.process(70, 1000, "chromium", "500", "chromium")
	h.root["proc/70/status"] = file("Name:\tchromium\nState:\tZ (zombie)\nUid:\t1000\t1000\t1000\t1000\n")
	_, err := h.plan(platform.QuitBrowser(platform.BrowserChromium))
	wantsWhy(t, err, platform.RepairNothing)
}

func TestFilesOfARunningBrowser(t *testing.T) {
	h := newHands()
	h.process(70, 1000, "chromium", "500", "chromium")
	for _, r := range []platform.Repair{platform.ClearSiteData(platform.BrowserChromium), platform.ClearCache(platform.BrowserChromium)} {
		p, err := h.plan(r)
		if err != nil || len(p.Changes) > 0 || len(p.First) != 1 || p.First[0] != platform.QuitBrowser(platform.BrowserChromium) {
			t.Errorf("%s: %+v, %v", r, p, err)
		}
	}
	for _, kind := range []platform.ChangeKind{platform.ChangeCookies, platform.ChangeSiteFolder, platform.ChangeCacheFolder} {
		c := platform.Change{Kind: kind, Browser: platform.BrowserChromium}
		_, err := h.computer().MakeChange(t.Context(), c, t.TempDir())
		wantsUntouched(t, err, platform.RepairStillRuns)
		if kind != platform.ChangeCacheFolder {
			wantsUntouched(t, h.computer().TakeBack(t.Context(), c, t.TempDir()), platform.RepairStillRuns)
		}
	}
}

func TestRestartService(t *testing.T) {
	const (
		asked   = "/usr/bin/pkexec /opt/yomitori elevated restart-service:pcscd"
		both    = "/usr/bin/systemctl restart pcscd.socket pcscd.service"
		service = "/usr/bin/systemctl restart pcscd.service"
	)
	tests := []struct {
		name   string
		change func(h *hands)
		want   platform.RepairWhy
		did    []string
	}{
		{"asked", func(*hands) {}, "", []string{asked}},
		{"said no", func(h *hands) { h.exits[asked] = 126 }, platform.RepairRefused, []string{asked}},
		{"may not", func(h *hands) { h.exits[asked] = 127 }, platform.RepairRefused, []string{asked}},
		{"timed out there", func(h *hands) { h.exits[asked] = 85 }, platform.RepairTimedOut, []string{asked}},
		{"strange code", func(h *hands) { h.exits[asked] = 1 }, platform.RepairFailed, []string{asked}},
		{"no pkexec", func(h *hands) { delete(h.programs, "pkexec") }, platform.RepairNoAdmin, nil},
		{"no systemd", func(h *hands) { delete(h.root, "run/systemd/system") }, platform.RepairNotHere, nil},
		{"no pcscd", func(h *hands) { delete(h.root, "usr/sbin/pcscd") }, platform.RepairNotHere, nil},
		{"root", func(h *hands) { h.uid = 0 }, "", []string{both}},
		{"root, no socket", func(h *hands) { h.uid, h.exits[both] = 0, 5 }, "", []string{both, service}},
		{"root, masked", func(h *hands) { h.uid, h.exits[both], h.exits[service] = 0, 1, 1 }, platform.RepairFailed, []string{both, service}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newHands()
			tt.change(h)
			did, err := h.makes(t, platform.RestartService("pcscd"))
			wantsWhy(t, err, tt.want)
			if made, want := tt.did != nil, tt.want == platform.RepairRefused; made && platform.IsUntouched(err) != want {
				t.Errorf("untouched: %v, want %v", !want, want)
			}
			if d := cmp.Diff(tt.did, did); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// Nothing but the one repair is made by an administrator's copy.
func TestElevated(t *testing.T) {
	h := newHands()
	h.uid = 0
	for _, r := range []platform.Repair{{}, platform.RestartService("SCardSvr"), platform.EnableService("SCardSvr"), platform.QuitBrowser(platform.BrowserEdge)} {
		wantsUntouched(t, h.computer().Elevated(t.Context(), r), platform.RepairNotHere)
		_, err := h.computer().MakeChange(t.Context(), platform.Change{Kind: platform.ChangeElevated, Do: r}, "")
		wantsUntouched(t, err, platform.RepairNotHere)
	}
	if len(h.did) > 0 {
		t.Errorf("did %v", h.did)
	}
}

func TestOpen(t *testing.T) {
	h := newHands()
	h.root["usr/bin/google-chrome"] = file("")
	tests := []struct {
		place platform.Place
		want  platform.RepairWhy
		did   []string
	}{
		{platform.PlaceETaxSetup, "", []string{"start /usr/bin/xdg-open https://www.e-tax.nta.go.jp/"}},
		{platform.PlaceExtensionsChrome, "", []string{"start /usr/bin/google-chrome"}},
		{platform.PlaceExtensionsEdge, platform.RepairNotHere, nil},
		{platform.PlaceDeviceManager, platform.RepairNotHere, nil},
		{platform.PlaceWindowsUpdate, platform.RepairNotHere, nil},
	}
	for _, tt := range tests {
		h.did = nil
		did, err := h.makes(t, platform.Open(tt.place))
		wantsWhy(t, err, tt.want)
		if d := cmp.Diff(tt.did, did); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.place, d)
		}
	}
	p, err := h.plan(platform.Open(platform.PlaceETaxSetup))
	if err != nil || len(p.Heed) != 1 || p.Heed[0] != platform.HeedInternet {
		t.Errorf("%+v, %v", p, err)
	}
	delete(h.programs, "xdg-open")
	_, err = h.plan(platform.Open(platform.PlaceETaxSetup))
	wantsWhy(t, err, platform.RepairNotHere)
}

func TestRefreshPCSC(t *testing.T) {
	h := newHands()
	_, err := h.makes(t, platform.RefreshPCSC())
	wantsWhy(t, err, platform.RepairNotHere)
	_, err = h.computer().MakeChange(t.Context(), platform.Change{Kind: platform.ChangePCSC}, "")
	wantsWhy(t, err, platform.RepairNotHere)
	h.refresh = func(context.Context) error { h.did = append(h.did, "refresh"); return nil }
	did, err := h.makes(t, platform.RefreshPCSC())
	if err != nil || len(did) != 1 {
		t.Error(did, err)
	}
}

// Every repair has its answer, and nothing is planned of what Linux lacks.
func TestRepairsOfOtherSystems(t *testing.T) {
	h := newHands()
	for _, r := range []platform.Repair{
		platform.QuitBrowser(platform.BrowserSafari), platform.ClearSiteData(platform.BrowserSafari), platform.ClearCache(platform.BrowserEdge),
		platform.ClearSSLState(), platform.EnableService("SCardSvr"), platform.StopService("PcaSvc"), platform.RestartService("SCardSvr"),
		platform.TurnOffDevice("usb-054c-06c3"), platform.RestartDevice("usb-054c-06c3"), platform.EndProgram(70),
		platform.DeleteCertificate(1), platform.ForgetChoice("myna.go.jp"),
		{},
	} {
		p, err := h.plan(r)
		wantsWhy(t, err, platform.RepairNotHere)
		if len(p.Changes) > 0 {
			t.Errorf("%s: %+v", r, p)
		}
	}
	err := h.computer().TakeBack(t.Context(), platform.Change{Kind: platform.ChangeOpen}, "")
	wantsUntouched(t, err, platform.RepairNotUndoable)
	var known *platform.RepairError
	if !errors.As(err, &known) {
		t.Error(err)
	}
}
