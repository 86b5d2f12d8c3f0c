package practice_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/practice"
)

// What a repair changes is what it is for.
func TestRepairsShowTheirEffect(t *testing.T) {
	has := func(s platform.Snapshot, id checks.ID) bool {
		d := checks.Diagnose(s, checks.Question{Purpose: checks.Any}, s.Taken)
		return slices.ContainsFunc(d.Findings, func(f checks.Finding) bool {
			return f.ID == id && (f.Status == checks.Problem || f.Status == checks.Notice)
		})
	}
	for _, test := range []struct {
		computer string
		r        platform.Repair
		is       func(platform.Snapshot) bool
	}{
		{"service-disabled", platform.EnableService("SCardSvr"), func(s platform.Snapshot) bool {
			v := s.Services.Find("SCardSvr")
			return v.Running && v.Start == platform.StartManual && len(s.Readers.List) == 1 && len(s.Cards.List) == 1 && s.Cards.List[0].Kind == platform.KindMyNumber && !has(s, checks.ReaderServiceDisabled)
		}},
		{"service-disabled", platform.RestartService("SCardSvr"), func(s platform.Snapshot) bool { return len(s.Readers.List) == 1 }},
		{"nfc-conflict", platform.TurnOffDevice("acpi-nxp1000"), func(s platform.Snapshot) bool {
			return len(s.Readers.List) == 1 && len(s.Cards.List) == 1 && s.Devices.List[1].Problem == platform.ProblemDisabled && !has(s, checks.NFCConflict)
		}},
		{"hpki-certificate-hidden", platform.DeleteCertificate(1), func(s platform.Snapshot) bool {
			return len(s.Store.List) == 1 && s.Store.List[0].Serial == serialAuth
		}},
		{"healthy", platform.QuitBrowser(platform.BrowserEdge), func(s platform.Snapshot) bool {
			return s.Browsers.List[0].Running == 0 && s.Browsers.List[0].Windows == 0
		}},
		{"healthy", platform.StopService("PcaSvc"), func(s platform.Snapshot) bool { return !s.Services.Find("PcaSvc").Running }},
		{"mac-healthy", platform.QuitBrowser(platform.BrowserSafari), func(s platform.Snapshot) bool { return s.Browsers.List[0].Running == 0 }},
		{"busy windows", platform.EnableService("CertPropSvc"), func(s platform.Snapshot) bool { return s.Services.List[2].Running }},
		{"busy windows", platform.EndProgram(400), func(s platform.Snapshot) bool { return len(s.Clients.Processes) == 2 }},
		// The other browser may have started the host too.
		{"busy windows", platform.QuitBrowser(platform.BrowserEdge), func(s platform.Snapshot) bool {
			return s.Browsers.List[0].Running == 0 && len(s.Clients.Processes) == 3
		}},
		{"busy mac", platform.ForgetChoice("myna.go.jp"), func(s platform.Snapshot) bool {
			return len(s.Store.Preferences) == 1 && s.Store.Preferences[0].Host == "www.jpki.go.jp"
		}},
		{"busy turned-off", platform.TurnOnDevice("usb-054c-0dc9"), func(s platform.Snapshot) bool { return s.Devices.List[0].Problem == 0 }},
	} {
		t.Run(test.computer+" "+test.r.String(), func(t *testing.T) {
			c := repairable(t)[test.computer]()
			if test.is(seen(t, c)) {
				t.Fatal("it is so already")
			}
			p, err := c.PlanRepair(t.Context(), test.r, platform.Snapshot{})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range p.First {
				tryWhole(t, c, r)
			}
			if len(p.First) == 0 {
				makeAll(t, c, p, t.TempDir())
			}
			if s := seen(t, c); !test.is(s) {
				t.Errorf("it is not: %s", asJSON(t, s))
			}
			if len(p.First) == 0 && test.r.ID() != platform.RepairStopService {
				_, err := c.PlanRepair(t.Context(), test.r, platform.Snapshot{})
				if why := platform.RepairWhyOf(err); err == nil || !slices.Contains(expected, why) {
					t.Errorf("it can be made again: %v", err)
				}
			}
		})
	}
}

// When both browsers have ended, so has the host that one of them started; what
// was left behind before stays.
func TestHostsEndWithTheirBrowsers(t *testing.T) {
	c := practice.Repairable(busy()["windows"])
	tryWhole(t, c, platform.QuitBrowser(platform.BrowserEdge))
	tryWhole(t, c, platform.QuitBrowser(platform.BrowserChrome))
	var ids []int
	for _, p := range seen(t, c).Clients.Processes {
		ids = append(ids, p.ID)
	}
	if d := cmp.Diff([]int{400, 401}, ids); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestRefusals(t *testing.T) {
	onlyNFC := withNFC(withCard(cardtest.Options{}))
	onlyNFC.Devices.List, onlyNFC.Readers.List = onlyNFC.Devices.List[1:], onlyNFC.Readers.List[1:]
	remote := withNFC(windowsPC())
	remote.System.Remote = true
	all := busy()
	for _, test := range []struct {
		s    platform.Snapshot
		r    platform.Repair
		want platform.RepairWhy
	}{
		{onlyNFC, platform.TurnOffDevice("acpi-nxp1000"), platform.RepairOnlyReader},
		{all["windows"], platform.TurnOffDevice("usb-054c-0dc9"), platform.RepairInUse},
		{remote, platform.TurnOffDevice("acpi-nxp1000"), platform.RepairNotHere},
		{all["windows"], platform.TurnOffDevice("usb-1"), platform.RepairGone},
		{all["windows"], platform.EndProgram(402), platform.RepairInUse},
		{all["windows"], platform.EndProgram(7), platform.RepairGone},
		{all["windows"], platform.DeleteCertificate(1), platform.RepairInUse},
		{all["windows"], platform.DeleteCertificate(9), platform.RepairGone},
		{all["windows"], platform.ForgetChoice("myna.go.jp"), platform.RepairNotHere},
		{all["windows"], platform.QuitBrowser(platform.BrowserSafari), platform.RepairNotHere},
		{all["windows"], platform.DisableService("SCardSvr"), platform.RepairNotHere},
		{all["mac"], platform.ClearSSLState(), platform.RepairNotHere},
		{all["mac"], platform.ClearSiteData(platform.BrowserSafari), platform.RepairNotHere},
		{all["mac"], platform.Open(platform.PlaceDeviceManager), platform.RepairNotHere},
		{all["mac"], platform.Open(platform.PlaceExtensionsEdge), platform.RepairNotHere},
		{all["mac"], platform.RestartService("SCardSvr"), platform.RepairNotHere},
	} {
		_, err := practice.Repairable(test.s).PlanRepair(t.Context(), test.r, platform.Snapshot{})
		if got := platform.RepairWhyOf(err); err == nil || got != test.want {
			t.Errorf("%s: %v, want %s", test.r, err, test.want)
		}
	}
}

// A device that is turned off, on and off again is off, whichever way back.
func TestTurnOffAndOn(t *testing.T) {
	c, err := practice.Open("nfc-conflict")
	if err != nil {
		t.Fatal(err)
	}
	recorded := asJSON(t, seen(t, c))
	off, on := platform.TurnOffDevice("acpi-nxp1000"), platform.TurnOnDevice("acpi-nxp1000")
	tryWhole(t, c, off)
	isOff := asJSON(t, seen(t, c))
	tryWhole(t, c, on)
	if d := cmp.Diff(recorded, asJSON(t, seen(t, c))); d != "" {
		t.Errorf("on again (-want +got):\n%s", d)
	}
	tryWhole(t, c, off)
	if d := cmp.Diff(isOff, asJSON(t, seen(t, c))); d != "" {
		t.Errorf("off again (-want +got):\n%s", d)
	}
}

// Site data that was removed is gone, until it is brought back.
func TestFilesAreGoneOnce(t *testing.T) {
	c, err := practice.Open("healthy")
	if err != nil {
		t.Fatal(err)
	}
	r := platform.ClearSiteData(platform.BrowserChrome)
	p, err := c.PlanRepair(t.Context(), r, platform.Snapshot{})
	if err != nil || !p.Undoable() || !slices.Contains(p.Heed, platform.HeedOtherLogins) {
		t.Fatalf("%+v, %v", p, err)
	}
	kept := t.TempDir()
	makeAll(t, c, p, kept)
	if _, err := c.PlanRepair(t.Context(), r, platform.Snapshot{}); platform.RepairWhyOf(err) != platform.RepairNothing {
		t.Errorf("%v", err)
	}
	for i, ch := range p.Changes {
		takeBack(t, c, ch, keptOf(kept, i))
	}
	if _, err := c.PlanRepair(t.Context(), r, platform.Snapshot{}); err != nil {
		t.Error(err)
	}
	p, err = c.PlanRepair(t.Context(), platform.ClearCache(platform.BrowserEdge), platform.Snapshot{})
	if err != nil || !slices.Equal(p.First, []platform.Repair{platform.QuitBrowser(platform.BrowserEdge)}) {
		t.Errorf("%+v, %v", p, err)
	}
}

// What is offered for a finding on a practice computer can be shown there.
func TestOfferedRepairsCanBeShown(t *testing.T) {
	for _, name := range practice.Names() {
		c, err := practice.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		s := seen(t, c)
		for _, purpose := range []checks.Purpose{checks.ETax, checks.Mynaportal, checks.HPKI, checks.Any} {
			for _, f := range checks.Diagnose(s, checks.Question{Purpose: purpose}, s.Taken).Findings {
				for _, offered := range f.Repairs {
					r, err := platform.ParseRepair(fmt.Sprint(offered))
					if err != nil {
						t.Fatal(err)
					}
					if _, err := c.PlanRepair(t.Context(), r, s); err != nil {
						t.Errorf("%s for %s: %s: %v", name, f.ID, r, err)
					}
				}
			}
		}
	}
}
