package chromium

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yomitori/platform"
)

// The policies that decide whether extension and host may run. The names are
// the same for all browsers and systems.
const (
	policyAllowlist     = "ExtensionInstallAllowlist"
	policyBlocklist     = "ExtensionInstallBlocklist"
	policyForcelist     = "ExtensionInstallForcelist"
	policySettings      = "ExtensionSettings"
	policyHostAllowlist = "NativeMessagingAllowlist"
	policyHostBlocklist = "NativeMessagingBlocklist"
	policyUserHosts     = "NativeMessagingUserLevelHosts"
	policyBackground    = "BackgroundModeEnabled"
	policyStartupBoost  = "StartupBoostEnabled"
)

// PolicyLists, PolicySwitches and PolicySettings name what RawPolicies should
// hold.
var (
	PolicyLists = []string{
		policyAllowlist, policyBlocklist, policyForcelist, policyHostAllowlist, policyHostBlocklist,
	}
	PolicySwitches = []string{policyUserHosts, policyBackground, policyStartupBoost}
	PolicySettings = policySettings
)

// RawPolicies are the values that one scope sets, as the system stores them.
type RawPolicies struct {
	Scope platform.Scope
	// Lists are policies of several strings, Texts those of one: a list or an
	// object may also be written as JSON in one text. Numbers are 0 and 1 for
	// switches.
	Lists   map[string][]string
	Texts   map[string]string
	Numbers map[string]uint64
	// Modes are the installation modes of ExtensionSettings by its keys, where
	// the system stores a tree instead of JSON.
	Modes map[string]string
	// Faults names the policies that are set and could not be read.
	Faults []string
}

const (
	// maxRules is how many rules of one browser are held, far above what
	// could be about the few extensions and hosts that are looked for.
	maxRules = 256
	// maxPolicy is how long a policy written as JSON may be.
	maxPolicy = 4 << 20
)

// ReadPolicies understands the policies of a browser. The scopes come strongest
// first: for each policy the first that sets it counts, as in Chromium. Kept
// are the rules about everything and about the given extensions and hosts. Of
// rules about one extension the later is the stronger, and ExtensionSettings
// come last.
func ReadPolicies(scopes []RawPolicies, ids, hosts []string) platform.Policies {
	r := policyReader{scopes: scopes, ids: ids, hosts: hosts}
	r.extensions(policyAllowlist, platform.ModeAllowed)
	r.extensions(policyBlocklist, platform.ModeBlocked)
	r.extensions(policyForcelist, platform.ModeForced)
	r.settings()
	r.hostRules(policyHostAllowlist, true)
	r.hostRules(policyHostBlocklist, false)
	r.to.UserHosts = r.position(policyUserHosts)
	r.to.Background = r.position(policyBackground)
	r.to.StartupBoost = r.position(policyStartupBoost)
	for _, s := range scopes {
		for _, name := range s.Faults {
			r.fault(name)
		}
	}
	return r.to
}

type policyReader struct {
	scopes     []RawPolicies
	ids, hosts []string
	to         platform.Policies
}

func (r *policyReader) fault(policy string) {
	if !slices.Contains(r.to.Faults, policy) && len(r.to.Faults) < maxRules {
		r.to.Faults = append(r.to.Faults, policy)
	}
}

// list returns the strings of a policy and the scope that sets it.
func (r *policyReader) list(policy string) ([]string, platform.Scope) {
	for _, s := range r.scopes {
		if list, set := s.Lists[policy]; set {
			return list, s.Scope
		}
		text, set := s.Texts[policy]
		if !set {
			continue
		}
		list, ok := value[[]string]([]byte(text))
		if !ok || len(text) > maxPolicy {
			r.fault(policy)
		}
		return list, s.Scope
	}
	return nil, ""
}

func (r *policyReader) extensions(policy string, mode platform.ExtensionMode) {
	list, scope := r.list(policy)
	for _, entry := range list {
		id, _, _ := strings.Cut(entry, ";") // the force-list adds where from
		r.rule(strings.TrimSpace(id), mode, policy, scope)
	}
}

func (r *policyReader) rule(id string, mode platform.ExtensionMode, policy string, scope platform.Scope) {
	rule := platform.ExtensionRule{ID: id, Mode: mode, Policy: policy, Scope: scope}
	if id != platform.AnyID && !slices.Contains(r.ids, id) || slices.Contains(r.to.Extensions, rule) || len(r.to.Extensions) == maxRules {
		return
	}
	r.to.Extensions = append(r.to.Extensions, rule)
}

func (r *policyReader) hostRules(policy string, allowed bool) {
	list, scope := r.list(policy)
	for _, host := range list {
		host = strings.TrimSpace(host)
		rule := platform.HostRule{Host: host, Allowed: allowed, Policy: policy, Scope: scope}
		if !r.known(host) || slices.Contains(r.to.Hosts, rule) || len(r.to.Hosts) == maxRules {
			continue
		}
		r.to.Hosts = append(r.to.Hosts, rule)
	}
}

// known reports whether a rule about a host is kept: also a host that is not
// registered here may be recognised by its name.
func (r *policyReader) known(host string) bool {
	return host == platform.AnyID || slices.Contains(r.hosts, host) ||
		IsHostName(host) && platform.SoftwareOf(host) != platform.SoftwareNone
}

// settings reads ExtensionSettings: an object with a member for each extension,
// or for several with commas between them. Settings by update address are about
// where an extension comes from, which is not followed here.
func (r *policyReader) settings() {
	for _, s := range r.scopes {
		text, isText := s.Texts[policySettings]
		if !isText && s.Modes == nil {
			continue
		}
		modes := map[string]string{}
		if isText && (len(text) > maxPolicy || !r.modes(text, modes)) {
			r.fault(policySettings)
		}
		maps.Copy(modes, s.Modes)
		for _, keys := range slices.Sorted(maps.Keys(modes)) {
			mode := platform.ExtensionMode(modes[keys])
			for key := range strings.SplitSeq(keys, ",") {
				r.setting(strings.TrimSpace(key), mode, s.Scope)
			}
		}
		return
	}
}

func (r *policyReader) setting(id string, mode platform.ExtensionMode, scope platform.Scope) {
	if id != platform.AnyID && !slices.Contains(r.ids, id) {
		return
	}
	switch mode {
	case platform.ModeAllowed, platform.ModeBlocked, platform.ModeRemoved, platform.ModeForced, platform.ModeNormal:
		r.rule(id, mode, policySettings, scope)
	default:
		r.fault(policySettings)
	}
}

// modes takes the installation modes out of ExtensionSettings written as JSON.
// A member without a mode follows the rule for all others.
func (r *policyReader) modes(text string, to map[string]string) bool {
	whole := true
	err := each([]byte(text), func(keys string, raw json.RawMessage) error {
		if strings.HasPrefix(keys, "update_url:") || !r.concerns(keys) {
			return nil
		}
		member, err := members(raw, "installation_mode")
		if err != nil {
			whole = false
			return nil
		}
		if member["installation_mode"] != nil {
			to[keys], _ = value[string](member["installation_mode"])
		}
		return nil
	})
	return whole && err == nil
}

func (r *policyReader) concerns(keys string) bool {
	for key := range strings.SplitSeq(keys, ",") {
		if key = strings.TrimSpace(key); key == platform.AnyID || slices.Contains(r.ids, key) {
			return true
		}
	}
	return false
}

// position reads a switch: a number, or one written as text.
func (r *policyReader) position(policy string) platform.Switch {
	for _, s := range r.scopes {
		if n, set := s.Numbers[policy]; set {
			return position(n != 0)
		}
		text, set := s.Texts[policy]
		if !set {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			r.fault(policy)
			return platform.SwitchUnknown
		}
		return position(n != 0)
	}
	return platform.SwitchUnknown
}
