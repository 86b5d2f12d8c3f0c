package checks

import (
	"slices"
	"strings"

	"yomitori/platform"
)

// reachable judges whether the hosts of the service answered when the user let
// them be asked. That they do proves little, so nothing is said then.
func reachable(in input) []Finding {
	online := in.s.Online
	switch {
	case online.Why == platform.WhyNotAsked, online.State == platform.NotApplicable:
		return nil
	case !online.OK():
		return []Finding{unseen(SystemUnreachable, platform.AreaOnline, online.Look)}
	case len(online.Sites) == 0:
		return nil
	}
	var silent []platform.SiteAnswer
	for _, a := range online.Sites {
		if !a.OK() {
			silent = append(silent, a)
		}
	}
	e := Evidence{Sites: silent}
	switch {
	case len(silent) == 0:
		return nil
	case len(silent) < len(online.Sites):
		return partly(in, e)
	case slices.ContainsFunc(silent, because(platform.WhyProxyAuth)):
		return []Finding{find(SystemProxyAuth, Problem, e)}
	case !wayKnown(in.s), slices.ContainsFunc(silent, because(platform.WhyNotBuilt)):
		// Browsers may go by a way that was not tried.
		e.Area, e.Why = platform.AreaOnline, silent[0].Why
		return []Finding{find(SystemUnreachable, Unknown, e)}
	case !slices.ContainsFunc(silent, func(a platform.SiteAnswer) bool { return a.Why != platform.WhyBadAnswer }):
		// Somebody answers, and it is not the host: what reads HTTPS in between
		// does, and a wrong clock makes its certificate look wrong.
		e.Conditions = []Condition{Intercepted}
	}
	return []Finding{find(SystemUnreachable, Problem, e)}
}

// partly says that some hosts of a service did not answer, and others did. Which
// of them a login needs is not known.
func partly(in input, e Evidence) []Finding {
	if !wayKnown(in.s) || slices.ContainsFunc(e.Sites, because(platform.WhyNotBuilt)) {
		return nil
	}
	return []Finding{find(SystemUnreachable, Notice, e)}
}

func because(why platform.Why) func(platform.SiteAnswer) bool {
	return func(a platform.SiteAnswer) bool { return a.Why == why }
}

// wayKnown reports whether the hosts were asked the way that browsers ask them:
// what a script or the network itself names as proxy was not found out, and only
// proxies that speak HTTP were asked.
func wayKnown(s platform.Snapshot) bool {
	viaProxy := slices.ContainsFunc(s.Online.Sites, func(a platform.SiteAnswer) bool { return a.ViaProxy })
	return s.Network.OK() && !slices.ContainsFunc(s.Network.Proxies, func(p platform.Proxy) bool {
		switch {
		case p.Source == platform.ProxyMachine:
			return false
		case p.Settled() && !p.OK(), p.Mode == platform.ProxyPAC, p.Mode == platform.ProxyDetect:
			return true
		}
		return p.Mode == platform.ProxyManual && !viaProxy && !speaksHTTP(p.Server)
	})
}

// speaksHTTP reports whether a list of proxies, "https=a:8080;socks=b:1080", names
// one of HTTP for the addresses of the services. What the list does not name goes
// without a proxy, unless one of SOCKS takes the rest. A list that is masked in a
// report tells nothing.
func speaksHTTP(list string) bool {
	var http, plain, other bool
	for _, entry := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(";, \t", r) }) {
		protocol, address, listed := strings.Cut(strings.ToLower(entry), "=")
		if !listed {
			protocol, address = "", protocol
		}
		scheme, _, named := strings.Cut(address, "://")
		switch {
		case named && scheme != "http", protocol == "socks", address == "", strings.ContainsAny(address, "«»"):
			other = true
		case protocol == "", protocol == "https":
			http = true
		default:
			plain = true
		}
	}
	return http || plain && !other
}
