package wizard

import (
	"yomitori/app/words"
	"yomitori/checks"
	"yomitori/platform"
)

// expiryLead lets dates speak first: that revocation cannot be known is true
// of every card, and must not drown the date that people came for.
func expiryLead(found []checks.Finding) checks.Finding {
	worst := mostSevere(found)
	if worst.Step == checks.StepExpiry || worst.Status == checks.Problem || worst.Pending() {
		return worst
	}
	var dates []checks.Finding
	for _, f := range found {
		if f.Step == checks.StepExpiry {
			dates = append(dates, f)
		}
	}
	if len(dates) == 0 {
		return worst
	}
	return mostSevere(dates)
}

func expiryDrawing(_ scene, f checks.Finding) string {
	switch {
	case f.ID == checks.SystemClock:
		return "time"
	case f.Step == checks.StepRevocation:
		return "revocation"
	case f.Status == checks.Problem:
		return "calendar-over"
	}
	return "calendar"
}

func expiryFacts(sc scene) []fact {
	c := sc.f.d.Card
	if c == nil {
		return nil
	}
	r := rows{t: sc.t}
	for _, role := range holderRoles {
		v := c.Certificate(role)
		if v == nil || v.State != platform.CertRead {
			continue
		}
		r.add("certificate", sc.t.Text("role."+string(role)))
		r.add("not-before", words.Date(sc.t, v.NotBefore))
		r.add("not-after", words.Date(sc.t, v.NotAfter))
	}
	r.add("card-expires", words.Day(sc.t, c.Expires))
	r.add("today", words.Date(sc.t, sc.f.d.Time))
	return r.all
}
