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
		n.agree(findings)
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
func (n naming) agree(findings []Finding) {
	for i, f := range findings {
		if f.Status == Notice && slices.Contains(n.ids, f.ID) && !isAside(f) {
			findings[i].Status = Problem
		}
	}
}

// isAside reports whether a finding is told for completeness, whatever a page
// says: no login minds an old CA certificate, and nobody runs the services on
// Linux.
func isAside(f Finding) bool {
	return f.ID == StoreCAOutdated || f.ID == SystemOSUnsupported && f.Evidence.OS == "linux"
}

// tell adds what the words alone are ground enough for, where nothing of it was
// found and nothing stands against it.
func (n naming) tell(in input, findings []Finding) []Finding {
	found := func(f Finding) bool {
		return slices.Contains(n.ids, f.ID) && (f.Status == Problem || f.Status == Notice)
	}
	against := n.when == nil && contradicted(in, n.ids[0], findings)
	if n.alone == "" || against || slices.ContainsFunc(findings, found) {
		return findings
	}
	f := find(n.ids[0], n.alone, Evidence{Told: true, Conditions: n.conditions})
	if in.card != nil {
		switch f.Step {
		case StepCard:
			f.Evidence.Kind = in.card.Kind
		case StepRevocation:
			f.Evidence.Role = mainRole(in.card)
		}
	}
	if i := slices.IndexFunc(findings, func(o Finding) bool { return o.ID == f.ID }); i >= 0 { // it could not be known
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
// found to be fine, or the service answered this computer.
func contradicted(in input, id ID, findings []Finding) bool {
	l := catalogue[id].link
	fine := func(f Finding) bool { return f.Status == OK && catalogue[f.ID].link == l }
	return slices.ContainsFunc(findings, fine) || l == linkNetwork && slices.ContainsFunc(in.s.Online.Sites, welcome)
}

// welcome reports whether a host answered something other than that it takes
// nobody.
func welcome(a platform.SiteAnswer) bool { return a.OK() && a.Status != forbidden }

// forbidden is the status of HTTP.
const forbidden = 403

// withoutPraise takes back that card or browser are fine where something about
// them is a problem now, as their own checks do.
func withoutPraise(findings []Finding) []Finding {
	return slices.DeleteFunc(findings, func(f Finding) bool {
		return f.Status == OK && (f.ID == CardOK || f.ID == BrowserOK) &&
			slices.ContainsFunc(findings, func(o Finding) bool { return o.Step == f.Step && o.Status == Problem })
	})
}
