package windows

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"yomitori/platform"
)

// Options say what to look at.
type Options struct {
	// Live follows readers and cards; see pcsc.Watcher.Follow.
	Live func(ctx context.Context, change func(func(*platform.Snapshot)))
}

// Computer is a Windows computer.
type Computer struct {
	o Options
}

// New makes a computer out of options.
func New(o Options) *Computer { return &Computer{o} }

// Follow implements platform.Computer.
func (c *Computer) Follow(ctx context.Context, report func(platform.Snapshot)) error {
	return platform.Plan{
		Probes: []platform.Probe{
			{Area: platform.AreaSystem, Look: system},
			unbuilt(platform.AreaServices),
			unbuilt(platform.AreaDevices),
			unbuilt(platform.AreaBrowsers),
			unbuilt(platform.AreaClients),
		},
		Live: c.o.Live,
	}.Follow(ctx, report)
}

// system says only what the program knows of itself.
func system(context.Context) (func(*platform.Snapshot), error) {
	return func(s *platform.Snapshot) {
		s.System = platform.System{Look: platform.Seen(), OS: "windows", Name: "Windows", Arch: runtime.GOARCH}
	}, nil
}

func unbuilt(a platform.Area) platform.Probe {
	return platform.Probe{Area: a, Look: func(context.Context) (func(*platform.Snapshot), error) {
		return nil, fmt.Errorf("look at %s: not built yet: %w", a, errors.ErrUnsupported)
	}}
}
