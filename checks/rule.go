package checks

import "yomitori/platform/rules"

// by notes the rule that a finding rests on, and whether it may have changed.
func (in input) by(r rules.Rule, e Evidence) Evidence {
	e.AsOf, e.Outdated = r.AsOf, r.Outdated(in.now)
	return e
}

// notNamed is the status of what a rule would have to name, and does not. One
// that is old may name it by now, so then nobody is sent away for it.
func (in input) notNamed(r rules.Rule) Status {
	if r.Outdated(in.now) {
		return Notice
	}
	return Problem
}
