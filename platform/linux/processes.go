package linux

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// process is one running process.
type process struct {
	id    int
	name  string // the kernel's, cut at 15 bytes
	uid   int    // real user id
	ended bool   // and not yet taken notice of by who started it
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
		id, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		raw, err := fs.ReadFile(c.o.Root, "proc/"+e.Name()+"/status")
		if err != nil {
			continue
		}
		if p := parseStatus(string(raw)); !p.ended {
			p.id = id
			list = append(list, p)
		}
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
		case key == "State" && len(fields) > 0:
			p.ended = fields[0] == "Z" || fields[0] == "X"
		case key == "Uid" && len(fields) > 0:
			if uid, err := strconv.Atoi(fields[0]); err == nil {
				p.uid = uid
			}
		}
	}
	return p
}

// started is when a process started, in ticks since the computer did: the 22nd
// field of /proc/N/stat, of which the second may hold spaces and brackets.
func (c *Computer) started(id int) (string, bool) {
	raw, err := fs.ReadFile(c.o.Root, fmt.Sprintf("proc/%d/stat", id))
	if err != nil {
		return "", false
	}
	text := string(raw)
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
	const place = 22 - 3 // the third is the first after the bracket
	if len(fields) <= place {
		return "", false
	}
	return fields[place], true
}

// isHelper reports whether a process of a browser was started by another one of
// it, for a page or a task.
func (c *Computer) isHelper(id int) bool {
	raw, err := fs.ReadFile(c.o.Root, fmt.Sprintf("proc/%d/cmdline", id))
	return err == nil && strings.Contains(string(raw), "--type=")
}
