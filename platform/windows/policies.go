package windows

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// policyScopes are where policies stand, the strongest first. Both registry
// views share them.
var policyScopes = []struct {
	scope platform.Scope
	root  Root
}{
	{platform.ScopeMachine, Machine},
	{platform.ScopeUser, User},
}

// policyKey holds the policies of a browser, below its vendor's name.
func policyKey(vendor string) string { return `SOFTWARE\Policies\` + vendor }

// maxPolicyValues is how many values of one list are read.
const maxPolicyValues = 4096

// rawPolicies reads what both scopes set for a browser.
func (c *Computer) rawPolicies(vendor string) []chromium.RawPolicies {
	var scopes []chromium.RawPolicies
	for _, at := range policyScopes {
		k, err := c.o.Registry.Open(at.root, policyKey(vendor), View64)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		p := policies{RawPolicies: chromium.RawPolicies{
			Scope: at.scope, Lists: map[string][]string{}, Texts: map[string]string{}, Numbers: map[string]uint64{},
		}}
		if err != nil {
			p.Faults = slices.Concat(chromium.PolicyLists, chromium.PolicySwitches, []string{chromium.PolicySettings})
		} else {
			p.read(k, func(name string) (Key, error) {
				return c.o.Registry.Open(at.root, policyKey(vendor)+`\`+name, View64)
			})
			k.Close()
		}
		scopes = append(scopes, p.RawPolicies)
	}
	return scopes
}

type policies struct{ chromium.RawPolicies }

// missed records a policy that is set and could not be read.
func (p *policies) missed(name string, err error) {
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		p.Faults = append(p.Faults, name)
	}
}

// read takes all policies that matter out of a key. Where a policy is a key as
// well as a value, Chromium follows the key.
func (p *policies) read(k Key, below func(name string) (Key, error)) {
	for _, name := range chromium.PolicyLists {
		if !p.list(name, below) {
			p.text(k, name)
		}
	}
	if !p.settings(chromium.PolicySettings, below) {
		p.text(k, chromium.PolicySettings)
	}
	for _, name := range chromium.PolicySwitches {
		if n, err := k.Number(name); err == nil {
			p.Numbers[name] = n
		} else if !errors.Is(err, fs.ErrNotExist) {
			p.text(k, name)
		}
	}
}

func (p *policies) text(k Key, name string) {
	text, err := k.Text(name)
	if err == nil {
		p.Texts[name] = text
	}
	p.missed(name, err)
}

// list reads a list: a key whose values are numbered.
func (p *policies) list(name string, below func(string) (Key, error)) bool {
	k, err := below(name)
	if err != nil {
		p.missed(name, err)
		return false
	}
	defer k.Close()
	values, err := k.Values()
	p.missed(name, err)
	list := []string{}
	for _, v := range values[:min(len(values), maxPolicyValues)] {
		if _, err := strconv.Atoi(v); err != nil {
			continue
		}
		text, err := k.Text(v)
		p.missed(name, err)
		if err == nil {
			list = append(list, text)
		}
	}
	p.Lists[name] = list
	return true
}

// settings reads ExtensionSettings that were written as a key for each member.
func (p *policies) settings(name string, below func(string) (Key, error)) bool {
	k, err := below(name)
	if err != nil {
		p.missed(name, err)
		return false
	}
	defer k.Close()
	ids, err := k.Keys()
	p.missed(name, err)
	p.Modes = map[string]string{}
	for _, id := range ids[:min(len(ids), maxPolicyValues)] {
		member, err := below(name + `\` + id)
		if err != nil {
			p.missed(name, err)
			continue
		}
		mode, err := member.Text("installation_mode")
		if err == nil {
			p.Modes[id] = mode
		}
		p.missed(name, err)
		member.Close()
	}
	return true
}
