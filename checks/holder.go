package checks

import (
	"slices"

	"yomitori/platform"
)

// eachCertificate judges the certificate that logs in and, on an HPKI card, the
// one that signs. The first always has a finding, the second one of its own only
// where it is worse or something else is the matter: ids stand once. What cannot
// be judged is the finding ok, unknown.
func eachCertificate(in input, ok ID, judge func(*platform.Certificate) Finding) []Finding {
	login := mainCertificate(in.card)
	first := unread(in, ok, login)
	if login != nil && login.State == platform.CertRead {
		first = judge(login)
	}
	sign := in.card.Certificate(platform.RoleHPKISign)
	if in.card.Kind != platform.KindHPKI || sign == nil || sign == login || sign.State != platform.CertRead {
		return []Finding{first}
	}
	found := withOther(first, judge(sign))
	if in.isFor(HPKI) { // logging in needs the other one only
		lowered(found[1:])
	}
	return found
}

// withOther adds what was found about the other certificate where it is worse or
// a problem of another kind. What is the matter with both is said once.
func withOther(first, other Finding) []Finding {
	switch same := first.ID == other.ID; {
	case same && worst[other.Status] > worst[first.Status]: // well, and not known of the other
		return []Finding{other}
	case same && (first.Status == Problem || first.ID == ExpiryRenewNow):
		c := OtherToo
		if len(first.Evidence.Conditions)+len(other.Evidence.Conditions) == 0 {
			c = Both
		}
		first.Evidence.Conditions = append(first.Evidence.Conditions, c)
	case !same && (other.Status == Problem || worst[other.Status] > worst[first.Status]):
		return []Finding{first, other}
	}
	return []Finding{first}
}

// signsOnly reports whether a finding is about the certificate beside the one
// that logs in.
func signsOnly(in input, f Finding) bool {
	return f.Evidence.Role == platform.RoleHPKISign && in.card != nil && mainRole(in.card) != platform.RoleHPKISign
}

// apart reports whether two findings are about one certificate of a card each, so
// that neither explains the other.
func apart(in input, a, b Finding) bool {
	if signsOnly(in, b) {
		return a.Evidence.Role == platform.RoleHPKIAuth && !slices.Contains(a.Evidence.Conditions, Both)
	}
	return signsOnly(in, a)
}

// unread is the finding for a certificate that was not read, or is not there.
func unread(in input, ok ID, c *platform.Certificate) Finding {
	if c != nil && c.State == platform.CertNeedsPIN {
		return find(ok, Unknown, Evidence{Role: c.Role, Area: platform.AreaCards, Why: whyNeedsPIN})
	}
	return unseen(ok, platform.AreaCards, in.card.Look)
}

// issuer is the CA certificate on the card that stands above one of the
// holder's, or nil.
func issuer(c *platform.Card, v *platform.Certificate) *platform.Certificate {
	if v.Chain == platform.ChainBroken || v.Issuer == "" && v.IssuerID == "" {
		return nil
	}
	i := slices.IndexFunc(c.Certificates, func(ca platform.Certificate) bool {
		isCA := ca.Role == platform.RoleAuthCA || ca.Role == platform.RoleHPKICA
		return isCA && ca.State == platform.CertRead && isAbove(ca, *v)
	})
	if i < 0 {
		return nil
	}
	return &c.Certificates[i]
}
