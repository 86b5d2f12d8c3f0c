package linux

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"time"

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

	// What repairs do to the computer, or ask of it; nil is the real thing.

	// Run waits for a program to end and tells its exit code.
	Run func(ctx context.Context, program string, args ...string) (exit int, err error)
	// Start starts a program that goes on by itself.
	Start func(program string, args ...string) error
	// Find tells where a program is.
	Find func(program string) (string, error)
	// Executable tells where this program is.
	Executable func() (string, error)
	// End ends a process, if it still is the one that is meant once nothing else
	// can be given its id any more: gently, or for sure.
	End func(pid int, gently bool, same func() bool) error
	// Pause waits between two looks at processes.
	Pause func(ctx context.Context, d time.Duration) error
	// RefreshPCSC connects to the PC/SC service anew; nil where nothing can.
	RefreshPCSC func(ctx context.Context) error
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
	o.fillActs()
	return &Computer{o}
}

// fillActs gives a computer hands.
func (o *Options) fillActs() {
	if o.Run == nil {
		o.Run = run
	}
	if o.Start == nil {
		o.Start = start
	}
	if o.Find == nil {
		o.Find = exec.LookPath
	}
	if o.Executable == nil {
		o.Executable = os.Executable
	}
	if o.End == nil {
		o.End = end
	}
	if o.Pause == nil {
		o.Pause = pause
	}
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
