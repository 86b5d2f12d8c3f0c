package checks_test

import (
	"slices"
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
		{example{name: "known reader of which its maker's driver makes none, service asleep", from: "reader-on-winusb", changes: with(func(s *platform.Snapshot) { s.Devices.List[0].Driver = "maker" }), purpose: checks.Any}, "reader.not-pcsc problem"},
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

		{example{name: "the only profile, never marked as used last", from: "healthy", changes: with(everyBrowser(func(b *platform.Browser) { b.Profiles[0].LastUsed = false })), purpose: checks.ETax}, "browser.ok ok"},
		{example{name: "extension missing beside one that is off", from: "healthy", changes: with(twoExtensions(platform.Extension{}, platform.Extension{Installed: true})), purpose: checks.ETax}, "extension.off problem"},
		{example{name: "extension off beside one that is missing", from: "healthy", changes: with(twoExtensions(platform.Extension{Installed: true}, platform.Extension{})), purpose: checks.ETax}, "extension.off problem"},
		{example{name: "extension removed beside one that is not there", from: "healthy", changes: with(twoExtensions(platform.Extension{Removed: true}, platform.Extension{})), purpose: checks.ETax}, "extension.missing(removed) problem"},
		{example{name: "authority that ends first, listed first", from: "healthy", changes: with(atCards(func(c *platform.Card) {
			c.Certificates[0], c.Certificates[1] = c.Certificates[1], c.Certificates[0]
			c.Certificates[0].NotAfter = japan(2026, 11, 15, 23, 59, 59)
		})), purpose: checks.Any}, "expiry.expired(authority-ended) problem"},
		{example{name: "Mac, program broken, of a kind that is not told", from: "mac-healthy", changes: with(chromeToo, rosetta(platform.SwitchUnknown), atHosts(func(h *platform.NativeHost) { h.State, h.Arch = platform.HostProgramBroken, "" })), purpose: checks.Mynaportal}, "host.broken problem"},
		{example{name: "Mac, the app is known by its host", from: "mac-healthy", changes: with(func(s *platform.Snapshot) { s.Clients.List = s.Clients.List[1:] }), purpose: checks.Mynaportal}, "browser.ok ok"},
		{example{name: "Mac, only other software lost its files", from: "mac-jpki-missing", changes: with(func(s *platform.Snapshot) {
			s.Clients.List[1].FilesMissing = false
			s.Clients.List = append(s.Clients.List, platform.Client{Name: "x", Software: platform.SoftwareETax, FilesMissing: true})
		}), purpose: checks.Mynaportal}, "client.missing problem"},

		{example{name: "forced by the user's policy, blocked by the computer's", from: "healthy", changes: with(extensionRules(
			platform.ExtensionRule{ID: mynaportalID, Mode: platform.ModeBlocked, Policy: blocklist, Scope: platform.ScopeMachine},
			platform.ExtensionRule{ID: mynaportalID, Mode: platform.ModeForced, Policy: forcelist, Scope: platform.ScopeUser},
		)), purpose: checks.ETax}, "browser.ok ok"},
		{example{name: "this host forbidden", from: "healthy", changes: with(hostRules(platform.HostRule{Host: "jp.go.cao.mpa"})), purpose: checks.ETax}, "host.blocked problem"},
		{example{name: "another host forbidden", from: "healthy", changes: with(hostRules(platform.HostRule{Host: "other"})), purpose: checks.ETax}, "browser.ok ok"},
		{example{name: "all hosts forbidden, another allowed", from: "healthy", changes: with(hostRules(platform.HostRule{Host: platform.AnyID}, platform.HostRule{Host: "other", Allowed: true})), purpose: checks.ETax}, "host.blocked problem"},

		{example{name: "environment refused, on Linux", from: "healthy", changes: with(linux), purpose: checks.ETax, told: checks.Told{Message: checks.MessageUnsupportedEnvironment}}, "system.os-unsupported notice"},
		{example{name: "revoked, it says, without a card", from: "hpki-healthy", changes: with(cardOut), purpose: checks.HPKI, told: checks.Told{Message: checks.MessageRevoked}}, "revocation.revoked(said)(told) skipped"},
		{example{name: "forbidden, and the service answers", from: "hpki-healthy", changes: with(sites(platform.SiteAnswer{Look: platform.Seen(), Status: 200})), purpose: checks.HPKI, told: checks.Told{Message: checks.MessageForbidden}}, "no system.unreachable"},
		{example{name: "forbidden, and the service says so here", from: "hpki-healthy", changes: with(sites(platform.SiteAnswer{Look: platform.Seen(), Status: 403})), purpose: checks.HPKI, told: checks.Told{Message: checks.MessageForbidden}}, "system.unreachable(network-blocked)(told) problem"},
		{example{name: "forbidden, the service answers, so it was too slow", from: "hpki-healthy", changes: with(sites(platform.SiteAnswer{Look: platform.Seen(), Status: 200})), purpose: checks.HPKI, told: checks.Told{Message: checks.MessageForbidden}}, "browser.session-stale(too-slow)(told) problem"},

		{example{name: "one host says so here, the other does not answer", from: "hpki-healthy", changes: with(sites(platform.SiteAnswer{Look: platform.Seen(), Status: 403}), func(s *platform.Snapshot) {
			s.Online.Sites = append(s.Online.Sites, platform.SiteAnswer{Look: platform.Failure(platform.WhyUnreachable, nil)})
		}), purpose: checks.HPKI, told: checks.Told{Message: checks.MessageForbidden}}, "system.unreachable(network-blocked)(told) problem"},
		{example{name: "new card that was lost", from: "healthy", changes: with(atCards(func(c *platform.Card) { c.Kind = platform.KindMyNumberUnknown })), purpose: checks.ETax, told: checks.Told{Lost: checks.Yes}}, "revocation.revoked(replaced)(told) problem"},
		{example{name: "security key whose owner moved house", from: "healthy", changes: with(securityKey), purpose: checks.ETax, told: checks.Told{Moved: checks.Yes}}, "revocation.cannot-know skipped"},

		{example{name: "service that answered once and stopped", from: "no-card", changes: with(pcscFails(platform.WhyServiceStopped)), purpose: checks.ETax}, "reader.service-stopped problem"},
		{example{name: "pcscd disabled on Linux", from: "no-card", changes: with(linux, pcscFails(platform.WhyNoService), disabled("pcscd")), purpose: checks.Any}, "reader.service-disabled problem"},
		{example{name: "service that could not be asked, and a reader that PC/SC has lost", from: "no-card", changes: with(notListed, disabled("SCardSvr"), atServices("SCardSvr", func(v *platform.Service) { v.Look = platform.Failure(platform.WhyError, nil) })), purpose: checks.Any}, "reader.not-pcsc(unlisted) problem"},

		{example{name: "certificate of the card in another store", from: "hpki-healthy", changes: with(atStored(func(v *platform.StoreCertificate) { v.Store = platform.StoreCA })), purpose: checks.HPKI}, "store.missing problem"},
		{example{name: "CA certificate of the same number", from: "hpki-healthy", changes: with(atStored(func(v *platform.StoreCertificate) { v.CA = true })), purpose: checks.HPKI}, "store.missing problem"},
		{example{name: "certificate behind the PIN, one in the store", from: "hpki-healthy", changes: with(certificateIs(platform.CertNeedsPIN)), purpose: checks.HPKI}, "store.missing unknown"},
		{example{name: "certificate behind the PIN, one in another store", from: "hpki-healthy", changes: with(certificateIs(platform.CertNeedsPIN), atStored(func(v *platform.StoreCertificate) { v.Store = platform.StoreCA })), purpose: checks.HPKI}, "store.missing problem"},
		{example{name: "certificate behind the PIN, a CA's in the store", from: "hpki-healthy", changes: with(certificateIs(platform.CertNeedsPIN), atStored(func(v *platform.StoreCertificate) { v.CA = true })), purpose: checks.HPKI}, "store.missing problem"},
		{example{name: "certificate behind the PIN, JPKI's in the store", from: "hpki-healthy", changes: with(certificateIs(platform.CertNeedsPIN), atStored(func(v *platform.StoreCertificate) { v.Software = platform.SoftwareJPKI })), purpose: checks.HPKI}, "store.missing problem"},
		{example{name: "old CA of another name that is known", from: "hpki-healthy", changes: with(issuer(medis, "ff"), masked, func(s *platform.Snapshot) {
			s.Store.List[len(s.Store.List)-1].SHA256 = "4dcfc4ca0aaf9fb2a3081b3f0c991c320b3acc008667a341eeaec5af1d58ca7d"
		}), purpose: checks.HPKI}, "no store.ca-outdated"},
		{example{name: "one driver without files, one for 32 bits", from: "hpki-healthy", changes: with(emptyStore, twoDrivers(platform.Provider{FilesMissing: true, View: 64}, platform.Provider{View: 32})), purpose: checks.HPKI}, "driver.hpki-missing(files-missing) problem"},
		{example{name: "one driver for 32 bits, one without files", from: "hpki-healthy", changes: with(emptyStore, twoDrivers(platform.Provider{View: 32}, platform.Provider{FilesMissing: true, View: 64})), purpose: checks.HPKI}, "driver.hpki-missing(files-missing) problem"},
		{example{name: "Mac of a later patch than the app asks for", from: "mac-healthy", changes: with(version("13.5.1")), purpose: checks.Mynaportal}, "browser.ok ok"},

		{example{name: "Mac, links open in a browser without official software", from: "mac-healthy", changes: with(chromeToo, func(s *platform.Snapshot) { s.Hosts.List = nil }), purpose: checks.Mynaportal}, "browser.unsupported(not-registered) notice"},
		{example{name: "Mac, links open in a browser that nobody lists", from: "mac-healthy", changes: with(func(s *platform.Snapshot) {
			s.Browsers.List[0].Default = false
			s.Browsers.List = append(s.Browsers.List, platform.Browser{Look: platform.Absent(), Name: platform.BrowserFirefox, Default: true})
		}), purpose: checks.Mynaportal}, "browser.unsupported notice"},
		{example{name: "expired yesterday, card ends today", from: "healthy", changes: with(dates(fiveYears, japan(2026, 11, 15, 23, 59, 59)), atCards(func(c *platform.Card) { c.Expires = "2026-11-16" })), purpose: checks.Any, at: lastSecond}, "expiry.expired problem"},
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

// twoExtensions are two of Mynaportal's in the browser in use.
func twoExtensions(a, b platform.Extension) change {
	return atBrowser(platform.BrowserEdge, func(e *platform.Browser) {
		a.ID, b.ID = "a", "b"
		a.Software, b.Software = platform.SoftwareMynaportal, platform.SoftwareMynaportal
		e.Profiles[0].Extensions = []platform.Extension{a, b}
	})
}

// twoDrivers are two providers of the HPKI driver.
func twoDrivers(a, b platform.Provider) change {
	return func(s *platform.Snapshot) {
		a.Name, b.Name, a.Software, b.Software = "a", "b", platform.SoftwareHPKI, platform.SoftwareHPKI
		s.Clients.Providers = []platform.Provider{a, b}
	}
}

const mynaportalID = "fjjibalalngebiaophebgkkohaaggphf"

func hostRules(rules ...platform.HostRule) change {
	return everyBrowser(func(b *platform.Browser) { b.Policies.Hosts = rules })
}

// TestTwoBrowsersInUse: what is said where one of two lacks the extension and
// the other could not be looked at.
func TestTwoBrowsersInUse(t *testing.T) {
	notRead := func(b *platform.Browser) { b.Profiles[0].Look = platform.Failure(platform.WhyAccessDenied, nil) }
	gone := func(b *platform.Browser) {
		b.Profiles[0].Extensions = []platform.Extension{{ID: mynaportalID, Software: platform.SoftwareMynaportal}}
	}
	for _, tt := range []struct {
		name         string
		edge, chrome func(*platform.Browser)
		want         []string
	}{
		{"the one in front could not be looked at", notRead, gone, []string{"chrome"}},
		{"the one behind could not be looked at", gone, notRead, []string{"edge"}},
		{"both lack it", gone, gone, []string{"edge", "chrome"}},
	} {
		s := computer(t, "healthy")
		open(platform.BrowserChrome)(&s)
		tt.edge(edge(&s))
		tt.chrome(chrome(&s))
		d := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken)
		if d.Cause == nil || d.Cause.ID != checks.ExtensionMissing || !slices.Equal(d.Cause.Evidence.Browsers, tt.want) {
			t.Errorf("%s: got\n%s", tt.name, list(d))
		}
	}
}

// TestEvidence: what a finding tells besides its id.
func TestEvidence(t *testing.T) {
	said := checks.Told{Message: checks.MessageRevoked}
	old := func(make func(*platform.StoreCertificate)) []change {
		return with(oldCardsCertificate, func(s *platform.Snapshot) { make(&s.Store.List[1]) })
	}
	why := func(w platform.Why) func(checks.Evidence) bool {
		return func(e checks.Evidence) bool { return e.Why == w }
	}
	left := func(n int) func(checks.Evidence) bool {
		return func(e checks.Evidence) bool { return e.Leftovers == n }
	}
	for _, tt := range []struct {
		example
		id   checks.ID
		want func(checks.Evidence) bool
	}{
		{example{name: "only the browser in use is called well", from: "healthy", purpose: checks.ETax}, checks.BrowserOK, func(e checks.Evidence) bool { return slices.Equal(e.Browsers, []string{"edge"}) }},
		{example{name: "told of the certificate that logs in", from: "hpki-healthy", purpose: checks.HPKI, told: said}, checks.RevocationRevoked, func(e checks.Evidence) bool { return e.Told && e.Role == platform.RoleHPKIAuth }},
		{example{name: "told of no certificate", from: "hpki-healthy", purpose: checks.HPKI, told: checks.Told{Message: checks.MessageUnexpectedError}}, checks.BrowserSessionStale, func(e checks.Evidence) bool { return e.Told && e.Role == "" }},
		{example{name: "an old card's certificate", from: "hpki-healthy", changes: old(func(*platform.StoreCertificate) {}), purpose: checks.HPKI}, checks.BrowserOK, left(1)},
		{example{name: "an old card's, to sign with", from: "hpki-healthy", changes: old(func(v *platform.StoreCertificate) { v.KeyUsage = []string{"digital-signature", "non-repudiation"} }), purpose: checks.HPKI}, checks.BrowserOK, left(0)},
		{example{name: "an old card's, for no signature", from: "hpki-healthy", changes: old(func(v *platform.StoreCertificate) { v.KeyUsage = []string{"key-encipherment"} }), purpose: checks.HPKI}, checks.BrowserOK, left(0)},
		{example{name: "an old card's, for no login", from: "hpki-healthy", changes: old(func(v *platform.StoreCertificate) { v.ExtKeyUsage = []string{"1.3.6.1.5.5.7.3.4"} }), purpose: checks.HPKI}, checks.BrowserOK, left(0)},
		{example{name: "an old card's, in another store", from: "hpki-healthy", changes: old(func(v *platform.StoreCertificate) { v.Store = platform.StoreCA }), purpose: checks.HPKI}, checks.BrowserOK, left(0)},
		{example{name: "an old CA's", from: "hpki-healthy", changes: old(func(v *platform.StoreCertificate) { v.CA = true }), purpose: checks.HPKI}, checks.BrowserOK, left(0)},
		{example{name: "one without a number", from: "hpki-healthy", changes: old(func(v *platform.StoreCertificate) { v.Serial = "" }), purpose: checks.HPKI}, checks.BrowserOK, left(0)},
		{example{name: "old CA, known by its digest", from: "hpki-healthy", changes: with(issuer(medis, "ff"), masked), purpose: checks.HPKI}, checks.StoreCAOutdated, func(e checks.Evidence) bool {
			return e.Authority == "HPKI-01-MedisAuthCA2-forAuthentication-forIndividual"
		}},
		{example{name: "old CA, not known", from: "hpki-healthy", changes: with(oldCA), purpose: checks.HPKI}, checks.StoreCAOutdated, func(e checks.Evidence) bool { return e.Authority == "" }},
		{example{name: "of two drivers that lack the same, the first", from: "hpki-healthy", changes: with(emptyStore, twoDrivers(platform.Provider{View: 32}, platform.Provider{View: 32})), purpose: checks.HPKI}, checks.DriverHPKIMissing, func(e checks.Evidence) bool { return e.Provider == "a" }},
		{example{name: "of two equal copies in the store, the first", from: "hpki-healthy", changes: with(func(s *platform.Snapshot) {
			again := s.Store.List[0]
			again.Provider = "another"
			s.Store.List = append(s.Store.List, again)
		}), purpose: checks.HPKI}, checks.BrowserOK, func(e checks.Evidence) bool { return e.Provider != "another" }},
		{example{name: "of two policies that say the same, the first", from: "healthy", changes: with(extensionRules(
			platform.ExtensionRule{ID: mynaportalID, Mode: platform.ModeBlocked, Policy: blocklist},
			platform.ExtensionRule{ID: mynaportalID, Mode: platform.ModeBlocked, Policy: "another"},
		)), purpose: checks.ETax}, checks.ExtensionBlocked, func(e checks.Evidence) bool { return slices.Equal(e.Policies, []string{blocklist}) }},
		{example{name: "system that is not built", from: "healthy", changes: with(func(s *platform.Snapshot) { s.System.OS = "plan9" }), purpose: checks.ETax}, checks.BrowserOK, why(platform.WhyNotBuilt)},
		{example{name: "system of which it is not known why", from: "healthy", changes: with(failed(platform.AreaBrowsers)), purpose: checks.ETax}, checks.BrowserOK, why(platform.WhyTimedOut)},
		{example{name: "system on which nobody runs the service", from: "healthy", changes: with(linux), purpose: checks.ETax}, checks.BrowserOK, why("")},
		{example{name: "each policy once", from: "hpki-healthy", changes: with(everyBrowser(func(b *platform.Browser) {
			b.Running, b.Windows = 3, 0
			b.Policies.Background, b.Policies.StartupBoost = platform.SwitchOn, platform.SwitchOn
		})), purpose: checks.HPKI}, checks.BrowserBackground, func(e checks.Evidence) bool { return len(e.Policies) == 2 && len(e.Browsers) == 2 }},
	} {
		d := tt.diagnose(t)
		if f := d.Find(tt.id); f == nil || !tt.want(f.Evidence) {
			t.Errorf("%s: got\n%s", tt.name, list(d))
		}
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
