package macos_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/macos"
)

// What a Mac has not is said so, and nothing is asked or started for it.
func TestRepairsThatAMacHasNot(t *testing.T) {
	l := newLiving(t)
	l.start(10, 1, chromeBin)
	for _, text := range []string{
		"clear-ssl-state", "clear-site-data:safari", "restart-service:SCardSvr",
		"restart-service:pcscd", "enable-service:SCardSvr", "stop-service:PcaSvc", "turn-off-device:usb-054c-0dc9",
		"restart-device:usb-054c-0dc9", "delete-certificate:1", "refresh-pcsc", "open:device-manager", "open:windows-update",
		"open:extensions-edge", "disable-service:SCardSvr", "turn-on-device:usb-054c-0dc9",
	} {
		r, err := platform.ParseRepair(text)
		if err != nil {
			t.Fatal(err)
		}
		l.cannot(r, platform.RepairNotHere)
	}
	for _, k := range []platform.ChangeKind{platform.ChangeSSLState, platform.ChangeCertificate, platform.ChangePCSC, "else"} {
		_, err := l.computer().MakeChange(t.Context(), platform.Change{Kind: k, Browser: platform.BrowserChrome}, t.TempDir())
		fails(t, err, platform.RepairNotHere)
		err = l.computer().TakeBack(t.Context(), platform.Change{Kind: k, Undoable: true}, t.TempDir())
		fails(t, err, platform.RepairNotHere)
		fails(t, l.computer().TakeBack(t.Context(), platform.Change{Kind: k}, t.TempDir()), platform.RepairNotUndoable)
	}
	if len(l.asked)+len(l.told)+len(l.signalled) > 0 {
		t.Errorf("asked %q, told %q, signalled %q", l.asked, l.told, l.signalled)
	}
}

func TestRefreshPCSC(t *testing.T) {
	l, times := newLiving(t), 0
	l.o.RefreshPCSC = func(context.Context) error { times++; return nil }
	if err := l.make(l.plan(platform.RefreshPCSC()), t.TempDir()); err != nil || times != 1 {
		t.Errorf("%v after %d times", err, times)
	}
}

func TestOpenPlaces(t *testing.T) {
	l := newLiving(t)
	for place, want := range map[platform.Place]string{
		platform.PlaceSafariExtensions: "-b com.apple.Safari",
		platform.PlaceExtensionsChrome: "-b com.google.Chrome chrome://extensions/",
		platform.PlaceProxy:            "-b com.apple.systempreferences",
		platform.PlaceJPKISoftware:     platform.PlaceJPKISoftware.Page(),
	} {
		p := l.plan(platform.Open(place))
		if place.OnTheInternet() != slices.Contains(p.Heed, platform.HeedInternet) {
			t.Errorf("%s: heed %q", place, p.Heed)
		}
		l.told = nil
		if err := l.make(p, t.TempDir()); err != nil {
			t.Error(err)
		}
		if d := cmp.Diff([]string{"/usr/bin/open " + want}, l.told); d != "" {
			t.Errorf("%s (-want +got):\n%s", place, d)
		}
	}
	l.cannot(platform.Open(platform.PlaceWindowsUpdate), platform.RepairNotHere)
	_, err := l.computer().MakeChange(t.Context(), platform.Change{Kind: platform.ChangeOpen, Place: "/etc/passwd"}, "")
	fails(t, err, platform.RepairNotHere)
	p := l.plan(platform.Open(platform.PlacePrivacy))
	l.runs["/usr/bin/open"] = answer{"no app", 1}
	fails(t, l.make(p, ""), platform.RepairFailed)
}

// orphan is the host of a browser that has gone.
func (l *living) orphan() {
	l.file("/Library/Google/Chrome/NativeMessagingHosts/jp.go.jpki.json",
		`{"name":"jp.go.jpki","path":"`+jpkiBin+`","type":"stdio","allowed_origins":["chrome-extension://ddhaancdmkmeigppopkakhpbboccibla/"]}`)
	l.start(900, 1, jpkiBin).origin = "chrome-extension://ddhaancdmkmeigppopkakhpbboccibla/"
}

func TestEndProgram(t *testing.T) {
	for _, test := range []struct {
		name     string
		stubborn os.Signal
		signals  []string
		why      platform.RepairWhy
	}{
		{"ends by itself", nil, []string{"900 terminated"}, ""},
		{"hangs", syscall.SIGTERM, []string{"900 terminated", "900 killed"}, ""},
		{"cannot be ended", syscall.SIGKILL, []string{"900 terminated", "900 killed"}, platform.RepairStillRuns},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := newLiving(t)
			l.orphan()
			l.processes[0].stubborn = test.stubborn
			p := l.plan(platform.EndProgram(900))
			want := platform.Change{
				Kind: platform.ChangeEndProcess, Process: 900, Started: l.now.Add(-time.Minute), Program: "JPKI", Path: jpkiBin,
			}
			if d := cmp.Diff([]platform.Change{want}, p.Changes, sameRepair); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			l.now = l.now.Add(30 * time.Second) // in which a person thinks
			err := l.make(p, "")
			if test.why != "" {
				fails(t, err, test.why)
			} else if err != nil {
				t.Error(err)
			}
			if d := cmp.Diff(test.signals, l.signalled); d != "" {
				t.Errorf("signals (-want +got):\n%s", d)
			}
			if err := l.make(p, ""); test.why == "" && err != nil {
				t.Errorf("once more: %v", err)
			}
		})
	}
}

// Only the very process that was shown is ended.
func TestEndProgramOfAnother(t *testing.T) {
	l := newLiving(t)
	l.orphan()
	l.start(901, 600, jpkiBin)
	l.start(902, 1, "/usr/bin/vi")
	l.cannot(platform.EndProgram(901), platform.RepairInUse)
	l.cannot(platform.EndProgram(902), platform.RepairGone)
	l.cannot(platform.EndProgram(903), platform.RepairGone)
	p := l.plan(platform.EndProgram(900))
	for name, change := range map[string]func(*running){
		"other start":   func(r *running) { r.started = r.started.Add(10 * time.Second) },
		"other program": func(r *running) { r.program = "/usr/bin/vi" },
		"other user":    func(r *running) { r.uid = 502 },
	} {
		kept := l.processes[0]
		change(&l.processes[0])
		if err := l.make(p, ""); err != nil || len(l.signalled) > 0 {
			t.Errorf("%s: %v, signals %q", name, err, l.signalled)
		}
		l.processes[0] = kept
	}
	forged := p.Changes[0]
	forged.Process, forged.Path, forged.Program = 902, "/usr/bin/vi", "vi"
	_, err := l.computer().MakeChange(t.Context(), forged, "")
	fails(t, err, platform.RepairChanged)
	if len(l.signalled) > 0 {
		t.Errorf("signals %q", l.signalled)
	}
}

// A process that ends by itself meanwhile is fine, one that may not be ended is
// not.
func TestSignalsThatFail(t *testing.T) {
	for refuse, why := range map[error]platform.RepairWhy{
		os.ErrProcessDone: platform.RepairStillRuns, // it says so and stays
		syscall.ESRCH:     platform.RepairStillRuns,
		syscall.EPERM:     platform.RepairDenied,
		syscall.EINVAL:    platform.RepairFailed,
	} {
		l := newLiving(t)
		l.orphan()
		p := l.plan(platform.EndProgram(900))
		l.refuse = refuse
		fails(t, l.make(p, ""), why)
	}
}

// Processes of the system are refused whatever a journal says.
func TestRealSignal(t *testing.T) {
	for _, id := range []int{-5, 0, 1} {
		if err := macos.Signal(id, syscall.SIGTERM); !errors.Is(err, os.ErrPermission) {
			t.Errorf("%d: %v", id, err)
		}
	}
}

func TestProcessesCannotBeListed(t *testing.T) {
	l := newLiving(t)
	o := l.o
	o.Root, o.Home, o.UID = l.mac, l.home, 501
	o.Run = func(context.Context, string, ...string) ([]byte, error) { return nil, context.DeadlineExceeded }
	for _, r := range []platform.Repair{platform.QuitBrowser(platform.BrowserChrome), platform.EndProgram(9)} {
		_, err := macos.New(o).PlanRepair(t.Context(), r, platform.Snapshot{})
		fails(t, err, platform.RepairTimedOut)
	}
}
