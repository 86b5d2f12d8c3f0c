package checks

import "yomitori/platform"

// revocation says what can be known about revocation. For JPKI that is nothing:
// lists and OCSP answer only to certified verifiers (facts/cards.md 3.3).
func revocation(in input) []Finding {
	auth := in.card.Certificate(platform.RoleAuth)
	if auth == nil || auth.State != platform.CertRead {
		return []Finding{unseen(RevocationOK, platform.AreaCards, in.card.Look)}
	}
	return []Finding{find(RevocationCannotKnow, Notice, Evidence{Role: auth.Role})}
}
