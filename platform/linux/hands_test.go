package linux_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"yomitori/platform"
	"yomitori/platform/linux"
)

// hands is a computer that a repair acts on.
type hands struct {
	root     fstest.MapFS
	uid      int
	programs map[string]string // where they are
	exits    map[string]int    // by command line; 0 where it is not told
	ignores  map[int]bool      // processes that do not end when asked
	immortal map[int]bool      // those that do not end at all
	refresh  func(context.Context) error

	did []string
}

func newHands() *hands {
	h := &hands{
		root: debian(), uid: 1000,
		programs: map[string]string{"pkexec": "/usr/bin/pkexec", "systemctl": "/usr/bin/systemctl", "xdg-open": "/usr/bin/xdg-open"},
		exits:    map[string]int{}, ignores: map[int]bool{}, immortal: map[int]bool{},
	}
	h.root["run/systemd/system"] = &fstest.MapFile{Mode: fs.ModeDir | 0o755}
	delete(h.root, "proc/60/status")
	return h
}

// process adds a running process.
func (h *hands) process(id, uid int, name, started, args string) {
	h.root[fmt.Sprintf("proc/%d/status", id)] = file(fmt.Sprintf("Name:\t%s\nState:\tS (sleeping)\nUid:\t%d\t%d\t%d\t%d\n", name, uid, uid, uid, uid))
	h.root[fmt.Sprintf("proc/%d/stat", id)] = file(fmt.Sprintf("%d (%s) S 1%s %s 0 0\n", id, name+") x", strings.Repeat(" 0", 17), started))
	h.root[fmt.Sprintf("proc/%d/cmdline", id)] = file(args)
}

func (h *hands) end(id int, gently bool, same func() bool) error {
	if !same() {
		h.did = append(h.did, fmt.Sprint("spare ", id))
		return nil
	}
	h.did = append(h.did, fmt.Sprint(map[bool]string{true: "ask ", false: "end "}[gently], id))
	if h.immortal[id] || gently && h.ignores[id] {
		return nil
	}
	maps.DeleteFunc(h.root, func(name string, _ *fstest.MapFile) bool { return strings.HasPrefix(name, fmt.Sprintf("proc/%d/", id)) })
	return nil
}

func (h *hands) computer() *linux.Computer {
	return linux.New(linux.Options{
		Root: h.root, UID: h.uid, Home: "home/a",
		Run: func(_ context.Context, program string, args ...string) (int, error) {
			line := strings.Join(append([]string{program}, args...), " ")
			h.did = append(h.did, line)
			return h.exits[line], nil
		},
		Start: func(program string, args ...string) error {
			h.did = append(h.did, strings.Join(append([]string{"start", program}, args...), " "))
			return nil
		},
		Find: func(program string) (string, error) {
			if p := h.programs[program]; p != "" {
				return p, nil
			}
			return "", fs.ErrNotExist
		},
		Executable:  func() (string, error) { return "/opt/yomitori", nil },
		End:         h.end,
		Pause:       func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
		RefreshPCSC: h.refresh,
	})
}

func (h *hands) plan(r platform.Repair) (platform.RepairPlan, error) {
	return h.computer().PlanRepair(context.Background(), r, platform.Snapshot{})
}

// makes plans and makes a repair and tells what was done.
func (h *hands) makes(t *testing.T, r platform.Repair) ([]string, error) {
	t.Helper()
	p, err := h.plan(r)
	if err != nil {
		return nil, err
	}
	for _, c := range p.Changes {
		if _, err := h.computer().MakeChange(t.Context(), c, t.TempDir()); err != nil {
			return h.did, err
		}
	}
	return h.did, nil
}

// wantsUntouched fails unless an error has its reason, and says that nothing was
// touched.
func wantsUntouched(t *testing.T, err error, want platform.RepairWhy) {
	t.Helper()
	wantsWhy(t, err, want)
	if !platform.IsUntouched(err) {
		t.Errorf("not said to be untouched: %v", err)
	}
}

func wantsWhy(t *testing.T, err error, want platform.RepairWhy) {
	t.Helper()
	if want == "" && err != nil || want != "" && (err == nil || platform.RepairWhyOf(err) != want) {
		t.Errorf("error %v, want %q", err, want)
	}
}
