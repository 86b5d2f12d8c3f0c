package linux

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"strings"

	"yomitori/platform"
)

// system reads the distribution's name and how the session is connected.
func (c *Computer) system(context.Context) (func(*platform.Snapshot), error) {
	raw, err := fs.ReadFile(c.o.Root, "etc/os-release")
	if err != nil {
		return nil, fmt.Errorf("read operating system: %w", err)
	}
	release := parseOSRelease(raw)
	v := platform.System{
		Look: platform.Seen(), OS: "linux", Arch: c.o.Arch,
		Name: release["PRETTY_NAME"], Version: release["VERSION_ID"],
	}
	switch {
	case c.o.Getenv("SSH_CONNECTION") != "":
		v.Remote, v.RemoteKind = true, "ssh"
	case c.o.Getenv("XRDP_SESSION") != "":
		v.Remote, v.RemoteKind = true, "rdp"
	}
	return func(s *platform.Snapshot) { s.System = v }, nil
}

// parseOSRelease reads os-release(5): NAME=value lines, values perhaps quoted.
func parseOSRelease(raw []byte) map[string]string {
	values := map[string]string{}
	for lines := bufio.NewScanner(bytes.NewReader(raw)); lines.Scan(); {
		key, value, ok := strings.Cut(strings.TrimSpace(lines.Text()), "=")
		if ok && !strings.HasPrefix(key, "#") {
			values[key] = strings.Trim(value, `"'`)
		}
	}
	return values
}
