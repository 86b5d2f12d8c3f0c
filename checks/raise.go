package checks

import (
	"slices"

	"yomitori/platform"
)

// raise makes problems of notices that the user's words agree with, and adds
// what the words are ground enough for by themselves. It makes nothing fine.
func raise(in input, findings []Finding) []Finding {
	var names []naming
	for _, h := range hints(in.question) {
		for _, n := range h.names {
			if n.matters(in) {
				names = append(names, n)
			}
		}
	}
	for _, n := range names {
		n.agree(in, findings)
	}
	// What is still looked for may say otherwise.
	if !slices.ContainsFunc(findings, Finding.Pending) {
		for _, n := range names {
			findings = n.tell(in, findings)
		}
	}
	return withoutPraise(findings)
}

// matters reports whether a naming says something about the purpose.
func (n naming) matters(in input) bool {
	if n.purposes != nil && !in.isFor(n.purposes...) || n.when != nil && !n.when(in) {
		return false
	}
	return graphs[in.question.Purpose].place(catalogue[n.ids[0]].link) >= 0
}

// agree makes problems of the notices that it names.
func (n naming) agree(in input, findings []Finding) {
	for i, f := range findings {
		if f.Status == Notice && slices.Contains(n.ids, f.ID) && !isAside(in, f) {
			findings[i].Status = Problem
		}
	}
}

// isAside reports whether a finding is told for completeness, whatever a page
// says: no login minds an old CA certificate, and nobody runs the services on
// Linux.
func isAside(in input, f Finding) bool {
	return f.ID == StoreCAOutdated || speaksOfAnother(in, f) || f.ID == SystemOSUnsupported && f.Evidence.OS == "linux"
}

// tell adds what the words alone are ground enough for, where nothing of it was
// found. Where something stands against it, that is told with it or nothing is.
func (n naming) tell(in input, findings []Finding) []Finding {
	found := func(f Finding) bool {
		return slices.Contains(n.ids, f.ID) && (f.Status == Problem || f.Status == Notice && !speaksOfAnother(in, f))
	}
	if n.alone == "" || slices.ContainsFunc(findings, found) {
		return findings
	}
	f := find(n.ids[0], n.alone, Evidence{Told: true, Conditions: slices.Clone(n.conditions)})
	if n.when == nil && contradicted(in, f.ID, findings) {
		if n.doubted == "" || slices.ContainsFunc(findings, func(o Finding) bool { return o.ID == f.ID }) {
			return findings
		}
		f.Status, f.Evidence.Conditions = Notice, []Condition{n.doubted}
	}
	return insert(in, findings, about(in, f, findings))
}

// speaksOfAnother reports whether a notice is not about what a page speaks of: the
// certificate that signs, a host beside one that answered.
func speaksOfAnother(in input, f Finding) bool { return signsOnly(in, f) || f.ID == SystemUnreachable }

// about notes what card and certificate a finding that was told is about.
func about(in input, f Finding, findings []Finding) Finding {
	if in.card == nil {
		return f
	}
	switch f.Step {
	case StepCard:
		f.Evidence.Kind = in.card.Kind
	case StepRevocation:
		f.Evidence.Role = mainRole(in.card)
		if i := slices.IndexFunc(findings, func(o Finding) bool { return o.ID == RevocationOK }); i >= 0 {
			f.Evidence.Revocation = findings[i].Evidence.Revocation
		}
	}
	return f
}

// insert puts a finding at the end of its step, or in the place of the same one
// that could not be known or is about the certificate that signs.
func insert(in input, findings []Finding, f Finding) []Finding {
	if i := slices.IndexFunc(findings, func(o Finding) bool { return o.ID == f.ID }); i >= 0 {
		if signsOnly(in, findings[i]) {
			f.Evidence.Conditions = append(f.Evidence.Conditions, OtherToo)
		}
		findings[i] = f
		return findings
	}
	at := len(findings)
	for at > 0 && findings[at-1].Step != f.Step {
		at--
	}
	if at == 0 {
		at = len(findings)
	}
	return slices.Insert(findings, at, f)
}

// contradicted reports whether evidence stands against a finding: its link was
// found to be fine, or the service answered this computer by the way that
// browsers take.
func contradicted(in input, id ID, findings []Finding) bool {
	l := catalogue[id].link
	if l == linkNetwork {
		return wayKnown(in.s) && slices.ContainsFunc(in.s.Online.Sites, welcome)
	}
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Status == OK && catalogue[f.ID].link == l })
}

// welcome reports whether a host let this computer in or sent it on. One that
// asks who it is, or refuses, says what a page may say as well.
func welcome(a platform.SiteAnswer) bool { return a.OK() && a.Status >= 200 && a.Status < 400 }

// withoutPraise takes back that card or browser are fine where something about
// them is a problem now, as their own checks do.
func withoutPraise(findings []Finding) []Finding {
	return slices.DeleteFunc(findings, func(f Finding) bool {
		return f.Status == OK && (f.ID == CardOK || f.ID == BrowserOK) &&
			slices.ContainsFunc(findings, func(o Finding) bool { return o.Step == f.Step && o.Status == Problem })
	})
}
