package checks

import (
	"slices"

	"yomitori/platform"
	"yomitori/platform/rules"
)

// systemRule is what the service of a purpose asks of this computer's system;
// false where nothing is known.
func systemRule(in input, p Purpose) (rules.System, bool) {
	for _, r := range rules.Systems {
		if r.OS == in.s.System.OS && r.Service == p.Software() {
			return r, true
		}
	}
	return rules.System{}, false
}

// browserRule is with which browsers the service can be used on this computer's
// system; an empty rule where nothing is known.
func browserRule(in input) rules.Browsers {
	for _, r := range rules.BrowserLists {
		if r.OS == in.s.System.OS && r.Service == in.question.Purpose.Software() {
			return r
		}
	}
	return rules.Browsers{}
}

// supported lists the browsers with which the service can be used on this
// computer. What could not be looked at speaks against none of them.
func supported(in input) []platform.BrowserName {
	rule := browserRule(in)
	list := slices.Clone(rule.Listed)
	for _, b := range rule.Registered {
		if !in.s.Hosts.OK() || slices.ContainsFunc(in.s.Hosts.List, func(h platform.NativeHost) bool { return h.Browser == b }) {
			list = append(list, b)
		}
	}
	return list
}
