package checks

import (
	"slices"
	"strings"

	"yomitori/platform"
)

// Uses of a certificate by object identifier.
const (
	usageClientAuth = "1.3.6.1.5.5.7.3.2"
	usageAny        = "2.5.29.37.0"
)

// storeOf judges whether a browser can offer the certificate of the card.
func storeOf(in input, e Evidence, level Status) ([]Finding, Evidence) {
	if !in.s.Store.OK() {
		e.Area, e.Why = platform.AreaStore, in.s.Store.Why
		return []Finding{find(StoreMissing, Unknown, e)}, e
	}
	matched, sure := inStore(in)
	if sure {
		e.Leftovers = leftovers(in)
	}
	switch {
	case matched == nil && !sure && anyOf(in.s.Store.List, e.Software):
		e.Area, e.Why = platform.AreaCards, in.card.Why
		return []Finding{find(StoreMissing, Unknown, e)}, e
	case matched == nil:
		return append(propagation(in, level), find(StoreMissing, level, e)), e
	}
	e.Provider, e.Chain = matched.Provider, matched.Chain
	found := outdated(in, *matched)
	if e.Conditions = hiddenBy(*matched, in); len(e.Conditions) > 0 {
		found = append(found, find(StoreHidden, level, e))
	}
	return found, e
}

// inStore returns the certificate of the user's store that is the one on the
// card with which it logs in, of equal ones that which a browser would rather
// offer. sure is false when the card did not tell which that is.
func inStore(in input) (matched *platform.StoreCertificate, sure bool) {
	own := mainCertificate(in.card)
	if own == nil || own.State != platform.CertRead || own.Serial == "" {
		return nil, false
	}
	for i := range in.s.Store.List {
		c := &in.s.Store.List[i]
		if c.Store != platform.StoreMy || c.CA || !same(*c, *own) {
			continue
		}
		if matched == nil || len(hiddenBy(*c, in)) < len(hiddenBy(*matched, in)) {
			matched = c
		}
	}
	return matched, true
}

// anyOf reports whether the user's store holds a holder's certificate of some
// software, of which nobody can tell whether it is the card's.
func anyOf(all []platform.StoreCertificate, sw platform.Software) bool {
	return slices.ContainsFunc(all, func(s platform.StoreCertificate) bool {
		return s.Store == platform.StoreMy && !s.CA && s.Software == sw
	})
}

// same reports whether a certificate in the store is the one on a card: an
// issuer gives each serial number once.
func same(s platform.StoreCertificate, c platform.Certificate) bool {
	if s.Serial == "" || s.Serial != c.Serial {
		return false
	}
	if s.IssuerID != "" && c.IssuerID != "" {
		return s.IssuerID == c.IssuerID
	}
	return s.Issuer == c.Issuer
}

// hiddenBy replays the filter through which Chromium passes certificates before
// it offers them, and names what fails (facts/os-browser.md 3.2). The issuers
// that the server accepts are known to the server only, so they are left out.
func hiddenBy(c platform.StoreCertificate, in input) []Condition {
	var failing []Condition
	if hasEnded(in.now, c.NotAfter) {
		failing = append(failing, Expired)
	}
	if in.now.Before(c.NotBefore) {
		failing = append(failing, NotYetValid)
	}
	if c.KeyUsage != nil && !slices.Contains(c.KeyUsage, "digital-signature") {
		failing = append(failing, KeyUsage)
	}
	if !forClients(c) {
		failing = append(failing, ExtendedKeyUsage)
	}
	if !c.HasKey {
		failing = append(failing, NoProvider)
	}
	return failing
}

func forClients(c platform.StoreCertificate) bool {
	return c.ExtKeyUsage == nil || slices.Contains(c.ExtKeyUsage, usageClientAuth) || slices.Contains(c.ExtKeyUsage, usageAny)
}

// forLogin reports whether a certificate is made to log in, and not to sign
// documents.
func forLogin(c platform.StoreCertificate) bool {
	return forClients(c) && slices.Contains(c.KeyUsage, "digital-signature") && !slices.Contains(c.KeyUsage, "non-repudiation")
}

// leftovers counts the holders' certificates in the user's store that are on no
// card in a reader: those of cards that were taken out can stay. Only those that
// log in are counted, since a card does not show its others to everybody.
func leftovers(in input) int {
	n := 0
	for _, s := range in.s.Store.List {
		if isLeftover(in, s) {
			n++
		}
	}
	return n
}

func isLeftover(in input, s platform.StoreCertificate) bool {
	if s.Store != platform.StoreMy || s.CA || s.Serial == "" || !forLogin(s) {
		return false
	}
	return !slices.ContainsFunc(in.s.Cards.List, func(c platform.Card) bool {
		return slices.ContainsFunc(c.Certificates, func(v platform.Certificate) bool { return same(s, v) })
	})
}

// outdated says that the store holds only an earlier certificate of the CA, so
// that Windows cannot verify the card's. Logging in goes on all the same.
func outdated(in input, matched platform.StoreCertificate) []Finding {
	if matched.Software != platform.SoftwareHPKI {
		return nil
	}
	e := Evidence{Issuer: matched.Issuer, Chain: matched.Chain}
	if matched.Chain == platform.ChainBroken {
		return []Finding{find(StoreCAOutdated, Notice, e)}
	}
	renewal, there := renewalOf(matched.Issuer), false
	for _, s := range in.s.Store.List {
		if !s.CA || !named(s, matched.Issuer) {
			continue
		}
		if s.KeyID == "" || matched.IssuerID == "" || s.KeyID == matched.IssuerID || !s.NotBefore.Before(day(renewal.Day)) {
			return nil // it is the one, or may be
		}
		there = true
		if a, known := authorityBy(s.SHA256); known {
			e.Authority = a.Name
		}
	}
	if !there {
		return nil
	}
	return []Finding{find(StoreCAOutdated, Notice, in.by(renewal.Rule, e))}
}

// named reports whether a CA certificate bears a name. Its own is masked in a
// report, so the table of known ones tells it too.
func named(ca platform.StoreCertificate, name string) bool {
	a, _ := authorityBy(ca.SHA256)
	return ca.Subject == name || strings.Contains(name, "CN="+a.Name+",")
}
