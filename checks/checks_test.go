package checks_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

var (
	now    = time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	errNot = platform.Look{State: platform.Failed, Why: platform.WhyNotBuilt}
)

// healthy is a computer on which everything about the card is fine. What stands
// between card and browser was not looked at; see computer for that.
func healthy() platform.Snapshot {
	return platform.Snapshot{
		Schema:   platform.Schema,
		Taken:    now,
		System:   platform.System{Look: platform.Seen(), OS: "windows", Version: "10.0.26100"},
		Services: platform.Services{Look: platform.Seen(), List: []platform.Service{{Name: "SCardSvr", Present: true, Running: true, Start: platform.StartManual}}},
		Devices:  platform.Devices{Look: platform.Seen()},
		Readers:  platform.Readers{Look: platform.Seen(), List: []platform.Reader{{Name: "R", CardIn: true}}},
		Cards:    platform.Cards{Look: platform.Seen(), List: []platform.Card{myNumber()}},
		Browsers: platform.Browsers{Look: errNot},
		Hosts:    platform.Hosts{Look: errNot},
		Clients:  platform.Clients{Look: errNot},
		Store:    platform.Store{Look: errNot},
		Network:  platform.Network{Look: errNot},
		Security: platform.Security{Look: errNot},
		Online:   platform.Online{Look: platform.NotAsked()},
	}
}

func myNumber() platform.Card {
	return platform.Card{
		Look: platform.Seen(), Reader: "R", Kind: platform.KindMyNumber, Label: "JPKIAPICCTOKEN2",
		Available: &platform.Availability{Signature: 0x8F, Auth: 0x8F},
		Certificates: []platform.Certificate{
			{
				Role: platform.RoleAuth, State: platform.CertRead, Chain: platform.ChainVerified, Issuer: "O=JPKI,C=JP",
				NotBefore: time.Date(2024, 5, 10, 1, 0, 0, 0, time.UTC), NotAfter: time.Date(2029, 5, 9, 14, 59, 59, 0, time.UTC),
			},
			{Role: platform.RoleAuthCA, State: platform.CertRead, Subject: "O=JPKI,C=JP", SHA256: "64114f29620c24ed2631d46476a040e7ee740d956089c00b036a6a8118c322b5"},
		},
		Pins:    platform.Pins{Auth: platform.TriesLeft(3), Signature: platform.TriesLeft(5)},
		Expires: "2034-05-09",
	}
}

func hpkiCard() platform.Card {
	cert := func(r platform.Role) platform.Certificate {
		return platform.Certificate{
			Role: r, State: platform.CertRead, Chain: platform.ChainVerified, HCRole: "Medical Doctor",
			NotBefore: time.Date(2024, 5, 10, 1, 0, 0, 0, time.UTC), NotAfter: time.Date(2029, 5, 9, 14, 59, 59, 0, time.UTC),
		}
	}
	return platform.Card{
		Look: platform.Seen(), Reader: "R", Kind: platform.KindHPKI, Pins: platform.Pins{HPKI: platform.TriesLeft(15)},
		Certificates: []platform.Certificate{cert(platform.RoleHPKIAuth), cert(platform.RoleHPKISign)},
	}
}

// An authority is told by its certificate on the card, by the key identifier
// when that cannot be read, and in one case by serial number and first day.
func TestAuthorities(t *testing.T) {
	tests := []struct {
		name     string
		auth, ca platform.Certificate
		want     string
	}{
		{"fingerprint", platform.Certificate{Chain: platform.ChainVerified}, platform.Certificate{SHA256: "4dcfc4ca0aaf9fb2a3081b3f0c991c320b3acc008667a341eeaec5af1d58ca7d"}, "JPKI user authentication 01"},
		{"key identifier", platform.Certificate{IssuerID: "1ac100f596a3bc8c4b3df195e32699249e9e308a"}, platform.Certificate{}, "JPKI user authentication 03"},
		{"serial number", platform.Certificate{Chain: platform.ChainVerified}, platform.Certificate{Serial: "133c349", NotBefore: time.Date(2019, 9, 14, 23, 41, 0, 0, time.UTC)}, "JPKI user authentication 02 (by serial number)"},
		{"serial number of another", platform.Certificate{Chain: platform.ChainVerified}, platform.Certificate{Serial: "133c34a", NotBefore: time.Date(2019, 9, 14, 23, 41, 0, 0, time.UTC)}, ""},
		{"nothing that tells", platform.Certificate{}, platform.Certificate{}, ""},
		{"fingerprint of a CA that is not above", platform.Certificate{Chain: platform.ChainVerified, IssuerID: "aa"}, platform.Certificate{KeyID: "bb", SHA256: "4dcfc4ca0aaf9fb2a3081b3f0c991c320b3acc008667a341eeaec5af1d58ca7d"}, ""},
		{"serial number of another day", platform.Certificate{Chain: platform.ChainVerified}, platform.Certificate{Serial: "133c349", NotBefore: time.Date(2020, 9, 14, 10, 0, 0, 0, time.UTC)}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := healthy()
			c := &s.Cards.List[0]
			c.Certificates[0].Chain, c.Certificates[0].IssuerID = tt.auth.Chain, tt.auth.IssuerID
			c.Certificates[1].SHA256, c.Certificates[1].Serial, c.Certificates[1].NotBefore = tt.ca.SHA256, tt.ca.Serial, tt.ca.NotBefore
			c.Certificates[1].KeyID = tt.ca.KeyID
			d := checks.Diagnose(s, checks.Question{Purpose: checks.Any}, now)
			if got := d.Find(checks.CertOK).Evidence.Authority; got != tt.want || (d.Find(checks.CertUnknownIssuer) == nil) != (tt.want != "") {
				t.Errorf("authority %q, want %q", got, tt.want)
			}
		})
	}
}

func TestHealthy(t *testing.T) {
	d := checks.Diagnose(healthy(), checks.Question{Purpose: checks.Any}, now)
	if d.Cause != nil || d.Outcome() != checks.NothingToDo {
		t.Fatalf("cause %+v, outcome %q", d.Cause, d.Outcome())
	}
	want := map[checks.ID]checks.Status{
		checks.ReaderOK: checks.OK, checks.CardOK: checks.OK, checks.CertOK: checks.OK, checks.ExpiryOK: checks.OK,
		checks.RevocationCannotKnow: checks.Notice, checks.BrowserOK: checks.Skipped, checks.NFCOK: checks.OK,
		checks.HostMissing: checks.Skipped, checks.StoreMissing: checks.Skipped, checks.SystemProxy: checks.Skipped, checks.SystemUnreachable: checks.Skipped,
		checks.SystemSecuritySoftware: checks.Skipped, checks.SystemProgramCompatibility: checks.Skipped,
	}
	got := map[checks.ID]checks.Status{}
	for _, f := range d.Findings {
		got[f.ID] = f.Status
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// A row breaks one thing on the healthy computer and names what follows.
func TestFindings(t *testing.T) {
	auth := func(s *platform.Snapshot) *platform.Certificate { return &s.Cards.List[0].Certificates[0] }
	fail := func(why platform.Why) func(*platform.Snapshot) {
		return func(s *platform.Snapshot) {
			s.Readers = platform.Readers{Look: platform.Failure(why, nil)}
			s.Cards = platform.Cards{Look: platform.Failure(why, nil)}
		}
	}
	noReaders := func(s *platform.Snapshot) { s.Readers.List, s.Cards.List = nil, nil }
	cardFails := func(why platform.Why) func(*platform.Snapshot) {
		return func(s *platform.Snapshot) { s.Cards.List[0] = platform.Card{Look: platform.Failure(why, nil)} }
	}
	kind := func(k platform.Kind) func(*platform.Snapshot) {
		return func(s *platform.Snapshot) { s.Cards.List[0] = platform.Card{Look: platform.Seen(), Kind: k} }
	}
	both := func(fs ...func(*platform.Snapshot)) func(*platform.Snapshot) {
		return func(s *platform.Snapshot) {
			for _, f := range fs {
				f(s)
			}
		}
	}
	hpki := func(change func(*platform.Card)) func(*platform.Snapshot) {
		return func(s *platform.Snapshot) {
			c := hpkiCard()
			change(&c)
			s.Cards.List[0] = c
		}
	}
	// What a computer has although nothing is wrong with it.
	always := map[string]bool{"browser step": true, "My Number Card for HPKI": true}
	tests := []struct {
		name    string
		purpose checks.Purpose
		change  func(*platform.Snapshot)
		id      checks.ID
		status  checks.Status
	}{
		{"reader list empty", checks.Any, noReaders, checks.ReaderNone, checks.Problem},
		{"reader without driver", checks.Any, both(noReaders, func(s *platform.Snapshot) {
			s.Devices.List = []platform.Device{{Name: "X", Class: platform.ClassCCID}}
		}), checks.ReaderDriverMissing, checks.Problem},
		{"reader that is not PC/SC", checks.Any, both(noReaders, func(s *platform.Snapshot) {
			s.Devices.List = []platform.Device{{Name: "X", Class: platform.ClassKnownReader}}
		}), checks.ReaderNotPCSC, checks.Problem},
		{"remote desktop", checks.Any, both(noReaders, func(s *platform.Snapshot) { s.System.RemoteKind = "rdp" }), checks.ReaderRemoteSession, checks.Problem},
		{"only virtual", checks.Any, func(s *platform.Snapshot) { s.Readers.List[0].Class = platform.ReaderVirtual }, checks.ReaderOnlyVirtual, checks.Problem},
		{"no service, no device: sleeping", checks.Any, fail(platform.WhyNoService), checks.ReaderNone, checks.Problem},
		{"no service, devices not looked at", checks.Any, both(fail(platform.WhyNoService), func(s *platform.Snapshot) { s.Devices = platform.Devices{Look: errNot} }), checks.ReaderNone, checks.Problem},
		{"reader unavailable", checks.Any, func(s *platform.Snapshot) { s.Readers.List[0].Unavailable = true }, checks.ReaderFailing, checks.Problem},
		{"no service, reader attached", checks.Any, both(fail(platform.WhyNoService), func(s *platform.Snapshot) {
			s.Devices.List = []platform.Device{{Name: "X", Class: platform.ClassCCID}}
		}), checks.ReaderServiceStopped, checks.Problem},
		{"no service on Linux", checks.Any, both(fail(platform.WhyNoService), func(s *platform.Snapshot) { s.System.OS = "linux" }), checks.ReaderServiceStopped, checks.Problem},
		{"service disabled", checks.Any, both(fail(platform.WhyNoService), func(s *platform.Snapshot) { s.Services.List[0].Start = platform.StartDisabled }), checks.ReaderServiceDisabled, checks.Problem},
		{"access denied", checks.Any, fail(platform.WhyAccessDenied), checks.ReaderAccessDenied, checks.Problem},
		{"access denied remotely", checks.Any, both(fail(platform.WhyAccessDenied), func(s *platform.Snapshot) { s.System.Remote = true }), checks.ReaderRemoteSession, checks.Problem},
		{"service hangs", checks.Any, fail(platform.WhyTimedOut), checks.ReaderFailing, checks.Problem},
		{"readers not built", checks.Any, fail(platform.WhyNotBuilt), checks.ReaderOK, checks.Unknown},

		{"no card", checks.Any, func(s *platform.Snapshot) { s.Cards.List = nil }, checks.CardAbsent, checks.Problem},
		{"mute card", checks.Any, cardFails(platform.WhyMute), checks.CardMute, checks.Problem},
		{"card stops answering", checks.Any, cardFails(platform.WhyTimedOut), checks.CardMute, checks.Problem},
		{"busy card", checks.Any, cardFails(platform.WhyBusy), checks.CardBusy, checks.Problem},
		{"card pulled", checks.Any, cardFails(platform.WhyLostContact), checks.CardLostContact, checks.Problem},
		{"card failed otherwise", checks.Any, cardFails(platform.WhyError), checks.CardOK, checks.Unknown},
		{"unknown card", checks.Any, kind(platform.KindUnknown), checks.CardUnknown, checks.Problem},
		{"Suica", checks.Any, kind(platform.KindFeliCa), checks.CardStorage, checks.Problem},
		{"driving licence", checks.Any, kind(platform.KindDriverLicence), checks.CardWrongKind, checks.Problem},
		{"HPKI card for e-Tax", checks.ETax, kind(platform.KindHPKI), checks.CardWrongKind, checks.Problem},
		{"Juki card", checks.Any, func(s *platform.Snapshot) { s.Cards.List[0].Kind = platform.KindJuki }, checks.CardJuki, checks.Problem},
		{"phone", checks.Any, func(s *platform.Snapshot) { s.Cards.List[0].Kind = platform.KindPhoneToken }, checks.CardPhoneToken, checks.Notice},
		{"new label", checks.Any, func(s *platform.Snapshot) { s.Cards.List[0].Kind = platform.KindMyNumberUnknown }, checks.CardNewGeneration, checks.Notice},
		{"test card", checks.Any, func(s *platform.Snapshot) { auth(s).Issuer = "O=JPKI-TEST,C=JP" }, checks.CardTest, checks.Problem},
		{"two cards", checks.Any, func(s *platform.Snapshot) {
			s.Readers.List = append(s.Readers.List, platform.Reader{Name: "S", CardIn: true})
			c := myNumber()
			c.ReaderIndex = 1
			s.Cards.List = append(s.Cards.List, c)
		}, checks.CardSeveral, checks.Notice},

		{"certificate missing", checks.Any, func(s *platform.Snapshot) { auth(s).State = platform.CertMissing }, checks.CertMissing, checks.Problem},
		{"certificate damaged", checks.Any, func(s *platform.Snapshot) { auth(s).State = platform.CertDamaged }, checks.CertDamaged, checks.Problem},
		{"certificate unreadable", checks.Any, func(s *platform.Snapshot) { auth(s).State = platform.CertUnreadable }, checks.CertUnreadable, checks.Problem},
		{"certificate behind PIN", checks.Any, func(s *platform.Snapshot) { auth(s).State = platform.CertNeedsPIN }, checks.CertOK, checks.Unknown},
		{"chain broken", checks.Any, func(s *platform.Snapshot) { auth(s).Chain = platform.ChainBroken }, checks.CertChain, checks.Problem},
		{"CA unknown", checks.Any, func(s *platform.Snapshot) { s.Cards.List[0].Certificates[1].SHA256 = "00" }, checks.CertUnknownIssuer, checks.Notice},
		{"no signature certificate", checks.ETax, func(s *platform.Snapshot) { s.Cards.List[0].Available.Signature = 0 }, checks.CertSignatureAbsent, checks.Notice},
		{"PIN locked", checks.Mynaportal, func(s *platform.Snapshot) { s.Cards.List[0].Pins.Auth = platform.Locked() }, checks.PinAuthLocked, checks.Problem},
		{"PIN last try", checks.Any, func(s *platform.Snapshot) { s.Cards.List[0].Pins.Auth = platform.TriesLeft(1) }, checks.PinAuthLastTry, checks.Notice},
		{"password locked, e-Tax", checks.ETax, func(s *platform.Snapshot) { s.Cards.List[0].Pins.Signature = platform.Locked() }, checks.PinSignatureLocked, checks.Problem},
		{"password locked, login", checks.Mynaportal, func(s *platform.Snapshot) { s.Cards.List[0].Pins.Signature = platform.Locked() }, checks.PinSignatureLocked, checks.Notice},
		{"counters not told", checks.Any, func(s *platform.Snapshot) { s.Cards.List[0].Pins = platform.Pins{} }, checks.PinAuthLocked, checks.Unknown},
		{"only the signature counter told", checks.Any, func(s *platform.Snapshot) { s.Cards.List[0].Pins.Auth = platform.Tries{} }, checks.PinAuthLocked, checks.Unknown},
		{"face authentication", checks.Any, func(s *platform.Snapshot) {
			s.Cards.List[0].Pins = platform.Pins{Auth: platform.Locked(), Signature: platform.Locked()}
			s.Cards.List[0].Available.Signature = 0
		}, checks.CardFaceAuth, checks.Problem},
		{"My Number Card for HPKI", checks.HPKI, func(*platform.Snapshot) {}, checks.CardWrongKind, checks.Notice},
		{"HPKI PIN locked", checks.HPKI, hpki(func(c *platform.Card) { c.Pins.HPKI = platform.Locked() }), checks.PinHPKILocked, checks.Problem},
		{"HPKI PIN last try", checks.HPKI, hpki(func(c *platform.Card) { c.Pins.HPKI = platform.TriesLeft(1) }), checks.PinHPKILastTry, checks.Notice},
		{"HPKI counter not told", checks.HPKI, hpki(func(c *platform.Card) { c.Pins.HPKI = platform.Tries{} }), checks.PinHPKILocked, checks.Unknown},
		{"security key", checks.Any, kind(platform.KindPIV), checks.CardWrongKind, checks.Problem},
		{"system not looked at", checks.Any, func(s *platform.Snapshot) { s.System = platform.System{Look: errNot} }, checks.SystemOSUnsupported, checks.Unknown},
		{"password last try", checks.Any, func(s *platform.Snapshot) { s.Cards.List[0].Pins.Signature = platform.TriesLeft(1) }, checks.PinSignatureLastTry, checks.Notice},

		{"browser step", checks.ETax, func(*platform.Snapshot) {}, checks.BrowserOK, checks.Unknown},
		{"Linux", checks.Any, func(s *platform.Snapshot) { s.System.OS = "linux" }, checks.SystemOSUnsupported, checks.Notice},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if f := checks.Diagnose(healthy(), checks.Question{Purpose: tt.purpose}, now).Find(tt.id); f != nil && f.Status == tt.status && !always[tt.name] {
				t.Fatalf("the healthy computer has %s %s too", tt.id, tt.status)
			}
			s := healthy()
			tt.change(&s)
			d := checks.Diagnose(s, checks.Question{Purpose: tt.purpose}, now)
			f := d.Find(tt.id)
			if f == nil || f.Status != tt.status {
				t.Fatalf("want %s %s, got %+v", tt.id, tt.status, d.Findings)
			}
			if isCause := d.Cause != nil && d.Cause.ID == tt.id; isCause != (tt.status == checks.Problem) {
				t.Errorf("cause is %+v", d.Cause)
			}
		})
	}
}

// A card that has left does not speak for one that is there.
func TestCardThatLeft(t *testing.T) {
	s := healthy()
	s.Readers.List = []platform.Reader{{Name: "A"}, {Name: "R", CardIn: true}}
	whole := myNumber()
	whole.ReaderIndex = 1
	ghost := platform.Card{Look: platform.Failure(platform.WhyLostContact, nil), Kind: platform.KindMyNumber}
	s.Cards.List = []platform.Card{ghost, whole}
	if d := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, now); d.Cause != nil || d.Find(checks.CardSeveral) != nil {
		t.Errorf("findings %+v", d.Findings)
	}
}

func TestNoReaderSilencesCards(t *testing.T) {
	s := healthy()
	s.Readers.List, s.Cards.List = nil, nil
	d := checks.Diagnose(s, checks.Question{Purpose: checks.Any}, now)
	for _, id := range []checks.ID{checks.CardOK, checks.CertOK, checks.ExpiryOK, checks.RevocationOK, checks.NFCOK} {
		if f := d.Find(id); f == nil || f.Status != checks.Skipped {
			t.Errorf("%s: %+v", id, f)
		}
	}
	want := []checks.ID{checks.CardOK, checks.CertOK, checks.ExpiryOK, checks.RevocationOK, checks.NFCOK}
	if diff := cmp.Diff(want, d.Cause.Hides); diff != "" {
		t.Errorf("hidden by the cause (-want +got):\n%s", diff)
	}
}

func TestPendingIsNotAVerdict(t *testing.T) {
	var s platform.Snapshot
	d := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, now)
	if d.Outcome() != checks.StillLooking {
		t.Errorf("outcome %q", d.Outcome())
	}
	for _, f := range d.Findings {
		if f.Status == checks.OK || f.Status == checks.Problem {
			t.Errorf("nothing was seen, yet %s is %s", f.ID, f.Status)
		}
	}
}
