package windows_test

import (
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"yomitori/platform"
	"yomitori/platform/windows"
)

// counted counts how often keys are opened.
type counted struct {
	windows.Registry
	hosts, uninstall *atomic.Int32
}

func (c counted) Open(root windows.Root, path string, view windows.View) (windows.Key, error) {
	if root == windows.Machine && view == windows.View64 {
		switch {
		case strings.HasSuffix(path, `Edge\NativeMessagingHosts`):
			c.hosts.Add(1)
		case strings.HasSuffix(path, `\Uninstall`):
			c.uninstall.Add(1)
		}
	}
	return c.Registry.Open(root, path, view)
}

// What several areas need is looked at once each time that the computer is
// followed, and not kept for the next.
func TestSharedPartsAreLookedAtOnce(t *testing.T) {
	r := newRegFile(t, homePC, hostPC, officePC)
	var hosts, uninstall, processes atomic.Int32
	o := homeOptions(counted{r, &hosts, &uninstall}, homeFiles())
	o.Native.Processes = func() ([]windows.Process, error) {
		processes.Add(1)
		return []windows.Process{{ID: int(processes.Load()), Name: "JPKIMenu.exe"}}, nil
	}
	c := windows.New(o)
	for round := range int32(2) {
		s, err := platform.Observe(t.Context(), c, nil) // until all areas are there
		if err != nil {
			t.Fatal(err)
		}
		if got := [3]int32{hosts.Load(), uninstall.Load(), processes.Load()}; got != [3]int32{round + 1, round + 1, round + 1} {
			t.Errorf("round %d: hosts, programs and processes were listed %v times", round, got)
		}
		if i := slices.IndexFunc(s.Clients.Processes, func(p platform.Process) bool { return p.ID == int(round)+1 }); i < 0 {
			t.Errorf("round %d: %+v", round, s.Clients.Processes)
		}
		if len(s.Hosts.List) == 0 || len(s.Clients.List) == 0 || len(s.Browsers.List) == 0 {
			t.Errorf("round %d: %+v", round, s)
		}
	}
}
