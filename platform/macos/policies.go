package macos

import (
	"path"
	"slices"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// rawPolicies reads what administrators decided for a browser: for the
// computer, then for this user (facts/os-browser.md 1.5).
func (c *Computer) rawPolicies(domain string) []chromium.RawPolicies {
	var scopes []chromium.RawPolicies
	for _, at := range []struct {
		scope  platform.Scope
		folder string
	}{
		{platform.ScopeMachine, managedFolder},
		{platform.ScopeUser, managedFolder + path.Base(path.Join("/", c.o.Home)) + "/"},
	} {
		var v policies
		err := c.readPlist(at.folder+domain+".plist", &v)
		if missing(err) {
			continue
		}
		raw := v.raw()
		if err != nil {
			// Which of the policies it sets is not known, so it may be any.
			raw = chromium.RawPolicies{Faults: slices.Concat(chromium.PolicyLists, chromium.PolicySwitches, []string{chromium.PolicySettings})}
		}
		raw.Scope = at.scope
		scopes = append(scopes, raw)
	}
	return scopes
}

// policies are those that matter here, by the names of Chromium.
type policies struct {
	Allowlist     loose[[]string] `plist:"ExtensionInstallAllowlist"`
	Blocklist     loose[[]string] `plist:"ExtensionInstallBlocklist"`
	Forcelist     loose[[]string] `plist:"ExtensionInstallForcelist"`
	HostAllowlist loose[[]string] `plist:"NativeMessagingAllowlist"`
	HostBlocklist loose[[]string] `plist:"NativeMessagingBlocklist"`
	UserHosts     loose[flag]     `plist:"NativeMessagingUserLevelHosts"`
	Background    loose[flag]     `plist:"BackgroundModeEnabled"`
	StartupBoost  loose[flag]     `plist:"StartupBoostEnabled"`
	Settings      loose[settings] `plist:"ExtensionSettings"`
}

// settings are ExtensionSettings: a tree, or the same as JSON in a text.
type settings struct {
	text  string
	modes map[string]string
	wrong bool // some of it is not understood
}

// UnmarshalPlist implements plist.Unmarshaler.
func (s *settings) UnmarshalPlist(unmarshal func(any) error) error {
	if unmarshal(&s.text) == nil {
		return nil
	}
	var tree map[string]loose[struct {
		Mode loose[string] `plist:"installation_mode"`
	}]
	if err := unmarshal(&tree); err != nil {
		return err
	}
	s.modes = map[string]string{}
	for key, member := range tree {
		if member.value.Mode.set {
			s.modes[key] = member.value.Mode.value
		}
		s.wrong = s.wrong || member.wrong || member.value.Mode.wrong
	}
	return nil
}

// raw gives the policies the form that chromium understands.
func (p policies) raw() chromium.RawPolicies {
	r := chromium.RawPolicies{Lists: map[string][]string{}, Texts: map[string]string{}, Numbers: map[string]uint64{}}
	for i, list := range []loose[[]string]{p.Allowlist, p.Blocklist, p.Forcelist, p.HostAllowlist, p.HostBlocklist} {
		if list.set {
			r.Lists[chromium.PolicyLists[i]] = list.value
		} else if list.wrong {
			r.Faults = append(r.Faults, chromium.PolicyLists[i])
		}
	}
	for i, position := range []loose[flag]{p.UserHosts, p.Background, p.StartupBoost} {
		if position.wrong {
			r.Faults = append(r.Faults, chromium.PolicySwitches[i])
		} else if position.set {
			r.Numbers[chromium.PolicySwitches[i]] = 0
			if position.value {
				r.Numbers[chromium.PolicySwitches[i]] = 1
			}
		}
	}
	if p.Settings.value.text != "" {
		r.Texts[chromium.PolicySettings] = p.Settings.value.text
	} else if p.Settings.set {
		r.Modes = p.Settings.value.modes
	}
	if p.Settings.wrong || p.Settings.value.wrong {
		r.Faults = append(r.Faults, chromium.PolicySettings)
	}
	return r
}
