package checks

import (
	"slices"
	"time"

	"yomitori/platform"
	"yomitori/platform/rules"
)

const (
	// services may refuse a certificate on its first day (facts/os-browser.md 6.5).
	settling = 24 * time.Hour
	// renewal is possible from three months before the end (facts/cards.md 3.2).
	renewalMonths = 3
)

// clock judges the computer's clock by the one thing that is certain: the
// program was not written in the future.
func clock(in input) []Finding {
	if in.now.Before(day(rules.Compiled)) {
		return []Finding{find(SystemClock, Problem, Evidence{Date: in.now.Format(time.DateOnly)})}
	}
	return nil
}

// expiry judges the dates of the certificates and of the card.
func expiry(in input) []Finding {
	found := eachCertificate(in, ExpiryOK, func(c *platform.Certificate) Finding { return validity(in, c) })
	card, ok := cardEnd(in, found)
	switch {
	case !ok:
		return found
	case card.Status == Problem:
		// The certificates ended with the card, whatever date is in them.
		found = slices.DeleteFunc(found, func(f Finding) bool { return f.Status == OK || f.Status == Notice })
	}
	return append(found, card)
}

// validity judges one certificate's dates. It ends with its authority where that
// ends before it.
func validity(in input, c *platform.Certificate) Finding {
	if c.NotBefore.IsZero() || c.NotAfter.IsZero() {
		return unread(in, ExpiryOK, c)
	}
	e := Evidence{Role: c.Role, NotBefore: c.NotBefore, NotAfter: c.NotAfter}
	if end := authorityEnd(in.card, c); !end.IsZero() && end.Before(c.NotAfter) {
		e.NotAfter, e.Conditions = end, []Condition{AuthorityEnded}
	}
	if cardToo(in, e.NotAfter) {
		e.Conditions = append(e.Conditions, CardToo)
	}
	left := daysLeft(in.now, e.NotAfter)
	e.DaysLeft = &left
	switch {
	case hasEnded(in.now, e.NotAfter):
		return find(ExpiryExpired, Problem, e)
	case in.now.Before(c.NotBefore):
		e.Conditions, e.Date = nil, in.now.Format(time.DateOnly)
		return find(ExpiryNotYet, Problem, e)
	case in.now.Sub(c.NotBefore) < settling:
		e.Conditions = nil
		return find(ExpiryTooNew, Notice, e)
	case !in.now.Before(monthsBefore(e.NotAfter, renewalMonths)):
		return find(ExpiryRenewNow, Notice, e)
	}
	return find(ExpiryOK, OK, e)
}

// hasEnded reports whether a certificate is over: the last second is valid to its
// end.
func hasEnded(now, end time.Time) bool { return now.Truncate(time.Second).After(end) }

// authorityEnd is when the authority of a certificate ends: by its certificate on
// the card or, where that was not read, by the table of known ones. It is zero
// where neither tells.
func authorityEnd(c *platform.Card, v *platform.Certificate) time.Time {
	if ca := issuer(c, v); ca != nil {
		return ca.NotAfter
	}
	a, _ := authority(c, v)
	return a.NotAfter
}

// cardToo reports whether a new certificate does not do, since the card itself
// has ended or ends no later than the old one. Only a My Number Card tells.
func cardToo(in input, end time.Time) bool {
	last, ok := cardLastDay(in.card)
	return ok && (daysLeft(in.now, last) < 0 || !last.After(midnight(end)))
}

// cardLastDay is the last day of the card itself, where the card told it.
func cardLastDay(c *platform.Card) (time.Time, bool) {
	last, err := time.ParseInLocation(time.DateOnly, c.Expires, Japan)
	return last, err == nil
}

// cardEnd judges the last day of the card itself; found says of its certificates
// what is known. From when on a card can be renewed is not known here: that it
// ends soon is said as early as of a certificate, unless that says it already.
func cardEnd(in input, found []Finding) (Finding, bool) {
	last, ok := cardLastDay(in.card)
	if !ok {
		return Finding{}, false
	}
	left := daysLeft(in.now, last)
	e := Evidence{Date: in.card.Expires, DaysLeft: &left}
	said := slices.ContainsFunc(found, func(f Finding) bool {
		return f.ID == ExpiryRenewNow && midnight(f.Evidence.NotAfter).Equal(last)
	})
	switch {
	case left < 0:
		return find(ExpiryCard, Problem, e), true
	case said, in.now.Before(monthsBefore(last, renewalMonths)):
		return Finding{}, false
	}
	return find(ExpiryCard, Notice, e), true
}

// day is the first moment of a calendar day in Japan.
func day(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, Japan)
	if err != nil {
		panic("checks: bad day in the rules: " + s)
	}
	return t
}

// daysLeft counts calendar days in Japan from now to the day of end.
func daysLeft(now, end time.Time) int {
	return int(midnight(end).Sub(midnight(now)).Hours() / 24)
}

func midnight(t time.Time) time.Time {
	y, m, d := t.In(Japan).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Japan)
}

// monthsBefore is the start of the day n months before t's day; a day that the
// earlier month does not have becomes that month's last.
func monthsBefore(t time.Time, n int) time.Time {
	y, m, d := t.In(Japan).Date()
	last := time.Date(y, m-time.Month(n)+1, 0, 0, 0, 0, 0, Japan).Day()
	return time.Date(y, m-time.Month(n), min(d, last), 0, 0, 0, 0, Japan)
}
