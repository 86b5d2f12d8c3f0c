package windows

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"time"
)

// Process is a running process.
type Process struct {
	ID int
	// Parent is the process that started it, 0 when that one has ended.
	Parent int
	// Path is the full path of the program; Name its file name, which is
	// known even where the path is not.
	Path, Name string
	Started    time.Time
	Windows    int  // visible top-level windows
	Hung       bool // one of them does not answer
}

// readProcesses lists this user's processes; with an error, those that are
// known all the same.
func (c *Computer) readProcesses() ([]Process, error) {
	if c.o.Native.Processes == nil {
		return nil, fmt.Errorf("list processes: %w", errors.ErrUnsupported)
	}
	list, err := c.o.Native.Processes()
	if err != nil {
		return list, fmt.Errorf("list processes: %w", err)
	}
	return list, nil
}

// settleParents forgets the parents that have ended. Windows gives their ids
// to other processes, so a parent counts only if it is not younger than its
// child; one whose start is not known is believed.
func settleParents(all []Process) {
	started := make(map[int]time.Time, len(all))
	for _, p := range all {
		started[p.ID] = p.Started
	}
	for i := range all {
		p := &all[i]
		at, alive := started[p.Parent]
		if !alive || !at.IsZero() && !p.Started.IsZero() && at.After(p.Started) {
			p.Parent = 0
		}
	}
}

// samePath reports whether two full paths name the same file, as far as their
// letters tell.
func samePath(a, b string) bool {
	return a != "" && strings.EqualFold(slashed(a), slashed(b))
}

// slashed is a path of Windows in the form that package path understands,
// without detours.
func slashed(p string) string {
	p = strings.ReplaceAll(strings.TrimPrefix(p, `\\?\`), `\`, "/")
	drive := ""
	if len(p) > 1 && p[1] == ':' {
		drive, p = p[:2], p[2:]
	}
	return drive + path.Clean(p)
}
