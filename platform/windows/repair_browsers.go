package windows

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// How long a browser may take. It writes to its profiles while it closes, so it
// is given time as long as a window is open or, after the last one, processes
// end; those of background mode stay.
const (
	closeLimit = 15 * time.Second // for the windows
	leaveLimit = 3 * time.Second  // for the processes, once the windows are gone
	endLimit   = 10 * time.Second // for what was ended
)

// quittable is a browser that repairs are made on.
func quittable(name platform.BrowserName) (browser, error) {
	i := slices.IndexFunc(browsers, func(b browser) bool { return b.name == name && b.vendor != "" })
	if i < 0 {
		return browser{}, notHere(string(name))
	}
	return browsers[i], nil
}

// processesOf lists this user's processes of a browser, those that started
// others first: with the first one, most of the others end. A list that came with
// an error may tell of too few windows, so it is none.
func (c *Computer) processesOf(b browser) ([]Process, error) {
	all, err := c.readProcesses()
	if err != nil {
		return nil, err
	}
	path := c.browserProgram(b)
	ids := map[int]bool{}
	list := slices.DeleteFunc(slices.Clone(all), func(p Process) bool {
		ids[p.ID] = b.owns(p, path)
		return !ids[p.ID]
	})
	slices.SortStableFunc(list, func(x, y Process) int {
		switch {
		case ids[x.Parent] == ids[y.Parent]:
			return 0
		case ids[x.Parent]:
			return 1
		}
		return -1
	})
	return list, nil
}

func withWindows(list []Process) []Process {
	return slices.DeleteFunc(slices.Clone(list), func(p Process) bool { return p.Windows == 0 })
}

func (c *Computer) planQuit(p *platform.RepairPlan) error {
	b, err := quittable(platform.BrowserName(p.Repair.Target()))
	if err != nil {
		return err
	}
	running, err := c.processesOf(b)
	if err != nil {
		return err
	}
	if len(running) == 0 {
		return nothingToDo(b.program)
	}
	if len(withWindows(running)) > 0 {
		p.Changes = append(p.Changes, platform.Change{Kind: platform.ChangeCloseBrowser, Browser: b.name, Program: b.program, Count: len(running)})
		p.Heed = []platform.Heeding{platform.HeedUnsavedWork}
	}
	// Which are left is known only when the windows have closed.
	p.Changes = append(p.Changes, platform.Change{
		Kind: platform.ChangeEndProcess, Browser: b.name, Program: namesOf(running), Count: len(running), Running: true,
	})
	return nil
}

// closeBrowser asks the windows to close and gives the processes time to end.
// A window that stays asks its user something, or was told to stay: that is an
// error, after which nothing is ended. Processes without a window are ended next.
func (c *Computer) closeBrowser(ctx context.Context, name platform.BrowserName) error {
	b, err := quittable(name)
	if err != nil {
		return err
	}
	if c.o.Native.CloseWindows == nil {
		return unsupported("close windows")
	}
	running, err := c.processesOf(b)
	if err != nil {
		return err
	}
	var ids []int
	for _, p := range withWindows(running) {
		ids = append(ids, p.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	if err := c.o.Native.CloseWindows(ids); err != nil {
		return err
	}
	left, err := c.awaitProcesses(ctx, b, closeLimit, withWindows)
	if err == nil && len(left) > 0 {
		return platform.CannotRepair(platform.RepairStillRuns, namesOf(left), errWindowStays)
	}
	if err == nil {
		_, err = c.awaitProcesses(ctx, b, leaveLimit, func(list []Process) []Process { return list })
	}
	return err
}

// awaitProcesses waits until there are none of some processes of a browser any
// more, and tells what is left at last.
func (c *Computer) awaitProcesses(ctx context.Context, b browser, limit time.Duration, some func([]Process) []Process) ([]Process, error) {
	var left []Process
	err := until(ctx, limit, func() (bool, error) {
		list, err := c.processesOf(b)
		left = some(list)
		return err == nil && len(left) == 0, err
	})
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		err = nil
	}
	return left, err
}

// endBrowser ends what is left of a browser, by id, and confirms that nothing is.
// A process may start another one meanwhile, so it looks again. While a window is
// open nothing is ended: its pages live in processes without one. The change that
// comes back tells what was ended.
func (c *Computer) endBrowser(ctx context.Context, change platform.Change) (platform.Change, error) {
	b, err := quittable(change.Browser)
	if err != nil {
		return change, err
	}
	if c.o.Native.EndProcess == nil {
		return change, unsupported("end process")
	}
	var ended, left []Process
	var refused error
	err = until(ctx, endLimit, func() (bool, error) {
		list, err := c.processesOf(b)
		if err != nil {
			return false, err
		}
		if open := withWindows(list); len(open) > 0 {
			return false, platform.CannotRepair(platform.RepairStillRuns, namesOf(open), errWindowStays)
		}
		left, refused = list, nil
		for _, p := range list {
			switch err := c.endOne(p); {
			case err == nil:
				ended = append(ended, p)
			case !errors.Is(err, fs.ErrNotExist):
				refused = errors.Join(refused, err)
			}
		}
		return len(list) == 0, ctx.Err()
	})
	if len(left) > 0 && ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		err = platform.CannotRepair(platform.RepairStillRuns, namesOf(left), refused)
	}
	change.Running, change.Count, change.Program = false, len(ended), b.program
	if len(ended) > 0 {
		change.Program = namesOf(ended)
	}
	return change, err
}

var (
	errWindowStays = errors.New("a window is open")
	errNoPath      = errors.New("path not known")
)

// endOne ends a process that is known to be the browser's: the name alone is that
// of other programs too.
func (c *Computer) endOne(p Process) error {
	if p.Path == "" {
		return fmt.Errorf("end process %d: %w", p.ID, errNoPath)
	}
	return c.o.Native.EndProcess(p)
}

// namesOf lists processes for a person who looks for them in the task manager.
func namesOf(list []Process) string {
	const most = 5
	var names []string
	for _, p := range list[:min(len(list), most)] {
		names = append(names, fmt.Sprintf("%s (%d)", platform.Printable(p.Name, platform.LongestName), p.ID))
	}
	if len(list) > most {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// planFiles plans what is done to a browser's files.
func (c *Computer) planFiles(ctx context.Context, p *platform.RepairPlan) error {
	name := platform.BrowserName(p.Repair.Target())
	err := chromium.PlanFiles(ctx, func() (chromium.Files, error) { return c.files(name) }, p)
	if platform.RepairWhyOf(err) == platform.RepairStillRuns {
		*p = platform.RepairPlan{Repair: p.Repair, First: []platform.Repair{platform.QuitBrowser(name)}}
		return nil
	}
	return err
}

// files opens the files of a browser. While it runs, they are its own.
func (c *Computer) files(name platform.BrowserName) (chromium.Files, error) {
	b, err := quittable(name)
	if err != nil {
		return nil, err
	}
	folder, err := c.userData(b)
	if err != nil {
		return nil, err
	}
	running, err := c.processesOf(b)
	switch {
	case err != nil:
		return nil, err
	case len(running) > 0:
		return nil, platform.CannotRepair(platform.RepairStillRuns, namesOf(running), nil)
	}
	return c.o.OpenFiles(name, folder, "") // Windows has the caches among the other files
}

func (c *Computer) changeFiles(ctx context.Context, change platform.Change, kept string) (platform.Change, error) {
	files, err := c.files(change.Browser)
	if err != nil {
		return change, platform.Untouched(err)
	}
	defer files.Close()
	return files.MakeChange(ctx, change, kept)
}

func (c *Computer) restoreFiles(ctx context.Context, change platform.Change, kept string) error {
	files, err := c.files(change.Browser)
	if err != nil {
		return platform.Untouched(err)
	}
	defer files.Close()
	return files.TakeBack(ctx, change, kept)
}
