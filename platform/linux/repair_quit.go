package linux

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"yomitori/platform"
)

// How long a browser may take to quit when asked, and to be gone when ended.
const (
	quitPatience = 15 * time.Second
	endPatience  = 5 * time.Second
	betweenLooks = 100 * time.Millisecond
)

// identity is what no other process has until the computer starts again.
type identity struct {
	id      int
	started string
}

// running lists the user's processes of a browser.
func (c *Computer) running(b browser) ([]identity, error) {
	all, err := c.processes()
	if err != nil {
		return nil, err
	}
	var list []identity
	for _, p := range all {
		if p.uid != c.o.UID || !slices.Contains(b.processes, p.name) {
			continue
		}
		if started, ok := c.started(p.id); ok {
			list = append(list, identity{p.id, started})
		}
	}
	return list, nil
}

// planQuit plans to ask a browser to quit, and to end what does not. Which
// processes these will be is not known yet: a browser starts and ends some all
// the time.
func (c *Computer) planQuit(r platform.Repair) ([]platform.Change, error) {
	b, ok := repairable(platform.BrowserName(r.Target()))
	if !ok {
		return nil, notHere(r)
	}
	running, err := c.running(b)
	if err != nil {
		return nil, err
	}
	if len(running) == 0 {
		return nil, platform.CannotRepair(platform.RepairNothing, string(b.name), nil)
	}
	return []platform.Change{
		{Kind: platform.ChangeCloseBrowser, Browser: b.name, Program: b.processes[0], Count: len(running)},
		{Kind: platform.ChangeEndProcess, Browser: b.name, Program: b.processes[0]},
	}, nil
}

// askToQuit asks the processes that own the windows, and waits. It is no error
// when some do not follow: they are ended next.
func (c *Computer) askToQuit(ctx context.Context, change platform.Change) error {
	b, running, err := c.ofChange(change)
	if err != nil {
		return platform.Untouched(err)
	}
	asked := 0
	for _, p := range running {
		if c.isHelper(p.id) {
			continue
		}
		err := c.end(p, true)
		switch {
		case err != nil && asked == 0:
			return platform.Untouched(err)
		case err != nil:
			return err
		}
		asked++
	}
	_, err = c.waitFor(ctx, b, quitPatience, nil)
	return err
}

// endLeft ends what is left of a browser, and makes sure that nothing is.
func (c *Computer) endLeft(ctx context.Context, change platform.Change) error {
	b, _, err := c.ofChange(change)
	if err != nil {
		return platform.Untouched(err)
	}
	ended := map[identity]bool{}
	left, err := c.waitFor(ctx, b, endPatience, func(p identity) error {
		if ended[p] {
			return nil
		}
		ended[p] = true
		return c.end(p, false)
	})
	if err == nil && len(left) > 0 {
		err = platform.CannotRepair(platform.RepairStillRuns, string(b.name), fmt.Errorf("%d processes are left", len(left)))
	}
	return err
}

func (c *Computer) ofChange(change platform.Change) (browser, []identity, error) {
	b, ok := repairable(change.Browser)
	if !ok {
		return b, nil, platform.CannotRepair(platform.RepairNotHere, string(change.Browser), nil)
	}
	running, err := c.running(b)
	return b, running, err
}

func (c *Computer) end(p identity, gently bool) error {
	err := c.o.End(p.id, gently, func() bool {
		started, ok := c.started(p.id)
		return ok && started == p.started
	})
	if errors.Is(err, fs.ErrPermission) {
		return platform.CannotRepair(platform.RepairDenied, "", err)
	}
	return err
}

// waitFor waits until nothing of a browser runs and tells what is left. Each
// time it looks it does something to each process, if there is something to do.
func (c *Computer) waitFor(ctx context.Context, b browser, patience time.Duration, do func(identity) error) ([]identity, error) {
	for waited := time.Duration(0); ; waited += betweenLooks {
		left, err := c.running(b)
		if err != nil || len(left) == 0 || waited >= patience {
			return left, err
		}
		if do != nil {
			for _, p := range left {
				if err := do(p); err != nil {
					return left, err
				}
			}
		}
		if err := c.o.Pause(ctx, betweenLooks); err != nil {
			return left, platform.CannotRepair(platform.RepairTimedOut, string(b.name), err)
		}
	}
}
