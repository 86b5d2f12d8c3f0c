package checks_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"yomitori/checks"
	"yomitori/platform"
)

// fault is one thing that is the matter, and what is said of a computer with
// which nothing else is.
type fault struct {
	name string
	// part is what it is the matter with: of each part, one fault at a time.
	part   string
	id     checks.ID
	status checks.Status
	change change
	clock  func(time.Time) time.Time // nil when the clock is right
	on     []string                  // names of computers; nil for all
}

// sane are computers with which nothing is the matter, for a purpose.
var sane = []struct {
	name, from string
	purpose    checks.Purpose
}{
	{"tax", "healthy", checks.ETax},
	{"login", "healthy", checks.Mynaportal},
	{"look", "healthy", checks.Any},
	{"clinic", "hpki-healthy", checks.HPKI},
	{"clinic look", "hpki-healthy", checks.Any},
	{"mac tax", "mac-healthy", checks.ETax},
	{"mac login", "mac-healthy", checks.Mynaportal},
}

var (
	onWindows = []string{"tax", "login", "look", "clinic"}
	onPages   = []string{"tax", "login"}
	onMac     = []string{"mac tax", "mac login"}
	withJPKI  = []string{"tax", "login", "look", "mac tax", "mac login"}
	inClinic  = []string{"clinic"}
	lookHPKI  = []string{"clinic look"}
)

// problem is a fault that is the cause where it is the only one, notice one that
// never is.
func problem(part, name string, id checks.ID, c change, on ...[]string) fault {
	return fault{name: name, part: part, id: id, status: checks.Problem, change: c, on: slices.Concat(on...)}
}

func notice(part, name string, id checks.ID, c change, on ...[]string) fault {
	return fault{name: name, part: part, id: id, status: checks.Notice, change: c, on: slices.Concat(on...)}
}

func wrongClock() fault {
	f := problem("clock", "clock shows 2020", checks.SystemClock, func(*platform.Snapshot) {})
	f.clock = func(time.Time) time.Time { return japan(2020, 1, 1, 0, 3, 0) }
	return f
}

// faults are in the order in which they are put on: what is on the card before
// the card, the card before the reader, what runs before what is installed.
var faults = []fault{
	problem("certificate", "missing", checks.CertMissing, certificateIs(platform.CertMissing)),
	problem("certificate", "damaged", checks.CertDamaged, certificateIs(platform.CertDamaged)),
	problem("certificate", "unreadable", checks.CertUnreadable, certificateIs(platform.CertUnreadable)),
	problem("certificate", "not signed by its CA", checks.CertChain, brokenChain),
	problem("dates", "expired", checks.ExpiryExpired, expiredCertificate),
	problem("dates", "not yet valid", checks.ExpiryNotYet, notYetValid),
	notice("dates", "just issued", checks.ExpiryTooNew, justIssued),
	problem("revocation", "revoked", checks.RevocationRevoked, looked(revoked), inClinic, lookHPKI),
	notice("revocation", "signature certificate revoked, to log in", checks.RevocationRevoked, looked(signingRevoked), inClinic),
	problem("revocation", "signature certificate revoked", checks.RevocationRevoked, looked(signingRevoked), lookHPKI),
	problem("revocation", "one suspended, one revoked", checks.RevocationRevoked, looked(suspendedToo), inClinic, lookHPKI),
	notice("signing dates", "signature certificate expired, to log in", checks.ExpiryExpired, signingExpired, inClinic),
	problem("signing dates", "signature certificate expired", checks.ExpiryExpired, signingExpired, lookHPKI),
	notice("signing dates", "signature certificate not yet valid, to log in", checks.ExpiryNotYet, signingNotYet, inClinic),
	problem("signing dates", "signature certificate not yet valid", checks.ExpiryNotYet, signingNotYet, lookHPKI),
	problem("card's date", "card expired", checks.ExpiryCard, cardExpired, withJPKI),
	wrongClock(),
	problem("pin", "PIN locked", checks.PinAuthLocked, pin(platform.Locked()), withJPKI),
	problem("pin", "HPKI PIN locked", checks.PinHPKILocked, pin(platform.Locked()), inClinic, lookHPKI),
	notice("pin", "one try left", checks.PinAuthLastTry, pin(platform.TriesLeft(1)), withJPKI),
	problem("password", "password locked", checks.PinSignatureLocked, password(platform.Locked()), []string{"tax", "look", "mac tax"}),
	notice("password", "password locked, to log in", checks.PinSignatureLocked, password(platform.Locked()), []string{"login", "mac login"}),

	problem("card", "test card", checks.CardTest, testCard, withJPKI),
	problem("card", "Suica", checks.CardStorage, otherCard(platform.KindFeliCa)),
	problem("card", "driving licence", checks.CardWrongKind, otherCard(platform.KindDriverLicence)),
	problem("card", "Juki card", checks.CardJuki, otherCard(platform.KindJuki)),
	problem("card", "unknown card", checks.CardUnknown, otherCard(platform.KindUnknown)),
	problem("card", "card upside down", checks.CardMute, cardFails(platform.WhyMute)),
	problem("card", "card held by another program", checks.CardBusy, cardFails(platform.WhyBusy)),
	problem("card", "card left early", checks.CardLostContact, cardFails(platform.WhyLostContact)),
	problem("card", "no card", checks.CardAbsent, cardOut),

	notice("other reader", "Windows Hello first", checks.NFCVirtualFirst, readerFirst(hello)),
	notice("other reader", "SIM slot", checks.NFCSIMSlot, readerFirst(simSlot)),
	notice("other reader", "YubiKey", checks.NFCTokenAsCard, readerLast(yubiKey)),
	notice("other reader", "NFC inside", checks.NFCConflict, readerLast(inside)),
	notice("other reader", "another on WinUSB", checks.NFCOnWinUSB, device380, onWindows),

	problem("reader", "unplugged", checks.ReaderNone, unplugged, onWindows),
	problem("reader", "no driver", checks.ReaderDriverMissing, deviceProblem(platform.ProblemNoDriver), onWindows),
	problem("reader", "lost by PC/SC", checks.ReaderNotPCSC, notListed, onWindows),
	problem("reader", "dead hub", checks.ReaderFailing, deadHub),
	problem("reader", "only Windows Hello's", checks.ReaderOnlyVirtual, onlyHello, onWindows),
	problem("reader", "remote desktop", checks.ReaderRemoteSession, all(notListed, remotely), onWindows),
	problem("reader", "service disabled", checks.ReaderServiceDisabled, serviceOff, onWindows),
	problem("reader", "service stopped", checks.ReaderServiceStopped, serviceStopped, onWindows),
	problem("reader", "service hangs", checks.ReaderFailing, pcscFails(platform.WhyTimedOut)),
	problem("reader", "access denied", checks.ReaderAccessDenied, pcscFails(platform.WhyAccessDenied)),

	problem("system", "Windows 10", checks.SystemOSUnsupported, windows10, []string{"tax"}),
	problem("system", "Windows for servers", checks.SystemOSUnsupported, server, []string{"tax"}),
	problem("system", "old macOS", checks.SystemOSUnsupported, oldMac, onMac),
	notice("system", "new macOS", checks.SystemOSUnsupported, newMac, []string{"mac tax"}),

	problem("app", "JPKI app missing", checks.ClientMissing, all(uninstalled(platform.SoftwareJPKI), func(s *platform.Snapshot) {
		s.Browsers.List[0].Profiles[0].Extensions = nil
	}), onMac),
	problem("app", "no Rosetta", checks.ClientArchitecture, func(s *platform.Snapshot) { s.System.Rosetta = platform.SwitchOff }, onMac),
	problem("host", "manifest gone", checks.HostBroken, hostsAre(platform.HostManifestMissing), onPages),
	problem("host", "program gone", checks.HostBroken, hostsAre(platform.HostProgramMissing), onPages),
	problem("host", "for another processor", checks.ClientArchitecture, hostsFor("arm64"), onPages),
	problem("host", "forbidden", checks.HostBlocked, hostsBlocked, onPages),
	problem("extension", "turned off", checks.ExtensionOff, extensionOff(1), onPages),
	problem("extension", "new permission", checks.ExtensionPermission, extensionOff(2), onPages),
	problem("extension", "not there", checks.ExtensionMissing, extensionGone, onPages),
	problem("extension", "files gone", checks.ExtensionCorrupt, extensionFilesGone, onPages),
	problem("extension", "forbidden", checks.ExtensionBlocked, extensionsBlocked, onPages),
	problem("extension", "Safari's off", checks.ExtensionOff, safariOff, onMac),
	problem("browser", "only Firefox", checks.BrowserUnsupported, onlyFirefox, onPages, inClinic),
	notice("browser", "links open in another", checks.BrowserUnsupported, opensLinks("brave"), onPages, inClinic),
	problem("running", "app hangs", checks.ClientHung, withProcess(hungClient), onPages, inClinic),
	notice("running", "host outlives its browser", checks.ClientHung, withProcess(orphanHost), onPages, inClinic),
	notice("running", "two dialogs", checks.ClientSeveral, all(withProcess(dialog), withProcess(dialog)), onPages, inClinic),
	notice("language", "English Windows", checks.ClientLocale, codePage(1252), onPages, inClinic),

	// What is not installed does not run.
	problem("app", "app missing", checks.ClientMissing, uninstalled(platform.SoftwareMynaportal), onPages),

	problem("driver", "files gone", checks.DriverHPKIMissing, driverFilesGone, inClinic),
	problem("driver", "for 32 bits", checks.DriverHPKIMissing, driver32, inClinic),
	problem("driver", "missing", checks.DriverHPKIMissing, noDriver, inClinic),
	problem("store", "no provider", checks.StoreHidden, noProvider, inClinic),
	problem("store", "an old card's only", checks.StoreMissing, onlyOldCards, inClinic),
	problem("store", "not copied", checks.PropagationStopped, propagationOff, inClinic),
	notice("authority", "old CA", checks.StoreCAOutdated, oldCA, inClinic),

	problem("service", "out of reach", checks.SystemUnreachable, sites(platform.SiteAnswer{Look: platform.Failure(platform.WhyUnreachable, nil)}), onPages, inClinic, onMac),
	problem("service", "proxy asks for a password", checks.SystemProxyAuth, sites(platform.SiteAnswer{Look: platform.Failure(platform.WhyProxyAuth, nil)}), onPages, inClinic, onMac),
	notice("proxy", "proxy", checks.SystemProxy, viaProxy(""), onPages, inClinic, onMac),
	notice("security", "ESET", checks.SystemSecuritySoftware, installed("eset", "ESET"), onPages, inClinic),
}

// faulty is a computer with some faults.
type faulty struct {
	base    int // in sane
	purpose checks.Purpose
	faults  []fault
}

func (f faulty) String() string {
	text := sane[f.base].name + ":"
	for _, x := range f.faults {
		text += fmt.Sprintf(" [%s: %s]", x.part, x.name)
	}
	return text
}

func (f faulty) diagnose(snapshots []platform.Snapshot) checks.Diagnosis {
	s := clone(snapshots[f.base])
	now := s.Taken
	for _, x := range f.faults {
		x.change(&s)
		if x.clock != nil {
			now = x.clock(now)
		}
	}
	return checks.Diagnose(s, checks.Question{Purpose: f.purpose}, now)
}

func (f faulty) without(i int) faulty {
	f.faults = slices.Delete(slices.Clone(f.faults), i, i+1)
	return f
}

// ids are those that its faults speak of.
func (f faulty) ids() []checks.ID {
	var ids []checks.ID
	for _, x := range f.faults {
		ids = append(ids, x.id)
	}
	return ids
}

func saneSnapshots(t testing.TB) []platform.Snapshot {
	t.Helper()
	var list []platform.Snapshot
	for _, c := range sane {
		s := computer(t, c.from)
		looked(fresh)(&s) // of the card's certificates, where anybody can
		list = append(list, s)
	}
	return list
}

func suits(x fault, base int) bool { return x.on == nil || slices.Contains(x.on, sane[base].name) }

// TestEveryFaultAlone: each fault, by itself, is what is said.
func TestEveryFaultAlone(t *testing.T) {
	snapshots := saneSnapshots(t)
	for base, c := range sane {
		if d := (faulty{base: base, purpose: c.purpose}).diagnose(snapshots); d.Cause != nil {
			t.Errorf("%s: the cause is %s without a fault", c.name, d.Cause.ID)
		}
		for _, x := range faults {
			if !suits(x, base) {
				continue
			}
			f := faulty{base, c.purpose, []fault{x}}
			d := f.diagnose(snapshots)
			sound(t, d)
			found := d.Find(x.id)
			if found == nil || found.Status != x.status || (x.status == checks.Problem) != (d.Cause == found) || len(d.Next) > 0 {
				t.Errorf("%s: want %s %s, got\n%s", f, x.id, x.status, list(d))
			}
		}
	}
}

func arbitraryFaults(t *rapid.T) faulty {
	f := faulty{base: rapid.IntRange(0, len(sane)-1).Draw(t, "base")}
	f.purpose = sane[f.base].purpose
	parts := map[string][]fault{}
	var names []string
	for _, x := range faults {
		if suits(x, f.base) {
			if !slices.Contains(names, x.part) {
				names = append(names, x.part)
			}
			parts[x.part] = append(parts[x.part], x)
		}
	}
	share := rapid.IntRange(1, 3).Draw(t, "share")
	for _, part := range names {
		if rapid.IntRange(0, share).Draw(t, part) == 0 {
			f.faults = append(f.faults, rapid.SampledFrom(parts[part]).Draw(t, "fault"))
		}
	}
	return f
}

// TestFaults puts several faults on a computer and takes one of them away.
func TestFaults(t *testing.T) {
	snapshots := saneSnapshots(t)
	rapid.Check(t, func(t *rapid.T) {
		f := arbitraryFaults(t)
		d := f.diagnose(snapshots)
		sound(t, d)
		if d.Cause != nil && !slices.Contains(f.ids(), d.Cause.ID) {
			t.Fatalf("%s: the cause is none of the faults\n%s", f, list(d))
		}
		for i, x := range f.faults {
			less := f.without(i)
			before := less.diagnose(snapshots)
			if d.Cause != nil && d.Cause.ID == x.id && !slices.Contains(less.ids(), x.id) && before.Cause != nil && before.Cause.ID == x.id {
				t.Fatalf("%s: %s stays the cause without %q", f, x.id, x.name)
			}
			if d.Cause != nil && d.Cause.ID != x.id && (before.Cause == nil || before.Cause.ID != d.Cause.ID) {
				t.Fatalf("%s: %q makes %s the cause", f, x.name, d.Cause.ID)
			}
			for _, now := range d.Findings {
				if was := before.Find(now.ID); now.Status == checks.OK && (was == nil || was.Status != checks.OK) {
					t.Fatalf("%s: %q makes %s well; before:\n%safter:\n%s", f, x.name, now.ID, list(before), list(d))
				}
			}
		}
	})
}
