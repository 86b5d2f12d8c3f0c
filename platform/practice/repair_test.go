package practice_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/practice"
)

// every lists all repairs that could be asked for on a computer: each id, with
// each target that it may have there, and some that are not there.
func every(s platform.Snapshot) []platform.Repair {
	var list []platform.Repair
	for _, id := range platform.Repairs() {
		for _, on := range targets(s, id) {
			text := string(id)
			if on != "" {
				text += ":" + on
			}
			if r, err := platform.ParseRepair(text); err == nil {
				list = append(list, r)
			}
		}
	}
	return list
}

func targets(s platform.Snapshot, id platform.RepairID) []string {
	var list []string
	switch id {
	case platform.RepairQuitBrowser, platform.RepairClearSiteData, platform.RepairClearCache:
		for _, b := range platform.RepairBrowsers {
			list = append(list, string(b))
		}
	case platform.RepairRestartService, platform.RepairEnableService, platform.RepairStopService:
		return slices.Concat(platform.RestartableServices, platform.EnableableServices, platform.StoppableServices)
	case platform.RepairTurnOffDevice, platform.RepairTurnOnDevice, platform.RepairRestartDevice:
		for i := range s.Devices.List {
			list = append(list, s.Devices.Handle(i))
		}
		return append(list, "usb-0000-0000")
	case platform.RepairEndProgram:
		return []string{"400", "401", "402", "9"}
	case platform.RepairDeleteCertificate:
		return []string{"1", "2", "3"}
	case platform.RepairForgetChoice:
		for _, site := range platform.Sites {
			list = append(list, site.Host)
		}
	case platform.RepairOpen:
		for _, p := range platform.Places {
			list = append(list, string(p))
		}
	default:
		return []string{""}
	}
	return list
}

// expected are the reasons for which a practice computer may refuse.
var expected = []platform.RepairWhy{
	platform.RepairNothing, platform.RepairNotHere, platform.RepairGone, platform.RepairOnlyReader, platform.RepairInUse,
}

// busy are computers on which there is more to repair than on the recorded ones.
func busy() map[string]platform.Snapshot {
	windows := withNFC(withCard(cardtest.Options{}))
	windows.Services.List[2].Start, windows.Services.List[2].Running = platform.StartDisabled, false
	windows.Browsers.List[1].Running = 4 // in the background
	windows.Clients.Processes = []platform.Process{
		{Program: "マイナポータル.exe", Software: platform.SoftwareMynaportal, ID: 400, Age: 90, Hung: true},
		{Program: "host.exe", Software: platform.SoftwareMynaportal, ID: 401, Age: 90, Host: mynaportalHost, Orphan: true},
		{Program: "host.exe", Software: platform.SoftwareMynaportal, ID: 402, Age: 9, Host: mynaportalHost},
	}
	apple := macWithCard()
	apple.Store.Preferences = []platform.IdentityPreference{{Host: "myna.go.jp"}, {Host: "www.jpki.go.jp"}}
	apple.Browsers.List = append(apple.Browsers.List, chrome())
	apple.Clients.Processes = []platform.Process{{Program: "JPKI", Software: platform.SoftwareJPKI, ID: 400, Age: 90, Host: "jp.go.jpki", Orphan: true}}
	off := noReader()
	off.Devices = withNFC(windowsPC()).Devices
	off.Devices.List[0].Problem, off.Devices.List[0].Reader = platform.ProblemDisabled, ""
	return map[string]platform.Snapshot{"windows": windows, "mac": apple, "turned-off": off}
}

func repairable(t *testing.T) map[string]func() *practice.Computer {
	t.Helper()
	all := map[string]func() *practice.Computer{}
	for _, name := range practice.Names() {
		all[name] = func() *practice.Computer {
			c, err := practice.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
	}
	for name, s := range busy() {
		all["busy "+name] = func() *practice.Computer { return practice.Repairable(s) }
	}
	return all
}

func seen(t *testing.T, c *practice.Computer) platform.Snapshot {
	t.Helper()
	s, err := platform.Observe(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// Each repair on each computer: planned, made, diagnosed again and taken back.
func TestEveryRepair(t *testing.T) {
	made := map[platform.RepairID]bool{}
	for name, open := range repairable(t) {
		t.Run(name, func(t *testing.T) {
			for _, r := range every(seen(t, open())) {
				if tryOut(t, open(), r) {
					made[r.ID()] = true
				}
			}
		})
	}
	for _, id := range platform.Repairs() {
		if !made[id] {
			t.Errorf("%s can be shown on no practice computer", id)
		}
	}
}

// tryOut makes a repair and takes it back, and reports whether it could be made.
func tryOut(t *testing.T, c *practice.Computer, r platform.Repair) bool {
	t.Helper()
	p, err := c.PlanRepair(t.Context(), r, platform.Snapshot{})
	for n := 0; err == nil && len(p.First) > 0; n++ {
		if len(p.Changes) > 0 || n > 2 {
			t.Fatalf("%s: first %v with %d changes", r, p.First, len(p.Changes))
		}
		tryWhole(t, c, p.First[0])
		p, err = c.PlanRepair(t.Context(), r, platform.Snapshot{})
	}
	if err != nil {
		if why := platform.RepairWhyOf(err); !slices.Contains(expected, why) {
			t.Errorf("%s: %v", r, err)
		}
		return false
	}
	if p.Repair != r || len(p.Changes) == 0 {
		t.Errorf("%s: planned %+v", r, p)
	}
	unmade := seen(t, c)
	before := asJSON(t, unmade)
	folder := t.TempDir()
	for range 2 { // a change may be made once more
		makeAll(t, c, p, folder)
	}
	after := seen(t, c)
	checks.Diagnose(after, checks.Question{Purpose: checks.Any}, after.Taken)
	for i := len(p.Changes) - 1; i >= 0; i-- {
		takeBack(t, c, throughJournal(t, p.Changes[i]), keptOf(folder, i))
	}
	whole := !slices.ContainsFunc(p.Changes, func(ch platform.Change) bool { return !ch.Undoable })
	if d := cmp.Diff(before, asJSON(t, seen(t, c))); whole && d != "" {
		t.Errorf("%s is not taken back (-want +got):\n%s", r, d)
	}
	if d := cmp.Diff(before, asJSON(t, unmade)); d != "" {
		t.Errorf("%s changed what was seen before:\n%s", r, d)
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) > 0 {
		t.Errorf("%s wrote files: %v, %v", r, files, err)
	}
	return true
}

func tryWhole(t *testing.T, c *practice.Computer, r platform.Repair) {
	t.Helper()
	p, err := c.PlanRepair(t.Context(), r, platform.Snapshot{})
	if err != nil {
		t.Fatalf("plan %s: %v", r, err)
	}
	makeAll(t, c, p, t.TempDir())
}

func makeAll(t *testing.T, c *practice.Computer, p platform.RepairPlan, folder string) {
	t.Helper()
	for i, ch := range p.Changes {
		if _, err := c.MakeChange(t.Context(), ch, keptOf(folder, i)); err != nil {
			t.Errorf("%s, change %d: %v", p.Repair, i, err)
		}
	}
}

func keptOf(folder string, i int) string { return filepath.Join(folder, string(rune('0'+i))) }

// throughJournal is a change as a journal brings it back from the disk.
func throughJournal(t *testing.T, ch platform.Change) platform.Change {
	t.Helper()
	var back platform.Change
	if err := json.Unmarshal([]byte(asJSON(t, ch)), &back); err != nil {
		t.Fatal(err)
	}
	return back
}

func takeBack(t *testing.T, c *practice.Computer, ch platform.Change, kept string) {
	t.Helper()
	for range 2 { // also twice
		err := c.TakeBack(t.Context(), ch, kept)
		switch {
		case ch.Undoable && err != nil:
			t.Errorf("take back %s: %v", ch.Kind, err)
		case !ch.Undoable && platform.RepairWhyOf(err) != platform.RepairNotUndoable:
			t.Errorf("take back %s: %v, want %s", ch.Kind, err, platform.RepairNotUndoable)
		}
	}
}
