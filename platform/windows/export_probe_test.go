package windows

import (
	"context"

	"yomitori/platform"
)

// Look looks at one area, as Follow does.
func (c *Computer) Look(ctx context.Context, area platform.Area) platform.Snapshot {
	probe := map[platform.Area]func(context.Context) (change, error){
		platform.AreaSystem:   c.system,
		platform.AreaServices: c.services,
		platform.AreaDevices:  c.devices,
		platform.AreaBrowsers: c.browsers,
		platform.AreaHosts:    c.hosts,
		platform.AreaClients:  c.clients,
		platform.AreaStore:    c.store,
		platform.AreaNetwork:  c.network,
		platform.AreaSecurity: c.security,
	}[area]
	var s platform.Snapshot
	if change, err := probe(ctx); err != nil {
		*s.Look(area) = platform.Failure(platform.WhyOf(err), err)
	} else {
		change(&s)
	}
	return s
}

var (
	FamilyOf      = family
	KnownProxy    = knownProxy
	ParseTriggers = parseTriggers
	StatusOf      = statusOf
)
