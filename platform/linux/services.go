package linux

import (
	"context"
	"fmt"
	"io/fs"

	"yomitori/platform"
)

// Where systemd keeps what an administrator decided, and where Debian, Fedora
// and Arch put the daemon.
const (
	unitFolder = "etc/systemd/system/"
	maskTarget = "/dev/null"
)

var pcscdPrograms = []string{"usr/sbin/pcscd", "usr/bin/pcscd", "usr/local/sbin/pcscd"}

// services looks at pcscd: installed, running, and how systemd starts it. A
// computer without systemd leaves the start unknown.
func (c *Computer) services(context.Context) (func(*platform.Snapshot), error) {
	v := platform.Service{Look: platform.Seen(), Name: "pcscd"}
	for _, p := range pcscdPrograms {
		if _, err := fs.Stat(c.o.Root, p); err == nil {
			v.Present = true
		}
	}
	running, err := c.processes()
	if err != nil {
		return nil, fmt.Errorf("look at pcscd: %w", err)
	}
	for _, p := range running {
		v.Running = v.Running || p.name == "pcscd"
	}
	v.Start = c.unitStart()
	return func(s *platform.Snapshot) {
		s.Services = platform.Services{Look: platform.Seen(), List: []platform.Service{v}}
	}, nil
}

func (c *Computer) unitStart() platform.ServiceStart {
	if c.masked("pcscd.socket") || c.masked("pcscd.service") {
		return platform.StartDisabled
	}
	if c.exists(unitFolder + "sockets.target.wants/pcscd.socket") {
		return platform.StartManual
	}
	if c.exists(unitFolder + "multi-user.target.wants/pcscd.service") {
		return platform.StartAutomatic
	}
	return platform.StartUnknown
}

func (c *Computer) masked(unit string) bool {
	target, err := fs.ReadLink(c.o.Root, unitFolder+unit)
	return err == nil && target == maskTarget
}

// exists does not follow links: a unit's link may point outside the tree.
func (c *Computer) exists(name string) bool {
	_, err := fs.Lstat(c.o.Root, name)
	return err == nil
}
