package chromium_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

func machine(f func(*chromium.RawPolicies)) []chromium.RawPolicies {
	p := chromium.RawPolicies{
		Scope: platform.ScopeMachine,
		Lists: map[string][]string{}, Texts: map[string]string{}, Numbers: map[string]uint64{},
	}
	f(&p)
	return []chromium.RawPolicies{p}
}

func rule(id string, mode platform.ExtensionMode, policy string) platform.ExtensionRule {
	return platform.ExtensionRule{ID: id, Mode: mode, Policy: policy, Scope: platform.ScopeMachine}
}

func TestReadPolicies(t *testing.T) {
	const block, allow, force, set = "ExtensionInstallBlocklist", "ExtensionInstallAllowlist", "ExtensionInstallForcelist", "ExtensionSettings"
	text := func(policy, value string) []chromium.RawPolicies {
		return machine(func(p *chromium.RawPolicies) { p.Texts[policy] = value })
	}
	list := func(policy string, values ...string) []chromium.RawPolicies {
		return machine(func(p *chromium.RawPolicies) { p.Lists[policy] = values })
	}
	number := func(policy string, n uint64) []chromium.RawPolicies {
		return machine(func(p *chromium.RawPolicies) { p.Numbers[policy] = n })
	}
	rules := func(list ...platform.ExtensionRule) platform.Policies { return platform.Policies{Extensions: list} }
	fault := func(policy string) platform.Policies { return platform.Policies{Faults: []string{policy}} }

	for name, tt := range map[string]struct {
		raw  []chromium.RawPolicies
		want platform.Policies
	}{
		"none":               {},
		"block all":          {list(block, "*"), rules(rule("*", platform.ModeBlocked, block))},
		"block ours":         {list(block, stranger, mynaportal), rules(rule(mynaportal, platform.ModeBlocked, block))},
		"block others":       {list(block, stranger), platform.Policies{}},
		"allow ours":         {list(allow, " "+mynaportal+" ", mynaportal), rules(rule(mynaportal, platform.ModeAllowed, allow))},
		"force ours":         {list(force, mynaportal+";https://clients2.google.com/service/update2/crx", stranger+";x", mynaportal), rules(rule(mynaportal, platform.ModeForced, force))},
		"a list as JSON":     {text(block, `["*"]`), rules(rule("*", platform.ModeBlocked, block))},
		"a list of no JSON":  {text(block, `*`), fault(block)},
		"a list of numbers":  {text(block, `[1]`), fault(block)},
		"settings":           {text(set, `{"*":{"installation_mode":"blocked"},"`+mynaportal+`":{"installation_mode":"force_installed","update_url":"https://x"},"`+stranger+`":{"installation_mode":"removed"}}`), rules(rule("*", platform.ModeBlocked, set), rule(mynaportal, platform.ModeForced, set))},
		"several ids":        {text(set, `{"`+stranger+`, `+mynaportal+`":{"installation_mode":"removed"}}`), rules(rule(mynaportal, platform.ModeRemoved, set))},
		"update address":     {text(set, `{"update_url:https://x":{"installation_mode":"blocked"}}`), platform.Policies{}},
		"no mode":            {text(set, `{"*":{"allowed_types":["theme"]}}`), platform.Policies{}},
		"unknown mode":       {text(set, `{"*":{"installation_mode":"maybe"}}`), fault(set)},
		"mode a number":      {text(set, `{"*":{"installation_mode":1}}`), fault(set)},
		"strange neighbours": {text(set, `{"`+stranger+`":7,"*":{"installation_mode":"blocked"}}`), rules(rule("*", platform.ModeBlocked, set))},
		"member a list":      {text(set, `{"*":[],"`+mynaportal+`":{"installation_mode":"allowed"}}`), platform.Policies{Extensions: []platform.ExtensionRule{rule(mynaportal, platform.ModeAllowed, set)}, Faults: []string{set}}},
		"settings cut":       {text(set, `{"*":{"installation_mode":"blocked"}`), platform.Policies{Extensions: []platform.ExtensionRule{rule("*", platform.ModeBlocked, set)}, Faults: []string{set}}},
		"settings empty":     {text(set, ``), fault(set)},
		"settings null":      {text(set, `null`), fault(set)},
		"settings deep":      {text(set, strings.Repeat(`{"*":`, 20000)), fault(set)},
		"settings as a tree": {machine(func(p *chromium.RawPolicies) {
			p.Modes = map[string]string{"*": "blocked", stranger: "blocked", mynaportal: "normal_installed"}
		}), rules(rule("*", platform.ModeBlocked, set), rule(mynaportal, platform.ModeNormal, set))},
		"weak before strong": {machine(func(p *chromium.RawPolicies) {
			p.Texts[set] = `{"` + mynaportal + `":{"installation_mode":"allowed"}}`
			p.Lists[force], p.Lists[block], p.Lists[allow] = []string{mynaportal}, []string{mynaportal}, []string{mynaportal}
		}), rules(rule(mynaportal, platform.ModeAllowed, allow), rule(mynaportal, platform.ModeBlocked, block), rule(mynaportal, platform.ModeForced, force), rule(mynaportal, platform.ModeAllowed, set))},
		"hosts": {machine(func(p *chromium.RawPolicies) {
			p.Lists["NativeMessagingBlocklist"] = []string{"*", "com.example.other"}
			p.Lists["NativeMessagingAllowlist"] = []string{"jp.go.cao.mpa", "jp.example.host", "com.example.other"}
		}), platform.Policies{Hosts: []platform.HostRule{
			{Host: "jp.go.cao.mpa", Allowed: true, Policy: "NativeMessagingAllowlist", Scope: platform.ScopeMachine},
			{Host: "jp.example.host", Allowed: true, Policy: "NativeMessagingAllowlist", Scope: platform.ScopeMachine},
			{Host: "*", Policy: "NativeMessagingBlocklist", Scope: platform.ScopeMachine},
		}}},
		"no user hosts":        {number("NativeMessagingUserLevelHosts", 0), platform.Policies{UserHosts: platform.SwitchOff}},
		"background":           {number("BackgroundModeEnabled", 1), platform.Policies{Background: platform.SwitchOn}},
		"startup boost":        {number("StartupBoostEnabled", 0), platform.Policies{StartupBoost: platform.SwitchOff}},
		"a switch as text":     {text("BackgroundModeEnabled", "0"), platform.Policies{Background: platform.SwitchOff}},
		"a switch as no text":  {text("BackgroundModeEnabled", "no"), fault("BackgroundModeEnabled")},
		"not readable":         {machine(func(p *chromium.RawPolicies) { p.Faults = []string{"*", "*"} }), fault("*")},
		"the machine is first": {append(number("BackgroundModeEnabled", 1), chromium.RawPolicies{Scope: platform.ScopeUser, Numbers: map[string]uint64{"BackgroundModeEnabled": 0, "StartupBoostEnabled": 1}}), platform.Policies{Background: platform.SwitchOn, StartupBoost: platform.SwitchOn}},
		"lists do not mix":     {append(list(block, stranger), chromium.RawPolicies{Scope: platform.ScopeUser, Lists: map[string][]string{block: {"*"}}}), platform.Policies{}},
		"the user's own": {append(list(allow), chromium.RawPolicies{Scope: platform.ScopeUser, Lists: map[string][]string{block: {"*"}}}), platform.Policies{
			Extensions: []platform.ExtensionRule{{ID: "*", Mode: platform.ModeBlocked, Policy: block, Scope: platform.ScopeUser}},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got := chromium.ReadPolicies(tt.raw, []string{mynaportal}, []string{"jp.example.host"})
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestPoliciesAreBounded(t *testing.T) {
	var ids []string
	for i := range 1000 {
		ids = append(ids, fmt.Sprint(i))
	}
	raw := machine(func(p *chromium.RawPolicies) {
		p.Lists["ExtensionInstallBlocklist"], p.Faults = ids, ids
		p.Texts["ExtensionSettings"] = `{"` + strings.Repeat("*,", 3<<20) + `":{}}`
	})
	got := chromium.ReadPolicies(raw, ids, nil)
	if len(got.Extensions) != 256 || len(got.Faults) != 256 || got.Faults[0] != "ExtensionSettings" {
		t.Errorf("%d rules, %d faults", len(got.Extensions), len(got.Faults))
	}
}
