package windows_test

import (
	"crypto/sha1"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/windows/registry"

	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/windows"
)

func TestEndProcess(t *testing.T) {
	path := copyOfThis(t, "Program Files")
	end := windows.SystemNative().EndProcess
	id := play(t, path, "child")
	p := processOf(t, id)
	for name, tt := range map[string]struct {
		change func(*windows.Process)
		want   error
	}{
		"another start":  {func(p *windows.Process) { p.Started = p.Started.Add(-100 * time.Nanosecond) }, fs.ErrNotExist},
		"no start":       {func(p *windows.Process) { p.Started = time.Time{} }, fs.ErrNotExist},
		"another path":   {func(p *windows.Process) { p.Path += "x" }, fs.ErrPermission},
		"no path":        {func(p *windows.Process) { p.Path = "" }, fs.ErrPermission},
		"no such number": {func(p *windows.Process) { p.ID = 1<<31 - 4 }, fs.ErrNotExist},
	} {
		wrong := p
		tt.change(&wrong)
		if err := end(wrong); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	processOf(t, id) // it runs
	change := platform.Change{Kind: platform.ChangeEndProcess, Process: id, Started: p.Started.UTC().Round(0), Path: p.Path, Program: p.Name}
	for range 2 {
		if err := make1(t, windows.Options{}, change); err != nil {
			t.Fatal(err)
		}
		if running(t, id) {
			t.Fatal("it still runs")
		}
	}
}

func running(t *testing.T, id int) bool {
	t.Helper()
	list, err := windows.NativeProcesses()
	must(t, err)
	return slices.ContainsFunc(list, func(p windows.Process) bool { return p.ID == id })
}

// chromeCopy copies the test binary to where Chrome could be.
func chromeCopy(t *testing.T) string {
	t.Helper()
	from := copyOfThis(t)
	to := filepath.Join(t.TempDir(), "山田 太郎", "Google", "Chrome", "Application", "chrome.exe")
	must(t, os.MkdirAll(filepath.Dir(to), 0o700))
	must(t, os.Rename(from, to))
	return to
}

func TestQuitBrowserOnWine(t *testing.T) {
	onWine(t)
	ownDesktop(t)
	program := chromeCopy(t)
	window := play(t, program, "closable")
	o := windows.Options{}
	quit := platform.QuitBrowser(platform.BrowserChrome)
	p := planned(t, o, quit, platform.Snapshot{})
	if len(p.Changes) != 2 || p.Changes[0].Count != 1 || p.Changes[1].Count != 1 {
		t.Fatalf("got %+v", p)
	}
	must(t, make1(t, o, p.Changes[0]))
	if running(t, window) {
		t.Error("the window did not close")
	}
	background := play(t, program, "child")
	p = planned(t, o, quit, platform.Snapshot{})
	made, err := windows.New(o).MakeChange(t.Context(), p.Changes[0], "")
	must(t, err)
	if want := fmt.Sprintf("chrome.exe (%d)", background); running(t, background) || made.Count != 1 || made.Program != want {
		t.Errorf("something still runs, or %+v", made)
	}
	background = play(t, program, "child")
	stubborn := play(t, program, "window")
	p = planned(t, o, quit, platform.Snapshot{})
	for _, change := range p.Changes {
		_, err := windows.New(o).MakeChange(t.Context(), change, "")
		wantWhy(t, err, platform.RepairStillRuns)
	}
	if !running(t, background) || !running(t, stubborn) {
		t.Error("something was ended beside an open window")
	}
	end := windows.SystemNative().EndProcess
	for _, id := range []int{stubborn, background} {
		must(t, end(processOf(t, id)))
	}
	_, err = windows.New(o).PlanRepair(t.Context(), quit, platform.Snapshot{})
	wantWhy(t, err, platform.RepairNothing)
}

func TestDeleteCertificateOnWine(t *testing.T) {
	onWine(t)
	jpki, hpki := cardtest.MyNumber(cardtest.Options{}), cardtest.HPKI(cardtest.HPKIOptions{})
	addToStore(t, platform.StoreMy, jpki.Certificate.Raw, "JPKI Crypto Service Provider for Auth", "山田 太郎")
	addToStore(t, platform.StoreMy, hpki.Auth.Certificate.Raw, "HPKI Crypto Service Provider", "x")
	o := windows.Options{Native: windows.SystemNative()}
	o.Native.DeleteCertificate = func(digest [32]byte) error {
		err := windows.SystemNative().DeleteCertificate(digest)
		// Wine forgets to delete in the registry.
		_ = registry.DeleteKey(registry.CURRENT_USER, certificatesOf(platform.StoreMy)+fmt.Sprintf(`\%X`, sha1.Sum(jpki.Certificate.Raw)))
		return err
	}
	before := windows.New(o).Look(t.Context(), platform.AreaStore)
	before.Cards.Look = platform.Seen()
	o.Now = func() time.Time { return time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC) } // both have ended
	n := ordinal(t, before.Store, platform.SoftwareJPKI)
	change := planned(t, o, platform.DeleteCertificate(n), before).Changes[0]
	kept, c := t.TempDir(), windows.New(o)
	for range 2 {
		_, err := c.MakeChange(t.Context(), change, kept)
		must(t, err)
		left := windows.New(o).Look(t.Context(), platform.AreaStore).Store
		if len(left.List) != 1 || left.List[0].Software != platform.SoftwareHPKI {
			t.Fatalf("left: %+v", left)
		}
	}
	for range 2 {
		must(t, c.TakeBack(t.Context(), change, kept))
		after := windows.New(o).Look(t.Context(), platform.AreaStore)
		byPlace := func(s platform.Store) []platform.StoreCertificate {
			var list []platform.StoreCertificate
			for _, i := range s.Holders() {
				list = append(list, s.List[i])
			}
			return list
		}
		if d := cmp.Diff(byPlace(before.Store), byPlace(after.Store)); d != "" {
			t.Errorf("brought back (-want +got):\n%s", d)
		}
	}
}

// Wine answers two of the three calls as Windows does and has the third as a stub
// that fails. So this shows that all are found and tried, that the failure is told,
// and no more: Wine remembers nothing of TLS that could be cleared.
func TestClearSSLStateOnWine(t *testing.T) {
	onWine(t)
	o := windows.Options{}
	err := make1(t, o, planned(t, o, platform.ClearSSLState(), platform.Snapshot{}).Changes[0])
	wantWhy(t, err, platform.RepairFailed)
	for call, fails := range map[string]bool{"SslEmptyCacheW": false, "IncrementUrlCacheHeaderData": true, "InternetSetOptionW": false, "find ": false} {
		if err == nil || strings.Contains(err.Error(), call) != fails {
			t.Errorf("%s: %v", call, err)
		}
	}
}

func TestOpenOnWine(t *testing.T) {
	onWine(t)
	for _, place := range []platform.Place{platform.PlaceProxy, platform.PlaceCertificates} {
		err := make1(t, windows.Options{}, planned(t, windows.Options{}, platform.Open(place), platform.Snapshot{}).Changes[0])
		t.Log(place, err)
		wantWhy(t, err, platform.RepairNotHere) // Wine has neither
	}
	this, err := os.Executable()
	must(t, err)
	must(t, windows.SystemNative().StartProgram(this, "elevated", "exit-0"))
}

// Wine finds the device and refuses to take the parameters, so no device changes.
// What this shows is that nobody is told otherwise.
func TestChangeDeviceOnWine(t *testing.T) {
	onWine(t)
	attach(t, `ACPI\NXP1000\1`, map[string]string{"ClassGUID": proximity, "Class": "Proximity", "FriendlyName": "NXP NFC"}, map[string][]string{"HardwareID": {`ACPI\NXP1000`}})
	change := windows.SystemNative().ChangeDevice
	for _, to := range []windows.DeviceState{windows.DeviceOff, windows.DeviceOn, windows.DeviceRestarted} {
		restart, err := change(`acpi\nxp1000\1`, to)
		if restart || err == nil || errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "set parameters") {
			t.Errorf("%d: %v, %v", to, restart, err)
		}
	}
	if _, err := change(`ACPI\NONE\1`, windows.DeviceOff); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no such device: %v", err)
	}
	const session = `SYSTEM\CurrentControlSet\Control\Terminal Server`
	makeKey(t, registry.LOCAL_MACHINE, session, 0) // Windows has it
	wantWhy(t, windows.New(windows.Options{}).Elevated(t.Context(), platform.RestartDevice(nfcHandle)), platform.RepairFailed)
	devices, err := windows.SystemNative().Devices()
	must(t, err)
	if !slices.ContainsFunc(devices, func(d windows.DeviceRecord) bool { return d.Instance == `ACPI\NXP1000\1` && d.Problem == 0 }) {
		t.Errorf("the device is not as before: %+v", devices)
	}
	wantWhy(t, windows.New(windows.Options{}).Elevated(t.Context(), platform.TurnOffDevice(nfcHandle)), platform.RepairOnlyReader)
}
