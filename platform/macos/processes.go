package macos

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// process is a running process of this user.
type process struct {
	id, parent int
	program    string // full path, where macOS tells it
	age        int    // seconds since it started
	began      time.Time
}

func (p process) name() string { return path.Base(p.program) }

// isChild reports whether a process was started by another of the same program.
func isChild(p process, running []process) bool {
	return slices.ContainsFunc(running, func(o process) bool {
		return o.id == p.parent && o.id != p.id && path.Clean(o.program) == path.Clean(p.program)
	})
}

// processes lists this user's processes.
func (c *Computer) processes(ctx context.Context) ([]process, error) {
	out, err := c.o.Run(ctx, "/bin/ps", "-axww", "-o", "pid=,ppid=,uid=,etime=,comm=")
	if err != nil {
		return nil, fmt.Errorf("list processes: %w", err)
	}
	list := parseProcesses(out, c.o.UID)
	for i := range list {
		list[i].began = c.started(list[i])
	}
	return list, nil
}

// maxProcesses is how many processes are looked at.
const maxProcesses = 1 << 14

// parseProcesses understands what ps writes for pid, ppid, uid, etime and comm,
// and leaves out the processes of others. A line that is not of that form is
// left out too.
func parseProcesses(out []byte, uid int) []process {
	var list []process
	for line := range strings.Lines(string(out)) {
		var fields [4]string
		rest := strings.TrimRight(line, "\r\n")
		for i := range fields {
			fields[i], rest, _ = strings.Cut(strings.TrimLeft(rest, " \t"), " ")
		}
		rest = strings.TrimLeft(rest, " \t")
		id, err1 := strconv.Atoi(fields[0])
		parent, err2 := strconv.Atoi(fields[1])
		owner, err3 := strconv.Atoi(fields[2])
		age, ok := elapsed(fields[3])
		if err1 == nil && err2 == nil && err3 == nil && ok && owner == uid && rest != "" && len(list) < maxProcesses {
			list = append(list, process{id: id, parent: parent, program: strings.TrimRight(rest, " "), age: age})
		}
	}
	return list
}

// elapsed reads "[[days-]hours:]minutes:seconds".
func elapsed(text string) (seconds int, ok bool) {
	days := "0"
	if before, after, found := strings.Cut(text, "-"); found {
		days, text = before, after
	}
	parts := strings.Split(text, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	total, err := strconv.ParseUint(days, 10, 16)
	if err != nil {
		return 0, false
	}
	if len(parts) == 2 {
		parts = append([]string{"0"}, parts...)
	}
	for i, p := range parts {
		n, err := strconv.ParseUint(p, 10, 16)
		if err != nil {
			return 0, false
		}
		total = total*[]uint64{24, 60, 60}[i] + n
	}
	return int(total), true
}

// startedByBrowser tells of each process whether a browser started it to be a
// native host: then it is told the extension that asked for it. Nothing else
// of the arguments is kept.
func (c *Computer) startedByBrowser(ctx context.Context) (map[int]bool, error) {
	out, err := c.o.Run(ctx, "/bin/ps", "-axww", "-o", "pid=,args=")
	if err != nil {
		return nil, fmt.Errorf("list arguments of processes: %w", err)
	}
	return parseOrigins(out), nil
}

func parseOrigins(out []byte) map[int]bool {
	by := map[int]bool{}
	for line := range strings.Lines(string(out)) {
		id, args, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.Atoi(id)
		if err == nil && (strings.Contains(args, " chrome-extension://") || strings.Contains(args, " extension://")) {
			by[n] = true
		}
	}
	return by
}
