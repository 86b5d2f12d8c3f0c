package linux

import (
	"context"
	"path/filepath"
	"slices"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

var _ platform.Repairer = (*Computer)(nil)

// PlanRepair implements platform.Repairer.
func (c *Computer) PlanRepair(ctx context.Context, r platform.Repair, _ platform.Snapshot) (platform.RepairPlan, error) {
	p := platform.RepairPlan{Repair: r}
	var err error
	switch r.ID() {
	case platform.RepairQuitBrowser:
		p.Changes, err = c.planQuit(r)
		p.Heed = []platform.Heeding{platform.HeedUnsavedWork}
	case platform.RepairClearSiteData, platform.RepairClearCache:
		err = c.planFiles(ctx, &p)
	case platform.RepairRestartService:
		p.Changes, err = c.planRestart(r)
		p.Heed = []platform.Heeding{platform.HeedCardsOfAll}
	case platform.RepairRefreshPCSC:
		p.Changes = []platform.Change{{Kind: platform.ChangePCSC}}
		if c.o.RefreshPCSC == nil {
			err = notHere(r)
		}
	case platform.RepairOpen:
		err = c.planOpen(&p)
	default:
		err = notHere(r)
	}
	if err != nil {
		return platform.RepairPlan{}, err
	}
	return p, nil
}

func notHere(r platform.Repair) error {
	return platform.CannotRepair(platform.RepairNotHere, r.Target(), nil)
}

// MakeChange implements platform.Repairer. Where nothing was touched is marked
// where that is known, which is not when a program of somebody else was asked.
func (c *Computer) MakeChange(ctx context.Context, change platform.Change, kept string) (platform.Change, error) {
	switch change.Kind {
	case platform.ChangeCloseBrowser:
		return change, c.askToQuit(ctx, change)
	case platform.ChangeEndProcess:
		return change, c.endLeft(ctx, change)
	case platform.ChangeCookies, platform.ChangeSiteFolder, platform.ChangeCacheFolder:
		err := c.inFiles(change, func(f chromium.Files) (err error) {
			change, err = f.MakeChange(ctx, change, kept)
			return err
		})
		return change, err
	case platform.ChangeElevated:
		return change, c.elevate(ctx, change.Do)
	case platform.ChangePCSC:
		if c.o.RefreshPCSC != nil {
			return change, c.o.RefreshPCSC(ctx)
		}
	case platform.ChangeOpen:
		return change, c.open(change)
	}
	return change, untouched(platform.RepairNotHere, string(change.Kind), nil)
}

func untouched(why platform.RepairWhy, on string, err error) error {
	return platform.Untouched(platform.CannotRepair(why, on, err))
}

// TakeBack implements platform.Repairer.
func (c *Computer) TakeBack(ctx context.Context, change platform.Change, kept string) error {
	switch change.Kind {
	case platform.ChangeCookies, platform.ChangeSiteFolder:
		return c.inFiles(change, func(f chromium.Files) error { return f.TakeBack(ctx, change, kept) })
	}
	return untouched(platform.RepairNotUndoable, string(change.Kind), nil)
}

// repairable finds a browser whose files are known.
func repairable(name platform.BrowserName) (browser, bool) {
	i := slices.IndexFunc(browsers, func(b browser) bool { return b.name == name && b.userData != "" })
	if i < 0 {
		return browser{}, false
	}
	return browsers[i], true
}

// planFiles plans what changes in the files of a browser, which has to have
// ended first.
func (c *Computer) planFiles(ctx context.Context, p *platform.RepairPlan) error {
	b, ok := repairable(platform.BrowserName(p.Repair.Target()))
	if !ok || !c.installed(b) {
		return notHere(p.Repair)
	}
	running, err := c.running(b)
	if err != nil {
		return err
	}
	if len(running) > 0 {
		p.First = []platform.Repair{platform.QuitBrowser(b.name)}
		return nil
	}
	return chromium.PlanFiles(ctx, func() (chromium.Files, error) { return c.files(b) }, p)
}

// files opens the files of a browser.
func (c *Computer) files(b browser) (chromium.Files, error) {
	home := filepath.Join(string(filepath.Separator), filepath.FromSlash(c.o.Home))
	return chromium.Open(b.name, filepath.Join(home, filepath.FromSlash(b.userData)), filepath.Join(home, filepath.FromSlash(b.caches)))
}

// inFiles changes the files of a browser that does not run: on Linux nothing
// else would keep the two from writing the same file.
func (c *Computer) inFiles(change platform.Change, use func(chromium.Files) error) error {
	b, ok := repairable(change.Browser)
	if !ok {
		return untouched(platform.RepairNotHere, string(change.Browser), nil)
	}
	running, err := c.running(b)
	if err != nil {
		return platform.Untouched(err)
	}
	if len(running) > 0 {
		return untouched(platform.RepairStillRuns, string(b.name), nil)
	}
	files, err := c.files(b)
	if err != nil {
		return platform.Untouched(err)
	}
	defer files.Close()
	return use(files)
}
