package local

import (
	"context"

	"yomitori/platform"
)

// Machine is a computer that can be looked at and repaired.
type Machine interface {
	platform.Computer
	platform.Repairer
	// Elevated makes a repair that needs an administrator, in a program that one
	// started. It judges by its own look whether the repair may be made.
	Elevated(ctx context.Context, r platform.Repair) error
}
