package platform

import (
	"slices"
	"time"
)

// IsDead reports whether no browser offers the certificate any more: it has ended,
// or nothing leads to its key. One that has not begun may only be waited for.
func (c StoreCertificate) IsDead(now time.Time) bool {
	ended := !c.NotAfter.IsZero() && now.Truncate(time.Second).After(c.NotAfter)
	return ended || !c.HasKey && !now.Before(c.NotBefore)
}

// WhyKept says why a certificate must not be deleted from the user's store, or is
// "": it is of use, its card is in a reader or may be, or nobody could look.
func (c StoreCertificate) WhyKept(cards Cards, now time.Time) RepairWhy {
	unseen := func(card Card) bool { return !card.OK() }
	switch {
	case !c.IsDead(now):
		return RepairInUse
	case !cards.OK() || slices.ContainsFunc(cards.List, unseen):
		return RepairUnseen
	case slices.ContainsFunc(cards.List, c.mayBeOf):
		return RepairInUse
	}
	return ""
}

// mayBeOf reports whether a certificate is that of a card, or may be: of a card
// that told nothing.
func (c StoreCertificate) mayBeOf(card Card) bool {
	read := false
	for _, o := range card.Certificates {
		if o.State != CertRead {
			continue
		}
		if o.Serial == c.Serial && o.Issuer == c.Issuer {
			return true
		}
		read = true
	}
	return !read && softwareOfCard(card.Kind) == c.Software
}

// softwareOfCard is whose certificates a card holds.
func softwareOfCard(k Kind) Software {
	switch k {
	case KindMyNumber, KindMyNumberUnknown, KindJuki, KindPhoneToken:
		return SoftwareJPKI
	case KindHPKI:
		return SoftwareHPKI
	}
	return SoftwareNone
}
