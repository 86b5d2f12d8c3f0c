package windows

import (
	"context"
	"errors"

	"yomitori/platform"
)

// clientsFound is what the parts of the area find.
type clientsFound struct {
	platform.Clients
	notes // what could not be looked at besides
}

// clients looks for the official client programs and card drivers: installed,
// registered, and running. When a place where they would be registered cannot
// be read, the area has failed and tells what the others held: what was not
// found may be there all the same.
func (c *Computer) clients(context.Context) (change, error) {
	var found clientsFound
	blind := errors.Join(
		c.installedClients(&found),
		c.middleware(&found),
		c.providers(&found),
	)
	found.add(c.clientProcesses(&found))
	found.Look = found.look()
	if blind != nil {
		found.Look = failure(blind)
	}
	return func(s *platform.Snapshot) { s.Clients = found.Clients }, nil
}
