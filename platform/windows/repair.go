package windows

import (
	"context"
	"fmt"

	"yomitori/platform"
)

// PlanRepair implements platform.Repairer.
func (c *Computer) PlanRepair(ctx context.Context, r platform.Repair, s platform.Snapshot) (platform.RepairPlan, error) {
	p := platform.RepairPlan{Repair: r}
	if err := c.afresh(ctx).plan(ctx, &p, s); err != nil {
		return platform.RepairPlan{Repair: r}, explained(r.Target(), err)
	}
	return p, nil
}

func (c *Computer) plan(ctx context.Context, p *platform.RepairPlan, s platform.Snapshot) error {
	switch p.Repair.ID() {
	case platform.RepairQuitBrowser:
		return c.planQuit(p)
	case platform.RepairClearSiteData, platform.RepairClearCache:
		return c.planFiles(ctx, p)
	case platform.RepairClearSSLState:
		return c.planSSLState(p)
	case platform.RepairRefreshPCSC:
		return c.planPCSC(p)
	case platform.RepairRestartService, platform.RepairEnableService, platform.RepairStopService:
		return c.planService(p)
	case platform.RepairTurnOffDevice, platform.RepairTurnOnDevice, platform.RepairRestartDevice:
		return c.planDevice(ctx, p, s)
	case platform.RepairEndProgram:
		return c.planEnd(p)
	case platform.RepairDeleteCertificate:
		return c.planCertificate(p, s)
	case platform.RepairOpen:
		return c.planOpen(p)
	}
	return notHere(p.Repair.Target()) // also of what only takes another repair back
}

// MakeChange implements platform.Repairer.
func (c *Computer) MakeChange(ctx context.Context, change platform.Change, kept string) (platform.Change, error) {
	err := error(nil)
	f := c.afresh(ctx)
	switch change.Kind {
	case platform.ChangeCloseBrowser:
		err = f.closeBrowser(ctx, change.Browser)
	case platform.ChangeEndProcess:
		if change.Browser != "" {
			change, err = f.endBrowser(ctx, change)
		} else {
			err = f.endProgram(change)
		}
	case platform.ChangeCookies, platform.ChangeSiteFolder, platform.ChangeCacheFolder:
		change, err = f.changeFiles(ctx, change, kept)
	case platform.ChangeSSLState:
		err = f.clearSSLState()
	case platform.ChangePCSC:
		err = f.refreshPCSC(ctx)
	case platform.ChangeElevated:
		err = f.elevate(ctx, change.Do)
	case platform.ChangeCertificate:
		err = f.deleteCertificate(change, kept)
	case platform.ChangeOpen:
		err = f.open(change.Place)
	default:
		err = unsupported(fmt.Sprintf("make change %q", change.Kind))
	}
	return change, explained(subject(change), err)
}

// TakeBack implements platform.Repairer.
func (c *Computer) TakeBack(ctx context.Context, change platform.Change, kept string) error {
	f := c.afresh(ctx)
	err := platform.CannotRepair(platform.RepairNotUndoable, subject(change), nil)
	if change.Undoable {
		switch change.Kind {
		case platform.ChangeElevated:
			err = f.elevate(ctx, change.Back)
		case platform.ChangeCertificate:
			err = f.bringCertificateBack(change, kept)
		case platform.ChangeCookies, platform.ChangeSiteFolder, platform.ChangeCacheFolder:
			err = f.restoreFiles(ctx, change, kept)
		}
	}
	return explained(subject(change), err)
}

// subject is what an error of a change is about.
func subject(c platform.Change) string {
	for _, on := range []string{c.Program, c.Service, c.DeviceName, string(c.Browser), string(c.Place), c.Do.Target()} {
		if on != "" {
			return on
		}
	}
	return ""
}

func (c *Computer) planSSLState(p *platform.RepairPlan) error {
	if c.o.Native.ClearSSLState == nil {
		return notHere("")
	}
	p.Changes = []platform.Change{{Kind: platform.ChangeSSLState}}
	p.Heed = []platform.Heeding{platform.HeedAnotherUse}
	return nil
}

func (c *Computer) clearSSLState() error {
	if c.o.Native.ClearSSLState == nil {
		return unsupported("clear SSL state")
	}
	return c.o.Native.ClearSSLState()
}

func (c *Computer) planPCSC(p *platform.RepairPlan) error {
	if c.o.RefreshPCSC == nil {
		return notHere("")
	}
	p.Changes = []platform.Change{{Kind: platform.ChangePCSC}}
	return nil
}

func (c *Computer) refreshPCSC(ctx context.Context) error {
	if c.o.RefreshPCSC == nil {
		return unsupported("refresh PC/SC")
	}
	return c.o.RefreshPCSC(ctx)
}
