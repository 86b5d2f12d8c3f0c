package macos

import (
	"context"
	"fmt"
	"os"
	"time"

	"yomitori/platform"
)

var _ platform.Repairer = (*Computer)(nil)

// repairOptions give the options of repairs their real values.
func repairOptions(o *Options) {
	if o.Signal == nil {
		o.Signal = signal
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	if o.Ask == nil {
		o.Ask = NewRunner(askLimit, outputMost)
	}
	if o.Executable == nil {
		o.Executable = os.Executable
	}
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// PlanRepair implements platform.Repairer. Nothing here is taken from the
// snapshot: no repair of a Mac is about what a card tells.
func (c *Computer) PlanRepair(ctx context.Context, r platform.Repair, _ platform.Snapshot) (platform.RepairPlan, error) {
	plan := c.planner(r)
	if plan == nil {
		return platform.RepairPlan{}, notHere(r.Target())
	}
	p, err := plan(ctx, r)
	if err != nil {
		return platform.RepairPlan{}, fmt.Errorf("plan %s: %w", r, err)
	}
	p.Repair = r
	return p, nil
}

// planner is what plans a repair, nil where macOS has no such thing.
func (c *Computer) planner(r platform.Repair) func(context.Context, platform.Repair) (platform.RepairPlan, error) {
	switch r.ID() {
	case platform.RepairQuitBrowser:
		return c.planQuit
	case platform.RepairClearSiteData, platform.RepairClearCache:
		return c.planFiles
	case platform.RepairForgetChoice:
		return c.planForget
	case platform.RepairEndProgram:
		return c.planEndProgram
	case platform.RepairRestartService:
		return c.planRestart
	case platform.RepairRefreshPCSC:
		return c.planRefresh
	case platform.RepairOpen:
		return c.planOpen
	}
	return nil
}

// MakeChange implements platform.Repairer.
func (c *Computer) MakeChange(ctx context.Context, ch platform.Change, kept string) (platform.Change, error) {
	made, err := c.makeChange(ctx, ch, kept)
	if err != nil {
		return ch, fmt.Errorf("make change %s: %w", ch.Kind, err)
	}
	return made, nil
}

func (c *Computer) makeChange(ctx context.Context, ch platform.Change, kept string) (platform.Change, error) {
	switch {
	case ch.Kind == platform.ChangeCloseBrowser:
		return ch, c.closeBrowser(ctx, ch)
	case ch.Kind == platform.ChangeEndProcess && ch.Browser != "":
		return ch, c.endBrowser(ctx, ch)
	case ch.Kind == platform.ChangeEndProcess:
		return ch, c.endProgram(ctx, ch)
	case ch.Kind == platform.ChangePreference:
		return ch, c.forget(ctx, ch, kept)
	case ch.Kind == platform.ChangeElevated:
		return ch, c.elevate(ctx, ch.Do)
	case ch.Kind == platform.ChangePCSC && c.o.RefreshPCSC != nil:
		return ch, c.o.RefreshPCSC(ctx)
	case ch.Kind == platform.ChangeOpen:
		return ch, c.openPlace(ctx, ch.Place)
	case inFiles(ch.Kind):
		return c.changeFiles(ctx, ch, kept)
	}
	return ch, notHere("")
}

// TakeBack implements platform.Repairer.
func (c *Computer) TakeBack(ctx context.Context, ch platform.Change, kept string) error {
	var err error
	switch {
	case !ch.Undoable:
		err = platform.CannotRepair(platform.RepairNotUndoable, "", nil)
	case ch.Kind == platform.ChangePreference:
		err = c.remember(ctx, ch, kept)
	case inFiles(ch.Kind):
		err = c.restoreFiles(ctx, ch, kept)
	default:
		err = notHere("")
	}
	if err != nil {
		return fmt.Errorf("take back change %s: %w", ch.Kind, err)
	}
	return nil
}

func notHere(on string) error { return platform.CannotRepair(platform.RepairNotHere, on, nil) }

// one is a plan of one change.
func one(c platform.Change, heed ...platform.Heeding) platform.RepairPlan {
	return platform.RepairPlan{Changes: []platform.Change{c}, Heed: heed}
}

func (c *Computer) planRefresh(context.Context, platform.Repair) (platform.RepairPlan, error) {
	if c.o.RefreshPCSC == nil {
		return platform.RepairPlan{}, notHere("")
	}
	return one(platform.Change{Kind: platform.ChangePCSC}), nil
}
