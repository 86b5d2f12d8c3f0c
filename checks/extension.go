package checks

import (
	"slices"
	"strings"

	"yomitori/platform"
	"yomitori/platform/rules"
)

// Disable reasons of Chromium that are told apart (facts/os-browser.md 1.4).
// Every other one, known or not, comes to the same: the extension is off.
var (
	reasonsPermission = []int{2}
	reasonsCorrupt    = []int{256, 1024}
	reasonsPolicy     = []int{16384, 65536, 4194304}
)

// noSwitch are the disable reasons that a switch does not cure, with what does.
var noSwitch = []struct {
	reasons []int
	do      Condition
}{
	{[]int{16, 8388608, 16777216}, Reinstall}, // wiped out, of an old kind, a developer's
	{[]int{8}, OldBrowser},
	{[]int{2048, 32768, 524288}, Prompt},
}

// cure says what turns an extension on where its switch does not, or "".
func cure(x platform.Extension) Condition {
	for _, n := range noSwitch {
		if !x.Enabled && anyReason(x, n.reasons) {
			return n.do
		}
	}
	return ""
}

// extension judges the official extension in the profile of a browser that was
// used last.
func extension(in input, b platform.Browser, e Evidence) []Finding {
	e.Browsers = []string{string(b.Name)}
	if b.State == platform.NotApplicable {
		e.Conditions = []Condition{NeverStarted}
		return []Finding{find(ExtensionMissing, Problem, e)}
	}
	p, l := profileInUse(b)
	var entries []platform.Extension
	if p != nil {
		e.Profile = p.Folder
		entries = entriesOf(p, e.Software, in.s.Hosts.List)
	}
	switch {
	case len(entries) > 0:
	case p != nil && l.OK() && b.Name == platform.BrowserSafari: // it lists only what is there
		return []Finding{find(ExtensionMissing, Problem, e)}
	default:
		e.Area, e.Why = platform.AreaBrowsers, l.Why
		return []Finding{find(ExtensionMissing, Unknown, e)}
	}
	accepted := origins(in.s, b, e.Software)
	best := Finding{}
	for _, x := range entries {
		f := entry(x, b, accepted, e)
		if f.Status == OK {
			return nil
		}
		if best.ID == "" || nearness[f.ID] > nearness[best.ID] {
			best = f
		}
	}
	return []Finding{byID(in, best)}
}

// nearness orders what can be said of several ids of one extension: that of
// the one which comes nearest to working is said.
var nearness = map[ID]int{
	ExtensionMissing: 0, ExtensionBlocked: 1, HostBroken: 2, ExtensionCorrupt: 3, ExtensionOff: 4, ExtensionPermission: 5,
}

// profileInUse is the profile that was used last, or nil with the look that
// says why it is not known.
func profileInUse(b platform.Browser) (*platform.Profile, platform.Look) {
	if b.Name == platform.BrowserSafari && len(b.Profiles) == 1 {
		// The system tells of its extensions even where Safari's own files are
		// refused, and of some of them where it fails half way.
		return &b.Profiles[0], b.Profiles[0].Look
	}
	if !b.OK() {
		return nil, b.Look
	}
	p := b.LastUsed()
	if p == nil && len(b.Profiles) == 1 {
		p = &b.Profiles[0]
	}
	switch {
	case p == nil:
		return nil, platform.Look{Why: platform.WhyError}
	case !p.OK():
		return nil, p.Look
	}
	return p, p.Look
}

// entriesOf are the extensions that serve some software. One extension may
// talk to hosts of several, and is recorded with one of them.
func entriesOf(p *platform.Profile, sw platform.Software, hosts []platform.NativeHost) []platform.Extension {
	ids := toldByHosts(hosts, sw)
	for _, k := range rules.Extensions {
		if k.Software == sw {
			ids = append(ids, k.ID)
		}
	}
	var list []platform.Extension
	for _, x := range p.Extensions {
		if x.Software == sw || slices.Contains(ids, x.ID) {
			list = append(list, x)
		}
	}
	return list
}

// toldByHosts are the ids of extensions that native hosts of some software allow.
func toldByHosts(hosts []platform.NativeHost, sw platform.Software) []string {
	var ids []string
	for _, h := range hosts {
		if h.Software == sw {
			ids = append(ids, h.Origins...)
		}
	}
	return ids
}

// byID notes the rule that tells the id of an extension, where a finding rests
// on that: it is not there, or not the one that the host accepts. An id that a
// host of this computer tells rests on no rule.
func byID(in input, f Finding) Finding {
	x := f.Evidence.Extension
	if x.Installed && f.ID != HostBroken || slices.Contains(toldByHosts(in.s.Hosts.List, f.Evidence.Software), x.ID) {
		return f
	}
	for _, k := range rules.Extensions {
		if k.ID == x.ID {
			f.Evidence = in.by(k.Rule, f.Evidence)
		}
	}
	return f
}

// ExtensionState says how an extension is, as its profile has it: "on",
// "unknown", or the latter half of a finding's id. Policies are not considered.
func ExtensionState(x platform.Extension) string {
	id := stateOf(x)
	switch {
	case id == "":
		return "on"
	case id == ExtensionOff && x.EnabledUnknown:
		return "unknown"
	}
	_, state, _ := strings.Cut(string(id), ".")
	return state
}

// stateOf is what is the matter with an extension, "" when nothing is.
func stateOf(x platform.Extension) ID {
	switch {
	case !x.Installed:
		return ExtensionMissing
	case anyReason(x, reasonsPolicy):
		return ExtensionBlocked
	case x.FilesMissing, anyReason(x, reasonsCorrupt):
		return ExtensionCorrupt
	case cure(x) != "":
		return ExtensionOff
	case anyReason(x, reasonsPermission):
		return ExtensionPermission
	case !x.Enabled:
		return ExtensionOff
	}
	return ""
}

// entry judges one extension; the status is OK when nothing is the matter.
func entry(x platform.Extension, b platform.Browser, accepted []string, e Evidence) Finding {
	e.Extension = &x
	policy, blocked := blockedExtension(b.Policies, x.ID)
	id := stateOf(x)
	switch {
	case blocked:
		id, e.Policies = ExtensionBlocked, []string{policy}
	case id == ExtensionMissing && x.Removed:
		e.Conditions = []Condition{Removed}
	case id == ExtensionOff && x.EnabledUnknown:
		e.Area, e.Why = platform.AreaBrowsers, b.Why
		return find(id, Unknown, e)
	case id == ExtensionOff && cure(x) != "":
		e.Conditions = []Condition{cure(x)}
	case id == "" && len(accepted) > 0 && !slices.Contains(accepted, x.ID):
		id, e.Conditions = HostBroken, []Condition{Origin}
	case id == "":
		return Finding{Status: OK}
	}
	return find(id, Problem, e)
}

func anyReason(x platform.Extension, of []int) bool {
	return slices.ContainsFunc(x.Reasons, func(r int) bool { return slices.Contains(of, r) })
}
