package checks

import "yomitori/platform"

// revocation says what can be known about revocation. For JPKI that is nothing:
// lists and OCSP answer only to certified verifiers (facts/cards.md 3.3).
func revocation(in input) []Finding {
	auth := mainCertificate(in.card)
	switch {
	case auth == nil || auth.State != platform.CertRead:
		return []Finding{unseen(RevocationOK, platform.AreaCards, in.card.Look)}
	case auth.Role != platform.RoleAuth:
		// Lists for HPKI are public, but this version does not fetch them.
		return []Finding{find(RevocationOK, Unknown, Evidence{Role: auth.Role, Area: platform.AreaCards, Why: platform.WhyNotBuilt})}
	}
	return []Finding{find(RevocationCannotKnow, Notice, Evidence{Role: auth.Role})}
}
