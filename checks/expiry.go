package checks

import (
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

// expiry judges the dates of the certificates and of the card. The certificate
// that logs in always has a finding; another one only when it is worse.
func expiry(in input) []Finding {
	var found []Finding
	auth := mainCertificate(in.card)
	if auth != nil && auth.State == platform.CertRead {
		found = append(found, validity(auth, in.now))
	} else {
		found = append(found, unseen(ExpiryOK, platform.AreaCards, in.card.Look))
	}
	if sign := in.card.Certificate(platform.RoleHPKISign); sign != nil && sign != auth && sign.State == platform.CertRead {
		if f := validity(sign, in.now); worst[f.Status] > worst[found[0].Status] {
			found = append(found, f)
		}
	}
	if last, err := time.ParseInLocation(time.DateOnly, in.card.Expires, Japan); err == nil {
		if left := daysLeft(in.now, last); left < 0 {
			found = append(found, find(ExpiryCard, Problem, Evidence{Date: in.card.Expires, DaysLeft: &left}))
		}
	}
	return found
}

// validity judges one certificate's dates.
func validity(c *platform.Certificate, now time.Time) Finding {
	left := daysLeft(now, c.NotAfter)
	e := Evidence{Role: c.Role, NotBefore: c.NotBefore, NotAfter: c.NotAfter, DaysLeft: &left}
	switch {
	case now.After(c.NotAfter):
		return find(ExpiryExpired, Problem, e)
	case now.Before(c.NotBefore):
		return find(ExpiryNotYet, Problem, e)
	case now.Sub(c.NotBefore) < settling:
		return find(ExpiryTooNew, Notice, e)
	case !now.Before(monthsBefore(c.NotAfter, renewalMonths)):
		return find(ExpiryRenewNow, Notice, e)
	}
	return find(ExpiryOK, OK, e)
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
