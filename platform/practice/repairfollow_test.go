package practice_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// A saved report is of a real computer: nothing can be repaired in it.
func TestReportsAreNotRepaired(t *testing.T) {
	for name, s := range busy() {
		c := practice.New(s)
		for _, r := range every(s) {
			if p, err := c.PlanRepair(t.Context(), r, s); platform.RepairWhyOf(err) != platform.RepairNotHere {
				t.Errorf("%s: %s: %+v, %v", name, r, p, err)
			}
		}
		ch := platform.Change{Kind: platform.ChangeEndProcess, Process: 400}
		if _, err := c.MakeChange(t.Context(), ch, t.TempDir()); platform.RepairWhyOf(err) != platform.RepairNotHere {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whoever follows is told of each change and of its end, and a later look shows
// the same.
func TestFollowTellsOfRepairs(t *testing.T) {
	c, err := practice.Open("service-disabled")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	told, ended := make(chan int), make(chan error, 1)
	go func() {
		ended <- c.Follow(ctx, func(s platform.Snapshot) { told <- len(s.Readers.List) })
	}()
	if n := <-told; n != 0 {
		t.Errorf("%d readers at first", n)
	}
	p, err := c.PlanRepair(ctx, platform.EnableService("SCardSvr"), platform.Snapshot{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.MakeChange(ctx, p.Changes[0], ""); err != nil {
		t.Fatal(err)
	}
	if n := <-told; n != 1 {
		t.Errorf("%d readers after the repair", n)
	}
	if err := c.TakeBack(ctx, p.Changes[0], ""); err != nil {
		t.Fatal(err)
	}
	if n := <-told; n != 0 {
		t.Errorf("%d readers after it was taken back", n)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	for _, act := range []func() error{
		func() error { _, err := c.PlanRepair(ctx, platform.RefreshPCSC(), platform.Snapshot{}); return err },
		func() error { _, err := c.MakeChange(ctx, p.Changes[0], ""); return err },
		func() error { return c.TakeBack(ctx, p.Changes[0], "") },
	} {
		if platform.RepairWhyOf(act()) != platform.RepairStopped {
			t.Error("it goes on after its context")
		}
	}
}

// Many follow while several repairs are made and taken back.
func TestRepairsAtOnce(t *testing.T) {
	c, err := practice.Open("nfc-conflict")
	if err != nil {
		t.Fatal(err)
	}
	recorded := asJSON(t, seen(t, c))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	var following, repairing sync.WaitGroup
	for range 3 {
		following.Go(func() {
			_ = c.Follow(ctx, func(s platform.Snapshot) { checks.Diagnose(s, checks.Question{Purpose: checks.Any}, s.Taken) })
		})
	}
	for i, r := range []platform.Repair{platform.TurnOffDevice("acpi-nxp1000"), platform.StopService("PcaSvc"), platform.ClearSiteData(platform.BrowserChrome)} {
		repairing.Go(func() {
			for range 50 {
				p, err := c.PlanRepair(ctx, r, platform.Snapshot{})
				if err != nil {
					t.Error(err)
					return
				}
				for n, ch := range p.Changes {
					kept := keptOf(string(rune('a'+i)), n)
					if _, err := c.MakeChange(ctx, ch, kept); err != nil {
						t.Error(err)
					}
				}
				for n, ch := range p.Changes {
					if err := c.TakeBack(ctx, ch, keptOf(string(rune('a'+i)), n)); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	repairing.Wait()
	cancel()
	following.Wait()
	if d := cmp.Diff(recorded, asJSON(t, seen(t, c))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
