package checks

import (
	"cmp"
	"slices"
)

// walk is the order of the wizard's steps.
var walk = []Step{StepReader, StepCard, StepCertificate, StepExpiry, StepRevocation, StepBrowser, StepNFC, StepSystem}

// Rebuild makes a diagnosis anew from what is left of one: the status of each
// finding and the cause. Its findings have no evidence and no repairs, and stand by
// step and link. Ids that are not known are left out.
func Rebuild(p Purpose, statuses map[ID]Status, cause ID) Diagnosis {
	d := Diagnosis{Question: Question{Purpose: p}}
	for _, id := range IDs() {
		if s, ok := statuses[id]; ok {
			d.Findings = append(d.Findings, find(id, s, Evidence{}))
		}
	}
	g := graphs[p]
	link := func(f Finding) int { return g.place(catalogue[f.ID].link) }
	slices.SortStableFunc(d.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(slices.Index(walk, a.Step), slices.Index(walk, b.Step)), cmp.Compare(link(a), link(b)))
	})
	d.Cause = d.Find(cause)
	for i := range d.Findings {
		if f := &d.Findings[i]; f.Status == Problem && f != d.Cause {
			d.Next = append(d.Next, f)
		}
	}
	slices.SortStableFunc(d.Next, func(a, b *Finding) int { return cmp.Compare(link(*a), link(*b)) })
	return d
}
