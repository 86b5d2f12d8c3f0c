package app

import (
	"context"

	"yomitori/platform"
)

// elevatedCommand begins the command line of the program that the system starts
// for an administrator. No help tells of it.
const elevatedCommand = "elevated"

// elevated carries out one repair of those that need an administrator, and tells
// how it ended by its exit code alone: whoever started it is less trusted, so it
// prints nothing, reads no language, setting, journal or file of the user, and
// takes nothing but the repair.
func (e Env) elevated(ctx context.Context, args []string) int {
	if len(args) != 1 {
		return platform.ElevatedExit(platform.ErrNoRepair)
	}
	r, err := platform.ParseRepair(args[0])
	switch {
	case err != nil:
		return platform.ElevatedExit(err)
	case !r.Elevated() || e.Elevated == nil:
		return platform.ElevatedExit(platform.CannotRepair(platform.RepairNotHere, r.Target(), nil))
	}
	return platform.ElevatedExit(e.Elevated(ctx, r))
}
