package windows

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"yomitori/platform"
)

// clientsFound is what the parts of the area find.
type clientsFound struct {
	platform.Clients
	notes []error // what could not be looked at besides
}

// note keeps an error that leaves the rest of a part standing.
func (f *clientsFound) note(err error) {
	if err != nil {
		f.notes = append(f.notes, err)
	}
}

// look tells on one line what could not be looked at.
func (f *clientsFound) look() platform.Look {
	l := platform.Seen()
	if err := errors.Join(f.notes...); err != nil {
		l.Detail = platform.Printable(strings.ReplaceAll(err.Error(), "\n", "; "), platform.LongestText)
	}
	return l
}

func (f *clientsFound) empty() bool {
	return len(f.List) == 0 && len(f.Providers) == 0 && len(f.Processes) == 0
}

// clients looks for the official client programs and card drivers: installed,
// registered, and running.
func (c *Computer) clients(ctx context.Context) (change, error) {
	var found clientsFound
	blind := errors.Join( // nothing found would not mean that nothing is there
		c.installedClients(ctx, &found),
		c.middleware(&found),
		c.providers(&found),
	)
	found.note(blind)
	found.note(c.clientProcesses(ctx, &found))
	if blind != nil && found.empty() {
		return nil, fmt.Errorf("look for client software: %w", blind)
	}
	found.Look = found.look()
	return func(s *platform.Snapshot) { s.Clients = found.Clients }, nil
}
