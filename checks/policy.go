package checks

import (
	"slices"
	"strings"

	"yomitori/platform"
)

// settingsPolicy overrides the older lists (facts/os-browser.md 1.5).
const settingsPolicy = "ExtensionSettings"

// blockedExtension says whether a policy keeps an extension out, and which. A
// rule that names the extension comes before one for all; of the rules that
// name it, ExtensionSettings before the lists, and of these a forced one
// before a blocked and that before an allowed one (Chromium's
// extension_management.cc).
func blockedExtension(ps platform.Policies, id string) (policy string, blocked bool) {
	for _, who := range []string{id, platform.AnyID} {
		for _, settings := range []bool{true, false} {
			if r, ok := strongest(ps.Extensions, who, settings); ok {
				return r.Policy, r.Mode == platform.ModeBlocked || r.Mode == platform.ModeRemoved
			}
		}
	}
	return "", false
}

// modes orders the modes of rules that speak about the same extension.
var modes = []platform.ExtensionMode{
	platform.ModeForced, platform.ModeNormal, platform.ModeRemoved, platform.ModeBlocked, platform.ModeAllowed,
}

func strongest(rules []platform.ExtensionRule, id string, settings bool) (platform.ExtensionRule, bool) {
	var best platform.ExtensionRule
	for _, r := range rules {
		if r.ID != id || (r.Policy == settingsPolicy) != settings {
			continue
		}
		if best.Mode == "" || stronger(r, best) {
			best = r
		}
	}
	return best, best.Mode != ""
}

// stronger lets the computer's rule win over the user's, then orders by mode.
func stronger(a, b platform.ExtensionRule) bool {
	if a.Policy == b.Policy && a.Scope != b.Scope {
		return a.Scope == platform.ScopeMachine
	}
	return slices.Index(modes, a.Mode) < slices.Index(modes, b.Mode)
}

// blockedHost says whether a policy forbids a native host, and which. An
// allowlist counts only against a blocklist, and only with the host's name.
func blockedHost(ps platform.Policies, host string) (policy string, blocked bool) {
	for _, r := range ps.Hosts {
		switch {
		case r.Allowed && r.Host == host:
			return "", false
		case !r.Allowed && (r.Host == host || r.Host == platform.AnyID):
			policy, blocked = r.Policy, true
		}
	}
	return policy, blocked
}

// hostFaults are the policies about native hosts that could not be understood.
func hostFaults(ps platform.Policies) []string {
	var list []string
	for _, f := range ps.Faults {
		if strings.Contains(f, "NativeMessaging") {
			list = append(list, f)
		}
	}
	return list
}
