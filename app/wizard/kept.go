package wizard

import (
	"yomitori/checks"
	"yomitori/platform"
)

// This file is what a flow does about cards that come and go while the result
// is on show. People take the card out once they know what is wrong with it,
// and read what to do about it afterwards; so the result stays until there is
// another card to speak of.

// keeps is what the result goes on showing when d comes in, or nil.
func (f flow) keeps(d checks.Diagnosis) *judged {
	switch {
	case d.Card != nil:
		return nil
	case f.kept != nil:
		return f.kept
	case f.page != pageResult, f.d.Card == nil, f.d.Outcome() == checks.StillLooking:
		return nil
	}
	kept := f.judged
	return &kept
}

// remembers is the card to hold the next one against. One that is still being
// read tells too little.
func (f flow) remembers(d checks.Diagnosis) *platform.Card {
	if d.Card == nil || !d.Card.Settled() {
		return f.card
	}
	return d.Card
}

// outdatedBy reports whether the result on show is not about the card of d.
func (f flow) outdatedBy(d checks.Diagnosis) bool {
	return d.Card != nil && (f.kept != nil || f.hand != "" || swapped(f.card, d.Card))
}

// swapped reports whether one card took the place of another without anybody
// having seen it go.
func swapped(before, now *platform.Card) bool {
	switch {
	case before == nil:
		return false
	case before.ReaderIndex != now.ReaderIndex:
		return true
	}
	return before.OK() && now.OK() && serial(before) != serial(now)
}

// holderRoles are the roles of certificates that belong to a person, the one
// that logs in first.
var holderRoles = []platform.Role{platform.RoleAuth, platform.RoleHPKIAuth, platform.RoleHPKISign, platform.RolePIV}

// serial is the serial number of the certificate that the card is put in for.
// It is compared and never shown.
func serial(c *platform.Card) string {
	for _, r := range holderRoles {
		if v := c.Certificate(r); v != nil {
			return v.Serial
		}
	}
	return ""
}

// markIn is the mark of a step in the rail. What was not come to yet keeps its
// state to itself: it would only unsettle people who have not put in their card.
func (f flow) markIn(p page) mark {
	switch {
	case !f.open(p):
		return markNone
	case p == pageResult && f.kept != nil:
		return outcomeMark(f.kept.d)
	}
	return markOf(f.d, p)
}
