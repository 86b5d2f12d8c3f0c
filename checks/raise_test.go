package checks_test

import (
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
		{"set the card", "healthy", all(noCard, off(1)), etax, checks.MessageSetCard, always, ids(checks.CardAbsent, checks.ExtensionOff)},
		{"not connected", "healthy", all(noReader, hostGone), etax, checks.MessageNotConnected, always, ids(checks.ReaderNone, checks.HostBroken)},
		{"certificate not obtained: the software", "healthy", all(authLocked, hostGone, off(1)), etax, checks.MessageCertificateNotObtained, always, ids(checks.HostBroken, checks.PinAuthLocked, checks.ExtensionOff)},
		{"certificate not obtained: no reader", "healthy", all(noReader, hostGone), etax, checks.MessageCertificateNotObtained, always, ids(checks.HostBroken, checks.ReaderNone)},
		{"authentication error: the PIN before the extension", "healthy", all(authLocked, off(1)), etax, checks.MessageAuthenticationError, always, ids(checks.PinAuthLocked, checks.ExtensionOff)},
		{"session timed out", "healthy", off(1), etax, checks.MessageSessionTimedOut, always, ids(checks.ExtensionOff, checks.BrowserSessionStale)},
		{"illegal access, and something hangs", "healthy", all(off(1), clientHangs), etax, checks.MessageIllegalAccess, always, ids(checks.ClientHung, checks.ExtensionOff, checks.BrowserSessionStale)},

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
		{"HJS0432E", "healthy", all(signLocked, oldWindows), etax, checks.MessageHJS0432E, always, ids(checks.PinSignatureLocked, checks.SystemOSUnsupported)},
		{"HJS0407E", "healthy", all(noReader, oldWindows), etax, checks.MessageHJS0407E, always, ids(checks.ReaderNone, checks.SystemOSUnsupported)},
		{"HJS0407Z", "healthy", all(unreached, off(1)), etax, checks.MessageHJS0407Z, always, ids(checks.SystemUnreachable, checks.ExtensionOff)},
		{"HJS0407Z alone is too weak a ground", "healthy", nil, etax, checks.MessageHJS0407Z, always, nil},
		{"EI123-2008", "expired", off(1), myna, checks.MessageEI1232008, always, ids(checks.ExpiryExpired, checks.ExtensionOff)},
		{"EW000J0200", "healthy", all(noReader, off(1)), myna, checks.MessageEW000J0200, always, ids(checks.ReaderNone, checks.ExtensionOff)},
		{"EW104J1502", "healthy", all(noCard, off(1)), myna, checks.MessageEW104J1502, always, ids(checks.CardAbsent, checks.ExtensionOff)},
		{"unknown type of reader", "healthy", all(add(winusb), hostGone), myna, checks.MessageReaderTypeUnknown, always, ids(checks.NFCOnWinUSB, checks.HostBroken)},
		{"provider not set up", "healthy", all(noHosts, noClients, authLocked), myna, checks.MessageKeysetNotDefined, always, ids(checks.ClientMissing, checks.PinAuthLocked)},
		{"provider does not start", "hpki-driver-missing", hpkiLocked, hpki, checks.MessageProviderFails, always, ids(checks.DriverHPKIMissing, checks.PinHPKILocked)},
		{"reader not ready", "healthy", all(noReader, off(1)), myna, checks.MessageReaderNotReady, checks.MomentNothing, ids(checks.ReaderNone, checks.ExtensionOff)},
		{"unknown card", "juki-card", off(1), myna, checks.MessageUnknownCard, checks.MomentNothing, ids(checks.CardJuki, checks.ExtensionOff)},
		{"password locked", "healthy", all(authLocked, off(1)), myna, checks.MessagePasswordLocked, checks.MomentNothing, ids(checks.PinAuthLocked, checks.ExtensionOff)},
		{"the user stopped", "healthy", all(authLocked, off(1)), myna, checks.MessagePINEntryInterrupted, always, ids(checks.PinAuthLocked, checks.ExtensionOff)},
		{"environment not supported", "healthy", all(oldWindows, authLocked), etax, checks.MessageUnsupportedEnvironment, always, ids(checks.SystemOSUnsupported, checks.PinAuthLocked)},
		{"Mynaportal turned off", "healthy", all(off(2), authLocked), myna, checks.MessageMynaportalDisabled, always, ids(checks.ExtensionPermission, checks.PinAuthLocked)},
		{"Mynaportal turned off in one of two browsers", "healthy", all(off(2), func(s *platform.Snapshot) { chrome(s).Windows = 1 }), myna, checks.MessageMynaportalDisabled, always, ids(checks.ExtensionPermission)},
		{"already running", "healthy", all(openTwice, off(1)), myna, checks.MessageAlreadyRunning, always, ids(checks.ClientSeveral, checks.ExtensionOff)},
		{"already running, in two browsers", "healthy", bothBrowsers, myna, checks.MessageAlreadyRunning, always, ids(checks.BrowserTwoAtOnce)},
		{"already running, and nothing of it is seen", "healthy", nil, myna, checks.MessageAlreadyRunning, always, ids(checks.ClientSeveral)},
		{"no connection to the card", "healthy", all(noCard, off(1)), myna, checks.MessageCardNotConnected, checks.MomentNothing, ids(checks.CardAbsent, checks.ExtensionOff)},

		// The manual of HPKI-KAGURA.
		{"not secure: the card", "hpki-driver-missing", all(hpkiLocked, manualProxy), hpki, checks.MessageNotSecure, always, ids(checks.DriverHPKIMissing, checks.SystemProxy, checks.PinHPKILocked)},
		{"not secure: no card", "hpki-healthy", all(noCard, manualProxy), hpki, checks.MessageNotProtected, always, ids(checks.CardAbsent, checks.SystemProxy)},
		{"access denied, and nothing is wrong", "hpki-healthy", nil, hpki, checks.MessageAccessDenied, always, ids(checks.BrowserSessionStale)},
		{"access denied: the store", "hpki-certificate-hidden", nil, hpki, checks.MessageAccessDenied, always, ids(checks.StoreHidden, checks.BrowserSessionStale)},
		{"page not working", "hpki-driver-missing", manualProxy, hpki, checks.MessageNotWorking, always, ids(checks.SystemProxy, checks.DriverHPKIMissing)},
		{"page not working without a proxy", "hpki-healthy", nil, hpki, checks.MessageNotWorking, always, nil},
		{"Unauthorized", "hpki-healthy", manualProxy, hpki, checks.MessageUnauthorized, always, ids(checks.SystemProxyAuth)},
		{"Forbidden", "hpki-driver-missing", nil, hpki, checks.MessageForbidden, always, ids(checks.DriverHPKIMissing, checks.BrowserSessionStale, checks.SystemUnreachable)},
		{"unexpected error", "hpki-driver-missing", nil, hpki, checks.MessageUnexpectedError, always, ids(checks.DriverHPKIMissing, checks.BrowserSessionStale)},
		{"no cookie", "hpki-healthy", nil, hpki, checks.MessageNoCookie, always, ids(checks.BrowserSessionStale)},
		{"device error", "hpki-healthy", nil, hpki, checks.MessageDeviceError, always, ids(checks.BrowserSessionStale)},
		{"card error", "hpki-healthy", nil, hpki, checks.MessageCardError, always, ids(checks.BrowserSessionStale)},
		{"revoked", "hpki-healthy", nil, hpki, checks.MessageRevoked, always, ids(checks.RevocationRevoked)},
		{"registering does nothing", "healthy", all(off(1), authLocked), hpki, checks.MessageRegisterDoesNothing, always, ids(checks.PinAuthLocked)},
		{"registering does nothing, the extension of JPKI is off", "healthy", all(jpkiOff, authLocked), hpki, checks.MessageRegisterDoesNothing, always, ids(checks.ExtensionOff, checks.PinAuthLocked)},
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

// jpkiOff turns the extension of JPKI off in the browser in use.
func jpkiOff(s *platform.Snapshot) {
	for i, x := range edge(s).Profiles[0].Extensions {
		if x.Software == platform.SoftwareJPKI {
			edge(s).Profiles[0].Extensions[i].Enabled, edge(s).Profiles[0].Extensions[i].Reasons = false, []int{1}
		}
	}
}
