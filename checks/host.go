package checks

import (
	"slices"

	"yomitori/platform"
)

// keysOf lists whose registrations a browser reads, in the order in which it
// does: on Windows, Edge reads Chromium's and Chrome's keys as well
// (facts/os-browser.md 1.3); of folders that is not told.
func keysOf(os string, b platform.BrowserName) []platform.BrowserName {
	if b == platform.BrowserEdge && os != "darwin" {
		return []platform.BrowserName{platform.BrowserEdge, platform.BrowserChromium, platform.BrowserChrome}
	}
	return []platform.BrowserName{b}
}

// registrations lists where a browser finds the hosts of some software, in the
// order in which it looks: the user's before the computer's, the 32-bit view
// before the 64-bit one (Chromium's native_process_launcher_win.cc).
func registrations(s platform.Snapshot, b platform.BrowserName, sw platform.Software) []platform.NativeHost {
	keys := keysOf(s.System.OS, b)
	var list []platform.NativeHost
	for _, h := range s.Hosts.List {
		if h.Software == sw && slices.Contains(keys, h.Browser) {
			list = append(list, h)
		}
	}
	place := func(h platform.NativeHost) int {
		n := slices.Index(keys, h.Browser)
		if h.View == 64 {
			n += 10
		}
		if h.Scope != platform.ScopeUser {
			n += 100
		}
		return n
	}
	slices.SortStableFunc(list, func(a, b platform.NativeHost) int { return place(a) - place(b) })
	return list
}

// hostsInUse are the registrations that a browser follows: of each name the
// first that counts. One that follows is not looked at, even where the first
// leads nowhere.
func hostsInUse(s platform.Snapshot, b platform.Browser, sw platform.Software) []platform.NativeHost {
	var list []platform.NativeHost
	for _, h := range registrations(s, b.Name, sw) {
		ignored := h.Scope == platform.ScopeUser && b.Policies.UserHosts == platform.SwitchOff
		if !ignored && !slices.ContainsFunc(list, func(o platform.NativeHost) bool { return o.Name == h.Name }) {
			list = append(list, h)
		}
	}
	return list
}

// origins are the extensions that the hosts in use talk to; none when not told.
func origins(s platform.Snapshot, b platform.Browser, sw platform.Software) []string {
	var ids []string
	for _, h := range hostsInUse(s, b, sw) {
		ids = append(ids, h.Origins...)
	}
	return ids
}

// host judges the native host of the official software for one browser.
func host(in input, b platform.Browser, e Evidence) []Finding {
	e.Browsers = []string{string(b.Name)}
	if !in.s.Hosts.OK() {
		e.Area, e.Why = platform.AreaHosts, in.s.Hosts.Why
		return []Finding{find(HostMissing, Unknown, e)}
	}
	list := hostsInUse(in.s, b, e.Software)
	if len(list) == 0 {
		return []Finding{noHost(in, b, e)}
	}
	var first *Finding
	for _, h := range list {
		f := hostState(in.s.System, h, b.Policies, e)
		if f.Status == OK {
			return nil
		}
		if first == nil {
			first = &f
		}
	}
	return []Finding{*first}
}

// noHost says why a browser follows no registration.
func noHost(in input, b platform.Browser, e Evidence) Finding {
	ignored := registrations(in.s, b.Name, e.Software)
	if len(ignored) == 0 {
		return find(HostMissing, Problem, e)
	}
	e.Host, e.Conditions, e.Policies = &ignored[0], []Condition{UserLevel}, []string{"NativeMessagingUserLevelHosts"}
	return find(HostBlocked, Problem, e)
}

// hostState judges one registration; the status is OK when nothing is the matter.
func hostState(s platform.System, h platform.NativeHost, ps platform.Policies, e Evidence) Finding {
	e.Host = &h
	if policy, blocked := blockedHost(ps, h.Name); blocked {
		e.Policies = []string{policy}
		return find(HostBlocked, Problem, e)
	}
	if faults := hostFaults(ps); len(faults) > 0 {
		e.Area, e.Why, e.Policies = platform.AreaBrowsers, platform.WhyError, faults
		return find(HostBlocked, Unknown, e)
	}
	switch h.State {
	case platform.HostReady, platform.HostProgramBroken:
		f := architecture(s, h.Arch, e)
		switch {
		case f.Status == Problem, f.Status == Unknown && h.State == platform.HostReady:
			return f
		case h.State == platform.HostReady:
			return Finding{Status: OK}
		}
		return find(HostBroken, Problem, e)
	case platform.HostManifestMissing, platform.HostManifestBroken, platform.HostProgramMissing:
		return find(HostBroken, Problem, e)
	}
	e.Area, e.Why = platform.AreaHosts, platform.WhyError
	return find(HostBroken, Unknown, e)
}
