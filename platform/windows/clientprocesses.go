package windows

import (
	"slices"
	"strings"

	"yomitori/platform"
)

// mostClientProcesses bounds how many processes are told of. Hosts that nobody
// ends can be many.
const mostClientProcesses = 256

// clientProcesses lists the running programs of the official software.
func (c *Computer) clientProcesses(found *clientsFound) error {
	running, err := c.processes()
	if len(running) == 0 {
		return err
	}
	found.add(err)
	hosts, err := c.nativeHosts()
	byID := make(map[int]Process, len(running))
	for _, p := range running {
		byID[p.ID] = p
	}
	for _, p := range running {
		software, host := c.softwareOfProcess(p), ""
		i := slices.IndexFunc(hosts, func(h platform.NativeHost) bool { return samePath(p.Path, h.Program) })
		if i >= 0 {
			software, host = hosts[i].Software, hosts[i].Name
		}
		if (host == "" && software == platform.SoftwareNone) || len(found.Processes) == mostClientProcesses {
			continue
		}
		found.Processes = append(found.Processes, platform.Process{
			Program:  platform.Printable(p.Name, platform.LongestName),
			Software: software,
			ID:       p.ID,
			Host:     host,
			Age:      c.age(p),
			Hung:     p.Hung,
			Child:    sameProgram(p, byID[p.Parent]),
			Orphan:   host != "" && orphaned(p, byID),
		})
	}
	return err
}

// softwareOfProcess tells official software by the name of the program, or by
// the folders below those for programs. Other folders bear the names of people
// and of what they do.
func (c *Computer) softwareOfProcess(p Process) platform.Software {
	if of := platform.SoftwareOf(p.Name); of != platform.SoftwareNone {
		return of
	}
	x86, _ := c.folder(ProgramFilesX86) // a 32-bit Windows has none
	for _, folder := range []string{c.programFiles(), x86} {
		if rest, ok := below(p.Path, folder); ok {
			return platform.SoftwareOf(rest)
		}
	}
	return platform.SoftwareNone
}

// below cuts a folder off the front of a path in it.
func below(path, folder string) (string, bool) {
	p, f := slashed(path), slashed(folder)+"/"
	if folder == "" || len(p) <= len(f) || !strings.EqualFold(p[:len(f)], f) {
		return "", false
	}
	return strings.ReplaceAll(p[len(f):], "/", `\`), true
}

// sameProgram reports whether two processes run one program: by its path, or
// by its name where a path is not known.
func sameProgram(a, b Process) bool {
	if a.Path != "" && b.Path != "" {
		return samePath(a.Path, b.Path)
	}
	return a.Name != "" && strings.EqualFold(a.Name, b.Name)
}

// age is how long a process has run, in seconds.
func (c *Computer) age(p Process) int {
	if p.Started.IsZero() {
		return 0
	}
	return max(0, int(c.o.Now().Sub(p.Started).Seconds()))
}

// orphaned reports whether the browser of a native host has gone. Chromium
// starts a host through a command shell unless told otherwise, and the shell
// waits for the host (native_process_launcher_win.cc).
func orphaned(p Process, byID map[int]Process) bool {
	for range 4 { // no browser needs more shells
		if p.Parent == 0 {
			return true
		}
		parent, ok := byID[p.Parent]
		if !ok || !strings.EqualFold(parent.Name, "cmd.exe") {
			return false
		}
		p = parent
	}
	return false
}
