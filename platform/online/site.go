package online

import (
	"context"
	"net/http"

	"yomitori/platform"
)

// hostsOf lists the hosts of a service.
func hostsOf(sites []platform.Site, of platform.Software) []string {
	var hosts []string
	for _, s := range sites {
		if s.Software == of {
			hosts = append(hosts, s.Host)
		}
	}
	return hosts
}

// site tries to reach a host of a service. Where it would send a browser on to
// does not matter.
func (n *network) site(ctx context.Context, host string) platform.SiteAnswer {
	e := exchange{method: http.MethodHead, url: "https://" + host + "/"}
	a, err := n.fetch(ctx, e)
	switch a.status {
	case http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusNotImplemented:
		// Some refuse HEAD and nothing else.
		e.method = http.MethodGet
		if second, secondErr := n.fetch(ctx, e); secondErr == nil {
			a = second
		}
	}
	s := platform.SiteAnswer{Look: platform.Seen(), Host: host, Status: a.status, ViaProxy: a.viaProxy}
	if err != nil {
		s.Look = failed(err)
	}
	return s
}
