package checks_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

// What the user tells about a My Number Card, and what that ends for whom.
func TestToldRevocation(t *testing.T) {
	const y, n = checks.Yes, checks.No
	const signature platform.Role = "signature"
	unknown := verdict{ID: checks.RevocationCannotKnow, Status: checks.Notice, Role: platform.RoleAuth}
	noReason := verdict{ID: checks.RevocationCannotKnow, Status: checks.Notice, Role: platform.RoleAuth, Conditions: []checks.Condition{checks.NoReasonKnown}}
	signs := verdict{ID: checks.RevocationMovedOrRenamed, Status: checks.Problem, Role: signature}
	logsIn := verdict{ID: checks.RevocationMovedOrRenamed, Status: checks.Notice, Role: signature}
	void := verdict{ID: checks.RevocationRevoked, Status: checks.Problem, Conditions: []checks.Condition{checks.Replaced}}
	tests := []struct {
		name                 string
		moved, renamed, lost checks.Answer
		signing, loggingIn   verdict // for e-Tax and any; for Mynaportal and HPKI-KAGURA
	}{
		{"nothing told", "", "", "", unknown, unknown},
		{"moved", y, "", "", signs, logsIn},
		{"renamed", "", y, "", signs, logsIn},
		{"moved and renamed", y, y, "", signs, logsIn},
		{"moved, and no to the rest", y, n, n, signs, logsIn},
		{"lost", "", "", y, void, void},
		{"lost and moved", y, "", y, void, void},
		{"lost and renamed", n, y, y, void, void},
		{"no to all", n, n, n, noReason, noReason},
		{"not asked about moving", "", n, n, unknown, unknown},
		{"not asked about the name", n, "", n, unknown, unknown},
		{"not asked about the card", n, n, "", unknown, unknown},
		{"an answer that is none", "maybe", n, n, unknown, unknown},
	}
	for _, tt := range tests {
		for _, p := range checks.Purposes {
			t.Run(tt.name+"/"+string(p), func(t *testing.T) {
				want := tt.signing
				if p == checks.Mynaportal || p == checks.HPKI {
					want = tt.loggingIn
				}
				q := checks.Question{Purpose: p, Told: checks.Told{Moved: tt.moved, Renamed: tt.renamed, Lost: tt.lost}}
				d := checks.Diagnose(healthy(), q, now)
				if diff := cmp.Diff([]verdict{want}, verdicts(d, checks.StepRevocation)); diff != "" {
					t.Fatalf("findings (-want +got):\n%s", diff)
				}
				f := d.Step(checks.StepRevocation)[0]
				if told := want.ID != checks.RevocationCannotKnow; f.Evidence.Told != told {
					t.Errorf("told is %v", f.Evidence.Told)
				}
				if isCause := d.Cause != nil && d.Cause.ID == f.ID; isCause != (want.Status == checks.Problem) {
					t.Errorf("cause %+v", d.Cause)
				}
			})
		}
	}
}

// What the user tells of a card counts only for cards that it is about, and does
// not stand against what the card shows.
func TestToldRevocationOfOtherCards(t *testing.T) {
	all := checks.Told{Moved: checks.Yes, Renamed: checks.Yes, Lost: checks.Yes}
	moved := checks.Told{Moved: checks.Yes}
	my := func(change func(*platform.Card)) platform.Card {
		c := myNumber()
		change(&c)
		return c
	}
	tests := []struct {
		name string
		card platform.Card
		told checks.Told
		want checks.ID
		is   checks.Status
	}{
		{"HPKI card", hpkiCard(), all, checks.RevocationCannotKnow, checks.Notice},
		{"card of a new kind", my(func(c *platform.Card) { c.Kind = platform.KindMyNumberUnknown }), all, checks.RevocationRevoked, checks.Problem},
		{"Juki card", my(func(c *platform.Card) { c.Kind = platform.KindJuki }), all, checks.RevocationCannotKnow, checks.Skipped},
		{"certificate behind the PIN", my(func(c *platform.Card) { c.Certificates[0].State = platform.CertNeedsPIN }), all, checks.RevocationOK, checks.Unknown},
		{"no certificate told", my(func(c *platform.Card) { c.Certificates = nil }), all, checks.RevocationOK, checks.Unknown},
		{"no signature certificate to lose", my(func(c *platform.Card) { c.Available.Signature = 0 }), moved, checks.RevocationCannotKnow, checks.Notice},
		{"no signature certificate, lost", my(func(c *platform.Card) { c.Available.Signature = 0 }), all, checks.RevocationRevoked, checks.Problem},
		{"card that does not tell what it holds", my(func(c *platform.Card) { c.Available = nil }), moved, checks.RevocationMovedOrRenamed, checks.Problem},
		{"expired card", my(func(c *platform.Card) { c.Certificates[0].NotAfter = now.Add(-time.Hour) }), all, checks.RevocationRevoked, checks.Skipped},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := checks.Diagnose(withCard(tt.card), checks.Question{Purpose: checks.Any, Told: tt.told}, now)
			if f := d.Find(tt.want); f == nil || f.Status != tt.is || len(d.Step(checks.StepRevocation)) != 1 {
				t.Errorf("want %s %s, got %+v", tt.want, tt.is, d.Step(checks.StepRevocation))
			}
		})
	}
}

// A security key says nothing about revocation, and nobody is asked.
func TestRevocationOfASecurityKey(t *testing.T) {
	c := platform.Card{Look: platform.Seen(), Kind: platform.KindPIV, Certificates: []platform.Certificate{{Role: platform.RolePIV, State: platform.CertRead, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour)}}}
	d := checks.Diagnose(withCard(c), checks.Question{Purpose: checks.Any}, now)
	if got := verdicts(d, checks.StepRevocation); !cmp.Equal(got, []verdict{{ID: checks.RevocationCannotKnow, Status: checks.Skipped, Role: platform.RolePIV}}) {
		t.Errorf("got %+v", got)
	}
}

// good is a fresh answer about the authentication certificate of onlineCard.
func good() platform.Revocation {
	return platform.Revocation{
		Look: platform.Seen(), Role: platform.RoleHPKIAuth, Serial: "a1", Source: platform.SourceCRL, URL: "http://ca.example/a.crl",
		Signature: platform.ChainVerified, ThisUpdate: now.Add(-time.Hour), NextUpdate: now.Add(time.Hour), Status: platform.RevocationGood,
	}
}

// onlineCard is a computer with an HPKI card of which everything was asked, and
// the answers.
func onlineCard(auth, sign platform.Revocation) platform.Snapshot {
	c := hpkiCard()
	c.Certificates[0].Serial, c.Certificates[1].Serial = "a1", "b2"
	s := withCard(c)
	s.Online = platform.Online{Look: platform.Seen(), Revocations: []platform.Revocation{sign, auth}}
	return s
}

// Of an answer about an HPKI certificate, only a fresh good one with the issuer's
// signature is good.
func TestAnswer(t *testing.T) {
	type change = func(*platform.Revocation)
	revoked := func(reason int) change {
		return func(r *platform.Revocation) {
			r.Status, r.Reason, r.RevokedAt = platform.RevocationRevoked, reason, now.Add(-48*time.Hour)
		}
	}
	stale := func(r *platform.Revocation) { r.NextUpdate = now.Add(-time.Second) }
	endless := func(r *platform.Revocation) { r.NextUpdate = time.Time{} }
	ageless := func(r *platform.Revocation) { r.ThisUpdate = time.Time{} }
	future := func(r *platform.Revocation) { r.ThisUpdate = now.Add(5*time.Minute + time.Second) }
	unsigned := func(r *platform.Revocation) { r.Signature = platform.ChainUnchecked }
	forged := func(r *platform.Revocation) { r.Signature = platform.ChainBroken }
	selfSigned := func(r *platform.Revocation) { r.Signature = platform.ChainRoot }
	silent := func(r *platform.Revocation) { r.Status = "" }
	odd := func(r *platform.Revocation) { r.Status = "valid" }
	fails := func(w platform.Why) change {
		return func(r *platform.Revocation) { r.Look = platform.Failure(w, nil) }
	}
	const ok, problem, unknown, notice = checks.OK, checks.Problem, checks.Unknown, checks.Notice
	tests := []struct {
		name    string
		changes []change
		id      checks.ID
		status  checks.Status
		cond    checks.Condition
	}{
		{"good", nil, checks.RevocationOK, ok, ""},
		{"good from OCSP", []change{func(r *platform.Revocation) { r.Source = platform.SourceOCSP }}, checks.RevocationOK, ok, ""},
		{"good to the second", []change{func(r *platform.Revocation) { r.NextUpdate = now }}, checks.RevocationOK, ok, ""},
		{"good and a little ahead", []change{func(r *platform.Revocation) { r.ThisUpdate = now.Add(5 * time.Minute) }}, checks.RevocationOK, ok, ""},
		{"good and stale", []change{stale}, checks.RevocationUnreachable, unknown, checks.Stale},
		{"good for ever", []change{endless}, checks.RevocationUnreachable, unknown, checks.Stale},
		{"good since nobody knows when", []change{ageless}, checks.RevocationUnreachable, unknown, checks.Stale},
		{"good from the future", []change{future}, checks.RevocationUnreachable, unknown, checks.FromTheFuture},
		{"good and not verified", []change{unsigned}, checks.RevocationUnreachable, unknown, checks.Unverified},
		{"good and forged", []change{forged}, checks.RevocationUnreachable, unknown, checks.Unverified},
		{"good and signed by itself", []change{selfSigned}, checks.RevocationUnreachable, unknown, checks.Unverified},
		{"good, stale and not verified", []change{stale, unsigned}, checks.RevocationUnreachable, unknown, checks.Unverified},

		{"says nothing", []change{silent}, checks.RevocationUnreachable, unknown, checks.NotMentioned},
		{"says what nobody knows", []change{odd}, checks.RevocationUnreachable, unknown, checks.NotMentioned},
		{"says nothing and is stale", []change{silent, stale}, checks.RevocationUnreachable, unknown, checks.Stale},
		{"says nothing and is not verified", []change{silent, unsigned}, checks.RevocationUnreachable, unknown, checks.Unverified},

		{"revoked", []change{revoked(0)}, checks.RevocationRevoked, problem, ""},
		{"revoked, the key is known", []change{revoked(1)}, checks.RevocationRevoked, problem, ""},
		{"revoked stays so in a stale answer", []change{revoked(4), stale}, checks.RevocationRevoked, problem, ""},
		{"revoked stays so in an endless answer", []change{revoked(4), endless}, checks.RevocationRevoked, problem, ""},
		{"revoked, and the clock is slow", []change{revoked(4), future}, checks.RevocationRevoked, problem, ""},
		{"revoked and not verified", []change{revoked(4), unsigned}, checks.RevocationUnreachable, unknown, checks.Unverified},
		{"revoked and forged", []change{revoked(4), forged}, checks.RevocationUnreachable, unknown, checks.Unverified},

		{"suspended", []change{revoked(6)}, checks.RevocationRevoked, problem, checks.Suspended},
		{"suspended when the answer was fresh", []change{revoked(6), stale}, checks.RevocationUnreachable, unknown, checks.Stale},
		{"suspended in the future", []change{revoked(6), future}, checks.RevocationUnreachable, unknown, checks.FromTheFuture},
		{"suspended and not verified", []change{revoked(6), unsigned}, checks.RevocationUnreachable, unknown, checks.Unverified},

		{"no connection", []change{fails(platform.WhyUnreachable)}, checks.RevocationUnreachable, unknown, ""},
		{"no address", []change{fails(platform.WhyNoAddress)}, checks.RevocationUnreachable, unknown, ""},
		{"denied", []change{fails(platform.WhyAccessDenied)}, checks.RevocationUnreachable, unknown, ""},
		{"no such thing", []change{func(r *platform.Revocation) { r.Look = platform.Absent() }}, checks.RevocationUnreachable, unknown, ""},
		{"still on its way", []change{func(r *platform.Revocation) { r.Look = platform.Look{} }}, checks.RevocationOK, unknown, ""},
		{"about another certificate", []change{func(r *platform.Revocation) { r.Serial = "b2" }}, checks.RevocationCannotKnow, notice, checks.NotAsked},
		{"about no certificate", []change{func(r *platform.Revocation) { r.Serial = "" }}, checks.RevocationCannotKnow, notice, checks.NotAsked},
		{"about another role", []change{func(r *platform.Revocation) { r.Role = platform.RoleHPKICA }}, checks.RevocationCannotKnow, notice, checks.NotAsked},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			auth, sign := good(), good()
			sign.Role, sign.Serial = platform.RoleHPKISign, "b2"
			for _, change := range tt.changes {
				change(&auth)
			}
			d := checks.Diagnose(onlineCard(auth, sign), checks.Question{Purpose: checks.HPKI}, now)
			fs := d.Step(checks.StepRevocation)
			if len(fs) != 1 || fs[0].ID != tt.id || fs[0].Status != tt.status {
				t.Fatalf("want %s %s, got %+v", tt.id, tt.status, fs)
			}
			e := fs[0].Evidence
			if tt.cond == "" && e.Conditions != nil || tt.cond != "" && !slices.Equal(e.Conditions, []checks.Condition{tt.cond}) {
				t.Errorf("conditions %v, want %q", e.Conditions, tt.cond)
			}
			if e.Told {
				t.Error("nobody told that")
			}
			if pending := !auth.Settled(); fs[0].Pending() != pending {
				t.Errorf("pending is %v", fs[0].Pending())
			}
			judged := tt.id != checks.RevocationCannotKnow && auth.Settled()
			if judged && (e.Role != platform.RoleHPKIAuth || e.Revocation == nil || e.Why != auth.Why) || (e.Revocation != nil) != judged {
				t.Errorf("evidence %+v", e)
			}
			if e.Revocation != nil {
				if diff := cmp.Diff(auth, *e.Revocation); diff != "" {
					t.Errorf("revocation (-want +got):\n%s", diff)
				}
			}
		})
	}
}

// The area as a whole: what was not asked is a notice, what failed is unknown.
func TestOnlineAsAWhole(t *testing.T) {
	c := checks.RevocationCannotKnow
	tests := []struct {
		name string
		look platform.Look
		want verdict
		why  platform.Why
	}{
		{"nobody asked", platform.NotAsked(), verdict{ID: c, Status: checks.Notice, Role: platform.RoleHPKIAuth, Conditions: []checks.Condition{checks.NotAsked}}, platform.WhyNotAsked},
		{"still asking", platform.Look{}, verdict{ID: checks.RevocationOK, Status: checks.Unknown}, checks.WhyPending},
		{"failed", platform.Failure(platform.WhyTimedOut, nil), verdict{ID: checks.RevocationUnreachable, Status: checks.Unknown, Role: platform.RoleHPKIAuth}, platform.WhyTimedOut},
		{"refused otherwise", platform.Failure(platform.WhyAccessDenied, nil), verdict{ID: checks.RevocationUnreachable, Status: checks.Unknown, Role: platform.RoleHPKIAuth}, platform.WhyAccessDenied},
		{"no network here", platform.Absent(), verdict{ID: checks.RevocationUnreachable, Status: checks.Unknown, Role: platform.RoleHPKIAuth}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// Answers that are left over from before count for nothing.
			s := onlineCard(good(), good())
			s.Online.Look = tt.look
			d := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, now)
			if diff := cmp.Diff([]verdict{tt.want}, verdicts(d, checks.StepRevocation)); diff != "" {
				t.Fatalf("findings (-want +got):\n%s", diff)
			}
			if e := d.Find(tt.want.ID).Evidence; e.Why != tt.why || e.Area != platform.AreaOnline {
				t.Errorf("evidence %+v", e)
			}
		})
	}
}

// Both certificates are judged. The one that logs in always has a finding.
func TestRevocationOfBothCertificates(t *testing.T) {
	a, s := platform.RoleHPKIAuth, platform.RoleHPKISign
	fine := func(*platform.Revocation) {}
	revoked := func(r *platform.Revocation) { r.Status = platform.RevocationRevoked }
	held := func(r *platform.Revocation) { r.Status, r.Reason = platform.RevocationRevoked, 6 }
	stale := func(r *platform.Revocation) { r.NextUpdate = now.Add(-time.Second) }
	other := func(r *platform.Revocation) { r.Serial = "c3" }
	ok := verdict{ID: checks.RevocationOK, Status: checks.OK, Role: a}
	tests := []struct {
		name       string
		auth, sign func(*platform.Revocation)
		want       []verdict
	}{
		{"both good", fine, fine, []verdict{ok}},
		{"authentication revoked", revoked, fine, []verdict{{ID: checks.RevocationRevoked, Status: checks.Problem, Role: a}}},
		{"signature revoked", fine, revoked, []verdict{ok, {ID: checks.RevocationRevoked, Status: checks.Notice, Role: s}}},
		{"both revoked", revoked, revoked, []verdict{{ID: checks.RevocationRevoked, Status: checks.Problem, Role: a, Conditions: []checks.Condition{checks.Both}}}},
		{"one suspended, one revoked", held, revoked, []verdict{{ID: checks.RevocationRevoked, Status: checks.Problem, Role: a, Conditions: []checks.Condition{checks.Suspended, checks.OtherToo}}}},
		{"both suspended", held, held, []verdict{{ID: checks.RevocationRevoked, Status: checks.Problem, Role: a, Conditions: []checks.Condition{checks.Suspended, checks.OtherToo}}}},
		{"signature's answer stale", fine, stale, []verdict{ok, {ID: checks.RevocationUnreachable, Status: checks.Unknown, Role: s, Conditions: []checks.Condition{checks.Stale}}}},
		{"both stale", stale, stale, []verdict{{ID: checks.RevocationUnreachable, Status: checks.Unknown, Role: a, Conditions: []checks.Condition{checks.Stale}}}},
		{"signature's answer on its way", fine, func(r *platform.Revocation) { r.Look = platform.Look{} }, []verdict{{ID: checks.RevocationOK, Status: checks.Unknown}}},
		{"signature not asked", fine, other, []verdict{ok, {ID: checks.RevocationCannotKnow, Status: checks.Notice, Role: s, Conditions: []checks.Condition{checks.NotAsked}}}},
		{"authentication not asked", other, fine, []verdict{{ID: checks.RevocationCannotKnow, Status: checks.Notice, Role: a, Conditions: []checks.Condition{checks.NotAsked}}}},
		{"stale, and signature revoked", stale, revoked, []verdict{
			{ID: checks.RevocationUnreachable, Status: checks.Unknown, Role: a, Conditions: []checks.Condition{checks.Stale}},
			{ID: checks.RevocationRevoked, Status: checks.Notice, Role: s},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			auth, sign := good(), good()
			sign.Role, sign.Serial = s, "b2"
			tt.auth(&auth)
			tt.sign(&sign)
			d := checks.Diagnose(onlineCard(auth, sign), checks.Question{Purpose: checks.HPKI}, now)
			if diff := cmp.Diff(tt.want, verdicts(d, checks.StepRevocation)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// A certificate that was not read has no answer, whatever the network says.
func TestRevocationOfAnUnreadCertificate(t *testing.T) {
	sign := good()
	sign.Role, sign.Serial, sign.Status = platform.RoleHPKISign, "b2", platform.RevocationRevoked
	tests := []struct {
		name   string
		change func(*platform.Card)
		want   []verdict
	}{
		{"authentication behind the PIN", func(c *platform.Card) { c.Certificates[0].State = platform.CertNeedsPIN }, []verdict{
			{ID: checks.RevocationOK, Status: checks.Unknown, Role: platform.RoleHPKIAuth},
			{ID: checks.RevocationRevoked, Status: checks.Notice, Role: platform.RoleHPKISign},
		}},
		{"signature damaged", func(c *platform.Card) { c.Certificates[1].State = platform.CertDamaged }, []verdict{{ID: checks.RevocationOK, Status: checks.OK, Role: platform.RoleHPKIAuth}}},
		{"serial number not told", func(c *platform.Card) { c.Certificates[0].Serial, c.Certificates = "", c.Certificates[:1] }, []verdict{
			{ID: checks.RevocationCannotKnow, Status: checks.Notice, Role: platform.RoleHPKIAuth, Conditions: []checks.Condition{checks.NotAsked}},
		}},
		{"no certificate", func(c *platform.Card) { c.Certificates = nil }, []verdict{{ID: checks.RevocationOK, Status: checks.Unknown}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			nameless := good()
			nameless.Serial = ""
			s := onlineCard(good(), sign)
			s.Online.Revocations = append(s.Online.Revocations, nameless)
			tt.change(&s.Cards.List[0])
			d := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, now)
			if diff := cmp.Diff(tt.want, verdicts(d, checks.StepRevocation)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// A good HPKI card about which nobody asked the network leaves nothing to do.
func TestNotAskingIsNoFailure(t *testing.T) {
	d := checks.Diagnose(withCard(hpkiCard()), checks.Question{Purpose: checks.Any}, now)
	if d.Outcome() != checks.NothingToDo {
		t.Errorf("outcome %q: %+v", d.Outcome(), d.Findings)
	}
}
