package checks

import (
	"slices"

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
	case len(online.Sites) == 0, slices.ContainsFunc(online.Sites, func(a platform.SiteAnswer) bool { return a.OK() }):
		return nil
	}
	e := Evidence{Sites: online.Sites}
	switch {
	case slices.ContainsFunc(online.Sites, because(platform.WhyProxyAuth)):
		return []Finding{find(SystemProxyAuth, Problem, e)}
	case !wayKnown(in.s.Network), slices.ContainsFunc(online.Sites, because(platform.WhyNotBuilt)):
		// Browsers may go by a way that was not tried.
		e.Area, e.Why = platform.AreaOnline, online.Sites[0].Why
		return []Finding{find(SystemUnreachable, Unknown, e)}
	case !slices.ContainsFunc(online.Sites, func(a platform.SiteAnswer) bool { return a.Why != platform.WhyBadAnswer }):
		// Somebody answers, and it is not the host: what reads HTTPS in between
		// does, and a wrong clock makes its certificate look wrong.
		e.Conditions = []Condition{Intercepted}
	}
	return []Finding{find(SystemUnreachable, Problem, e)}
}

func because(why platform.Why) func(platform.SiteAnswer) bool {
	return func(a platform.SiteAnswer) bool { return a.Why == why }
}

// wayKnown reports whether the hosts were asked the way that browsers ask them:
// what a script or the network itself names as proxy was not found out.
func wayKnown(n platform.Network) bool {
	return n.OK() && !slices.ContainsFunc(n.Proxies, func(p platform.Proxy) bool {
		if p.Source == platform.ProxyMachine {
			return false
		}
		return p.Settled() && !p.OK() || p.Mode == platform.ProxyPAC || p.Mode == platform.ProxyDetect
	})
}
