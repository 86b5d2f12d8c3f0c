package windows

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"yomitori/platform"
)

// ReaderInstance is a reader of PC/SC and the device behind it.
type ReaderInstance struct {
	Name     string // as PC/SC lists it
	Instance string // device instance id, "" where the service did not tell
}

type readersAnswer struct {
	readers []ReaderInstance
	err     error
}

// askReaders begins to ask PC/SC which device is behind which reader. What it
// returns waits for the answer until ctx ends. A call that hangs is left behind.
func (c *Computer) askReaders(ctx context.Context) func() readersAnswer {
	ask := c.o.Native.ReaderInstances
	if ask == nil {
		return func() readersAnswer {
			return readersAnswer{err: fmt.Errorf("list readers: %w", errors.ErrUnsupported)}
		}
	}
	answers := make(chan readersAnswer, 1)
	go func() {
		readers, err := ask()
		answers <- readersAnswer{readers, err}
	}()
	return func() readersAnswer {
		select {
		case a := <-answers:
			return a
		case <-ctx.Done():
		}
		select {
		case a := <-answers: // it came while something else was waited for
			return a
		default:
			return readersAnswer{err: fmt.Errorf("list readers: %w", ctx.Err())}
		}
	}
}

// join tells each device which reader it is. While the device of some reader
// is not known, only the devices that have a reader are joined.
func join(list []platform.Device, readers []ReaderInstance) {
	names := make([]string, len(readers))
	complete := true
	for i, r := range readers {
		names[i] = r.Name
		complete = complete && r.Instance != ""
	}
	names = platform.ReaderNames(names)
	for i := range list {
		d := &list[i]
		d.Joined = complete
		for j, r := range readers {
			if r.Instance != "" && strings.EqualFold(r.Instance, d.Instance) {
				d.Reader, d.Joined = names[j], true
				break // a device with several slots has the name of its first
			}
		}
	}
}
