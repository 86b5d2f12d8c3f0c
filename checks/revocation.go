package checks

import (
	"slices"

	"yomitori/platform"
)

// roleSignature names the signature certificate of a My Number Card, which is
// never read.
const roleSignature platform.Role = "signature"

// revocation says what can be known about revocation. For JPKI that is only what
// the user tells: lists and OCSP answer only to certified verifiers
// (facts/cards.md 3.3). HPKI publishes its lists.
func revocation(in input) []Finding {
	login := mainCertificate(in.card)
	switch {
	case in.card.Kind == platform.KindHPKI:
		found := eachCertificate(in, RevocationOK, func(c *platform.Certificate) Finding { return published(in, c) })
		return notOfHPKI(in, found)
	case login == nil || login.State != platform.CertRead:
		return []Finding{unread(in, RevocationOK, login)}
	case in.card.Kind == platform.KindMyNumber, in.card.Kind == platform.KindMyNumberUnknown:
		return []Finding{told(in, login)}
	}
	return []Finding{find(RevocationCannotKnow, Notice, Evidence{Role: login.Role})}
}

// told says which certificates of a My Number Card what the user tells ends: a
// card that is void takes both along, a new address or name only the signature
// certificate (facts/cards.md 3.2). No answer proves that none is revoked.
func told(in input, login *platform.Certificate) Finding {
	q := in.question.Told
	switch {
	case q.Lost == Yes:
		return find(RevocationRevoked, Problem, Evidence{Told: true, Conditions: []Condition{Replaced}})
	case (q.Moved == Yes || q.Renamed == Yes) && !signatureAbsent(in.card):
		status := Problem
		if in.isFor(Mynaportal, HPKI) { // logging in needs the authentication certificate only
			status = Notice
		}
		return find(RevocationMovedOrRenamed, status, Evidence{Told: true, Role: roleSignature})
	}
	e := Evidence{Role: login.Role}
	if q.Moved == No && q.Renamed == No && q.Lost == No {
		e.Conditions = []Condition{NoReasonKnown}
	}
	return find(RevocationCannotKnow, Notice, e)
}

// notOfHPKI says that what the user tells of moving, names and lost cards is about
// My Number Cards: what it means for an HPKI card, its CA knows.
func notOfHPKI(in input, found []Finding) []Finding {
	q := in.question.Told
	if q.Moved != Yes && q.Renamed != Yes && q.Lost != Yes {
		return found
	}
	i := slices.IndexFunc(found, func(f Finding) bool { return f.ID == RevocationCannotKnow })
	if i < 0 {
		e := Evidence{Told: true, Role: mainRole(in.card), Conditions: []Condition{MyNumberOnly}}
		return append(found, find(RevocationCannotKnow, Notice, e))
	}
	found[i].Evidence.Conditions = append([]Condition{MyNumberOnly}, found[i].Evidence.Conditions...)
	return found
}

// newerCard notes with what is the matter with a My Number Card that there may be
// another one in its place: nobody needs this one mended then. What the user told
// hides no evidence.
func newerCard(in input, findings []Finding) {
	if in.question.Told.Lost != Yes || in.card == nil || suits(in.card.Kind, Mynaportal) < 2 {
		return
	}
	for i, f := range findings {
		mended := f.Step == StepCertificate || f.Step == StepExpiry && f.ID != SystemClock
		if mended && (f.Status == Problem || f.Status == Notice) {
			findings[i].Evidence.Conditions = append(f.Evidence.Conditions, NewerCard)
		}
	}
}
