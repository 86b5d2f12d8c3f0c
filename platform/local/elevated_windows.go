package local

import (
	"context"
	"errors"

	"yomitori/platform"
)

// Elevated makes a repair that needs an administrator.
func Elevated(_ context.Context, r platform.Repair) error {
	return platform.CannotRepair(platform.RepairNotHere, r.Target(), errors.ErrUnsupported)
}
