package practice

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"yomitori/platform"
)

var _ platform.Repairer = (*Computer)(nil)

// made is a change that was made, and the folder that its journal gave it, by
// which it is told from an equal one of another repair.
type made struct {
	change platform.Change
	kept   string
}

func (m made) is(o made) bool {
	if m.kept != o.kept {
		return false
	}
	// In JSON, as changes come back from a journal.
	a, errA := json.Marshal(m.change)
	b, errB := json.Marshal(o.change)
	return errA == nil && errB == nil && string(a) == string(b)
}

// now is what is seen now, and what is closed when that changes.
func (c *Computer) now() (platform.Snapshot, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen(), c.changed
}

// seen is the recorded snapshot with all changes in it. The caller holds the lock.
func (c *Computer) seen() platform.Snapshot {
	s := c.recorded
	for _, ch := range standing(c.made) {
		c.effect(&s, ch)
	}
	return s
}

// PlanRepair implements platform.Repairer. It looks at the computer as it is now.
func (c *Computer) PlanRepair(ctx context.Context, r platform.Repair, _ platform.Snapshot) (platform.RepairPlan, error) {
	if err := ctx.Err(); err != nil {
		return platform.RepairPlan{}, fmt.Errorf("plan %s: %w", r, err)
	}
	if !c.repairable {
		return platform.RepairPlan{}, cannot(platform.RepairNotHere, r.Target())
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	p, err := planner{c.seen(), c.made}.plan(r)
	if err != nil {
		return platform.RepairPlan{}, err
	}
	p.Repair = r
	return p, nil
}

// MakeChange implements platform.Repairer. It keeps nothing in the folder.
func (c *Computer) MakeChange(ctx context.Context, ch platform.Change, kept string) (platform.Change, error) {
	if err := ctx.Err(); err != nil {
		return ch, fmt.Errorf("make change %s: %w", ch.Kind, err)
	}
	if !c.repairable {
		return ch, cannot(platform.RepairNotHere, "")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	m := made{ch, kept}
	if !slices.ContainsFunc(c.made, m.is) {
		c.made = append(slices.Clip(c.made), m)
		c.tell()
	}
	return ch, nil
}

// TakeBack implements platform.Repairer.
func (c *Computer) TakeBack(ctx context.Context, ch platform.Change, kept string) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("take back change %s: %w", ch.Kind, err)
	}
	if !ch.Undoable {
		return cannot(platform.RepairNotUndoable, "")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := slices.IndexFunc(c.made, made{ch, kept}.is); i >= 0 {
		c.made = slices.Delete(slices.Clone(c.made), i, i+1)
		c.tell()
	}
	return nil
}

// tell wakes all who follow. The caller holds the lock.
func (c *Computer) tell() {
	close(c.changed)
	c.changed = make(chan struct{})
}

func cannot(why platform.RepairWhy, on string) error { return platform.CannotRepair(why, on, nil) }

// standing are the changes that have an effect: turning a device on cancels that
// it was turned off before, and the other way round.
func standing(all []made) []platform.Change {
	var list []platform.Change
	for _, m := range all {
		back, hasBack := m.change.Do.Back()
		i := slices.IndexFunc(list, func(ch platform.Change) bool { return hasBack && ch.Do == back })
		if i >= 0 {
			list = slices.Delete(list, i, i+1)
		} else {
			list = append(list, m.change)
		}
	}
	return list
}
