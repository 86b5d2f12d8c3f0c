package checks_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

// verdict is what a finding comes to, without its evidence.
type verdict struct {
	ID         checks.ID
	Status     checks.Status
	Role       platform.Role
	Conditions []checks.Condition
	Takes      string
}

// verdicts lists the findings of a step.
func verdicts(d checks.Diagnosis, s checks.Step) []verdict {
	var all []verdict
	for _, f := range d.Step(s) {
		all = append(all, verdict{f.ID, f.Status, f.Evidence.Role, f.Evidence.Conditions, f.Evidence.Takes})
	}
	return all
}

// tokyo is a moment in Japan.
func tokyo(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04:05", s, checks.Japan)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// withCard is the healthy computer with another card in its reader.
func withCard(c platform.Card) platform.Snapshot {
	s := healthy()
	s.Cards.List[0] = c
	return s
}

// The borders of a certificate that was issued on 2024-05-10 at 10:00 and ends
// with 2029-05-31, in Japan.
func TestDatesOfACertificate(t *testing.T) {
	tests := []struct {
		name, now string
		id        checks.ID
		status    checks.Status
		left      int
	}{
		{"a second before renewal: February has no 31st", "2029-02-27 23:59:59", checks.ExpiryOK, checks.OK, 93},
		{"first second of renewal", "2029-02-28 00:00:00", checks.ExpiryRenewNow, checks.Notice, 92},
		{"the day before the last", "2029-05-30 12:00:00", checks.ExpiryRenewNow, checks.Notice, 1},
		{"the last day begins, which is the day before in UTC", "2029-05-31 00:00:00", checks.ExpiryRenewNow, checks.Notice, 0},
		{"the last second", "2029-05-31 23:59:59", checks.ExpiryRenewNow, checks.Notice, 0},
		{"within the last second", "2029-05-31 23:59:59.9", checks.ExpiryRenewNow, checks.Notice, 0},
		{"a second later it is tomorrow", "2029-06-01 00:00:00", checks.ExpiryExpired, checks.Problem, -1},
		{"long ago", "2030-06-01 00:00:00", checks.ExpiryExpired, checks.Problem, -366},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := myNumber()
			c.Certificates[0].NotBefore = tokyo(t, "2024-05-10 10:00:00")
			c.Certificates[0].NotAfter = tokyo(t, "2029-05-31 23:59:59")
			d := checks.Diagnose(withCard(c), checks.Question{Purpose: checks.Any}, tokyo(t, tt.now))
			want := []verdict{{ID: tt.id, Status: tt.status, Role: platform.RoleAuth}}
			if diff := cmp.Diff(want, verdicts(d, checks.StepExpiry)); diff != "" {
				t.Fatalf("findings (-want +got):\n%s", diff)
			}
			if left := d.Find(tt.id).Evidence.DaysLeft; left == nil || *left != tt.left {
				t.Errorf("days left %v, want %d", left, tt.left)
			}
		})
	}
}

func TestFirstDay(t *testing.T) {
	tests := []struct {
		name   string
		age    time.Duration
		id     checks.ID
		status checks.Status
		date   string
	}{
		{"a second before it begins", -time.Second, checks.ExpiryNotYet, checks.Problem, "2026-11-23"},
		{"the first second", 0, checks.ExpiryTooNew, checks.Notice, ""},
		{"a second before a day is over", 24*time.Hour - time.Second, checks.ExpiryTooNew, checks.Notice, ""},
		{"a day later", 24 * time.Hour, checks.ExpiryOK, checks.OK, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := myNumber()
			c.Certificates[0].NotBefore = now.Add(-tt.age)
			c.Expires = "2029-05-09" // which is nobody's worry today
			d := checks.Diagnose(withCard(c), checks.Question{Purpose: checks.Any}, now)
			f := d.Find(tt.id)
			if f == nil || f.Status != tt.status || f.Evidence.Date != tt.date {
				t.Fatalf("want %s %s, got %+v", tt.id, tt.status, d.Step(checks.StepExpiry))
			}
			if conditions := f.Evidence.Conditions; tt.id != checks.ExpiryOK && conditions != nil {
				t.Errorf("conditions %v", conditions)
			}
			if (d.Cause != nil) != (tt.status == checks.Problem) {
				t.Errorf("cause %+v", d.Cause)
			}
		})
	}
}

// A certificate ends with the card and with its authority, where these end first.
func TestWhatEndsWithWhat(t *testing.T) {
	ca := func(end string) func(*testing.T, *platform.Card) {
		return func(t *testing.T, c *platform.Card) { c.Certificates[1].NotAfter = tokyo(t, end) }
	}
	expires := func(day string) func(*testing.T, *platform.Card) {
		return func(_ *testing.T, c *platform.Card) { c.Expires = day }
	}
	change := func(f func(*platform.Card)) func(*testing.T, *platform.Card) {
		return func(_ *testing.T, c *platform.Card) { f(c) }
	}
	auth := func(id checks.ID, s checks.Status, cs ...checks.Condition) verdict {
		return verdict{ID: id, Status: s, Role: platform.RoleAuth, Conditions: cs}
	}
	card := func(s checks.Status) verdict { return verdict{ID: checks.ExpiryCard, Status: s} }
	// known is a card that runs until 2034, with an authority of which it names
	// the key only.
	known := func(key string) func(*testing.T, *platform.Card) {
		return func(t *testing.T, c *platform.Card) {
			c.Certificates = c.Certificates[:1]
			c.Certificates[0].Chain, c.Certificates[0].IssuerID = platform.ChainUnchecked, key
			c.Certificates[0].NotAfter = tokyo(t, "2034-05-01 23:59:59")
		}
	}
	type changes = []func(*testing.T, *platform.Card)
	// The certificate ends with 2029-05-09, the card with 2034-05-09.
	tests := []struct {
		name, now string
		changes   changes
		want      []verdict
	}{
		{"card ends years later", "2029-03-01 12:00:00", nil, []verdict{auth(checks.ExpiryRenewNow, checks.Notice)}},
		{"card ends the same day, far away", "2027-03-01 12:00:00", changes{expires("2029-05-09")}, []verdict{auth(checks.ExpiryOK, checks.OK, checks.CardToo)}},
		{"card ends the same day, soon", "2029-03-01 12:00:00", changes{expires("2029-05-09")}, []verdict{auth(checks.ExpiryRenewNow, checks.Notice, checks.CardToo)}},
		{"card ended the same day", "2029-05-10 00:00:00", changes{expires("2029-05-09")}, []verdict{auth(checks.ExpiryExpired, checks.Problem, checks.CardToo), card(checks.Problem)}},
		{"card ended after the certificate", "2029-08-01 00:00:00", changes{expires("2029-07-31")}, []verdict{auth(checks.ExpiryExpired, checks.Problem, checks.CardToo), card(checks.Problem)}},
		{"card ends a day after the certificate", "2029-03-01 12:00:00", changes{expires("2029-05-10")}, []verdict{auth(checks.ExpiryRenewNow, checks.Notice), card(checks.Notice)}},
		{"certificate ended, card ends soon", "2029-05-12 12:00:00", changes{expires("2029-05-20")}, []verdict{auth(checks.ExpiryExpired, checks.Problem), card(checks.Notice)}},
		{"card ends before the certificate, soon", "2029-01-10 12:00:00", changes{expires("2029-04-01")}, []verdict{auth(checks.ExpiryOK, checks.OK, checks.CardToo), card(checks.Notice)}},
		{"card ends before the certificate, both soon", "2029-03-01 12:00:00", changes{expires("2029-04-01")}, []verdict{auth(checks.ExpiryRenewNow, checks.Notice, checks.CardToo), card(checks.Notice)}},
		{"a second before that is soon", "2028-12-31 23:59:59", changes{expires("2029-04-01")}, []verdict{auth(checks.ExpiryOK, checks.OK, checks.CardToo)}},
		{"the moment it is soon", "2029-01-01 00:00:00", changes{expires("2029-04-01")}, []verdict{auth(checks.ExpiryOK, checks.OK, checks.CardToo), card(checks.Notice)}},
		{"the card's last second", "2027-04-01 23:59:59", changes{expires("2027-04-01")}, []verdict{auth(checks.ExpiryOK, checks.OK, checks.CardToo), card(checks.Notice)}},
		{"a second later no date of a certificate counts", "2027-04-02 00:00:00", changes{expires("2027-04-01")}, []verdict{card(checks.Problem)}},
		{"nor does its renewal", "2029-03-01 12:00:00", changes{expires("2029-02-01")}, []verdict{card(checks.Problem)}},
		{"certificate is new, card ends the same day, soon", "2029-03-01 12:00:00", changes{expires("2029-05-09"), change(func(c *platform.Card) { c.Certificates[0].NotBefore = tokyo(t, "2029-03-01 10:00:00") })}, []verdict{auth(checks.ExpiryTooNew, checks.Notice), card(checks.Notice)}},
		{"card that does not tell", "2029-03-01 12:00:00", changes{expires("")}, []verdict{auth(checks.ExpiryRenewNow, checks.Notice)}},
		{"card that tells no day", "2029-03-01 12:00:00", changes{expires("2029-02-30")}, []verdict{auth(checks.ExpiryRenewNow, checks.Notice)}},

		{"authority ends later", "2029-01-10 12:00:00", changes{ca("2033-07-15 23:59:59")}, []verdict{auth(checks.ExpiryOK, checks.OK)}},
		{"authority ends the same second", "2029-01-10 12:00:00", changes{ca("2029-05-09 23:59:59")}, []verdict{auth(checks.ExpiryOK, checks.OK)}},
		{"authority ends before, far away", "2027-01-10 12:00:00", changes{ca("2029-03-01 23:59:59")}, []verdict{auth(checks.ExpiryOK, checks.OK, checks.AuthorityEnded)}},
		{"authority ends before, soon", "2029-01-10 12:00:00", changes{ca("2029-03-01 23:59:59")}, []verdict{auth(checks.ExpiryRenewNow, checks.Notice, checks.AuthorityEnded)}},
		{"authority's last second", "2029-03-01 23:59:59", changes{ca("2029-03-01 23:59:59")}, []verdict{auth(checks.ExpiryRenewNow, checks.Notice, checks.AuthorityEnded)}},
		{"authority has ended", "2029-03-02 00:00:00", changes{ca("2029-03-01 23:59:59")}, []verdict{auth(checks.ExpiryExpired, checks.Problem, checks.AuthorityEnded)}},
		{"authority and card end before", "2029-01-10 12:00:00", changes{ca("2029-03-01 23:59:59"), expires("2029-03-01")}, []verdict{auth(checks.ExpiryRenewNow, checks.Notice, checks.AuthorityEnded, checks.CardToo)}},
		{"another authority's certificate is on the card", "2029-03-02 00:00:00", changes{ca("2029-03-01 23:59:59"), change(func(c *platform.Card) { c.Certificates[0].IssuerID, c.Certificates[1].KeyID = "a", "b" })}, []verdict{auth(checks.ExpiryRenewNow, checks.Notice)}},
		{"authority by its key", "2029-03-02 00:00:00", changes{ca("2029-03-01 23:59:59"), change(func(c *platform.Card) {
			c.Certificates[0].Issuer, c.Certificates[0].IssuerID, c.Certificates[1].KeyID = "", "a", "a"
		})}, []verdict{auth(checks.ExpiryExpired, checks.Problem, checks.AuthorityEnded)}},
		{"certificate without issuer", "2029-03-02 00:00:00", changes{ca("2029-03-01 23:59:59"), change(func(c *platform.Card) { c.Certificates[0].Issuer, c.Certificates[1].Subject = "", "" })}, []verdict{auth(checks.ExpiryRenewNow, checks.Notice)}},
		{"certificate of the authority not read", "2029-03-02 00:00:00", changes{ca("2029-03-01 23:59:59"), change(func(c *platform.Card) { c.Certificates[1].State = platform.CertDamaged })}, []verdict{auth(checks.ExpiryRenewNow, checks.Notice)}},
		{"certificate of a known authority not read", "2033-07-16 00:00:00", changes{known("1ac100f596a3bc8c4b3df195e32699249e9e308a")}, []verdict{auth(checks.ExpiryExpired, checks.Problem, checks.AuthorityEnded)}},
		{"before a known authority ends", "2033-07-15 23:59:59", changes{known("1ac100f596a3bc8c4b3df195e32699249e9e308a")}, []verdict{auth(checks.ExpiryRenewNow, checks.Notice, checks.AuthorityEnded)}},
		{"certificate of an unknown authority not read", "2033-07-16 00:00:00", changes{known("a")}, []verdict{auth(checks.ExpiryOK, checks.OK)}},
		{"not a certificate of an authority", "2029-03-02 00:00:00", changes{ca("2029-03-01 23:59:59"), change(func(c *platform.Card) { c.Certificates[1].Role = platform.RolePIV })}, []verdict{auth(checks.ExpiryRenewNow, checks.Notice)}},

		{"certificate without dates", "2029-03-01 12:00:00", changes{change(func(c *platform.Card) { c.Certificates[0].NotAfter = time.Time{} })}, []verdict{{ID: checks.ExpiryOK, Status: checks.Unknown}}},
		{"certificate without a first day", "2029-03-01 12:00:00", changes{change(func(c *platform.Card) { c.Certificates[0].NotBefore = time.Time{} })}, []verdict{{ID: checks.ExpiryOK, Status: checks.Unknown}}},
		{"certificate behind the PIN", "2029-03-01 12:00:00", changes{change(func(c *platform.Card) { c.Certificates[0].State = platform.CertNeedsPIN })}, []verdict{{ID: checks.ExpiryOK, Status: checks.Unknown, Role: platform.RoleAuth}}},
		{"no certificate, card ends soon", "2029-03-01 12:00:00", changes{expires("2029-04-01"), change(func(c *platform.Card) { c.Certificates = nil })}, []verdict{{ID: checks.ExpiryOK, Status: checks.Unknown}, card(checks.Notice)}},
		{"no certificate, card ended", "2029-05-01 12:00:00", changes{expires("2029-04-01"), change(func(c *platform.Card) { c.Certificates = nil })}, []verdict{{ID: checks.ExpiryOK, Status: checks.Unknown}, card(checks.Problem)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := myNumber()
			for _, change := range tt.changes {
				change(t, &c)
			}
			d := checks.Diagnose(withCard(c), checks.Question{Purpose: checks.Any}, tokyo(t, tt.now))
			if diff := cmp.Diff(tt.want, verdicts(d, checks.StepExpiry)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// A broken chain tells nothing about the authority: it is told as such.
func TestForeignAuthorityEndsNothing(t *testing.T) {
	c := myNumber()
	c.Certificates[0].Chain = platform.ChainBroken
	c.Certificates[1].NotAfter = now.Add(-time.Hour)
	d := checks.Diagnose(withCard(c), checks.Question{Purpose: checks.Any}, now)
	if d.Cause == nil || d.Cause.ID != checks.CertChain || slices.Contains(d.Cause.Hides, checks.ExpiryExpired) {
		t.Errorf("cause %+v", d.Cause)
	}
}

// What is evidence of an authority's end is the authority's end.
func TestEvidenceOfAnAuthoritysEnd(t *testing.T) {
	c := myNumber()
	c.Certificates[1].NotAfter = tokyo(t, "2029-03-01 23:59:59")
	e := checks.Diagnose(withCard(c), checks.Question{Purpose: checks.Any}, tokyo(t, "2029-02-27 12:00:00")).Find(checks.ExpiryRenewNow).Evidence
	if !e.NotAfter.Equal(c.Certificates[1].NotAfter) || *e.DaysLeft != 2 {
		t.Errorf("ends %v, %d days left", e.NotAfter, *e.DaysLeft)
	}
}

// Of the two certificates of an HPKI card it is told which one has ended.
func TestDatesOfHPKI(t *testing.T) {
	const ended, soon, far, fresh = "2026-11-22 23:59:59", "2026-12-31 23:59:59", "2029-05-09 23:59:59", "2024-05-10 10:00:00"
	a, s := platform.RoleHPKIAuth, platform.RoleHPKISign
	tests := []struct {
		name             string
		authEnd, signEnd string
		change           func(*platform.Card)
		want             []verdict
	}{
		{"both run", far, far, nil, []verdict{{ID: checks.ExpiryOK, Status: checks.OK, Role: a}}},
		{"authentication ended", ended, far, nil, []verdict{{ID: checks.ExpiryExpired, Status: checks.Problem, Role: a}}},
		{"signature ended", far, ended, nil, []verdict{{ID: checks.ExpiryOK, Status: checks.OK, Role: a}, {ID: checks.ExpiryExpired, Status: checks.Notice, Role: s}}},
		{"both ended", ended, ended, nil, []verdict{{ID: checks.ExpiryExpired, Status: checks.Problem, Role: a, Conditions: []checks.Condition{checks.Both}}}},
		{"authentication ends soon", soon, far, nil, []verdict{{ID: checks.ExpiryRenewNow, Status: checks.Notice, Role: a}}},
		{"signature ends soon", far, soon, nil, []verdict{{ID: checks.ExpiryOK, Status: checks.OK, Role: a}, {ID: checks.ExpiryRenewNow, Status: checks.Notice, Role: s}}},
		{"both end soon", soon, soon, nil, []verdict{{ID: checks.ExpiryRenewNow, Status: checks.Notice, Role: a, Conditions: []checks.Condition{checks.Both}}}},
		{"one ended, one ends soon", ended, soon, nil, []verdict{{ID: checks.ExpiryExpired, Status: checks.Problem, Role: a}}},
		{"signature not read", far, ended, func(c *platform.Card) { c.Certificates[1].State = platform.CertDamaged }, []verdict{{ID: checks.ExpiryOK, Status: checks.OK, Role: a}}},
		{"signature without dates", far, far, func(c *platform.Card) { c.Certificates[1].NotAfter = time.Time{} }, []verdict{{ID: checks.ExpiryOK, Status: checks.Unknown}}},
		{"authentication behind the PIN, signature ended", far, ended, func(c *platform.Card) { c.Certificates[0].State = platform.CertNeedsPIN }, []verdict{{ID: checks.ExpiryOK, Status: checks.Unknown, Role: a}, {ID: checks.ExpiryExpired, Status: checks.Notice, Role: s}}},
		{"signature not yet valid", ended, far, func(c *platform.Card) { c.Certificates[1].NotBefore = now.Add(time.Hour) }, []verdict{{ID: checks.ExpiryExpired, Status: checks.Problem, Role: a}, {ID: checks.ExpiryNotYet, Status: checks.Notice, Role: s}}},
		{"signature only", far, ended, func(c *platform.Card) { c.Certificates = c.Certificates[1:] }, []verdict{{ID: checks.ExpiryExpired, Status: checks.Problem, Role: s}}},
		{"authority of one of them ended", far, ended, func(c *platform.Card) {
			c.Certificates[0].IssuerID = "a"
			c.Certificates = append(c.Certificates, platform.Certificate{Role: platform.RoleHPKICA, State: platform.CertRead, KeyID: "a", NotAfter: now.Add(-time.Hour)})
		}, []verdict{{ID: checks.ExpiryExpired, Status: checks.Problem, Role: a, Conditions: []checks.Condition{checks.AuthorityEnded, checks.OtherToo}}}},
		{"authority of the other ended", ended, far, func(c *platform.Card) {
			c.Certificates[1].IssuerID = "a"
			c.Certificates = append(c.Certificates, platform.Certificate{Role: platform.RoleHPKICA, State: platform.CertRead, KeyID: "a", NotAfter: now.Add(-time.Hour)})
		}, []verdict{{ID: checks.ExpiryExpired, Status: checks.Problem, Role: a, Conditions: []checks.Condition{checks.OtherToo}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := hpkiCard()
			for i, end := range []string{tt.authEnd, tt.signEnd} {
				c.Certificates[i].NotBefore, c.Certificates[i].NotAfter = tokyo(t, fresh), tokyo(t, end)
			}
			if tt.change != nil {
				tt.change(&c)
			}
			d := checks.Diagnose(withCard(c), checks.Question{Purpose: checks.HPKI}, now)
			if diff := cmp.Diff(tt.want, verdicts(d, checks.StepExpiry)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// The last second is valid to its end, on the card and in the store.
func TestWithinTheLastSecond(t *testing.T) {
	s := computer(t, "hpki-healthy")
	end := s.Taken.AddDate(0, 0, 1).Truncate(time.Second)
	dates(fiveYears, end)(&s)
	for after, hidden := range map[time.Duration]bool{0: false, time.Second - 1: false, time.Second: true} {
		d := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, end.Add(after))
		expired, store := d.Find(checks.ExpiryExpired), d.Find(checks.StoreHidden)
		if (expired != nil) != hidden || (store != nil) != hidden {
			t.Errorf("%v after: %+v, %+v", after, expired, store)
		}
	}
}

func TestWrongClockExplainsDates(t *testing.T) {
	past := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	d := checks.Diagnose(healthy(), checks.Question{Purpose: checks.Any}, past)
	if d.Cause == nil || d.Cause.ID != checks.SystemClock {
		t.Fatalf("cause %+v", d.Cause)
	}
	if f := d.Find(checks.ExpiryNotYet); f == nil || f.Status != checks.Skipped {
		t.Errorf("the date is not silenced: %+v", f)
	}
}
