package checks

import "yomitori/platform/rules"

// by notes the rule that a finding rests on, and whether it may have changed.
func (in input) by(r rules.Rule, e Evidence) Evidence {
	e.AsOf, e.Outdated = r.AsOf, r.Outdated(in.now)
	return e
}

// unlisted is the status of what a list does not name though it would have to:
// a list that is old may name it by now, so then nobody is sent away for it.
func (in input) unlisted(r rules.Rule) Status {
	if r.Outdated(in.now) {
		return Notice
	}
	return Problem
}
