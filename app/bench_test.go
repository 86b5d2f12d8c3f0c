package app_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"yomitori/app"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// bench is a computer on which repairs are played, and what is around it.
type bench struct {
	computer platform.Computer
	journal  *journal.Journal
	// plans are what each repair would change, one after the other; the last one
	// stays.
	plans map[platform.Repair][]platform.RepairPlan
	// errs are the errors of planning a repair, of a change by its path, and of
	// taking that back.
	planErr, makeErr, backErr map[string]error
	input                     string // of the terminal; none where it is ""
	did                       []string
	none                      bool // nothing can be repaired
}

func newBench(t *testing.T, computer string) *bench {
	t.Helper()
	return &bench{
		computer: story{snapshotOf(t, computer)}, journal: journal.Open(t.TempDir()),
		plans: map[platform.Repair][]platform.RepairPlan{},
	}
}

func (b *bench) PlanRepair(_ context.Context, r platform.Repair, _ platform.Snapshot) (platform.RepairPlan, error) {
	if err := b.planErr[r.String()]; err != nil {
		return platform.RepairPlan{}, err
	}
	plans := b.plans[r]
	if len(plans) == 0 {
		return platform.RepairPlan{}, platform.CannotRepair(platform.RepairNotHere, "", nil)
	}
	if len(plans) > 1 {
		b.plans[r] = plans[1:]
	}
	return plans[0], nil
}

func (b *bench) MakeChange(_ context.Context, c platform.Change, _ string) (platform.Change, error) {
	b.did = append(b.did, "make "+c.Path)
	return c, b.makeErr[c.Path]
}

func (b *bench) TakeBack(_ context.Context, c platform.Change, _ string) error {
	b.did = append(b.did, "back "+c.Path)
	return b.backErr[c.Path]
}

// folderOf is a change of which the path is seen in what is printed.
func folderOf(path string, undoable bool) platform.Change {
	return platform.Change{Kind: platform.ChangeCacheFolder, Browser: platform.BrowserEdge, Profile: "Default", Path: path, Undoable: undoable}
}

func (b *bench) plan(r platform.Repair, changes ...platform.Change) {
	b.plans[r] = append(b.plans[r], platform.RepairPlan{Repair: r, Changes: changes, Heed: []platform.Heeding{platform.HeedOtherLogins}})
}

func (b *bench) run(t *testing.T, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	e := app.Env{
		Stdout: &stdout, Stderr: &stderr, Computer: b.computer, Getenv: func(string) string { return "" },
		Stdin: strings.NewReader(b.input), Terminal: b.input != "", Journal: b.journal,
	}
	if !b.none {
		e.Repairer = b
	}
	code := e.Run(t.Context(), args)
	return outcome{code, stdout.String(), stderr.String()}
}

func (b *bench) states(t *testing.T) []journal.State {
	t.Helper()
	entries, err := b.journal.Entries()
	if err != nil {
		t.Fatal(err)
	}
	var all []journal.State
	for _, e := range entries {
		all = append(all, e.State)
	}
	return all
}

var cache = platform.ClearCache(platform.BrowserEdge)

// twoFolders is a bench with a repair of two changes, of which one can be undone.
func twoFolders(t *testing.T) *bench {
	b := newBench(t, "nfc-conflict")
	b.plan(cache, folderOf("one", true), folderOf("two", false))
	return b
}
