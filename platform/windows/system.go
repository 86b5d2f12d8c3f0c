package windows

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"yomitori/platform"
)

// Version is the version of Windows.
type Version struct {
	Major, Minor, Build uint32
	// Server tells the editions for servers apart.
	Server bool
	// Arch is the machine's, whatever this program was built for, in GOARCH
	// names; empty when it was not told.
	Arch string
}

const (
	keyVersion     = `SOFTWARE\Microsoft\Windows NT\CurrentVersion`
	keyCodePage    = `SYSTEM\CurrentControlSet\Control\Nls\CodePage`
	keyTimeZone    = `SYSTEM\CurrentControlSet\Control\TimeZoneInformation`
	keyEnvironment = `SYSTEM\CurrentControlSet\Control\Session Manager\Environment`
)

func (c *Computer) system(context.Context) (change, error) {
	var n notes
	edition, err := c.edition()
	n.add(err)
	v, err := c.version()
	if err != nil {
		return nil, fmt.Errorf("read version of Windows: %w", err)
	}
	s := platform.System{
		OS: "windows", Name: windowsName(v, edition.product),
		Edition: edition.id, Release: edition.release, Server: v.Server,
		Version:  fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Build),
		Arch:     c.arch(v, &n),
		CodePage: c.codePage(&n),
		TimeZone: c.timeZone(&n),
	}
	_, offset := c.o.Now().Zone()
	s.UTCOffset = offset / 60
	s.RemoteKind = c.remoteKind(&n)
	s.Remote = s.RemoteKind != ""
	s.Look = n.look()
	return func(to *platform.Snapshot) { to.System = s }, nil
}

// edition is what only the registry tells of the version.
type edition struct{ id, release, product string }

func (c *Computer) edition() (e edition, err error) {
	err = c.withKey(Machine, keyVersion, View64, func(k Key) error {
		var n notes
		text := func(name string) string {
			t, err := k.Text(name)
			n.add(err)
			return platform.Printable(t, platform.LongestName)
		}
		e.id, e.product = text("EditionID"), text("ProductName")
		// ReleaseId stopped at "2009", when DisplayVersion began.
		if e.release = text("DisplayVersion"); e.release == "" {
			e.release = text("ReleaseId")
		}
		return errors.Join(n.errs...)
	})
	return e, err
}

// version asks Windows, and the registry where Windows does not answer.
func (c *Computer) version() (Version, error) {
	err := errors.ErrUnsupported
	if c.o.Native.Version != nil {
		v, nativeErr := c.o.Native.Version()
		if nativeErr == nil {
			return v, nil
		}
		err = nativeErr
	}
	var v Version
	if regErr := c.withKey(Machine, keyVersion, View64, v.read); regErr != nil {
		return Version{}, errors.Join(err, regErr)
	}
	return v, nil
}

func (v *Version) read(k Key) error {
	major, err := k.Number("CurrentMajorVersionNumber")
	if err != nil {
		return err
	}
	minor, err := k.Number("CurrentMinorVersionNumber")
	if err != nil {
		return err
	}
	text, err := k.Text("CurrentBuildNumber")
	if err != nil {
		return err
	}
	build, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		return fmt.Errorf("read build number: %w", err)
	}
	kind, _ := k.Text("InstallationType") // "Client", "Server", "Server Core"
	*v = Version{uint32(major), uint32(minor), uint32(build), strings.HasPrefix(kind, "Server"), ""}
	return nil
}

// firstOfWindows11 is the build that Windows 11 began with. In all else it
// calls itself Windows 10, the ProductName of the registry included.
const firstOfWindows11 = 22000

func windowsName(v Version, product string) string {
	switch {
	case v.Server && strings.HasPrefix(product, "Windows Server"):
		return product
	case v.Server:
		return "Windows Server"
	case v.Major == 10 && v.Build >= firstOfWindows11:
		return "Windows 11"
	case v.Major == 10:
		return "Windows 10"
	case v.Major == 6 && v.Minor == 3:
		return "Windows 8.1"
	case v.Major == 6 && v.Minor == 2:
		return "Windows 8"
	case v.Major == 6 && v.Minor == 1:
		return "Windows 7"
	}
	return "Windows"
}

// machines are the values of PROCESSOR_ARCHITECTURE that Windows sets for the
// whole computer.
var machines = map[string]string{"AMD64": "amd64", "ARM64": "arm64", "X86": "386"}

func (c *Computer) arch(v Version, n *notes) string {
	if v.Arch != "" {
		return v.Arch
	}
	text, err := c.text(Machine, keyEnvironment, View64, "PROCESSOR_ARCHITECTURE")
	n.add(err)
	return machines[strings.ToUpper(text)]
}

// codePage prefers what the computer is set to: a program may have a code page
// of its own.
func (c *Computer) codePage(n *notes) int {
	text, err := c.text(Machine, keyCodePage, View64, "ACP")
	if page, atoiErr := strconv.ParseUint(text, 10, 16); err == nil && atoiErr == nil {
		return int(page)
	}
	if c.o.Native.CodePage != nil {
		return c.o.Native.CodePage()
	}
	n.add(err)
	return 0
}

// timeZone is the name by which Windows keeps the zone, in English everywhere.
func (c *Computer) timeZone(n *notes) string {
	zone, err := c.text(Machine, keyTimeZone, View64, "TimeZoneKeyName")
	n.add(err)
	return platform.Printable(zone, platform.LongestName)
}

func (c *Computer) remoteKind(n *notes) string {
	if c.o.Getenv("SSH_CONNECTION") != "" {
		return "ssh"
	}
	if c.o.Native.Remote == nil {
		return ""
	}
	remote, err := c.o.Native.Remote()
	n.add(err)
	if remote {
		return "rdp"
	}
	return ""
}
