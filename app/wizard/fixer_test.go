package wizard

import (
	"context"
	"slices"
	"testing"
	"time"

	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// fixer is a platform.Repairer that plans what a test says, and notes what it did.
type fixer struct {
	plans  map[platform.Repair]platform.RepairPlan
	errs   map[platform.Repair]error // of planning
	fails  map[platform.ChangeKind]error
	did    []string
	during func() // called while a change is made or taken back
}

func newFixer(plans ...platform.RepairPlan) *fixer {
	f := &fixer{plans: map[platform.Repair]platform.RepairPlan{}, errs: map[platform.Repair]error{}, fails: map[platform.ChangeKind]error{}, during: func() {}}
	for _, p := range plans {
		f.plans[p.Repair] = p
	}
	return f
}

func (f *fixer) PlanRepair(_ context.Context, r platform.Repair, _ platform.Snapshot) (platform.RepairPlan, error) {
	return f.plans[r], f.errs[r]
}

func (f *fixer) MakeChange(ctx context.Context, c platform.Change, _ string) (platform.Change, error) {
	return c, f.do(ctx, "make", c)
}

func (f *fixer) TakeBack(ctx context.Context, c platform.Change, _ string) error {
	return f.do(ctx, "take back", c)
}

func (f *fixer) do(ctx context.Context, what string, c platform.Change) error {
	f.during()
	if err := ctx.Err(); err != nil {
		return err
	}
	f.did = append(f.did, what+" "+string(c.Kind))
	return f.fails[c.Kind]
}

// The repairs of the tests, with plans as they are on a Windows.
var (
	enable    = platform.EnableService("SCardSvr")
	turnOff   = platform.TurnOffDevice("acpi-nxp1000")
	clearData = platform.ClearSiteData(platform.BrowserEdge)
	quit      = platform.QuitBrowser(platform.BrowserEdge)
	open      = platform.Open(platform.PlaceExtensionsEdge)

	enablePlan = platform.RepairPlan{Repair: enable, Changes: []platform.Change{{
		Kind: platform.ChangeElevated, Undoable: true, Do: enable, Back: platform.DisableService("SCardSvr"),
		Service: "SCardSvr", Start: platform.StartDisabled,
	}}}
	turnOffPlan = platform.RepairPlan{
		Repair: turnOff, Heed: []platform.Heeding{platform.HeedOtherDevices},
		Changes: []platform.Change{{
			Kind: platform.ChangeElevated, Undoable: true, Do: turnOff, Back: platform.TurnOnDevice("acpi-nxp1000"),
			Device: "acpi-nxp1000", DeviceName: "NXP Near Field Proximity Provider",
		}},
	}
	quitPlan = platform.RepairPlan{
		Repair: quit, Heed: []platform.Heeding{platform.HeedUnsavedWork},
		Changes: []platform.Change{
			{Kind: platform.ChangeCloseBrowser, Browser: platform.BrowserEdge, Count: 12},
			{Kind: platform.ChangeEndProcess, Browser: platform.BrowserEdge, Process: 4711, Program: "msedge.exe", Started: sampleTime},
		},
	}
	clearPlan = platform.RepairPlan{
		Repair: clearData, Heed: []platform.Heeding{platform.HeedOtherLogins},
		Changes: []platform.Change{
			{Kind: platform.ChangeCookies, Undoable: true, Browser: platform.BrowserEdge, Profile: "Default", Count: 14, Path: longPath + `Cookies`},
			{Kind: platform.ChangeSiteFolder, Undoable: true, Browser: platform.BrowserEdge, Profile: "Default", Host: "login.e-tax.nta.go.jp", Count: 7, Bytes: 123456, Path: longPath + `IndexedDB\https_login.e-tax.nta.go.jp_0.indexeddb.leveldb`},
		},
	}
	openPlan = platform.RepairPlan{Repair: open, Changes: []platform.Change{{Kind: platform.ChangeOpen, Place: platform.PlaceExtensionsEdge}}}
)

// longPath has nowhere to be broken but within a name.
const longPath = `C:\Users\SomebodyWithAVeryLongNameIndeed-AndAnotherOne\AppData\Local\Microsoft\Edge\User Data\Default\Network\`

// fixing is a rig on a machine that can be repaired, with a real journal.
type fixing struct {
	*rig
	fixer *fixer
	book  *journal.Journal
}

func newFixing(t *testing.T, lang assets.Lang, purpose checks.Purpose, plans ...platform.RepairPlan) fixing {
	t.Helper()
	f := fixing{fixer: newFixer(plans...), book: journal.Open(t.TempDir())}
	f.rig = newRig(t, Options{Lang: lang, Purpose: purpose, Repairer: f.fixer, Journal: f.book})
	f.step() // the journal was read
	return f
}

// newStopped is a machine on which a repair stopped at its last change.
func newStopped(t *testing.T, lang assets.Lang, plan platform.RepairPlan) fixing {
	t.Helper()
	f := fixing{fixer: newFixer(), book: journal.Open(t.TempDir())}
	last := plan.Changes[len(plan.Changes)-1].Kind
	f.fixer.fails[last] = context.Canceled
	if _, err := f.book.Make(t.Context(), f.fixer, plan, nil); err == nil {
		t.Fatal("the repair did not stop")
	}
	delete(f.fixer.fails, last)
	f.fixer.did = nil
	f.rig = newRig(t, Options{Lang: lang, Repairer: f.fixer, Journal: f.book})
	f.step()
	return f
}

func (f fixing) wantStage(s stage) {
	f.t.Helper()
	if f.flow.over != pageRepair || f.fix.stage != s {
		f.t.Fatalf("page %q, stage %q, want %q: %q", f.flow.shown(), f.fix.stage, s, f.texts())
	}
}

func (f fixing) wantDone(want ...string) {
	f.t.Helper()
	if !slices.Equal(f.fixer.did, want) {
		f.t.Errorf("done: %q, want %q", f.fixer.did, want)
	}
}

// read lets people read a page before they press.
func (f fixing) read() { f.now = f.now.Add(2 * time.Second) }

// primary reads and presses the primary button.
func (f fixing) primary() {
	f.read()
	f.shell.primary.Tapped(nil)
}

// consent reads and consents, and waits until all is done.
func (f fixing) consent() {
	f.t.Helper()
	f.wantStage(stagePreview)
	f.primary()
	f.wantStage(stageDoing)
	f.step()
}

// seeAgain shows the computer as it is after a change, on which the journal is
// read too.
func (f fixing) seeAgain(name string) {
	f.t.Helper()
	f.step()
	f.show(name)
}
