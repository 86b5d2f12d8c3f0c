package macos

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"yomitori/platform"
)

// driverFolder is where makers of readers put their drivers. One that is only
// for Intel matches its reader on Apple silicon, fails to load, and hides it
// (facts/os-browser.md 4).
const driverFolder = "/usr/local/libexec/SmartCardServices/drivers"

// drivers tells the drivers of readers and cards, and the readers that macOS
// lists.
func (c *Computer) drivers(ctx context.Context) (change, error) {
	var errs []error
	var found platform.Drivers
	out, err := c.o.Run(ctx, "/usr/sbin/system_profiler", "SPSmartCardsDataType", "-json")
	if err == nil {
		found, err = parseSmartCards(out)
	}
	if err != nil {
		errs = append(errs, fmt.Errorf("list drivers: %w", err))
	}
	listed := err == nil
	if err := c.makersDrivers(&found); err != nil {
		errs = append(errs, err)
	}
	found.AppleCCID, err = c.appleCCID()
	if err != nil {
		errs = append(errs, err)
	}
	found.Look = look(errs, listed)
	return func(s *platform.Snapshot) { s.Drivers = found }, nil
}

// makersDrivers looks at the bundles of makers: those that macOS lists, and
// those that it does not.
func (c *Computer) makersDrivers(found *platform.Drivers) error {
	names, err := c.list(driverFolder)
	for _, name := range names {
		full := driverFolder + "/" + name
		listed := slices.ContainsFunc(found.List, func(d platform.Driver) bool { return path.Clean(d.Path) == full })
		if strings.HasSuffix(name, ".bundle") && !listed && len(found.List) < maxListed {
			found.List = append(found.List, platform.Driver{Kind: platform.DriverReader, Path: platform.Printable(full, platform.LongestText)})
		}
	}
	for i := range found.List {
		if d := &found.List[i]; d.Kind == platform.DriverReader && d.Path != "" && !d.Apple {
			c.describeDriver(d)
		}
	}
	if err != nil {
		return fmt.Errorf("list drivers of makers: %w", err)
	}
	return nil
}

// describeDriver completes what macOS says of a driver with what its bundle
// says.
func (c *Computer) describeDriver(d *platform.Driver) {
	b, err := c.bundle(d.Path)
	if err != nil {
		// A file that may not be read is no broken one.
		if platform.WhyOf(err) != platform.WhyAccessDenied {
			d.Broken = true
		}
		return
	}
	d.Arch = b.arch
	if d.ID == "" {
		d.ID = b.id
	}
	if d.Version == "" {
		d.Version = b.version
	}
	if b.program == "" || b.broken != nil && platform.WhyOf(b.broken) != platform.WhyAccessDenied {
		d.Broken = true
	}
}

// appleCCID tells which driver of macOS 14 and later serves CCID readers: off
// where useIFDCCID chose the open-source one. Older systems have no other.
func (c *Computer) appleCCID() (platform.Switch, error) {
	version, err := c.version()
	if err != nil || major(version) < 14 {
		return platform.SwitchUnknown, nil // the area of the system tells the failure
	}
	for _, folder := range []string{managedFolder, machineSettings} { // what is managed counts first
		var v struct {
			Open loose[flag] `plist:"useIFDCCID"`
		}
		err := c.readPlist(folder+smartCardSettings, &v)
		switch {
		case missing(err):
			continue
		case err != nil:
			return platform.SwitchUnknown, fmt.Errorf("read settings of smart cards: %w", err)
		case bool(v.Open.value):
			return platform.SwitchOff, nil
		case v.Open.set:
			return platform.SwitchOn, nil
		}
	}
	return platform.SwitchOn, nil
}
