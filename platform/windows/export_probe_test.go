package windows

import (
	"context"

	"yomitori/platform"
)

// probes are those of the areas.
func (c *Computer) probes() map[platform.Area]func(context.Context) (change, error) {
	return map[platform.Area]func(context.Context) (change, error){
		platform.AreaSystem:   c.system,
		platform.AreaServices: c.services,
		platform.AreaDevices:  c.devices,
		platform.AreaBrowsers: c.browsers,
		platform.AreaHosts:    c.hosts,
		platform.AreaClients:  c.clients,
		platform.AreaStore:    c.store,
		platform.AreaNetwork:  c.network,
		platform.AreaSecurity: c.security,
	}
}

// Look looks at one area as Follow does, but for as long as it takes, so that
// nothing is left behind.
func (c *Computer) Look(ctx context.Context, area platform.Area) platform.Snapshot {
	var s platform.Snapshot
	c.afresh(ctx).look(ctx, area, &s)
	return s
}

// LookAll looks at all areas but readers and cards, one after the other.
func (c *Computer) LookAll(ctx context.Context) platform.Snapshot {
	c = c.afresh(ctx)
	s := platform.Snapshot{Schema: platform.Schema, Taken: c.o.Now()}
	for area := range c.probes() {
		c.look(ctx, area, &s)
	}
	return s
}

func (c *Computer) look(ctx context.Context, area platform.Area, s *platform.Snapshot) {
	if change, err := c.probes()[area](ctx); err != nil {
		*s.Look(area) = platform.Failure(platform.WhyOf(err), err)
	} else {
		change(s)
	}
}

var (
	FamilyOf      = family
	KnownProxy    = knownProxy
	ParseTriggers = parseTriggers
	StatusOf      = statusOf
)

// For repairs.
var (
	ErrCancelled = errCancelled
	IsPacked     = isPacked
)
