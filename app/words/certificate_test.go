package words_test

import (
	"strings"
	"testing"
	"time"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// What is said of dates, of revocation and of readers, in English: what has to be
// in it, and what would be wrong there. Nothing of it has a hole in any language.
func TestWordsOfCertificatesAndReaders(t *testing.T) {
	day := time.Date(2029, 5, 9, 14, 59, 59, 0, time.UTC)
	left := 3
	conditions := func(cs ...checks.Condition) []checks.Condition { return cs }
	dates := func(id checks.ID, s checks.Status, r platform.Role, cs ...checks.Condition) checks.Finding {
		return checks.Finding{ID: id, Step: checks.StepExpiry, Status: s, Evidence: checks.Evidence{
			Role: r, NotBefore: day, NotAfter: day, Date: "2029-05-09", DaysLeft: &left, Conditions: cs,
		}}
	}
	answer := func(s checks.Status, id checks.ID, r platform.Role, v *platform.Revocation, cs ...checks.Condition) checks.Finding {
		return checks.Finding{ID: id, Step: checks.StepRevocation, Status: s, Evidence: checks.Evidence{Role: r, Revocation: v, Conditions: cs}}
	}
	told := func(s checks.Status, id checks.ID, r platform.Role, cs ...checks.Condition) checks.Finding {
		return checks.Finding{ID: id, Step: checks.StepRevocation, Status: s, Evidence: checks.Evidence{Told: true, Role: r, Conditions: cs}}
	}
	takes := func(id checks.ID, cs ...checks.Condition) checks.Finding {
		return checks.Finding{ID: id, Step: checks.StepNFC, Status: checks.Notice, Evidence: checks.Evidence{
			Takes: "IFD", Readers: []string{"IFD", "USB"}, Conditions: conditions(cs...),
		}}
	}
	auth, a, s := platform.RoleAuth, platform.RoleHPKIAuth, platform.RoleHPKISign
	const signature platform.Role = "signature"
	revoked := &platform.Revocation{Look: platform.Seen(), ThisUpdate: day, RevokedAt: day, Reason: 1}
	nameless := &platform.Revocation{Look: platform.Seen(), Reason: 77}
	title, advice, about := words.Title, words.Advice, words.About
	tests := []struct {
		name     string
		say      func(assets.Texts, checks.Finding) string
		f        checks.Finding
		has, not string
	}{
		{"fifth birthday, nobody's own", about, dates(checks.ExpiryOK, checks.OK, auth), "the fifth birthday after it was issued", "your birthday"},
		{"HPKI has no birthdays", about, dates(checks.ExpiryOK, checks.OK, a), "valid to its end", "birthday"},
		{"which HPKI certificate", title, dates(checks.ExpiryOK, checks.OK, a), "authentication", ""},
		{"new card one day", about, dates(checks.ExpiryOK, checks.OK, auth, checks.CardToo), "a new card", "birthday"},
		{"authority ends first", about, dates(checks.ExpiryOK, checks.OK, auth, checks.AuthorityEnded), "its authority ends", "birthday"},
		{"both of JPKI expired", about, dates(checks.ExpiryExpired, checks.Problem, auth), "signature certificate cannot be used any longer", ""},
		{"renew", advice, dates(checks.ExpiryExpired, checks.Problem, auth), "renew the certificate", "new card"},
		{"renewing does not do", advice, dates(checks.ExpiryExpired, checks.Problem, auth, checks.CardToo), "new card", "renew the certificate"},
		{"nor does it before", advice, dates(checks.ExpiryRenewNow, checks.Notice, auth, checks.CardToo), "new card", "renew the certificate"},
		{"signature certificate ends too", about, dates(checks.ExpiryRenewNow, checks.Notice, auth), "The signature certificate ends on that day too", ""},
		{"signature of HPKI expired", title, dates(checks.ExpiryExpired, checks.Problem, s), "(signature)", "authentication"},
		{"signature of HPKI expired, about", about, dates(checks.ExpiryExpired, checks.Problem, s), "you cannot sign", "cannot log in"},
		{"authentication of HPKI expired", about, dates(checks.ExpiryExpired, checks.Problem, a), "cannot log in", "sign"},
		{"both of HPKI expired", title, dates(checks.ExpiryExpired, checks.Problem, a, checks.Both), "Both HPKI", ""},
		{"both of HPKI end soon", title, dates(checks.ExpiryRenewNow, checks.Notice, a, checks.Both), "Both HPKI", ""},
		{"authority ended, of HPKI", advice, dates(checks.ExpiryExpired, checks.Problem, a, checks.AuthorityEnded), "CA that issued the card", "municipal"},
		{"authority ended", title, dates(checks.ExpiryExpired, checks.Problem, auth, checks.AuthorityEnded), "ended with its authority", ""},
		{"the computer's day", about, dates(checks.ExpiryNotYet, checks.Problem, auth), "9 May 2029", ""},
		{"look at the clock", advice, dates(checks.ExpiryNotYet, checks.Problem, auth), "date and time are right", ""},
		{"too new", advice, dates(checks.ExpiryTooNew, checks.Notice, auth), "24 hours", ""},
		{"card ended", title, dates(checks.ExpiryCard, checks.Problem, ""), "expired on", ""},
		{"card ends soon", title, dates(checks.ExpiryCard, checks.Notice, ""), "expires soon", "expired"},
		{"when a card is renewed is not known", advice, dates(checks.ExpiryCard, checks.Notice, ""), "when you can apply", "three months"},

		{"expired, by the computer's date", advice, dates(checks.ExpiryExpired, checks.Problem, auth), "computer's date is right", "newer"},
		{"expired, and there is a newer card", advice, dates(checks.ExpiryExpired, checks.Problem, auth, checks.NewerCard), "newer card, use that one", ""},
		{"PIN locked, and there is a newer card", advice, checks.Finding{ID: checks.PinAuthLocked, Step: checks.StepCertificate, Status: checks.Problem, Evidence: checks.Evidence{Conditions: conditions(checks.NewerCard)}}, "newer card, use that one", ""},
		{"questions about another card", advice, told(checks.Notice, checks.RevocationCannotKnow, a, checks.MyNumberOnly, checks.NotAsked), "CA that issued the card", "JPKI"},
		{"like a card for face recognition", title, checks.Finding{ID: checks.CardFaceAuth, Step: checks.StepCard, Status: checks.Problem}, "or one of which the PINs are locked", ""},
		{"moved, for signing", title, told(checks.Problem, checks.RevocationMovedOrRenamed, signature), "signature certificate may be revoked", ""},
		{"moved, for logging in", title, told(checks.Notice, checks.RevocationMovedOrRenamed, signature), "signature certificate may be revoked", "still works"},
		{"moved, and the card not continued", advice, told(checks.Notice, checks.RevocationMovedOrRenamed, signature), "継続利用", ""},
		{"moved promises nothing", about, told(checks.Problem, checks.RevocationMovedOrRenamed, signature), "the whole card may be unusable", "still works"},
		{"nor where nothing can be known", about, answer(checks.Notice, checks.RevocationCannotKnow, auth, nil), "the whole card may be unusable", "stays valid"},
		{"page against list", title, told(checks.Notice, checks.RevocationRevoked, a, checks.NotConfirmed), "does not say so", ""},
		{"page against list, about", about, checks.Finding{ID: checks.RevocationRevoked, Step: checks.StepRevocation, Status: checks.Notice, Evidence: checks.Evidence{Told: true, Role: a, Revocation: revoked, Conditions: conditions(checks.NotConfirmed)}}, "9 May 2029 23:59 JST", "{"},
		{"one suspended, one revoked", about, answer(checks.Problem, checks.RevocationRevoked, a, revoked, checks.Suspended, checks.OtherToo), "for signatures is revoked or stopped", ""},
		{"one ended, one with its authority", about, dates(checks.ExpiryExpired, checks.Problem, a, checks.AuthorityEnded, checks.OtherToo), "for signatures cannot be used either", ""},
		{"lost", advice, told(checks.Problem, checks.RevocationRevoked, "", checks.Replaced), "newer card", "certification authority"},
		{"lost, about", about, told(checks.Problem, checks.RevocationRevoked, "", checks.Replaced), "neither log in nor sign", "{"},
		{"no reason is no proof", about, answer(checks.Notice, checks.RevocationCannotKnow, auth, nil, checks.NoReasonKnown), "does not prove", ""},
		{"for certain", advice, answer(checks.Notice, checks.RevocationCannotKnow, auth, nil, checks.NoReasonKnown), "有効性確認", ""},
		{"not asked", advice, answer(checks.Notice, checks.RevocationCannotKnow, a, nil, checks.NotAsked), "looked up on the internet", "JPKI"},
		{"not asked, about", about, answer(checks.Notice, checks.RevocationCannotKnow, a, nil, checks.NotAsked), "sends nothing", "My Number"},
		{"good", about, answer(checks.OK, checks.RevocationOK, a, revoked), "9 May 2029 23:59 JST", ""},
		{"revoked", about, answer(checks.Problem, checks.RevocationRevoked, a, revoked), "9 May 2029. Reason given by the authority: the key may be known to others.", ""},
		{"revoked, and nothing said", about, answer(checks.Problem, checks.RevocationRevoked, a, nameless), "Revoked on: not given. Reason given by the authority: not given.", ""},
		{"signature revoked", about, answer(checks.Problem, checks.RevocationRevoked, s, revoked), "you cannot sign", "cannot log in"},
		{"signature revoked, title", title, answer(checks.Problem, checks.RevocationRevoked, s, revoked), "(signature): revoked", ""},
		{"both revoked", title, answer(checks.Problem, checks.RevocationRevoked, a, revoked, checks.Both), "Both", ""},
		{"both revoked, about", about, answer(checks.Problem, checks.RevocationRevoked, a, revoked, checks.Both), "neither log in nor sign", ""},
		{"suspended", title, answer(checks.Problem, checks.RevocationRevoked, a, revoked, checks.Suspended), "stopped for a time", "revoked"},
		{"whom to ask", advice, answer(checks.Problem, checks.RevocationRevoked, a, revoked), "CA that issued the card", "municipal"},
		{"not verified", about, answer(checks.Unknown, checks.RevocationUnreachable, a, revoked, checks.Unverified), "was not used", ""},
		{"stale", advice, answer(checks.Unknown, checks.RevocationUnreachable, a, revoked, checks.Stale), "date and time", "internet connection"},
		{"from the future", about, answer(checks.Unknown, checks.RevocationUnreachable, a, revoked, checks.FromTheFuture), "clock", ""},
		{"not mentioned", advice, answer(checks.Unknown, checks.RevocationUnreachable, a, revoked, checks.NotMentioned), "ask the CA", ""},
		{"no connection", advice, answer(checks.Unknown, checks.RevocationUnreachable, a, nil), "internet connection", ""},

		{"empty reader first", title, takes(checks.NFCConflict, checks.EmptyFirst), `"IFD", which is empty`, ""},
		{"disabling asks for another reader", advice, takes(checks.NFCConflict, checks.EmptyFirst), "only while there is another reader", ""},
		{"nobody knows what official software does", about, takes(checks.NFCConflict, checks.EmptyFirst), "not published", ""},
		{"another card", advice, takes(checks.NFCConflict, checks.WrongCard), `away from "IFD"`, "Device Manager"},
		{"card on the built-in NFC", title, takes(checks.NFCConflict, checks.CardOnBuiltIn), "on the built-in NFC", "IFD"},
		{"card on the built-in NFC: that one stays", advice, takes(checks.NFCConflict, checks.CardOnBuiltIn), "put it on the external reader", "disable"},
		{"somewhere else", advice, takes(checks.NFCConflict, checks.Elsewhere, checks.EmptyFirst), "the computer in front of you", "Device Manager"},
		{"somewhere else, title", title, takes(checks.NFCConflict, checks.Elsewhere, checks.EmptyFirst), "which is empty", ""},
		{"virtual reader", about, takes(checks.NFCVirtualFirst, checks.EmptyFirst), "IFD", ""},
		{"virtual reader with a card", title, takes(checks.NFCVirtualFirst, checks.WrongCard), "another card", "first in the list"},
		{"SIM", title, takes(checks.NFCSIMSlot, checks.WrongCard), "before the card", ""},
		{"SIM, advice", advice, takes(checks.NFCSIMSlot, checks.WrongCard), `not "IFD"`, ""},
		{"empty SIM slot", title, takes(checks.NFCSIMSlot, checks.EmptyFirst), "first in the list", "looks like"},
		{"security key", advice, takes(checks.NFCTokenAsCard, checks.WrongCard), `Unplug "IFD"`, ""},
		{"security key without a card", title, takes(checks.NFCTokenAsCard, checks.EmptyFirst), "first in the list", "looks like"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.say(assets.In(assets.English), tt.f)
			if !strings.Contains(got, tt.has) || tt.not != "" && strings.Contains(got, tt.not) {
				t.Errorf("got %q, want %q in it and not %q", got, tt.has, tt.not)
			}
			for _, lang := range assets.Langs {
				texts := assets.In(lang)
				for _, said := range []string{title(texts, tt.f), advice(texts, tt.f), about(texts, tt.f)} {
					if broken.MatchString(said) {
						t.Errorf("%s: %q", lang, said)
					}
				}
			}
		})
	}
}

// The reason why nothing came is told where there is one.
func TestWhyRevocationIsUnreachable(t *testing.T) {
	for why, has := range map[platform.Why]string{
		platform.WhyNoAddress: "ask the CA", platform.WhyNoIssuer: "ask the CA", platform.WhyOtherList: "ask the CA", platform.WhyProxyAuth: "administrator",
		platform.WhyTimedOut: "internet connection", platform.WhyTooLarge: "ask the CA", platform.WhyBadAnswer: "ask the CA",
		platform.WhyRedirect: "ask the CA", platform.WhyUnreachable: "internet connection",
	} {
		f := checks.Finding{ID: checks.RevocationUnreachable, Step: checks.StepRevocation, Status: checks.Unknown, Evidence: checks.Evidence{Role: platform.RoleHPKIAuth, Why: why}}
		texts := assets.In(assets.English)
		if got := words.Advice(texts, f); !strings.Contains(got, has) {
			t.Errorf("%s: %q, want %q in it", why, got, has)
		}
		if got := words.About(texts, f); !strings.Contains(got, texts.Text("why."+string(why))) {
			t.Errorf("%s: %q", why, got)
		}
	}
}
