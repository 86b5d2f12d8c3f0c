package checks

import (
	"slices"
	"strings"
	"time"

	"yomitori/platform"
	"yomitori/platform/rules"
)

// authorities are the CA certificates that are known, of every kind of card.
var authorities = slices.Concat(rules.JPKI.List, rules.HPKI.List)

// authorityRule is the table in which the CA of a kind of card would stand;
// false for cards that are neither JPKI's nor HPKI's.
func authorityRule(k platform.Kind) (rules.Rule, bool) {
	switch k {
	case platform.KindMyNumber, platform.KindMyNumberUnknown:
		return rules.JPKI.Rule, true
	case platform.KindHPKI:
		return rules.HPKI.Rule, true
	}
	return rules.Rule{}, false
}

// authority is the known CA of a certificate. The CA certificate on the card
// counts only when it did sign; without one, the key identifier that the
// certificate names has to do.
func authority(c *platform.Card, v *platform.Certificate) (a rules.Authority, known bool) {
	for _, a := range authorities {
		switch v.Chain {
		case platform.ChainVerified:
			known = holdsCA(c, v, a)
		case platform.ChainUnchecked:
			known = a.KeyID != "" && v.IssuerID == a.KeyID
		}
		if known {
			return a, true
		}
	}
	return rules.Authority{}, false
}

// holdsCA reports whether the card holds that CA certificate, and it is the one
// above v.
func holdsCA(c *platform.Card, v *platform.Certificate, a rules.Authority) bool {
	return slices.ContainsFunc(c.Certificates, func(ca platform.Certificate) bool { return isOf(ca, a) && isAbove(ca, *v) })
}

// isOf reports whether a certificate on a card is that of a CA.
func isOf(ca platform.Certificate, a rules.Authority) bool {
	if a.SHA256 == "" {
		return ca.Serial == a.Serial && ca.NotBefore.UTC().Format(time.DateOnly) == a.NotBefore.Format(time.DateOnly)
	}
	return ca.SHA256 == a.SHA256
}

// isAbove tells an issuer by its key, since names are masked in a report, and
// by its name where the key is not told.
func isAbove(ca, v platform.Certificate) bool {
	if ca.KeyID != "" && v.IssuerID != "" {
		return ca.KeyID == v.IssuerID
	}
	return ca.Subject == v.Issuer
}

// authorityBy finds a CA certificate in the table of known ones.
func authorityBy(sha256 string) (a rules.Authority, known bool) {
	i := slices.IndexFunc(authorities, func(a rules.Authority) bool { return a.SHA256 != "" && a.SHA256 == sha256 })
	if i < 0 {
		return a, false
	}
	return authorities[i], true
}

// renewalOf is when the CA of that name got a new certificate under the same
// name. The last row is for every name.
func renewalOf(issuer string) rules.Renewal {
	i := slices.IndexFunc(rules.Renewals, func(r rules.Renewal) bool {
		return r.Organisation == "" || strings.Contains(issuer, "O="+r.Organisation)
	})
	return rules.Renewals[i]
}
