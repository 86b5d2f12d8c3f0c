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

// mainRole is the certificate that the card is put in for: the one that logs in.
func mainRole(c *platform.Card) platform.Role {
	switch c.Kind {
	case platform.KindHPKI:
		if c.Certificate(platform.RoleHPKIAuth) == nil && c.Certificate(platform.RoleHPKISign) != nil {
			return platform.RoleHPKISign
		}
		return platform.RoleHPKIAuth
	case platform.KindPIV:
		return platform.RolePIV
	}
	return platform.RoleAuth
}

// mainCertificate is the certificate with that role, or nil.
func mainCertificate(c *platform.Card) *platform.Certificate { return c.Certificate(mainRole(c)) }

// certificate judges the authentication certificate and the PINs of the card.
func certificate(in input) []Finding {
	return append(authentication(in), pins(in)...)
}

// authentication judges whether the authentication certificate can be read and
// belongs to the CA beside it. Dates are another step's business.
func authentication(in input) []Finding {
	auth := mainCertificate(in.card)
	if auth == nil {
		return []Finding{unseen(CertOK, platform.AreaCards, in.card.Look)}
	}
	e := Evidence{Role: auth.Role, Issuer: auth.Issuer, Key: auth.Key, HCRole: auth.HCRole, StatusWord: auth.StatusWord}
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
	if a, known := authority(in.card, auth); known {
		e.Authority = a.Name
		return []Finding{find(CertOK, OK, e)}
	}
	ok := find(CertOK, OK, e)
	if rule, has := authorityRule(in.card.Kind); has {
		e = in.by(rule, e)
	}
	return []Finding{ok, find(CertUnknownIssuer, Notice, e)}
}

// signatureCertificate looks at what the card says about the certificate that
// cannot be read without its password. What a card says when that certificate
// is absent has not been seen by anybody, so this is a notice at most.
func signatureCertificate(in input) []Finding {
	if !signatureAbsent(in.card) || isFaceAuth(in.card) {
		return nil
	}
	return []Finding{find(CertSignatureAbsent, Notice, Evidence{})}
}

// signatureAbsent reports whether the card says that it holds no signature
// certificate.
func signatureAbsent(c *platform.Card) bool { return c.Available != nil && c.Available.Signature == 0 }

// untold returns the finding for a card that does not tell the counter of the
// PIN that logs in: whether that is locked stays open.
func untold(in input) []Finding {
	id, tries := PinAuthLocked, in.card.Pins.Auth
	switch in.card.Kind {
	case platform.KindMyNumber, platform.KindMyNumberUnknown:
	case platform.KindHPKI:
		id, tries = PinHPKILocked, in.card.Pins.HPKI
	default:
		return nil
	}
	if tries.Known() {
		return nil
	}
	return []Finding{find(id, Unknown, Evidence{Area: platform.AreaCards, Why: in.card.Why})}
}

// pins judges the retry counters.
func pins(in input) []Finding {
	p := in.card.Pins
	// Logging in to Mynaportal needs the authentication certificate only.
	signature := Problem
	if in.isFor(Mynaportal, HPKI) {
		signature = Notice
	}
	found := untold(in)
	for _, v := range []struct {
		tries           platform.Tries
		locked, lastTry ID
		status          Status // when locked
	}{
		{p.Auth, PinAuthLocked, PinAuthLastTry, Problem},
		{p.Signature, PinSignatureLocked, PinSignatureLastTry, signature},
		{p.HPKI, PinHPKILocked, PinHPKILastTry, Problem},
	} {
		switch e := (Evidence{Tries: v.tries}); {
		case v.tries.IsLocked():
			found = append(found, find(v.locked, v.status, e))
		case v.tries.Known() && v.tries.Left() == 1:
			found = append(found, find(v.lastTry, Notice, e))
		}
	}
	return found
}
