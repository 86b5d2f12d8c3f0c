package checks_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

func told(p checks.Purpose, m checks.Message, at checks.Moment) checks.Question {
	return checks.Question{Purpose: p, Told: checks.Told{Message: m, Moment: at}}
}

// inOrder lists the cause and what comes after it.
func inOrder(d checks.Diagnosis) []checks.ID {
	var ids []checks.ID
	if d.Cause != nil {
		ids = append(ids, d.Cause.ID)
	}
	for _, f := range d.Next {
		ids = append(ids, f.ID)
	}
	return ids
}

// Faults that do not explain each other.
var (
	noReader    = func(s *platform.Snapshot) { s.Readers.List, s.Cards.List, s.Devices.List = nil, nil, nil }
	noCard      = func(s *platform.Snapshot) { s.Readers.List[0].CardIn, s.Cards.List = false, nil }
	hostGone    = hostState(platform.HostProgramMissing)
	clientHangs = process(platform.Process{Program: "a.exe", Software: platform.SoftwareMynaportal, Hung: true})
	leftBehind  = process(platform.Process{Program: "a.exe", Software: platform.SoftwareMynaportal, Orphan: true})
	authLocked  = func(s *platform.Snapshot) { s.Cards.List[0].Pins.Auth = platform.Locked() }
	signLocked  = func(s *platform.Snapshot) { s.Cards.List[0].Pins.Signature = platform.Locked() }
	oldWindows  = func(s *platform.Snapshot) { s.System.Version = "10.0.19045" }
	hpkiLocked  = func(s *platform.Snapshot) { s.Cards.List[0].Pins.HPKI = platform.Locked() }
	builtIn     = func(s *platform.Snapshot) {
		s.Readers.List = append(s.Readers.List, platform.Reader{Name: "IFD", Class: platform.ReaderBuiltNFC})
	}
	jpkiOff = inJPKI(func(x *platform.Extension) { x.Enabled, x.Reasons = false, []int{1} })
	eset    = func(s *platform.Snapshot) {
		s.Security.Products = []platform.SecurityProduct{{Name: "ESET", Family: "eset", Source: platform.SecurityInstaller}}
	}
	winusb       = platform.Device{Name: "RC-S380/P", Class: platform.ClassKnownReader, Driver: "WINUSB", Joined: true}
	manualProxy  = proxyOf(platform.Proxy{Mode: platform.ProxyManual})
	openTwice    = all(process(platform.Process{Program: "a.exe", ID: 1}), process(platform.Process{Program: "a.exe", ID: 2}))
	bothBrowsers = all(func(s *platform.Snapshot) { chrome(s).Windows = 1 }, process(platform.Process{Program: "b.exe", Software: platform.SoftwareJPKI}))
)

// The tables of the three articles: which of several faults is sought first.
func TestWhatTheUserTellsOrders(t *testing.T) {
	const (
		etax, myna, hpki, anyone = checks.ETax, checks.Mynaportal, checks.HPKI, checks.Any
		none                     = checks.Message("")
		always                   = checks.Moment("")
	)
	tests := []struct {
		name    string
		on      string
		change  func(*platform.Snapshot)
		purpose checks.Purpose
		message checks.Message
		moment  checks.Moment
		want    []checks.ID
	}{
		// The table of HUB0002.
		{"HUB0002 at login: the reader", "healthy", all(noReader, off(1)), etax, checks.MessageHUB0002, checks.MomentLogin, ids(checks.ReaderNone, checks.ExtensionOff)},
		{"HUB0002 at login: the card", "healthy", all(noCard, hostGone), etax, checks.MessageHUB0002, checks.MomentLogin, ids(checks.CardAbsent, checks.HostBroken)},
		{"HUB0002 at login: the service", "service-disabled", hostGone, etax, checks.MessageHUB0002, checks.MomentLogin, ids(checks.ReaderServiceDisabled, checks.HostBroken)},
		{"HUB0002 at the PIN: what hangs", "healthy", all(hostGone, clientHangs), etax, checks.MessageHUB0002, checks.MomentPIN, ids(checks.ClientHung, checks.HostBroken)},
		{"HUB0002 at the PIN, with a locked one", "healthy", all(authLocked, clientHangs, off(1)), etax, checks.MessageHUB0002, checks.MomentPIN, ids(checks.ClientHung, checks.ExtensionOff, checks.PinAuthLocked)},
		{"HUB0002 at the end: the session", "healthy", all(hostGone, clientHangs), etax, checks.MessageHUB0002, checks.MomentSend, ids(checks.ClientHung, checks.HostBroken, checks.BrowserSessionStale)},
		{"HUB0002 at the end, and nothing else", "healthy", nil, etax, checks.MessageHUB0002, checks.MomentSend, ids(checks.BrowserSessionStale)},
		{"HUB0002 at some time: the host", "healthy", all(noReader, hostGone, off(1)), etax, checks.MessageHUB0002, always, ids(checks.HostBroken, checks.ExtensionOff, checks.ReaderNone)},
		{"HUB0002 with two readers", "healthy", builtIn, etax, checks.MessageHUB0002, checks.MomentLogin, ids(checks.NFCConflict)},
		{"HUB0002 and a program that was left behind", "healthy", leftBehind, myna, checks.MessageHUB0002, always, ids(checks.ClientHung)},
		{"HUB0002 is not for HPKI-KAGURA", "hpki-driver-missing", hpkiLocked, hpki, checks.MessageHUB0002, always, ids(checks.PinHPKILocked, checks.DriverHPKIMissing)},

		// Hardware against authentication.
		{"set the card", "healthy", all(noCard, clientHangs), etax, checks.MessageSetCard, checks.MomentPIN, ids(checks.CardAbsent, checks.ClientHung)},
		{"not connected", "healthy", all(noReader, clientHangs), etax, checks.MessageNotConnected, checks.MomentPIN, ids(checks.ReaderNone, checks.ClientHung)},
		{"certificate not obtained: the software", "healthy", all(authLocked, hostGone, off(1)), etax, checks.MessageCertificateNotObtained, always, ids(checks.HostBroken, checks.PinAuthLocked, checks.ExtensionOff)},
		{"certificate not obtained: no reader", "healthy", all(noReader, hostGone), etax, checks.MessageCertificateNotObtained, always, ids(checks.HostBroken, checks.ReaderNone)},
		{"authentication error: the PIN before the extension", "healthy", all(authLocked, off(1)), etax, checks.MessageAuthenticationError, always, ids(checks.PinAuthLocked, checks.ExtensionOff)},
		{"session timed out", "healthy", all(off(1), clientHangs), etax, checks.MessageSessionTimedOut, always, ids(checks.ClientHung, checks.ExtensionOff, checks.BrowserSessionStale)},
		{"illegal access, and something hangs", "healthy", all(off(1), clientHangs), etax, checks.MessageIllegalAccess, always, ids(checks.ClientHung, checks.ExtensionOff, checks.BrowserSessionStale)},

		// A moment orders what the message leaves open.
		{"illegal access, and nothing happens", "healthy", all(off(1), hostGone), etax, checks.MessageIllegalAccess, checks.MomentNothing, ids(checks.ExtensionOff, checks.HostBroken, checks.BrowserSessionStale)},

		// Moments alone.
		{"at login", "healthy", all(noReader, clientHangs), myna, none, checks.MomentLogin, ids(checks.ReaderNone, checks.ClientHung)},
		{"nothing happens: the reader first", "healthy", all(noReader, off(1)), myna, none, checks.MomentNothing, ids(checks.ReaderNone, checks.ExtensionOff)},
		{"nothing happens: the extension before its host", "healthy", all(authLocked, hostGone, off(1)), myna, none, checks.MomentNothing, ids(checks.ExtensionOff, checks.HostBroken, checks.PinAuthLocked)},
		{"at the PIN", "healthy", all(authLocked, hostGone, off(1), clientHangs), myna, none, checks.MomentPIN, ids(checks.ClientHung, checks.HostBroken, checks.PinAuthLocked, checks.ExtensionOff)},
		{"at the PIN of HPKI-KAGURA", "hpki-driver-missing", hpkiLocked, hpki, none, checks.MomentPIN, ids(checks.DriverHPKIMissing, checks.PinHPKILocked)},
		{"at the end", "healthy", all(signLocked, hostGone, clientHangs), etax, none, checks.MomentSend, ids(checks.ClientHung, checks.PinSignatureLocked, checks.HostBroken)},
		{"at the end, the signature counts for Mynaportal", "healthy", signLocked, myna, none, checks.MomentSend, ids(checks.PinSignatureLocked)},
		{"at the end, it does not for HPKI-KAGURA", "healthy", signLocked, hpki, none, checks.MomentSend, nil},
		{"a white page", "healthy", all(off(1), clientHangs, unreached), etax, none, checks.MomentWhite, ids(checks.SystemUnreachable, checks.ExtensionOff, checks.ClientHung)},
		{"nothing told", "healthy", all(noReader, hostGone, off(1), clientHangs), etax, none, always, ids(checks.ReaderNone, checks.HostBroken, checks.ExtensionOff, checks.ClientHung)},

		// Codes.
		{"HJS0432E", "healthy", all(signLocked, clientHangs), etax, checks.MessageHJS0432E, checks.MomentPIN, ids(checks.PinSignatureLocked, checks.ClientHung)},
		{"HJS0407E", "healthy", all(noReader, clientHangs), etax, checks.MessageHJS0407E, checks.MomentPIN, ids(checks.ReaderNone, checks.ClientHung)},
		{"HJS0407Z", "healthy", all(unreached, off(1)), etax, checks.MessageHJS0407Z, always, ids(checks.SystemUnreachable, checks.ExtensionOff)},
		{"HJS0407Z alone is too weak a ground", "healthy", nil, etax, checks.MessageHJS0407Z, always, nil},
		{"EI123-2008", "expired", clientHangs, myna, checks.MessageEI1232008, checks.MomentPIN, ids(checks.ExpiryExpired, checks.ClientHung)},
		{"EW000J0200", "healthy", all(noReader, clientHangs), myna, checks.MessageEW000J0200, checks.MomentPIN, ids(checks.ReaderNone, checks.ClientHung)},
		{"EW104J1502", "healthy", all(noCard, clientHangs), myna, checks.MessageEW104J1502, checks.MomentPIN, ids(checks.CardAbsent, checks.ClientHung)},
		{"unknown type of reader", "healthy", all(add(winusb), clientHangs), myna, checks.MessageReaderTypeUnknown, checks.MomentPIN, ids(checks.NFCOnWinUSB, checks.ClientHung)},
		{"provider not set up", "healthy", all(noHosts, noClients, authLocked), myna, checks.MessageKeysetNotDefined, always, ids(checks.ClientMissing, checks.PinAuthLocked)},
		{"provider does not start", "hpki-driver-missing", hpkiLocked, hpki, checks.MessageProviderFails, always, ids(checks.DriverHPKIMissing, checks.PinHPKILocked)},
		{"reader not ready", "healthy", all(noReader, clientHangs), myna, checks.MessageReaderNotReady, checks.MomentPIN, ids(checks.ReaderNone, checks.ClientHung)},
		{"unknown card", "juki-card", clientHangs, myna, checks.MessageUnknownCard, checks.MomentPIN, ids(checks.CardJuki, checks.ClientHung)},
		{"password locked", "healthy", all(authLocked, clientHangs), myna, checks.MessagePasswordLocked, checks.MomentPIN, ids(checks.PinAuthLocked, checks.ClientHung)},
		{"the user stopped", "healthy", all(authLocked, off(1)), myna, checks.MessagePINEntryInterrupted, always, ids(checks.PinAuthLocked, checks.ExtensionOff)},
		{"environment not supported", "healthy", all(oldWindows, authLocked), etax, checks.MessageUnsupportedEnvironment, always, ids(checks.SystemOSUnsupported, checks.PinAuthLocked)},
		{"environment not supported: links open in Firefox", "healthy", func(s *platform.Snapshot) {
			edge(s).Default = false
			s.Browsers.List = append(s.Browsers.List, platform.Browser{Look: platform.Absent(), Name: platform.BrowserFirefox, Default: true})
		}, etax, checks.MessageUnsupportedEnvironment, always, ids(checks.BrowserUnsupported)},
		{"Mynaportal turned off", "healthy", all(off(2), authLocked), myna, checks.MessageMynaportalDisabled, always, ids(checks.ExtensionPermission, checks.PinAuthLocked)},
		{"Mynaportal turned off in one of two browsers", "healthy", all(off(2), func(s *platform.Snapshot) { chrome(s).Windows = 1 }), myna, checks.MessageMynaportalDisabled, always, ids(checks.ExtensionPermission)},
		{"already running", "healthy", all(openTwice, off(1)), myna, checks.MessageAlreadyRunning, always, ids(checks.ClientSeveral, checks.ExtensionOff)},
		{"already running, in two browsers", "healthy", bothBrowsers, myna, checks.MessageAlreadyRunning, always, ids(checks.BrowserTwoAtOnce)},
		{"already running, and nothing of it is seen", "healthy", nil, myna, checks.MessageAlreadyRunning, always, ids(checks.ClientSeveral)},
		{"no connection to the card", "healthy", all(noCard, clientHangs), myna, checks.MessageCardNotConnected, checks.MomentPIN, ids(checks.CardAbsent, checks.ClientHung)},

		// The manual of HPKI-KAGURA.
		{"not secure: the card", "hpki-driver-missing", all(hpkiLocked, manualProxy), hpki, checks.MessageNotSecure, always, ids(checks.DriverHPKIMissing, checks.SystemProxy, checks.PinHPKILocked)},
		{"not secure: no card", "hpki-healthy", all(noCard, manualProxy), hpki, checks.MessageNotProtected, always, ids(checks.CardAbsent, checks.SystemProxy)},
		{"access denied, and nothing is wrong", "hpki-healthy", nil, hpki, checks.MessageAccessDenied, always, ids(checks.BrowserSessionStale)},
		{"access denied: the store", "hpki-certificate-hidden", nil, hpki, checks.MessageAccessDenied, always, ids(checks.StoreHidden, checks.BrowserSessionStale)},
		{"page not working", "hpki-driver-missing", manualProxy, hpki, checks.MessageNotWorking, always, ids(checks.SystemProxy, checks.DriverHPKIMissing)},
		{"page not working without a proxy", "hpki-healthy", nil, hpki, checks.MessageNotWorking, always, nil},
		{"access denied, and more in the way", "hpki-healthy", all(manualProxy, eset), hpki, checks.MessageAccessDenied, always, ids(checks.SystemProxy, checks.SystemSecuritySoftware, checks.BrowserSessionStale)},
		{"not secure, and security software is there", "hpki-healthy", eset, hpki, checks.MessageNotSecure, always, ids(checks.SystemSecuritySoftware)},
		{"Unauthorized, and no host answers", "hpki-driver-missing", unreached, hpki, checks.MessageUnauthorized, always, ids(checks.SystemUnreachable, checks.DriverHPKIMissing, checks.SystemProxyAuth)},
		{"Unauthorized", "hpki-healthy", manualProxy, hpki, checks.MessageUnauthorized, always, ids(checks.SystemProxyAuth)},
		{"Forbidden", "hpki-driver-missing", clientHangs, hpki, checks.MessageForbidden, always, ids(checks.ClientHung, checks.DriverHPKIMissing, checks.BrowserSessionStale, checks.SystemUnreachable)},
		{"unexpected error", "hpki-driver-missing", clientHangs, hpki, checks.MessageUnexpectedError, always, ids(checks.ClientHung, checks.DriverHPKIMissing, checks.BrowserSessionStale)},
		{"no cookie", "hpki-driver-missing", clientHangs, hpki, checks.MessageNoCookie, always, ids(checks.ClientHung, checks.DriverHPKIMissing, checks.BrowserSessionStale)},
		{"device error", "hpki-driver-missing", clientHangs, hpki, checks.MessageDeviceError, always, ids(checks.ClientHung, checks.DriverHPKIMissing, checks.BrowserSessionStale)},
		{"card error", "hpki-driver-missing", clientHangs, hpki, checks.MessageCardError, always, ids(checks.ClientHung, checks.DriverHPKIMissing, checks.BrowserSessionStale)},
		{"revoked", "hpki-healthy", nil, hpki, checks.MessageRevoked, always, ids(checks.RevocationRevoked)},
		{"registering does nothing", "healthy", all(off(1), authLocked), hpki, checks.MessageRegisterDoesNothing, always, ids(checks.PinAuthLocked)},
		{"registering does nothing, the extension of JPKI is off", "healthy", all(jpkiOff, authLocked), hpki, checks.MessageRegisterDoesNothing, always, ids(checks.ExtensionOff, checks.PinAuthLocked)},
		{"registering does nothing, the software is missing", "healthy", all(noHosts, noClients, noProviders), hpki, checks.MessageRegisterDoesNothing, always, ids(checks.ClientMissing)},
		{"registering does nothing, the extension is missing", "healthy", inJPKI(func(x *platform.Extension) { *x = platform.Extension{ID: x.ID, Software: x.Software} }), hpki, checks.MessageRegisterDoesNothing, always, ids(checks.ExtensionMissing)},
		{"registering does nothing, a permission is asked for", "healthy", inJPKI(func(x *platform.Extension) { x.Enabled, x.Reasons = false, []int{2} }), hpki, checks.MessageRegisterDoesNothing, always, ids(checks.ExtensionPermission)},
		{"registering does nothing, a policy forbids", "healthy", inJPKI(func(x *platform.Extension) { x.Enabled, x.Reasons = false, []int{65536} }), hpki, checks.MessageRegisterDoesNothing, always, ids(checks.ExtensionBlocked)},
		{"registering does nothing, the extension is broken", "healthy", inJPKI(func(x *platform.Extension) { x.FilesMissing = true }), hpki, checks.MessageRegisterDoesNothing, always, ids(checks.ExtensionCorrupt)},
		{"certificate not verifiable", "hpki-healthy", nil, hpki, checks.MessageNotVerifiable, always, nil},
		{"no integrity", "hpki-driver-missing", nil, hpki, checks.MessageNoIntegrity, always, ids(checks.DriverHPKIMissing)},
		{"from elsewhere", "hpki-driver-missing", all(hpkiLocked, manualProxy), hpki, checks.MessageNoUserForCard, checks.MomentPIN, ids(checks.PinHPKILocked, checks.DriverHPKIMissing)},

		{"for no service: the message orders what is left", "healthy", all(authLocked, oldWindows), anyone, checks.MessageUnsupportedEnvironment, always, ids(checks.SystemOSUnsupported, checks.PinAuthLocked)},
		{"for no service: nothing about browsers", "healthy", nil, anyone, checks.MessageForbidden, checks.MomentSend, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, tt.on)
			if tt.change != nil {
				tt.change(&s)
			}
			d := checks.Diagnose(s, told(tt.purpose, tt.message, tt.moment), s.Taken)
			if diff := cmp.Diff(tt.want, inOrder(d)); diff != "" {
				t.Errorf("order (-want +got):\n%s\n%+v", diff, d.Findings)
			}
		})
	}
}

func ids(list ...checks.ID) []checks.ID { return list }

// unreached says that no host of the service answered.
func unreached(s *platform.Snapshot) { asked(platform.WhyUnreachable)(s) }

// asked says how each host of the service answered: "" that it did.
func asked(whys ...platform.Why) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) {
		s.Online = platform.Online{Look: platform.Seen()}
		for _, w := range whys {
			a := platform.SiteAnswer{Look: platform.Failure(w, nil), Host: "example.nta.go.jp"}
			if w == "" {
				a.Look, a.Status = platform.Seen(), 200
			}
			s.Online.Sites = append(s.Online.Sites, a)
		}
	}
}

// inJPKI changes the extension of JPKI in the browser in use.
func inJPKI(change func(*platform.Extension)) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) {
		list := edge(s).Profiles[0].Extensions
		for i := range list {
			if list[i].Software == platform.SoftwareJPKI {
				change(&list[i])
			}
		}
	}
}

// What cannot be seen from outside is told with the words for it.
func TestToldFindings(t *testing.T) {
	tests := []struct {
		name    string
		on      string
		purpose checks.Purpose
		message checks.Message
		moment  checks.Moment
		id      checks.ID
		status  checks.Status
		why     []checks.Condition
	}{
		{"too slow", "hpki-healthy", checks.HPKI, checks.MessageForbidden, "", checks.BrowserSessionStale, checks.Problem, because(checks.TooSlow)},
		{"network blocked", "hpki-healthy", checks.HPKI, checks.MessageForbidden, "", checks.SystemUnreachable, checks.Problem, because(checks.NetworkBlocked)},
		{"another card", "hpki-healthy", checks.HPKI, checks.MessageUnexpectedError, "", checks.BrowserSessionStale, checks.Problem, because(checks.AnotherCard)},
		{"another card, in other words", "hpki-healthy", checks.HPKI, checks.MessageCardError, "", checks.BrowserSessionStale, checks.Problem, because(checks.AnotherCard)},
		{"another user", "hpki-healthy", checks.HPKI, checks.MessageNoCookie, "", checks.BrowserSessionStale, checks.Problem, because(checks.AnotherUser)},
		{"choice given up", "hpki-healthy", checks.HPKI, checks.MessageAccessDenied, checks.MomentSend, checks.BrowserSessionStale, checks.Problem, because(checks.Cancelled)},
		{"not secure", "hpki-healthy", checks.HPKI, checks.MessageNotSecure, "", checks.BrowserSessionStale, checks.Notice, nil},
		{"device", "hpki-healthy", checks.HPKI, checks.MessageDeviceError, "", checks.BrowserSessionStale, checks.Problem, nil},
		{"revoked", "hpki-healthy", checks.HPKI, checks.MessageRevoked, "", checks.RevocationRevoked, checks.Problem, because(checks.Said)},
		{"proxy", "hpki-healthy", checks.HPKI, checks.MessageUnauthorized, "", checks.SystemProxyAuth, checks.Problem, because(checks.Said)},
		{"several", "healthy", checks.Mynaportal, checks.MessageAlreadyRunning, "", checks.ClientSeveral, checks.Problem, because(checks.Said)},
		{"CA certificate", "hpki-healthy", checks.HPKI, checks.MessageNotVerifiable, "", checks.StoreCAOutdated, checks.Notice, because(checks.Said)},
		{"HPKI card where a My Number Card is registered", "hpki-healthy", checks.HPKI, checks.MessageCardNotConnected, "", checks.CardWrongKind, checks.Problem, because(checks.Registering)},
		{"the same by its code", "hpki-healthy", checks.HPKI, checks.MessageUnknownCard, "", checks.CardWrongKind, checks.Problem, because(checks.Registering)},
		{"My Number Card there", "healthy", checks.HPKI, checks.MessageCardNotConnected, "", checks.CardWrongKind, "", nil},
		{"HPKI card, and no service is chosen", "hpki-healthy", checks.Any, checks.MessageUnknownCard, "", checks.CardWrongKind, "", nil},
		{"no card there", "no-card", checks.HPKI, checks.MessageUnknownCard, "", checks.CardWrongKind, "", nil},
		{"the end alone", "healthy", checks.ETax, "", checks.MomentSend, checks.BrowserSessionStale, checks.Notice, nil},
		{"HUB0002 at the end", "healthy", checks.ETax, checks.MessageHUB0002, checks.MomentSend, checks.BrowserSessionStale, checks.Problem, nil},
		{"HUB0002 at login", "healthy", checks.ETax, checks.MessageHUB0002, checks.MomentLogin, checks.BrowserSessionStale, checks.Notice, nil},
		{"session timed out", "healthy", checks.ETax, checks.MessageSessionTimedOut, "", checks.BrowserSessionStale, checks.Problem, nil},
		{"illegal access", "healthy", checks.Mynaportal, checks.MessageIllegalAccess, "", checks.BrowserSessionStale, checks.Problem, nil},
		{"session timed out, where no browser matters", "healthy", checks.Any, checks.MessageSessionTimedOut, "", checks.BrowserSessionStale, "", nil},
		{"session timed out, which HPKI-KAGURA does not say", "healthy", checks.HPKI, checks.MessageSessionTimedOut, "", checks.BrowserSessionStale, "", nil},
		{"another moment", "healthy", checks.ETax, "", checks.MomentPIN, checks.BrowserSessionStale, "", nil},
		{"elsewhere at the end", "healthy", checks.HPKI, checks.MessageUserDisabled, checks.MomentSend, checks.BrowserSessionStale, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, tt.on)
			d := checks.Diagnose(s, told(tt.purpose, tt.message, tt.moment), s.Taken)
			f := d.Find(tt.id)
			if tt.status == "" {
				if f != nil && (f.Evidence.Told || f.Status == checks.Skipped) {
					t.Fatalf("got %+v", f)
				}
				return
			}
			if f == nil || f.Status != tt.status || !f.Evidence.Told {
				t.Fatalf("got %+v among %+v", f, d.Findings)
			}
			if diff := cmp.Diff(tt.why, f.Evidence.Conditions); diff != "" {
				t.Errorf("conditions (-want +got):\n%s", diff)
			}
			if !slices.IsSortedFunc(d.Findings, func(a, b checks.Finding) int { return place(a) - place(b) }) {
				t.Errorf("the steps are out of order: %+v", d.Findings)
			}
		})
	}
}

func because(c ...checks.Condition) []checks.Condition { return c }

// place is where a step stands in the table.
func place(f checks.Finding) int {
	steps := []checks.Step{checks.StepReader, checks.StepCard, checks.StepCertificate, checks.StepExpiry, checks.StepRevocation, checks.StepBrowser, checks.StepNFC, checks.StepSystem}
	return slices.Index(steps, f.Step)
}

// Whose certificate and what card it is stands with what is told of them.
func TestToldEvidence(t *testing.T) {
	s := computer(t, "hpki-healthy")
	d := checks.Diagnose(s, told(checks.HPKI, checks.MessageRevoked, ""), s.Taken)
	if e := d.Find(checks.RevocationRevoked).Evidence; e.Role != platform.RoleHPKIAuth {
		t.Errorf("role %q", e.Role)
	}
	d = checks.Diagnose(s, told(checks.HPKI, checks.MessageUnknownCard, ""), s.Taken)
	if e := d.Find(checks.CardWrongKind).Evidence; e.Kind != platform.KindHPKI {
		t.Errorf("kind %q", e.Kind)
	}
	if f := d.Find(checks.CardOK); f != nil {
		t.Errorf("the card is fine and is not: %+v", f)
	}
}

// What was observed is not told again, and does not become hearsay.
func TestEvidenceBeforeWords(t *testing.T) {
	s := computer(t, "healthy")
	bothBrowsers(&s)
	d := checks.Diagnose(s, told(checks.Mynaportal, checks.MessageAlreadyRunning, ""), s.Taken)
	if f := d.Find(checks.BrowserTwoAtOnce); f.Status != checks.Problem || f.Evidence.Told || d.Find(checks.ClientSeveral) != nil {
		t.Errorf("got %+v", d.Findings)
	}

	s = computer(t, "hpki-healthy")
	asked("", platform.WhyUnreachable)(&s)
	d = checks.Diagnose(s, told(checks.HPKI, checks.MessageUnauthorized, ""), s.Taken)
	if d.Cause != nil {
		t.Errorf("the service answered, and yet %+v", d.Cause)
	}
	s.Online.Sites[0].Status = 403
	d = checks.Diagnose(s, told(checks.HPKI, checks.MessageForbidden, ""), s.Taken)
	if diff := cmp.Diff(ids(checks.BrowserSessionStale, checks.SystemUnreachable), inOrder(d)); diff != "" {
		t.Errorf("the service refuses (-want +got):\n%s", diff)
	}
	s.Online.Sites[0].Status = 200
	d = checks.Diagnose(s, told(checks.HPKI, checks.MessageForbidden, ""), s.Taken)
	if diff := cmp.Diff(ids(checks.BrowserSessionStale), inOrder(d)); diff != "" {
		t.Errorf("the service answers (-want +got):\n%s", diff)
	}

	// What could not be known is known when the page says it.
	unreached(&s)
	proxyOf(platform.Proxy{Mode: platform.ProxyPAC})(&s)
	d = checks.Diagnose(s, told(checks.HPKI, checks.MessageForbidden, ""), s.Taken)
	n := 0
	for _, f := range d.Findings {
		if f.ID == checks.SystemUnreachable {
			n++
		}
	}
	if f := d.Find(checks.SystemUnreachable); n != 1 || f.Status != checks.Problem || !f.Evidence.Told {
		t.Errorf("%d times: %+v", n, f)
	}
}

// While something is looked for, words are no verdict.
func TestWordsWait(t *testing.T) {
	s := computer(t, "hpki-healthy")
	s.Online = platform.Online{}
	d := checks.Diagnose(s, told(checks.HPKI, checks.MessageUnexpectedError, ""), s.Taken)
	if d.Cause != nil || d.Outcome() != checks.StillLooking {
		t.Errorf("outcome %q, cause %+v", d.Outcome(), d.Cause)
	}
}

// Words make no notice a problem that stays one whatever a page says.
func TestNoticesThatStay(t *testing.T) {
	s := computer(t, "hpki-healthy")
	mine(&s).Chain = platform.ChainBroken
	d := checks.Diagnose(s, told(checks.HPKI, checks.MessageNoIntegrity, ""), s.Taken)
	if f := d.Find(checks.StoreCAOutdated); f == nil || f.Status != checks.Notice || f.Evidence.Told {
		t.Errorf("got %+v", f)
	}
	s = healthy()
	s.System.OS = "linux"
	d = checks.Diagnose(s, told(checks.ETax, checks.MessageUnsupportedEnvironment, ""), now)
	if f := d.Find(checks.SystemOSUnsupported); f == nil || f.Status != checks.Notice {
		t.Errorf("got %+v", f)
	}
	s = computer(t, "mac-healthy")
	s.System.Version = "26.0"
	d = checks.Diagnose(s, told(checks.ETax, checks.MessageUnsupportedEnvironment, ""), s.Taken)
	if d.Cause == nil || d.Cause.ID != checks.SystemOSUnsupported {
		t.Errorf("cause %+v", d.Cause)
	}
}

// Whatever is told, on whatever computer: nothing becomes fine by it, no
// problem goes, what was observed comes first and hides what it hid, and what
// is told has its place in the graph.
func TestTellingMakesNothingFine(t *testing.T) {
	names := []string{
		"healthy", "no-reader", "expired", "signature-locked", "extension-off", "nfc-conflict",
		"hpki-healthy", "hpki-driver-missing", "mac-healthy",
	}
	messages := append(checks.Messages(checks.Any), "")
	for _, name := range names {
		s := computer(t, name)
		for _, p := range checks.Purposes {
			plain := checks.Diagnose(s, checks.Question{Purpose: p}, s.Taken)
			for _, m := range messages {
				for _, at := range append(slices.Clone(checks.Moments), "") {
					d := checks.Diagnose(s, told(p, m, at), s.Taken)
					if fault := spoiled(plain, d); fault != "" {
						t.Fatalf("%s for %s, %q at %q: %s", name, p, m, at, fault)
					}
				}
			}
		}
	}
}

// spoiled says what is worse about a diagnosis with words than without.
func spoiled(plain, d checks.Diagnosis) string {
	for _, f := range d.Findings {
		was := plain.Find(f.ID)
		if f.Status == checks.OK && (was == nil || was.Status != checks.OK) {
			return string(f.ID) + " became fine"
		}
		if f.Status == "" {
			return string(f.ID) + " has no status"
		}
		if f.Status == checks.OK && (f.ID == checks.BrowserOK || f.ID == checks.CardOK) && d.StepStatus(f.Step) == checks.Problem {
			return string(f.ID) + " stands beside a problem"
		}
		if f.Evidence.Told && f.Status != checks.Skipped && len(f.Hides) > 0 {
			return string(f.ID) + " was only told, and hides something"
		}
	}
	for _, f := range plain.Findings {
		is := d.Find(f.ID)
		if f.Status == checks.OK && is == nil && (d.StepStatus(f.Step) != checks.Problem || f.ID != checks.BrowserOK && f.ID != checks.CardOK) {
			return string(f.ID) + " went, and nothing is the matter there"
		}
		hides := func(id checks.ID) bool { return slices.Contains(is.Hides, id) }
		if f.Status == checks.Problem && (is == nil || is.Status != checks.Problem || slices.ContainsFunc(f.Hides, func(id checks.ID) bool { return !hides(id) })) {
			return string(f.ID) + " is not what it was"
		}
	}
	order := inOrder(d)
	hearsay := false
	for _, id := range order {
		f := d.Find(id)
		if hearsay && !f.Evidence.Told {
			return string(id) + " comes after what was only told"
		}
		hearsay = hearsay || f.Evidence.Told
	}
	if plain.Cause != nil && d.Cause != nil && slices.Contains(plain.Cause.Hides, d.Cause.ID) {
		return string(d.Cause.ID) + " is the cause, which another explains"
	}
	return ""
}

// A move ends the signature certificate: a notice where only logging in counts,
// and a problem once the words are about signing or about a certificate that is
// not valid.
func TestMovedAndSigning(t *testing.T) {
	for _, tt := range []struct {
		name string
		told checks.Told
		p    checks.Purpose
		want checks.Status
	}{
		{"moved", checks.Told{Moved: checks.Yes}, checks.Mynaportal, checks.Notice},
		{"moved, at the end", checks.Told{Moved: checks.Yes, Moment: checks.MomentSend}, checks.Mynaportal, checks.Problem},
		{"moved, at the end of HPKI-KAGURA", checks.Told{Moved: checks.Yes, Moment: checks.MomentSend}, checks.HPKI, checks.Notice},
		{"moved, EI123-2008", checks.Told{Moved: checks.Yes, Message: checks.MessageEI1232008}, checks.Mynaportal, checks.Problem},
	} {
		s := computer(t, "healthy")
		d := checks.Diagnose(s, checks.Question{Purpose: tt.p, Told: tt.told}, s.Taken)
		if f := d.Find(checks.RevocationMovedOrRenamed); f == nil || f.Status != tt.want {
			t.Errorf("%s: %+v", tt.name, f)
		}
	}
}
