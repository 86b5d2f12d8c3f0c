package linux

import (
	"context"
	"io/fs"
	"os"
	"runtime"

	"yomitori/platform"
)

// Options say what to look at; the zero value is the real computer.
type Options struct {
	Root   fs.FS                   // nil: the file system from /
	Getenv func(key string) string // nil: os.Getenv
	UID    int                     // whose processes count
	Home   string                  // the user's folder, without a leading slash
	Arch   string                  // "": runtime.GOARCH
	// Live follows readers and cards; see pcsc.Watcher.Follow.
	Live func(ctx context.Context, change func(func(*platform.Snapshot)))
}

// Computer is a Linux computer.
type Computer struct {
	o Options
}

// New makes a computer out of options.
func New(o Options) *Computer {
	if o.Root == nil {
		o.Root = os.DirFS("/")
	}
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	if o.Arch == "" {
		o.Arch = runtime.GOARCH
	}
	return &Computer{o}
}

// Follow implements platform.Computer.
func (c *Computer) Follow(ctx context.Context, report func(platform.Snapshot)) error {
	return platform.Plan{
		Probes: []platform.Probe{
			{Area: platform.AreaSystem, Look: c.system},
			{Area: platform.AreaServices, Look: c.services},
			{Area: platform.AreaDevices, Look: c.devices},
			{Area: platform.AreaBrowsers, Look: c.browsers},
			// The official software does not exist for Linux, and what stands in
			// its way is not looked for.
			platform.Nothing(platform.AreaDrivers), platform.Nothing(platform.AreaHosts), platform.Nothing(platform.AreaClients),
			platform.Nothing(platform.AreaStore), platform.Nothing(platform.AreaNetwork), platform.Nothing(platform.AreaSecurity),
		},
		Live: c.o.Live,
	}.Follow(ctx, report)
}
