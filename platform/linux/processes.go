package linux

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// process is one running process.
type process struct {
	name string // the kernel's, cut at 15 bytes
	uid  int    // real user id
}

// processes lists the running processes. One that ends while it is looked at
// is left out.
func (c *Computer) processes() ([]process, error) {
	entries, err := fs.ReadDir(c.o.Root, "proc")
	if err != nil {
		return nil, fmt.Errorf("list processes: %w", err)
	}
	var list []process
	for _, e := range entries {
		if _, err := strconv.Atoi(e.Name()); err != nil {
			continue
		}
		raw, err := fs.ReadFile(c.o.Root, "proc/"+e.Name()+"/status")
		if err != nil {
			continue
		}
		list = append(list, parseStatus(string(raw)))
	}
	return list, nil
}

// parseStatus reads /proc/N/status, see proc(5).
func parseStatus(raw string) process {
	p := process{uid: -1}
	for line := range strings.Lines(raw) {
		key, value, _ := strings.Cut(line, ":")
		fields := strings.Fields(value)
		switch {
		case key == "Name":
			p.name = strings.TrimSpace(value)
		case key == "Uid" && len(fields) > 0:
			if uid, err := strconv.Atoi(fields[0]); err == nil {
				p.uid = uid
			}
		}
	}
	return p
}
