package checks_test

import (
	"strings"
	"testing"
	"time"

	"yomitori/checks"
	"yomitori/platform"
)

// TestConditions holds single conditions of the judgement that no other test
// tells apart: each row stands on one side of one of them. What is wanted is a
// finding with its conditions and status, or that there is none: "no ID".
func TestConditions(t *testing.T) {
	arch := func(arch string) change { return func(s *platform.Snapshot) { s.System.Arch = arch } }
	tests := []struct {
		example
		want string
	}{
		{example{name: "program for x64 on 32-bit Windows", from: "healthy", changes: with(arch("386"), hostsFor("amd64")), purpose: checks.ETax}, "client.architecture problem"},
		{example{name: "program for ARM on an Intel Mac", from: "mac-healthy", changes: with(arch("amd64"), func(s *platform.Snapshot) { s.Clients.List[0].Arch = "arm64" }), purpose: checks.ETax}, "client.architecture problem"},
		{example{name: "program for x64 on x64", from: "healthy", changes: with(hostsFor("amd64")), purpose: checks.ETax}, "browser.ok ok"},
		{example{name: "program of a kind that is not told", from: "healthy", changes: with(hostsFor("")), purpose: checks.ETax}, "browser.ok ok"},
		{example{name: "computer of a kind that is not told", from: "healthy", changes: with(arch(""), hostsFor("amd64")), purpose: checks.ETax}, "browser.ok ok"},

		{example{name: "CA told by its name, with a key of its own", from: "healthy", changes: with(atCertificate(func(v *platform.Certificate) { v.IssuerID = "" })), purpose: checks.Any}, "no cert.unknown-issuer"},
		{example{name: "CA of another key under the same name", from: "healthy", changes: with(atCertificate(func(v *platform.Certificate) { v.IssuerID = "00" })), purpose: checks.Any}, "cert.unknown-issuer notice"},

		{example{name: "two browsers at once keep nothing from being well", from: "healthy", changes: with(open(platform.BrowserChrome), withProcess(dialog)), purpose: checks.ETax}, "browser.ok ok"},
		{example{name: "the store is no matter of e-Tax", from: "healthy", changes: with(func(s *platform.Snapshot) { s.Store.Look, s.Services.Look = platform.Look{}, platform.Look{} }), purpose: checks.ETax}, "browser.ok ok"},
		{example{name: "the store is one of HPKI-KAGURA", from: "hpki-healthy", changes: with(func(s *platform.Snapshot) { s.Store.Look = platform.Look{} }), purpose: checks.HPKI}, "browser.ok unknown"},

		{example{name: "reader lost while the card was read", from: "healthy", changes: with(cardFails(platform.WhyReaderLost)), purpose: checks.ETax}, "card.lost-contact problem"},
		{example{name: "card that stops answering", from: "healthy", changes: with(cardFails(platform.WhyTimedOut)), purpose: checks.ETax}, "card.mute problem"},
		{example{name: "MIFARE card", from: "healthy", changes: with(otherCard(platform.KindMIFARE)), purpose: checks.Any}, "card.storage problem"},
		{example{name: "card of no kind", from: "healthy", changes: with(otherCard("")), purpose: checks.Any}, "card.unknown problem"},
		{example{name: "new card, counter not told", from: "healthy", changes: with(pin(platform.Tries{}), atCards(func(c *platform.Card) { c.Kind = platform.KindMyNumberUnknown })), purpose: checks.ETax}, "pin.auth-locked unknown"},
		{example{name: "phone, counter not told", from: "healthy", changes: with(pin(platform.Tries{}), atCards(func(c *platform.Card) { c.Kind = platform.KindPhoneToken })), purpose: checks.ETax}, "no pin.auth-locked"},
		{example{name: "both PINs locked, the signature certificate is there", from: "healthy", changes: with(pin(platform.Locked()), password(platform.Locked())), purpose: checks.ETax}, "pin.auth-locked problem"},
		{example{name: "only the PIN locked, no signature certificate", from: "healthy", changes: with(noSignature, pin(platform.Locked())), purpose: checks.ETax}, "pin.auth-locked problem"},
		{example{name: "nothing told of certificates, both locked", from: "healthy", changes: with(pin(platform.Locked()), password(platform.Locked()), atCards(func(c *platform.Card) { c.Available = nil })), purpose: checks.ETax}, "pin.auth-locked problem"},

		{example{name: "JPKI software without Japanese", from: "healthy", changes: with(codePage(1252), uninstalled(platform.SoftwareMynaportal)), purpose: checks.ETax}, "client.locale notice"},
		{example{name: "no JPKI software, not Japanese", from: "healthy", changes: with(codePage(1252), uninstalled(platform.SoftwareJPKI)), purpose: checks.ETax}, "no client.locale"},
		{example{name: "policy keeps a browser running", from: "hpki-healthy", changes: with(inBackground(platform.BrowserEdge), atBrowser(platform.BrowserEdge, func(b *platform.Browser) { b.Policies.Background = platform.SwitchOn })), purpose: checks.HPKI}, "browser.background(by-policy) notice"},
		{example{name: "no browser in the background", from: "healthy", changes: with(withProcess(orphanHost)), purpose: checks.ETax}, "no browser.background"},

		{example{name: "known reader that fails", from: "reader-on-winusb", changes: with(func(s *platform.Snapshot) { s.Devices.List[0].Problem = 10 }), purpose: checks.Any}, "reader.driver-missing problem"},
		{example{name: "NFC that fails is no reader without driver", from: "no-reader", changes: with(func(s *platform.Snapshot) {
			s.Devices.List = []platform.Device{{Class: platform.ClassNFC, Problem: 10}}
		}), purpose: checks.Any}, "reader.none problem"},
		{example{name: "service asleep beside a reader on WinUSB", from: "reader-on-winusb", changes: with(func(s *platform.Snapshot) { s.Devices.List[0].Class = platform.ClassCCID }), purpose: checks.Any}, "reader.not-pcsc problem"},
		{example{name: "reader without a driver of its own on Windows", from: "no-card", changes: with(notListed, func(s *platform.Snapshot) { s.Devices.List[0].Driver = "" }), purpose: checks.Any}, "reader.driver-missing problem"},
		{example{name: "reader on Linux that PC/SC does not list", from: "no-card", changes: with(linux, notListed), purpose: checks.Any}, "reader.driver-missing problem"},
		{example{name: "Mac without devices", from: "mac-driver-hidden", changes: with(func(s *platform.Snapshot) { s.Devices.List = nil; s.System.AccessorySecurity = platform.SwitchOff }), purpose: checks.Any}, "reader.none problem"},
		{example{name: "hidden reader is no matter of Windows", from: "reader-on-winusb", changes: with(func(s *platform.Snapshot) {
			s.System.Arch, s.Drivers = "arm64", platform.Drivers{Look: platform.Seen(), List: []platform.Driver{{Kind: platform.DriverReader, ID: "x", Arch: "amd64"}}}
		}), purpose: checks.Any}, "reader.not-pcsc problem"},
		{example{name: "device beside, of the listed model", from: "healthy", changes: with(func(s *platform.Snapshot) {
			s.Readers.List[0].Model = "Sony RC-S380"
			s.Devices.List = append(s.Devices.List, platform.Device{Name: "Sony RC-S380", Class: platform.ClassKnownReader, Joined: true})
		}), purpose: checks.Any}, "no reader.not-pcsc"},
		{example{name: "device beside, of another model", from: "healthy", changes: with(func(s *platform.Snapshot) {
			s.Readers.List[0].Model = "Sony RC-S300"
			s.Devices.List = append(s.Devices.List, platform.Device{Name: "Sony RC-S380", Class: platform.ClassKnownReader, Joined: true})
		}), purpose: checks.Any}, "reader.not-pcsc notice"},
		{example{name: "device without a name beside a reader without a model", from: "healthy", changes: with(func(s *platform.Snapshot) {
			s.Devices.List = append(s.Devices.List, platform.Device{Class: platform.ClassKnownReader, Joined: true})
		}), purpose: checks.Any}, "reader.not-pcsc notice"},

		{example{name: "CertPropSvc refused, no card's copy there", from: "hpki-healthy", changes: with(emptyStore, atServices("CertPropSvc", func(v *platform.Service) {
			v.Look, v.Running, v.Start = platform.Failure(platform.WhyAccessDenied, nil), false, platform.StartManual
		})), purpose: checks.HPKI}, "no propagation.stopped"},
		{example{name: "store names no key of the CA", from: "hpki-healthy", changes: with(atStored(func(v *platform.StoreCertificate) { v.IssuerID = "" })), purpose: checks.HPKI}, "browser.ok ok"},
		{example{name: "store names another CA", from: "hpki-healthy", changes: with(atStored(func(v *platform.StoreCertificate) { v.IssuerID, v.Issuer = "", "CN=other" })), purpose: checks.HPKI}, "store.missing problem"},

		{example{name: "last day of the card", from: "healthy", changes: with(atCards(func(c *platform.Card) { c.Expires = "2026-11-16" })), purpose: checks.Any, at: lastSecond}, "expiry.card notice"},
		{example{name: "the day after", from: "healthy", changes: with(atCards(func(c *platform.Card) { c.Expires = "2026-11-16" })), purpose: checks.Any, at: lastSecond.Add(time.Second)}, "expiry.card problem"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := tt.diagnose(t)
			sound(t, d)
			id, status, _ := strings.Cut(tt.want, " ")
			if id == "no" {
				if f := d.Find(checks.ID(status)); f != nil {
					t.Errorf("got %+v", f)
				}
				return
			}
			bare, _, _ := strings.Cut(id, "(")
			f := d.Find(checks.ID(bare))
			if f == nil || strings.TrimSuffix(brief(*f), "(old rule)") != id || string(f.Status) != status {
				t.Errorf("want %s, got\n%s", tt.want, list(d))
			}
		})
	}
}

// TestChosenCard: which of two cards is judged.
func TestChosenCard(t *testing.T) {
	card := func(k platform.Kind, l platform.Look) platform.Card { return platform.Card{Look: l, Kind: k} }
	seen, failing := platform.Seen(), platform.Failure(platform.WhyMute, nil)
	for _, tt := range []struct {
		name    string
		purpose checks.Purpose
		a, b    platform.Card
		change  change
		want    int
	}{
		{"the first of equals", checks.ETax, card(platform.KindMyNumber, seen), card(platform.KindMyNumber, seen), nil, 0},
		{"the one for the purpose", checks.ETax, card(platform.KindHPKI, seen), card(platform.KindMyNumber, seen), nil, 1},
		{"the one for the purpose, of a new kind", checks.ETax, card(platform.KindHPKI, seen), card(platform.KindMyNumberUnknown, seen), nil, 1},
		{"HPKI before My Number", checks.HPKI, card(platform.KindMyNumber, seen), card(platform.KindHPKI, seen), nil, 1},
		{"My Number before a licence, for HPKI", checks.HPKI, card(platform.KindDriverLicence, seen), card(platform.KindMyNumber, seen), nil, 1},
		{"a phone before a licence", checks.ETax, card(platform.KindDriverLicence, seen), card(platform.KindPhoneToken, seen), nil, 1},
		{"for any, both will do", checks.Any, card(platform.KindHPKI, seen), card(platform.KindMyNumber, seen), nil, 0},
		{"the one that was read", checks.ETax, card("", failing), card("", seen), nil, 1},
		{"the one that is still read before one that failed", checks.ETax, card("", failing), card("", platform.Look{}), nil, 1},
		{"the one that was read before one that is still read", checks.ETax, card("", platform.Look{}), card("", seen), nil, 1},
		{"one that failed comes first when it is first", checks.ETax, card("", failing), card("", failing), nil, 0},
		{"the one that is there before the right one that left", checks.ETax, card(platform.KindMyNumber, seen), card(platform.KindHPKI, seen), func(s *platform.Snapshot) { s.Readers.List[0].CardIn = false }, 1},
		{"one in a reader beyond the list counts as there", checks.ETax, card(platform.KindHPKI, seen), card(platform.KindMyNumber, seen), func(s *platform.Snapshot) { s.Readers.List = s.Readers.List[:1] }, 1},
		{"one in a reader before the list as well", checks.ETax, card(platform.KindHPKI, seen), card(platform.KindMyNumber, seen), func(s *platform.Snapshot) { s.Cards.List[1].ReaderIndex = -1 }, 1},
		{"not one in a slot that nobody can use", checks.ETax, card(platform.KindMyNumber, seen), card(platform.KindHPKI, seen), func(s *platform.Snapshot) { s.Readers.List[0].Class = platform.ReaderSIM }, 1},
		{"nor in the last of the list", checks.ETax, card(platform.KindHPKI, seen), card(platform.KindMyNumber, seen), func(s *platform.Snapshot) { s.Readers.List[1].Class = platform.ReaderSIM }, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := healthy()
			s.Readers.List = []platform.Reader{{Name: "A", CardIn: true}, {Name: "B", CardIn: true}}
			tt.b.ReaderIndex = 1
			s.Cards.List = []platform.Card{tt.a, tt.b}
			if tt.change != nil {
				tt.change(&s)
			}
			if d := checks.Diagnose(s, checks.Question{Purpose: tt.purpose}, now); d.Card != &s.Cards.List[tt.want] {
				t.Errorf("got %+v", d.Card)
			}
		})
	}
}
