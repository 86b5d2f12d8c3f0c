package checks

import (
	"time"

	"yomitori/platform"
)

// Japan is the zone in which certificates end and people read dates.
var Japan = time.FixedZone("JST", 9*60*60)

// Diagnose judges a snapshot for what the user asks, at a time. It is pure: the
// same arguments give the same diagnosis.
func Diagnose(s platform.Snapshot, q Question, now time.Time) Diagnosis {
	in := input{s: s, question: q, now: now.In(Japan), card: chooseCard(s, q.Purpose)}
	var findings []Finding
	for _, c := range table {
		in.before = findings
		findings = append(findings, c.run(in)...)
	}
	newerCard(in, findings)
	findings = raise(in, findings)
	ranked := rank(in, findings)
	for i, f := range findings {
		findings[i].Repairs = repairs(in, f)
	}
	d := Diagnosis{Question: q, Time: in.now, Card: in.card, Findings: findings, snapshot: &s}
	for n, i := range ranked {
		if n == 0 {
			d.Cause = &d.Findings[i]
		} else {
			d.Next = append(d.Next, &d.Findings[i])
		}
	}
	return d
}

// input is what every check is given.
type input struct {
	s        platform.Snapshot
	question Question
	now      time.Time // in Japan
	card     *platform.Card
	before   []Finding // of the checks that stand above in the table
}

// isFor reports whether the purpose is one of those given.
func (in input) isFor(ps ...Purpose) bool {
	for _, p := range ps {
		if in.question.Purpose == p {
			return true
		}
	}
	return false
}

// find makes a finding; its step comes from the catalogue.
func find(id ID, s Status, e Evidence) Finding {
	return Finding{
		ID: id, Step: catalogue[id].step, Status: s, Evidence: e,
		Hides: []ID{}, Repairs: []platform.Repair{}, Articles: []string{},
	}
}

// unseen is the finding for an area that gives no ground to judge on.
func unseen(id ID, a platform.Area, l platform.Look) Finding {
	why := l.Why
	if !l.Settled() {
		why = WhyPending
	}
	return find(id, Unknown, Evidence{Area: a, Why: why})
}
