package chromium

import (
	"context"
	"errors"
	"io/fs"

	"yomitori/platform"
)

// Files are what repairs do to the files of a browser: [UserData], or what plays it
// in tests of the systems.
type Files interface {
	PlanSiteData(ctx context.Context) ([]platform.Change, error)
	PlanCache() ([]platform.Change, error)
	MakeChange(ctx context.Context, c platform.Change, kept string) (platform.Change, error)
	TakeBack(ctx context.Context, c platform.Change, kept string) error
	Close()
}

// Opener opens the files of a browser; see [OpenUserData].
type Opener func(b platform.BrowserName, data, caches string) (Files, error)

// Open is the opener of what is on the disk.
func Open(b platform.BrowserName, data, caches string) (Files, error) {
	u, err := OpenUserData(b, data, caches)
	if err != nil {
		return nil, err
	}
	return u, nil
}

// PlanFiles fills in the plan of a repair that changes files of a browser. A
// browser that was never started has nothing to change.
func PlanFiles(ctx context.Context, open func() (Files, error), p *platform.RepairPlan) error {
	nothing := func(err error) error { return platform.CannotRepair(platform.RepairNothing, p.Repair.Target(), err) }
	files, err := open()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nothing(err)
	case err != nil:
		return err
	}
	defer files.Close()
	if p.Repair.ID() == platform.RepairClearCache {
		p.Changes, err = files.PlanCache()
	} else {
		p.Changes, err = files.PlanSiteData(ctx)
		p.Heed = []platform.Heeding{platform.HeedOtherLogins}
	}
	if err == nil && len(p.Changes) == 0 {
		return nothing(nil)
	}
	return err
}
