package online

import (
	"context"

	"yomitori/platform"
)

// Options change how a round is asked. The zero value is what users get.
type Options struct{}

// Computer is a computer whose snapshots carry what the network answered.
type Computer struct {
	inner platform.Computer
}

// Over lets the user ask the network about a computer.
func Over(c platform.Computer, _ Options) *Computer { return &Computer{inner: c} }

// Ask is the user's press: it asks the network about the cards that are in,
// and whether the hosts of the service can be reached; SoftwareNone has none.
func (c *Computer) Ask(platform.Software) {}

// Follow implements platform.Computer.
func (c *Computer) Follow(ctx context.Context, report func(platform.Snapshot)) error {
	return c.inner.Follow(ctx, report)
}
