package windows_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/windows/svc"
	"golang.org/x/sys/windows/svc/mgr"

	"yomitori/platform"
	"yomitori/platform/windows"
)

// playElevated does what the elevated program does. "exit-85" ends with a code.
func playElevated(text string) int {
	var code int
	if _, err := fmt.Sscanf(text, "exit-%d", &code); err == nil {
		return code
	}
	r, err := platform.ParseRepair(text)
	if err == nil {
		err = windows.New(windows.Options{}).Elevated(context.Background(), r)
	}
	return platform.ElevatedExit(err)
}

// exported is a part of the registry as text, by keys.
func exported(t *testing.T, key string) map[string]string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "export.reg")
	if out, err := exec.Command("reg", "export", key, file, "/y").CombinedOutput(); err != nil {
		t.Fatalf("export %s: %v: %s", key, err, out)
	}
	raw, err := os.ReadFile(file)
	must(t, err)
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i]) | uint16(raw[2*i+1])<<8
	}
	keys := map[string]string{}
	for _, part := range strings.Split(strings.ReplaceAll(string(utf16.Decode(units)), "\r\n", "\n"), "\n\n") {
		name, values, _ := strings.Cut(part, "\n")
		keys[name] = values
	}
	if len(keys) < 10 {
		t.Fatalf("%s has %d keys", key, len(keys))
	}
	return keys
}

const servicesKey = `HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services`

// onlyChanged checks that nothing but values of one service is another than before.
func onlyChanged(t *testing.T, before, after map[string]string, service string) {
	t.Helper()
	for key := range after {
		if before[key] != after[key] && key != "["+servicesKey+`\`+service+"]" {
			t.Errorf("%s changed from\n%s to\n%s", key, before[key], after[key])
		}
	}
	if len(before) != len(after) {
		t.Errorf("%d keys, %d before", len(after), len(before))
	}
}

// throughTheShell is this Windows, as a user who is no administrator sees it: what
// needs one is done by the test program itself, which the shell starts.
func throughTheShell(t *testing.T, verb string) windows.Options {
	t.Helper()
	native := windows.SystemNative()
	this, err := os.Executable()
	must(t, err)
	native.IsElevated = func() bool { return false }
	native.RunElevated = func(ctx context.Context, arguments string) (int, error) {
		return windows.RunAndWait(ctx, verb, this, arguments)
	}
	return windows.Options{Native: native}
}

func TestRepairServicesOnWine(t *testing.T) {
	onWine(t)
	m, err := mgr.Connect()
	must(t, err)
	defer m.Disconnect()
	attach(t, `USB\VID_054C&PID_0DC9\1234567`, map[string]string{"ClassGUID": smartCardReader, "Class": "SmartCardReader"}, nil)
	services := map[string]*mgr.Service{
		"SCardSvr":     makeService(t, m, "SCardSvr", mgr.StartDisabled),
		"ScDeviceEnum": makeService(t, m, "ScDeviceEnum", mgr.StartDisabled),
		"CertPropSvc":  makeService(t, m, "CertPropSvc", mgr.StartDisabled),
		"PcaSvc":       makeService(t, m, "PcaSvc", mgr.StartAutomatic),
	}
	must(t, services["PcaSvc"].Start())
	waitFor(t, services["PcaSvc"], svc.Running)
	defer services["PcaSvc"].Control(svc.Stop)
	user := exported(t, "HKEY_CURRENT_USER")
	for _, tt := range []struct {
		repair platform.Repair
		start  platform.ServiceStart
		runs   bool
	}{
		{platform.EnableService("SCardSvr"), platform.StartManual, true},
		{platform.EnableService("ScDeviceEnum"), platform.StartManual, false},
		{platform.EnableService("CertPropSvc"), platform.StartManual, true},
		{platform.StopService("PcaSvc"), platform.StartAutomatic, false},
	} {
		t.Run(tt.repair.String(), func(t *testing.T) {
			before := exported(t, servicesKey)
			was := serviceNow(t, tt.repair.Target())
			o := throughTheShell(t, "open")
			change := planned(t, o, tt.repair, platform.Snapshot{}).Changes[0]
			for range 2 { // the second time, there is nothing to do
				wantWhy(t, make1(t, o, change), "")
				if s := serviceNow(t, tt.repair.Target()); s.Start != tt.start || s.Running != tt.runs {
					t.Errorf("repaired: %+v", s)
				}
			}
			onlyChanged(t, before, exported(t, servicesKey), tt.repair.Target())
			for range 2 {
				wantWhy(t, windows.New(o).TakeBack(t.Context(), change, ""), "")
				if d := cmp.Diff(was, serviceNow(t, tt.repair.Target())); d != "" {
					t.Errorf("undone (-want +got):\n%s", d)
				}
			}
			if d := cmp.Diff(before, exported(t, servicesKey)); d != "" {
				t.Errorf("the registry is not what it was (-want +got):\n%s", d)
			}
		})
	}
	if d := cmp.Diff(user, exported(t, "HKEY_CURRENT_USER")); d != "" {
		t.Errorf("what is the user's changed (-want +got):\n%s", d)
	}
}

func serviceNow(t *testing.T, name string) platform.Service {
	t.Helper()
	s, err := windows.NativeService(name)
	must(t, err)
	return s
}

func TestRestartServiceOnWine(t *testing.T) {
	onWine(t)
	m, err := mgr.Connect()
	must(t, err)
	defer m.Disconnect()
	cards := makeService(t, m, "SCardSvr", mgr.StartManual)
	other := makeService(t, m, "YomitoriTest", mgr.StartManual, "SCardSvr")
	for _, s := range []*mgr.Service{cards, other} {
		must(t, s.Start())
		waitFor(t, s, svc.Running)
	}
	defer cards.Control(svc.Stop)
	defer other.Control(svc.Stop)
	ids := func() (ids [2]uint32) {
		for i, s := range []*mgr.Service{cards, other} {
			q, err := s.Query()
			must(t, err)
			if q.State != svc.Running {
				t.Errorf("service %d: %+v", i, q)
			}
			ids[i] = q.ProcessId
		}
		return ids
	}
	before := ids()
	o := windows.Options{Native: windows.SystemNative()}
	o.Native.Dependents = func(name string) ([]string, error) {
		list, err := windows.SystemNative().Dependents(name)
		if len(list) == 0 { // Wine knows of none
			list = []string{"YomitoriTest"}
		}
		return list, err
	}
	wantWhy(t, windows.New(o).Elevated(t.Context(), platform.RestartService("SCardSvr")), "")
	if after := ids(); after[0] == before[0] || after[1] == before[1] {
		t.Errorf("processes %v, %v before", after, before)
	}
	_, err = other.Control(svc.Stop)
	must(t, err)
	waitFor(t, other, svc.Stopped)
	_, err = cards.Control(svc.Stop)
	must(t, err)
	waitFor(t, cards, svc.Stopped)
	wantWhy(t, windows.New(windows.Options{}).Elevated(t.Context(), platform.RestartService("SCardSvr")), "")
	if s := serviceNow(t, "SCardSvr"); !s.Running {
		t.Errorf("got %+v", s)
	}
}

// What the elevated program ends with comes back through the shell.
func TestRunElevatedOnWine(t *testing.T) {
	onWine(t)
	this, err := os.Executable()
	must(t, err)
	shell := filepath.Join(os.Getenv("SYSTEMROOT"), "system32", "cmd.exe") // starts faster
	for code := range 90 {
		if code != 0 && code != 2 && code < 80 {
			continue
		}
		got, err := windows.RunAndWait(t.Context(), "runas", shell, fmt.Sprint("/c exit ", code))
		if err != nil || got != code {
			t.Errorf("got %d, %v, want %d", got, err, code)
		}
	}
	if got, err := windows.RunAndWait(t.Context(), "runas", this, "elevated exit-85"); err != nil || got != 85 {
		t.Errorf("this program: got %d, %v", got, err)
	}
	if _, err := windows.RunAndWait(t.Context(), "open", this+".none", "x"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no such program: %v", err)
	}
	if _, err := windows.RunAndWait(t.Context(), "open", this, "a\x00b"); err == nil {
		t.Error("started with a zero in its arguments")
	}
}
