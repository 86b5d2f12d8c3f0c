package windows

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"yomitori/platform"
)

// planEnd lets a process be ended that belongs to the official software and does
// no work: it hangs, or the browser that it served is gone.
func (c *Computer) planEnd(p *platform.RepairPlan) error {
	var found clientsFound
	if err := c.clientProcesses(&found); err != nil && len(found.Processes) == 0 {
		return err
	}
	id := p.Repair.Number()
	i := slices.IndexFunc(found.Processes, func(o platform.Process) bool { return o.ID == id })
	if i < 0 {
		return platform.CannotRepair(platform.RepairGone, p.Repair.Target(), nil)
	}
	program := found.Processes[i]
	if !program.Hung && !program.Orphan {
		return platform.CannotRepair(platform.RepairInUse, program.Program, nil)
	}
	running, _ := c.processes()
	process, err := processByID(running, id)
	if err != nil {
		return err
	}
	if process.Started.IsZero() || process.Path == "" {
		// It could not be told from another one that gets its id.
		return platform.CannotRepair(platform.RepairDenied, program.Program, errors.New("start or path not known"))
	}
	p.Changes = []platform.Change{{
		Kind: platform.ChangeEndProcess, Process: id, Started: process.Started,
		Program: program.Program, Path: process.Path,
	}}
	p.Heed = []platform.Heeding{platform.HeedUnsavedWork}
	return nil
}

func processByID(list []Process, id int) (Process, error) {
	i := slices.IndexFunc(list, func(p Process) bool { return p.ID == id })
	if i < 0 {
		return Process{}, fmt.Errorf("find process %d: %w", id, fs.ErrNotExist)
	}
	return list[i], nil
}

// endProgram ends the process of a change. One that has ended was made to; that
// another one was given its id is the same.
func (c *Computer) endProgram(change platform.Change) error {
	if c.o.Native.EndProcess == nil {
		return unsupported("end process")
	}
	if change.Started.IsZero() || change.Path == "" {
		return platform.CannotRepair(platform.RepairChanged, change.Program, nil)
	}
	err := c.o.Native.EndProcess(Process{ID: change.Process, Started: change.Started, Path: change.Path, Name: change.Program})
	switch why := platform.RepairWhyOf(err); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case why == platform.RepairTimedOut:
		return platform.CannotRepair(platform.RepairStillRuns, change.Program, err)
	}
	return err
}
