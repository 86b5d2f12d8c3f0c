package card

import (
	"crypto/x509"
	"slices"

	"yomitori/platform"
)

// hpkiRID begins the AIDs of all HPKI applications; the rest is the issuer's
// own, so applications are found by it and told by their FCI (facts/cards.md
// 4.5, guideline JAHIS 24-002).
const hpkiRID = "\xE8\x28\xBD\x08\x0F"

const (
	odShort byte   = 0x11 // EF.OD, the directory of directories
	odFile  uint16 = 0x5031

	maxApplications = 4
	maxAuthorities  = 4       // CA certificates read in one application
	maxDirectory    = 2 << 10 // bytes of OD, CD or AOD
)

// fieldLayout is what cards in use have been seen to hold, for a card whose
// directories cannot be followed (facts/cards.md 4.1, two sources).
var fieldLayout = directory{
	certificates: []entry{{at: place{id: 0x0016}}},
	pinReference: 0x88,
}

// readHPKI reads every HPKI application. answer is the FCI of the first.
func readHPKI(s *session, c *platform.Card, answer []byte) {
	seen := map[string]bool{}
	for range maxApplications {
		aid := applicationID(answer)
		if seen[string(aid)] {
			return
		}
		seen[string(aid)] = true
		s.readApplication(c, aid)
		var sw statusWord
		if answer, sw = s.send(selectNext(hpkiRID)); !sw.ok() {
			return
		}
		s.blocked = sw == swDeactivated
	}
}

// readApplication reads one application: its certificate, the CA that issued
// it, and the retry counter of its PIN.
func (s *session) readApplication(c *platform.Card, aid []byte) {
	d := s.directory()
	role := applicationRole(aid)
	var holder *x509.Certificate
	place := -1
	for _, e := range d.certificates {
		if e.authority {
			continue
		}
		v, parsed := s.certificate(role, e.at)
		if s.err != nil && parsed == nil {
			return
		}
		if parsed != nil {
			v.Role = usageRole(parsed, role)
			holder = parsed
		}
		if d.guessed && v.State == platform.CertMissing {
			// It is missing where we guessed it to be, which says nothing.
			v.State, v.StatusWord = platform.CertUnreadable, swFileNotFound.String()
		}
		c.Certificates = append(c.Certificates, v)
		place = len(c.Certificates) - 1
		break
	}
	if holder != nil {
		c.Certificates[place].Chain = s.issuerOnCard(c, d, holder)
	}
	c.Pins.HPKI = worse(c.Pins.HPKI, s.hpkiTries(d.pinReference))
}

// issuerOnCard reads the CA certificates beside a certificate until one is its
// issuer, keeps that one, and says what came of checking the signature.
func (s *session) issuerOnCard(c *platform.Card, d directory, holder *x509.Certificate) platform.Chain {
	outcome := platform.ChainUnchecked
	read := 0
	// The guideline lists the root first and the issuer last.
	for _, e := range slices.Backward(d.certificates) {
		if !e.authority || read == maxAuthorities {
			continue
		}
		read++
		v, parsed := s.certificate(platform.RoleHPKICA, e.at)
		if parsed == nil || string(parsed.RawSubject) != string(holder.RawIssuer) {
			continue
		}
		v.DER = whole(parsed)
		outcome = Chain(holder, parsed)
		if Chain(parsed, parsed) == platform.ChainVerified {
			v.Chain = platform.ChainRoot
		}
		c.Certificates = append(c.Certificates, v)
		if outcome == platform.ChainVerified {
			break
		}
	}
	return outcome
}

const maxWhole = 8 << 10 // bytes of a CA certificate that is kept whole

// whole is the DER of a CA's certificate. A card may call any certificate a
// CA's, and that of a person is not kept.
func whole(ca *x509.Certificate) []byte {
	if !ca.BasicConstraintsValid || !ca.IsCA || len(ca.Raw) > maxWhole {
		return nil
	}
	return ca.Raw
}

// applicationRole tells the two applications apart by the last byte of their
// AID, as far as AIDs have been seen (facts/cards.md 4.1).
func applicationRole(aid []byte) platform.Role {
	if len(aid) > 0 && aid[len(aid)-1] == 1 {
		return platform.RoleHPKISign
	}
	return platform.RoleHPKIAuth
}

// usageRole lets the certificate itself decide what it is for.
func usageRole(x *x509.Certificate, otherwise platform.Role) platform.Role {
	switch {
	case x.KeyUsage&x509.KeyUsageContentCommitment != 0:
		return platform.RoleHPKISign
	case x.KeyUsage&x509.KeyUsageDigitalSignature != 0:
		return platform.RoleHPKIAuth
	}
	return otherwise
}

// hpkiTries asks for the retry counter of the application's PIN. A card that
// says the application is blocked has said it all.
func (s *session) hpkiTries(reference byte) platform.Tries {
	if s.blocked {
		return platform.Locked()
	}
	_, sw := s.send(queryTries(reference))
	if sw == swDeactivated {
		return platform.Locked()
	}
	return counter(sw)
}

// worse is the counter that leaves fewer tries.
func worse(a, b platform.Tries) platform.Tries {
	switch {
	case !a.Known():
		return b
	case !b.Known() || a.Left() <= b.Left():
		return a
	}
	return b
}
