package practice

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"yomitori/platform"
)

//go:embed computers/*.json
var files embed.FS

// ErrUnknown is returned for a name that no practice computer has.
var ErrUnknown = errors.New("no such practice computer")

// Names lists the practice computers, sorted.
func Names() []string {
	entries, err := fs.ReadDir(files, "computers")
	if err != nil {
		panic(fmt.Sprintf("practice: read embedded computers: %v", err))
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".json"))
	}
	slices.Sort(names)
	return names
}

// Open loads a practice computer. The error wraps ErrUnknown for a wrong name.
func Open(name string) (*Computer, error) {
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("open practice computer %q: %w", name, ErrUnknown)
	}
	raw, err := files.ReadFile("computers/" + name + ".json")
	if err != nil {
		return nil, fmt.Errorf("open practice computer %q: %w", name, err)
	}
	var s platform.Snapshot
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, fmt.Errorf("open practice computer %q: %w", name, err)
	}
	c := New(s)
	c.repairable = true
	if other, ok := behind[name]; ok {
		after, err := Open(other)
		if err != nil {
			return nil, err
		}
		c.behind = &after.recorded
	}
	return c, nil
}

// behind names the computer whose readers and cards come into view where the
// service that serves them was the fault.
var behind = map[string]string{"service-disabled": "healthy"}

// Computer is a computer that was looked at once. What repairs change of it lives
// as long as the value.
type Computer struct {
	recorded   platform.Snapshot
	repairable bool
	behind     *platform.Snapshot // what comes into view; nil: nothing

	mu      sync.Mutex
	made    []made
	changed chan struct{} // closed when what was made changes
}

// errUnrecorded is why an area that was still being looked at when the snapshot
// was taken cannot be looked at any more.
var errUnrecorded = errors.New("looking had not ended when this was recorded")

// New makes a computer out of a snapshot, a recorded or a saved one. What was
// pending in it has failed for good. No repair can be made on it: it may be a
// report of a real computer, which would not change.
func New(s platform.Snapshot) *Computer {
	if !s.Online.Settled() { // as in files from before this area
		s.Online.Look = platform.NotAsked()
	}
	for _, a := range platform.Areas {
		if l := s.Look(a); !l.Settled() {
			*l = platform.Failure(platform.WhyError, errUnrecorded)
		}
	}
	s.Cards.List = slices.Clone(s.Cards.List)
	for i := range s.Cards.List {
		if l := &s.Cards.List[i].Look; !l.Settled() {
			*l = platform.Failure(platform.WhyError, errUnrecorded)
		}
	}
	return &Computer{recorded: s, changed: make(chan struct{})}
}

// Follow implements platform.Computer: it reports the snapshot, and again each
// time a repair changed it.
func (c *Computer) Follow(ctx context.Context, report func(platform.Snapshot)) error {
	for {
		s, changed := c.now()
		report(s)
		select {
		case <-ctx.Done():
		case <-changed:
		}
		if ctx.Err() != nil {
			return nil
		}
	}
}
