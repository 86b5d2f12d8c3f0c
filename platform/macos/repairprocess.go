package macos

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"syscall"
	"time"

	"yomitori/platform"
)

// How long what was asked to end may take, and how often it is looked for.
const (
	closeWait = 10 * time.Second // a browser that was asked to quit
	endWait   = 5 * time.Second
	lookEvery = 500 * time.Millisecond
)

// startSlack is by how much the moment at which a process started may differ
// between two looks: ps tells whole seconds since then.
const startSlack = 2 * time.Second

// signal sends a signal to a real process.
func signal(id int, s os.Signal) error {
	if id <= 1 {
		return fs.ErrPermission // they stand for launchd, and for groups of processes
	}
	p, err := os.FindProcess(id)
	if err != nil {
		return err
	}
	return p.Signal(s)
}

// lister lists those of some processes that are there now.
type lister func(context.Context) ([]process, error)

// end ends processes: it lets them end by themselves first.
func (c *Computer) end(ctx context.Context, list lister) error {
	left, err := list(ctx)
	for _, s := range []os.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		if err != nil || len(left) == 0 {
			return err
		}
		for _, p := range left {
			if err := c.signalStill(ctx, list, p, s); err != nil {
				return err
			}
		}
		left, err = c.untilNone(ctx, endWait, list)
	}
	if err != nil || len(left) == 0 {
		return err
	}
	return platform.CannotRepair(platform.RepairStillRuns, left[0].shown(), nil)
}

// signalStill looks for a process anew and sends it a signal, so that none goes to
// what took over its id. macOS has no signal to anything but an id, and ps tells
// whole seconds: what remains are the moments between ps and the signal, in which
// the process would have to end and macOS, which hands out ids in turn, to come
// round to this one.
func (c *Computer) signalStill(ctx context.Context, list lister, p process, s os.Signal) error {
	now, err := list(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(now, p.isStill) {
		return nil
	}
	if err := c.o.Signal(p.id, s); err != nil && !isGone(err) {
		return notSignalled(p, err)
	}
	return nil
}

// isStill reports whether two looks found one process.
func (p process) isStill(o process) bool {
	return o.id == p.id && path.Clean(o.program) == path.Clean(p.program) && o.began.Sub(p.began).Abs() <= startSlack
}

func isGone(err error) bool {
	return errors.Is(err, os.ErrProcessDone) || errors.Is(err, syscall.ESRCH)
}

func notSignalled(p process, err error) error {
	why := platform.RepairFailed
	if errors.Is(err, fs.ErrPermission) {
		why = platform.RepairDenied
	}
	return platform.CannotRepair(why, p.shown(), err)
}

// untilNone waits until there are none any more, and tells what is left at last.
func (c *Computer) untilNone(ctx context.Context, most time.Duration, list lister) ([]process, error) {
	for waited := time.Duration(0); ; waited += lookEvery {
		left, err := list(ctx)
		if err != nil || len(left) == 0 || waited >= most {
			return left, err
		}
		if err := c.o.Wait(ctx, lookEvery); err != nil {
			return left, err
		}
	}
}

// shown is the name of a process for people.
func (p process) shown() string { return platform.Printable(composed(p.name()), platform.LongestName) }

// started is the moment at which a process started, to the second.
func (c *Computer) started(p process) time.Time {
	return c.o.Now().Add(-time.Duration(p.age) * time.Second).UTC().Truncate(time.Second)
}

// planEndProgram is for a program that nobody needs any more: what is in use is
// left alone.
func (c *Computer) planEndProgram(ctx context.Context, r platform.Repair) (platform.RepairPlan, error) {
	var found platform.Clients
	err := c.clientProcesses(ctx, &found)
	i := slices.IndexFunc(found.Processes, func(p platform.Process) bool { return p.ID == r.Number() })
	switch {
	case i < 0 && err != nil:
		return platform.RepairPlan{}, err
	case i < 0:
		return platform.RepairPlan{}, platform.CannotRepair(platform.RepairGone, r.Target(), nil)
	case !found.Processes[i].Orphan && !found.Processes[i].Hung:
		return platform.RepairPlan{}, platform.CannotRepair(platform.RepairInUse, found.Processes[i].Program, nil)
	}
	running, err := c.processes(ctx)
	if err != nil {
		return platform.RepairPlan{}, err
	}
	for _, p := range running {
		if p.id == r.Number() {
			return one(platform.Change{
				Kind: platform.ChangeEndProcess, Process: p.id, Started: p.began, Program: p.shown(), Path: p.program,
			}, platform.HeedUnsavedWork), nil
		}
	}
	return platform.RepairPlan{}, platform.CannotRepair(platform.RepairGone, r.Target(), nil)
}

var errNoProgram = errors.New("no process of the official software")

// endProgram ends the process that was shown: the same id, start and program.
// One that has ended already is fine.
func (c *Computer) endProgram(ctx context.Context, ch platform.Change) error {
	if err := c.stillOfficial(ctx, ch); err != nil {
		return err
	}
	return c.end(ctx, func(ctx context.Context) ([]process, error) {
		running, err := c.processes(ctx)
		return slices.DeleteFunc(running, func(p process) bool { return !isThat(p, ch) }), err
	})
}

func isThat(p process, ch platform.Change) bool {
	return p.id == ch.Process && path.Clean(p.program) == path.Clean(ch.Path) && p.began.Sub(ch.Started).Abs() <= startSlack
}

// stillOfficial refuses a change that a damaged journal turned into one about
// another program.
func (c *Computer) stillOfficial(ctx context.Context, ch platform.Change) error {
	p := process{program: ch.Path}
	if path.IsAbs(ch.Path) && softwareOfProcess(p) != platform.SoftwareNone {
		return nil
	}
	hosts, err := c.nativeHosts(ctx)
	for _, h := range hosts {
		if path.IsAbs(ch.Path) && path.Clean(h.Program) == path.Clean(ch.Path) {
			return nil
		}
	}
	return platform.CannotRepair(platform.RepairChanged, ch.Program, fmt.Errorf("end process %d: %w", ch.Process, errors.Join(errNoProgram, err)))
}
