package checks

import (
	"slices"

	"yomitori/platform"
)

// eachCertificate judges the certificate that logs in and, on an HPKI card, the
// one that signs. The first always has a finding, the second one of its own only
// when it is worse: ids stand once. What cannot be judged is the finding ok,
// unknown.
func eachCertificate(in input, ok ID, judge func(*platform.Certificate) Finding) []Finding {
	login := mainCertificate(in.card)
	first := unread(in, ok, login)
	if login != nil && login.State == platform.CertRead {
		first = judge(login)
	}
	sign := in.card.Certificate(platform.RoleHPKISign)
	if sign == nil || sign == login || sign.State != platform.CertRead {
		return []Finding{first}
	}
	return withOther(first, judge(sign))
}

// withOther adds what was found about the other certificate where it is worse.
// What has to be done about both is said once.
func withOther(first, other Finding) []Finding {
	switch {
	case worst[other.Status] > worst[first.Status] && other.ID == first.ID: // well, and not known of the other
		return []Finding{other}
	case worst[other.Status] > worst[first.Status]:
		return []Finding{first, other}
	case first.ID == other.ID && (first.Status == Problem || first.ID == ExpiryRenewNow):
		first.Evidence.Conditions = append(first.Evidence.Conditions, Both)
	}
	return []Finding{first}
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
