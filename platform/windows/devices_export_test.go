package windows

import (
	"context"

	"yomitori/platform"
)

// Devices and Store look at one area only.
func (c *Computer) Devices(ctx context.Context) (func(*platform.Snapshot), error) {
	return c.devices(ctx)
}

func (c *Computer) Store(ctx context.Context) (func(*platform.Snapshot), error) {
	return c.store(ctx)
}

var (
	MayBeReader = mayBeReader
	WideTexts   = wideTexts
	WideText    = wideText
	MultiText   = multiText
)

// Bounds of what is believed.
const (
	MaxDevices     = maxDevices
	MaxStored      = maxStored
	LargestStored  = largestStored
	MaxStoreListed = maxStoreListed
)
