package windows

import (
	"context"
	"io/fs"
	"os"
	"sync"
	"time"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// Options say what to look at; the zero value is the real computer, without
// readers and cards.
type Options struct {
	// Live follows readers and cards; see pcsc.Watcher.Follow.
	Live func(ctx context.Context, change func(func(*platform.Snapshot)))

	// Registry, Native and Files replace what Windows itself would answer.
	Registry Registry
	Native   *Native
	// Files gives the tree below a folder, named as Windows does (`C:\Users`).
	Files func(folder string) fs.FS
	// Getenv and Now replace the environment and the clock.
	Getenv func(key string) string
	Now    func() time.Time

	// RefreshPCSC connects to the PC/SC service anew.
	RefreshPCSC func(ctx context.Context) error
	// OpenFiles opens the files of a browser; nil opens those on the disk.
	OpenFiles chromium.Opener
}

// Native is what only the Windows API can tell. A field that is nil answers
// "not supported", so a test brings only what it is about.
type Native struct {
	// Version is the version of the running system.
	Version func() (Version, error)
	// CodePage is the one that this program was given.
	CodePage func() int
	// Service asks the service manager for one service, with query rights only.
	Service func(name string) (platform.Service, error)
	// Processes lists the processes of this user.
	Processes func() ([]Process, error)
	// Devices lists the devices that could be readers, without their readers.
	Devices func() ([]DeviceRecord, error)
	// ReaderInstances tells the device behind each PC/SC reader, in PC/SC's order.
	ReaderInstances func() ([]ReaderInstance, error)
	// Certificates lists a system store of this user.
	Certificates func(platform.StoreName) ([]StoredCertificate, error)
	// Proxy gives the settings of WinINet for this user, or of WinHTTP.
	Proxy func(platform.ProxySource) (ProxyRecord, error)
	// SecurityProducts asks the security centre through WMI. It is called on a
	// goroutine of its own, which may be left behind.
	SecurityProducts func(context.Context) ([]ProductRecord, error)
	// Remote reports whether the session is shown on another computer.
	Remote func() (bool, error)
	// Folder gives a known folder of this user or of the computer.
	Folder func(KnownFolder) (string, error)
	// Remote drives are shares that a letter stands for; drive is "C:".
	RemoteDrive func(drive string) bool

	Actions
}

// Computer is a Windows computer.
type Computer struct {
	o Options
	shared
}

// shared is what several areas need and is looked at once: it costs most of
// the time, and the areas should tell of the same moment.
type shared struct {
	nativeHosts func() ([]platform.NativeHost, error)
	processes   func() ([]Process, error)
	installed   func() (installedList, error)
}

// New makes a computer out of options.
func New(o Options) *Computer {
	if o.Registry == nil {
		o.Registry = nativeRegistry()
	}
	if o.Native == nil {
		o.Native = native()
	}
	if o.Files == nil {
		o.Files = os.DirFS
	}
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.OpenFiles == nil {
		o.OpenFiles = chromium.Open
	}
	return (&Computer{o: o}).afresh(context.Background())
}

// afresh is the computer with nothing looked at yet. What is shared is looked
// at until ctx ends, for no area's sake alone.
func (c *Computer) afresh(ctx context.Context) *Computer {
	f := &Computer{o: c.o}
	f.shared = shared{
		nativeHosts: sync.OnceValues(func() ([]platform.NativeHost, error) { return f.readNativeHosts(ctx) }),
		processes:   sync.OnceValues(f.readProcesses),
		installed:   sync.OnceValues(func() (installedList, error) { return f.readInstalled(ctx) }),
	}
	return f
}

// change is what a probe does to a snapshot.
type change = func(*platform.Snapshot)

// Follow implements platform.Computer.
func (c *Computer) Follow(ctx context.Context, report func(platform.Snapshot)) error {
	c = c.afresh(ctx)
	return platform.Plan{
		Probes: []platform.Probe{
			{Area: platform.AreaSystem, Look: c.system},
			{Area: platform.AreaServices, Look: c.services},
			{Area: platform.AreaDevices, Look: c.devices},
			{Area: platform.AreaBrowsers, Look: c.browsers},
			{Area: platform.AreaHosts, Look: c.hosts},
			{Area: platform.AreaClients, Look: c.clients},
			{Area: platform.AreaStore, Look: c.store},
			{Area: platform.AreaNetwork, Look: c.network},
			{Area: platform.AreaSecurity, Look: c.security},
			platform.Nothing(platform.AreaDrivers), // each device tells its own
		},
		Live: c.o.Live,
		Now:  c.o.Now,
	}.Follow(ctx, report)
}
