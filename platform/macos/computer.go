package macos

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"runtime"
	"strings"
	"time"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// Options say what to look at; the zero value is the real computer.
type Options struct {
	Root   fs.FS                   // nil: the file system from /
	Run    Runner                  // nil: the programs of the system
	Getenv func(key string) string // nil: os.Getenv
	Now    func() time.Time        // nil: time.Now
	UID    int                     // whose processes count
	Home   string                  // full path of the user's folder
	Arch   string                  // of this program; "": runtime.GOARCH
	// Live follows readers and cards; see pcsc.Watcher.Follow.
	Live func(ctx context.Context, change func(func(*platform.Snapshot)))

	// What repairs need.
	OpenFiles   chromium.Opener                                  // nil: those on the disk
	Ask         Runner                                           // nil: as Run, for programs that wait for a person
	Signal      func(id int, s os.Signal) error                  // nil: to real processes
	Wait        func(ctx context.Context, d time.Duration) error // nil: for so long
	Executable  func() (string, error)                           // nil: os.Executable
	RefreshPCSC func(ctx context.Context) error                  // nil: there is no such repair
}

// Computer is a macOS computer.
type Computer struct {
	o Options
	*machine
}

// New makes a computer out of options.
func New(o Options) *Computer {
	if o.Root == nil {
		o.Root = os.DirFS("/")
	}
	if o.Run == nil {
		o.Run = NewRunner(runLimit, outputMost)
	}
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Arch == "" {
		o.Arch = runtime.GOARCH
	}
	repairOptions(&o)
	if o.OpenFiles == nil {
		o.OpenFiles = chromium.Open
	}
	return &Computer{o, &machine{}}
}

// change is what a probe found.
type change = func(*platform.Snapshot)

// Follow implements platform.Computer.
func (c *Computer) Follow(ctx context.Context, report func(platform.Snapshot)) error {
	c = &Computer{c.o, &machine{}} // Rosetta may have come since it was followed last
	devices := platform.Probe{Area: platform.AreaDevices, Look: inTurn(c.devices)}
	drivers := platform.Probe{Area: platform.AreaDrivers, Look: inTurn(c.drivers)}
	again := newRelook(devices, drivers)
	return platform.Plan{
		Probes: []platform.Probe{
			{Area: platform.AreaSystem, Look: c.system},
			devices, drivers,
			{Area: platform.AreaBrowsers, Look: c.browsers},
			{Area: platform.AreaHosts, Look: c.hosts},
			{Area: platform.AreaClients, Look: c.clients},
			{Area: platform.AreaStore, Look: c.store},
			{Area: platform.AreaNetwork, Look: c.network},
			// What serves smart cards is started by launchd when a reader is
			// attached, and there is no list of security software.
			platform.Nothing(platform.AreaServices), platform.Nothing(platform.AreaSecurity),
		},
		Live: again.live(c.o.Live),
		Now:  c.o.Now,
	}.Follow(ctx, again.watch(report))
}

// atHome is the full path of something in the user's folder.
func (c *Computer) atHome(rest string) string { return path.Join("/", c.o.Home, rest) }

// look is how an area was observed in which some parts failed. When nothing
// could be seen for that reason, the area has failed.
func look(errs []error, seen bool) platform.Look {
	err := errors.Join(errs...)
	if err == nil {
		return platform.Seen()
	}
	l := platform.Failure(platform.WhyOf(err), err)
	if seen {
		l = platform.Seen()
	}
	l.Detail = detail(err)
	return l
}

// detail tells an error on one line.
func detail(err error) string {
	return platform.Printable(strings.ReplaceAll(err.Error(), "\n", "; "), platform.LongestText)
}
