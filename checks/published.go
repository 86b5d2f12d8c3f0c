package checks

import (
	"slices"
	"time"

	"yomitori/platform"
)

const (
	// clockAllowance is how far the computer's clock may be behind that of an
	// issuer before an answer counts as one from the future.
	clockAllowance = 5 * time.Minute
	// reasonHold is certificateHold of RFC 5280 5.3.1, the one reason for
	// revoking that can be taken back.
	reasonHold = 6
)

// published judges what the issuer of a certificate publishes about it. Only a
// fresh answer with the issuer's signature says that the certificate is not
// revoked.
func published(in input, c *platform.Certificate) Finding {
	if l := in.s.Online.Look; !l.OK() {
		return unanswered(c, l, nil)
	}
	i := slices.IndexFunc(in.s.Online.Revocations, func(r platform.Revocation) bool {
		return r.Role == c.Role && r.Serial == c.Serial && c.Serial != ""
	})
	if i < 0 { // it was asked about another card
		return unanswered(c, platform.NotAsked(), nil)
	}
	r := in.s.Online.Revocations[i]
	if !r.OK() {
		return unanswered(c, r.Look, &r)
	}
	return answered(c, r, in.now)
}

// unanswered is the finding where there is no answer to judge.
func unanswered(c *platform.Certificate, l platform.Look, r *platform.Revocation) Finding {
	e := Evidence{Role: c.Role, Area: platform.AreaOnline, Why: l.Why, Revocation: r}
	switch {
	case !l.Settled():
		return unseen(RevocationOK, platform.AreaOnline, l)
	case l.Why == platform.WhyNotAsked:
		e.Conditions = []Condition{NotAsked}
		return find(RevocationCannotKnow, Notice, e)
	}
	return find(RevocationUnreachable, Unknown, e)
}

// answered judges an answer. That a certificate was revoked stays true after the
// answer has become old; that it is suspended, or good, does not.
func answered(c *platform.Certificate, r platform.Revocation, now time.Time) Finding {
	e := Evidence{Role: c.Role, Revocation: &r}
	verified := r.Signature == platform.ChainVerified
	revoked := verified && r.Status == platform.RevocationRevoked
	doubt := doubtAbout(r, now)
	switch {
	case revoked && r.Reason != reasonHold:
		return find(RevocationRevoked, Problem, e)
	case !verified:
		doubt = Unverified
	case revoked && doubt == "":
		e.Conditions = []Condition{Suspended}
		return find(RevocationRevoked, Problem, e)
	case r.Status == platform.RevocationGood && doubt == "":
		return find(RevocationOK, OK, e)
	case doubt == "":
		doubt = NotMentioned
	}
	e.Area, e.Conditions = platform.AreaOnline, []Condition{doubt}
	return find(RevocationUnreachable, Unknown, e)
}

// doubtAbout says why an answer does not hold now, or is "". One that names no
// next update could be of any age; its zero time has passed.
func doubtAbout(r platform.Revocation, now time.Time) Condition {
	switch {
	case r.ThisUpdate.After(now.Add(clockAllowance)):
		return FromTheFuture
	case r.ThisUpdate.IsZero(), now.After(r.NextUpdate):
		return Stale
	}
	return ""
}
