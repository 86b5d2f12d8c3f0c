package macos

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"

	"yomitori/platform"
)

// versionFiles tell the version of macOS. Programs that were built for an older
// one are shown another number in the second; the first is the same for all.
var versionFiles = []string{
	"/System/Library/CoreServices/.SystemVersionPlatform.plist",
	"/System/Library/CoreServices/SystemVersion.plist",
}

// versionNames are the names by the first number of the version.
var versionNames = map[int]string{
	11: "Big Sur", 12: "Monterey", 13: "Ventura", 14: "Sonoma", 15: "Sequoia", 26: "Tahoe",
}

// compatTahoe is the first number that macOS 26 shows to programs built for
// older systems; no macOS is called so.
const compatTahoe = 16

func (c *Computer) system(ctx context.Context) (change, error) {
	version, err := c.version()
	if err != nil {
		return nil, err
	}
	name := "macOS"
	if n := versionNames[major(version)]; n != "" {
		name += " " + n
	}
	arch, rosetta := c.kind(ctx)
	zone, offset := c.o.Now().Zone()
	v := platform.System{
		Look: platform.Seen(), OS: "darwin", Name: name, Version: version, Arch: arch,
		TimeZone: zone, UTCOffset: offset / 60, Rosetta: rosetta,
		AccessorySecurity: c.accessorySecurity(ctx, arch, version),
	}
	// That somebody shares the screen cannot be told: the process that serves
	// it stays when he is gone.
	if c.o.Getenv("SSH_CONNECTION") != "" {
		v.Remote, v.RemoteKind = true, "ssh"
	}
	return func(s *platform.Snapshot) { s.System = v }, nil
}

// version is that of the system, "15.1".
func (c *Computer) version() (string, error) {
	var errs []error
	for _, file := range versionFiles {
		var v struct {
			Version loose[string] `plist:"ProductVersion"`
		}
		err := c.readPlist(file, &v)
		if err == nil && major(v.Version.value) == 0 {
			err = fmt.Errorf("read version: %w", errNotPlist)
		}
		if err == nil {
			return canonical(platform.Printable(v.Version.value, platform.LongestName)), nil
		}
		errs = append(errs, err)
	}
	if missing(errs[0]) {
		errs = errs[1:] // it is not on every system
	}
	return "", fmt.Errorf("read version of macOS: %w", errors.Join(errs...))
}

// canonical is the version as everybody calls it.
func canonical(version string) string {
	if major(version) != compatTahoe {
		return version
	}
	_, rest, dotted := strings.Cut(version, ".")
	if !dotted {
		return "26"
	}
	return "26." + rest
}

// major is the first number of a version, 0 when there is none.
func major(version string) int {
	first, _, _ := strings.Cut(version, ".")
	n, err := strconv.Atoi(first)
	if err != nil {
		return 0
	}
	return n
}

// machine is what kind of machine it is. Several probes need to know.
type machine struct {
	once    sync.Once
	arch    string
	rosetta platform.Switch
}

// kind tells what kind of machine it is, which is not what this program was
// built for where Rosetta runs it, and whether it can run programs for Intel.
func (c *Computer) kind(ctx context.Context) (arch string, rosetta platform.Switch) {
	c.once.Do(func() {
		// The deadlines of whoever happens to ask first are not those of all.
		ctx := context.WithoutCancel(ctx)
		c.arch = c.findArch(ctx)
		if c.arch == "arm64" {
			c.rosetta = c.findRosetta(ctx)
		}
	})
	return c.arch, c.rosetta
}

// findArch asks the kernel: hw.optional.arm64 is 1 on Apple silicon, also for a
// program under Rosetta, and does not exist on Intel.
func (c *Computer) findArch(ctx context.Context) string {
	if c.o.Arch == "arm64" {
		return "arm64" // nothing runs that on Intel
	}
	out, err := c.o.Run(ctx, "/usr/sbin/sysctl", "-n", "hw.optional.arm64")
	var exit *ExitError
	switch {
	case err == nil && strings.TrimSpace(string(out)) == "1":
		return "arm64"
	case err == nil, errors.As(err, &exit):
		return "amd64"
	}
	return ""
}

// rosettaRuntime is what the installation of Rosetta 2 brings. The daemon oahd,
// which many scripts look for, runs on macOS 11.5 and later without it.
const rosettaRuntime = "/Library/Apple/usr/libexec/oah/libRosettaRuntime"

// findRosetta looks for the runtime and, where it is, tries it with a program
// that does nothing: a newer macOS may keep the file and not run it. Without
// the file nothing is tried, so that macOS does not offer to install it.
func (c *Computer) findRosetta(ctx context.Context) platform.Switch {
	_, err := c.stat(rosettaRuntime)
	switch {
	case missing(err):
		return platform.SwitchOff
	case err != nil:
		return platform.SwitchUnknown
	}
	_, err = c.o.Run(ctx, "/usr/bin/arch", "-x86_64", "/usr/bin/true")
	var exit *ExitError
	switch {
	case errors.As(err, &exit) && exit.Code < 0: // a signal ended it
		return platform.SwitchUnknown
	case errors.As(err, &exit):
		return platform.SwitchOff
	}
	return platform.SwitchOn // a runner that failed tells nothing against it
}

const (
	smartCardSettings = "com.apple.security.smartcard.plist"
	managedFolder     = "/Library/Managed Preferences/"
	machineSettings   = "/Library/Preferences/"
)

// accessorySecurity tells whether macOS asks before a new USB accessory works.
// It does on laptops with Apple silicon, unless the settings for smart cards
// exist or an administrator allowed all accessories (Apple's deployment guide,
// "Intro to smart card integration" and "Manage accessory access"). What the
// user chose himself in the system settings is not to be had.
func (c *Computer) accessorySecurity(ctx context.Context, arch, version string) platform.Switch {
	if arch != "arm64" {
		if arch == "" {
			return platform.SwitchUnknown
		}
		return platform.SwitchOff
	}
	if major(version) < 13 {
		return platform.SwitchOff
	}
	if c.exists(machineSettings + smartCardSettings) {
		return platform.SwitchOff
	}
	var managed struct {
		Restricted loose[bool] `plist:"allowUSBRestrictedMode"`
	}
	err := c.readPlist(managedFolder+"com.apple.applicationaccess.plist", &managed)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return platform.SwitchUnknown
	case managed.Restricted.set && !managed.Restricted.value:
		return platform.SwitchOff
	}
	return c.isLaptop(ctx)
}

// isLaptop is on for a Mac with a battery. Names of models do not tell it any
// more.
func (c *Computer) isLaptop(ctx context.Context) platform.Switch {
	entries, err := c.registry(ctx, "AppleSmartBattery")
	if err != nil {
		return platform.SwitchUnknown
	}
	for _, e := range entries {
		if !e.BatteryInstalled.set || e.BatteryInstalled.value {
			return platform.SwitchOn
		}
	}
	return platform.SwitchOff
}
