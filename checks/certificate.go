package checks

import (
	"strings"

	"yomitori/platform"
)

// testOrganisation is what certificates of test cards name as organisation
// instead of "JPKI" (facts/cards.md 3.1, one source).
const testOrganisation = "O=JPKI-TEST"

func isTestCard(c *platform.Card) bool {
	auth := c.Certificate(platform.RoleAuth)
	return auth != nil && strings.Contains(auth.Issuer, testOrganisation)
}

// certificate judges the authentication certificate and the PINs of the card.
func certificate(in input) []Finding {
	return append(authentication(in), pins(in)...)
}

// authentication judges whether the authentication certificate can be read and
// belongs to the CA beside it. Dates are another step's business.
func authentication(in input) []Finding {
	auth := in.card.Certificate(platform.RoleAuth)
	if auth == nil {
		return []Finding{unseen(CertOK, platform.AreaCards, in.card.Look)}
	}
	e := Evidence{Role: auth.Role, Issuer: auth.Issuer, Key: auth.Key, StatusWord: auth.StatusWord}
	switch auth.State {
	case platform.CertMissing:
		return []Finding{find(CertMissing, Problem, e)}
	case platform.CertDamaged:
		return []Finding{find(CertDamaged, Problem, e)}
	case platform.CertNeedsPIN:
		return []Finding{find(CertOK, Unknown, Evidence{Role: auth.Role, Area: platform.AreaCards, Why: whyNeedsPIN})}
	case platform.CertRead:
		return append(readable(in, auth, e), signatureCertificate(in)...)
	}
	return []Finding{find(CertUnreadable, Problem, e)}
}

// whyNeedsPIN in Evidence.Why says that only a PIN would have told, which this
// program never asks for.
const whyNeedsPIN platform.Why = "needs-pin"

// readable judges a certificate that was read, by the CA certificate beside it.
func readable(in input, auth *platform.Certificate, e Evidence) []Finding {
	if auth.Chain == platform.ChainBroken {
		return []Finding{find(CertChain, Problem, e)}
	}
	if isTestCard(in.card) {
		return []Finding{find(CertOK, OK, e)}
	}
	ca := in.card.Certificate(platform.RoleAuthCA)
	if auth.Chain == platform.ChainVerified && ca != nil {
		if name := authority(ca); name != "" {
			e.Authority = name
			return []Finding{find(CertOK, OK, e)}
		}
	}
	return []Finding{find(CertOK, OK, e), find(CertUnknownIssuer, Notice, e)}
}

// signatureCertificate looks at what the card says about the certificate that
// cannot be read without its password. What a card says when that certificate
// is absent has not been seen by anybody, so this is a notice at most.
func signatureCertificate(in input) []Finding {
	a := in.card.Available
	if a == nil || a.Signature != 0 {
		return nil
	}
	return []Finding{find(CertSignatureAbsent, Notice, Evidence{})}
}

// pins judges the retry counters. A counter that the card did not tell gives
// no finding: the card works without our knowing it.
func pins(in input) []Finding {
	var found []Finding
	p := in.card.Pins
	switch {
	case p.Auth.IsLocked():
		found = append(found, find(PinAuthLocked, Problem, Evidence{Tries: p.Auth}))
	case p.Auth.Known() && p.Auth.Left() == 1:
		found = append(found, find(PinAuthLastTry, Notice, Evidence{Tries: p.Auth}))
	}
	switch {
	case p.Signature.IsLocked():
		// Logging in to Mynaportal needs the authentication certificate only.
		status := Problem
		if in.isFor(Mynaportal, HPKI) {
			status = Notice
		}
		found = append(found, find(PinSignatureLocked, status, Evidence{Tries: p.Signature}))
	case p.Signature.Known() && p.Signature.Left() == 1:
		found = append(found, find(PinSignatureLastTry, Notice, Evidence{Tries: p.Signature}))
	}
	return found
}
