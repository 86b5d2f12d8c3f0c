package checks_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

func device(s *platform.Snapshot) *platform.Device { return &s.Devices.List[0] }

func unlisted(s *platform.Snapshot) {
	s.Readers.List, s.Cards.List = nil, nil
	device(s).Reader = ""
}

// asleep is what PC/SC answers when Windows has stopped its service.
func asleep(s *platform.Snapshot) {
	unlisted(s)
	s.Readers.Look = platform.Failure(platform.WhyNoService, nil)
	s.Cards.Look = s.Readers.Look
}

func add(d platform.Device) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) { s.Devices.List = append(s.Devices.List, d) }
}

func proxyOf(p platform.Proxy) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) { p.Look = platform.Seen(); s.Network.Proxies[0] = p }
}

func product(p platform.SecurityProduct) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) { s.Security.Products = append(s.Security.Products, p) }
}

func remotely(s *platform.Snapshot) { s.System.Remote, s.System.RemoteKind = true, "rdp" }

// A row changes one thing about services, devices or the system of a healthy
// Windows computer.
func TestWindows(t *testing.T) {
	pasori := platform.Device{Name: "RC-S380/P", Class: platform.ClassKnownReader, Driver: "WINUSB", Joined: true}
	tests := []struct {
		name    string
		purpose checks.Purpose
		change  func(*platform.Snapshot)
		id      checks.ID
		status  checks.Status
	}{
		{"service disabled and stopped", checks.Any, all(asleep, stop("SCardSvr", platform.StartDisabled)), checks.ReaderServiceDisabled, checks.Problem},
		{"service disabled, PC/SC says something else", checks.Any, all(asleep, stop("SCardSvr", platform.StartDisabled), func(s *platform.Snapshot) {
			s.Readers.Look = platform.Failure(platform.WhyError, nil)
		}), checks.ReaderServiceDisabled, checks.Problem},
		{"service disabled, PC/SC lists nothing", checks.Any, all(unlisted, stop("SCardSvr", platform.StartDisabled)), checks.ReaderServiceDisabled, checks.Problem},
		{"service disabled while it runs", checks.Any, func(s *platform.Snapshot) { s.Services.Find("SCardSvr").Start = platform.StartDisabled }, checks.ReaderServiceDisabled, checks.Notice},
		{"service stopped, reader attached", checks.Any, all(asleep, stop("SCardSvr", platform.StartManual)), checks.ReaderServiceStopped, checks.Problem},
		{"service stopped, no reader", checks.Any, all(asleep, stop("SCardSvr", platform.StartManual), func(s *platform.Snapshot) { s.Devices.List = nil }), checks.ReaderNone, checks.Problem},
		{"service stopped, reader without driver", checks.Any, all(asleep, func(s *platform.Snapshot) { device(s).Class, device(s).Problem = platform.ClassNoDriver, 28 }), checks.ReaderDriverMissing, checks.Problem},
		{"other services disabled", checks.Any, all(stop("ScDeviceEnum", platform.StartDisabled), stop("CertPropSvc", platform.StartDisabled)), checks.ReaderOK, checks.OK},

		{"reader whose driver works, and PC/SC lists none", checks.Any, unlisted, checks.ReaderNotPCSC, checks.Problem},
		{"the same without driver", checks.Any, all(unlisted, func(s *platform.Snapshot) { device(s).Driver = "" }), checks.ReaderDriverMissing, checks.Problem},
		{"reader that PC/SC does not list beside another", checks.Any, add(platform.Device{Name: "X", Class: platform.ClassCCID, Driver: "X", Joined: true}), checks.ReaderNotPCSC, checks.Notice},
		{"the same, and nobody knows which it is", checks.Any, add(platform.Device{Name: "X", Class: platform.ClassCCID, Driver: "X"}), checks.ReaderOK, checks.OK},
		{"the same, in software only", checks.Any, add(platform.Device{Bus: "swd", Name: "X", Class: platform.ClassCCID, Driver: "X", Joined: true}), checks.ReaderOK, checks.OK},
		{"driver missing", checks.Any, all(unlisted, func(s *platform.Snapshot) { device(s).Problem = platform.ProblemNoDriver }), checks.ReaderDriverMissing, checks.Problem},
		{"driver fails", checks.Any, all(unlisted, func(s *platform.Snapshot) { device(s).Problem = 10 }), checks.ReaderDriverMissing, checks.Problem},
		{"device disabled", checks.Any, all(unlisted, func(s *platform.Snapshot) { device(s).Problem = platform.ProblemDisabled }), checks.ReaderDriverMissing, checks.Problem},
		{"driver missing beside a virtual reader", checks.Any, all(unlisted, func(s *platform.Snapshot) {
			s.Readers.List = []platform.Reader{{Name: "V", Class: platform.ReaderVirtual}}
			device(s).Problem = platform.ProblemNoDriver
		}), checks.ReaderDriverMissing, checks.Problem},
		{"driver missing beside a reader", checks.Any, add(platform.Device{Name: "X", Class: platform.ClassNoDriver, Problem: 28}), checks.ReaderDriverMissing, checks.Notice},
		{"reader on WinUSB alone", checks.Any, all(asleep, func(s *platform.Snapshot) { s.Devices.List = []platform.Device{pasori} }), checks.ReaderNotPCSC, checks.Problem},
		{"reader on WinUSB beside another", checks.Any, add(pasori), checks.NFCOnWinUSB, checks.Notice},
		{"reader by its class on WinUSB alone", checks.Any, all(asleep, func(s *platform.Snapshot) {
			device(s).Driver = "WinUSB"
		}), checks.ReaderNotPCSC, checks.Problem},
		{"reader by its class on WinUSB beside another", checks.Any, add(platform.Device{Name: "X", Class: platform.ClassCCID, Driver: "WinUSB"}), checks.NFCOnWinUSB, checks.Notice},
		{"nothing but a virtual reader", checks.Any, func(s *platform.Snapshot) {
			s.Readers.List, s.Cards.List = []platform.Reader{{Name: "V", Class: platform.ReaderVirtual}}, nil
			s.Devices.List = []platform.Device{{Bus: "swd", Name: "V", Class: platform.ClassCCID, Problem: 10}}
		}, checks.ReaderOnlyVirtual, checks.Problem},
		{"known reader listed as another device", checks.Any, all(add(platform.Device{Name: "Sony RC-S380", Class: platform.ClassKnownReader, Joined: true}), func(s *platform.Snapshot) {
			s.Readers.List[0].Model = "Sony RC-S380"
		}), checks.NFCOK, checks.OK},
		{"known reader that PC/SC does not list", checks.Any, add(platform.Device{Name: "X", Class: platform.ClassKnownReader, Driver: "X", Joined: true}), checks.ReaderNotPCSC, checks.Notice},
		{"known reader, nobody knows which it is", checks.Any, add(platform.Device{Name: "X", Class: platform.ClassKnownReader, Driver: "X"}), checks.ReaderOK, checks.OK},
		{"known reader that is listed", checks.Any, func(s *platform.Snapshot) { device(s).Class = platform.ClassKnownReader }, checks.NFCOK, checks.OK},

		{"built-in NFC of which PC/SC knows nothing", checks.Any, add(platform.Device{Name: "NFC", Class: platform.ClassNFC}), checks.NFCConflict, checks.Notice},
		{"built-in NFC disabled", checks.Any, add(platform.Device{Name: "NFC", Class: platform.ClassNFC, Problem: platform.ProblemDisabled}), checks.NFCOK, checks.OK},
		{"the only reader is the built-in NFC", checks.Any, func(s *platform.Snapshot) { device(s).Class = platform.ClassNFC }, checks.NFCOK, checks.OK},

		{"Windows 10, e-Tax", checks.ETax, func(s *platform.Snapshot) { s.System.Version = "10.0.19045" }, checks.SystemOSUnsupported, checks.Problem},
		{"Windows 10, Mynaportal", checks.Mynaportal, func(s *platform.Snapshot) { s.System.Version = "10.0.19045" }, checks.BrowserOK, checks.OK},
		{"Windows 10, any", checks.Any, func(s *platform.Snapshot) { s.System.Version = "10.0.19045" }, checks.SystemOSUnsupported, checks.Notice},
		{"Windows 8.1", checks.ETax, func(s *platform.Snapshot) { s.System.Version = "6.3.9600" }, checks.SystemOSUnsupported, checks.Problem},
		{"first Windows 11", checks.ETax, func(s *platform.Snapshot) { s.System.Version = "10.0.22000" }, checks.BrowserOK, checks.OK},
		{"version not told", checks.ETax, func(s *platform.Snapshot) { s.System.Version = "" }, checks.SystemOSUnsupported, checks.Unknown},
		{"version is no number", checks.ETax, func(s *platform.Snapshot) { s.System.Version = "10.0.x" }, checks.SystemOSUnsupported, checks.Unknown},
		{"version is no number, any", checks.Any, func(s *platform.Snapshot) { s.System.Version = "10.0.x" }, checks.SystemOSUnsupported, ""},
		{"major version is no number", checks.ETax, func(s *platform.Snapshot) { s.System.Version = "x.0.22000" }, checks.SystemOSUnsupported, checks.Unknown},
		{"server, e-Tax", checks.ETax, func(s *platform.Snapshot) { s.System.Server = true }, checks.SystemOSUnsupported, checks.Problem},
		{"server, HPKI", checks.HPKI, func(s *platform.Snapshot) { s.System.Server = true }, checks.SystemOSUnsupported, checks.Notice},
		{"remote desktop into a computer with a reader", checks.Any, all(unlisted, remotely), checks.ReaderRemoteSession, checks.Problem},
		{"the same, and the service sleeps", checks.Any, all(asleep, remotely), checks.ReaderRemoteSession, checks.Problem},
		{"the same, and the service is disabled", checks.Any, all(asleep, remotely, stop("SCardSvr", platform.StartDisabled)), checks.ReaderServiceDisabled, checks.Problem},
		{"remote desktop with a virtual reader", checks.Any, all(unlisted, remotely, func(s *platform.Snapshot) {
			s.Readers.List = []platform.Reader{{Name: "V", Class: platform.ReaderVirtual}}
		}), checks.ReaderRemoteSession, checks.Problem},
		{"remote desktop that brings its reader", checks.Any, func(s *platform.Snapshot) { s.System.Remote, s.System.RemoteKind = true, "rdp" }, checks.SystemRemoteDesktop, checks.Notice},

		{"proxy by hand", checks.ETax, proxyOf(platform.Proxy{Mode: platform.ProxyManual}), checks.SystemProxy, checks.Notice},
		{"proxy by script", checks.HPKI, proxyOf(platform.Proxy{Mode: platform.ProxyPAC}), checks.SystemProxy, checks.Notice},
		{"proxy to be found out", checks.ETax, proxyOf(platform.Proxy{Mode: platform.ProxyDetect}), checks.BrowserOK, checks.OK},
		{"network not looked at", checks.ETax, failed(platform.AreaNetwork), checks.SystemProxy, checks.Unknown},
		{"user's proxy not looked at", checks.ETax, func(s *platform.Snapshot) {
			s.Network.Proxies[0].Look = platform.Failure(platform.WhyAccessDenied, nil)
		}, checks.SystemProxy, checks.Unknown},
		{"computer's proxy not looked at", checks.ETax, func(s *platform.Snapshot) {
			s.Network.Proxies[1].Look = platform.Failure(platform.WhyAccessDenied, nil)
		}, checks.SystemProxy, ""},
		{"computer's proxy", checks.ETax, func(s *platform.Snapshot) { s.Network.Proxies[1].Mode = platform.ProxyManual }, checks.SystemProxy, ""},
		{"computer's proxy, which must stay", checks.ETax, func(s *platform.Snapshot) {
			s.Network.Proxies[1].Mode, s.Network.Proxies[1].Known = platform.ProxyManual, "oqs"
		}, checks.SystemProxy, checks.Notice},
		{"ESET", checks.ETax, product(platform.SecurityProduct{Name: "ESET", Family: "eset"}), checks.SystemSecuritySoftware, checks.Notice},
		{"Rapport", checks.HPKI, product(platform.SecurityProduct{Name: "Rapport", Family: "rapport", Active: platform.SwitchOn}), checks.SystemSecuritySoftware, checks.Notice},
		{"ESET turned off", checks.ETax, all(
			product(platform.SecurityProduct{Name: "ESET Security", Family: "eset", Active: platform.SwitchOff, Source: platform.SecurityCenter}),
			product(platform.SecurityProduct{Name: "eguiproxy.exe", Family: "eset", Source: platform.SecurityProcess}),
			product(platform.SecurityProduct{Name: "ESET Security", Family: "eset", Source: platform.SecurityInstaller}),
		), checks.SystemSecuritySoftware, ""},
		{"ESET turned off, Rapport not", checks.ETax, all(
			product(platform.SecurityProduct{Name: "ESET Security", Family: "eset", Active: platform.SwitchOff, Source: platform.SecurityCenter}),
			product(platform.SecurityProduct{Name: "RapportService.exe", Family: "rapport", Source: platform.SecurityProcess}),
		), checks.SystemSecuritySoftware, checks.Notice},
		{"list of security software not to be had", checks.ETax, func(s *platform.Snapshot) {
			s.Security = platform.Security{Look: platform.Seen(), Center: platform.Failure(platform.WhyError, nil)}
		}, checks.SystemSecuritySoftware, ""},
		{"security not looked at", checks.ETax, failed(platform.AreaSecurity), checks.SystemSecuritySoftware, checks.Unknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, "healthy")
			tt.change(&s)
			want(t, checks.Diagnose(s, checks.Question{Purpose: tt.purpose}, s.Taken), tt.id, tt.status)
		})
	}
}

// What surrounds the browser is nobody's business when only the card is asked
// for, and not even a failed look is.
func TestSurroundingsDoNotMatterToTheCard(t *testing.T) {
	s := computer(t, "healthy")
	for _, a := range []platform.Area{platform.AreaNetwork, platform.AreaSecurity, platform.AreaHosts, platform.AreaClients, platform.AreaStore} {
		failed(a)(&s)
	}
	if d := checks.Diagnose(s, checks.Question{Purpose: checks.Any}, s.Taken); d.Outcome() != checks.NothingToDo {
		t.Errorf("got %+v", d.Findings)
	}
}

// An old Windows explains whatever is wrong with the browser, but no card.
func TestOldWindowsExplainsTheBrowser(t *testing.T) {
	s := computer(t, "windows-10")
	off(1)(&s)
	d := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken)
	if d.Cause.ID != checks.SystemOSUnsupported || !cmp.Equal(d.Cause.Hides, []checks.ID{checks.ExtensionOff}) {
		t.Errorf("cause %+v", d.Cause)
	}
	s.Cards.List = nil
	if d := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken); d.Cause.ID != checks.CardAbsent || d.Find(checks.SystemOSUnsupported).Status != checks.Problem {
		t.Errorf("cause %+v", d.Cause)
	}
}

// One product is named once, by the name that its maker gave it.
func TestSecurityProductsByFamily(t *testing.T) {
	s := computer(t, "healthy")
	s.Security.Center = platform.Failure(platform.WhyTimedOut, nil)
	product(platform.SecurityProduct{Name: "eguiproxy.exe", Family: "eset", Source: platform.SecurityProcess})(&s)
	product(platform.SecurityProduct{Name: "ESET Security", Family: "eset", Source: platform.SecurityInstaller})(&s)
	product(platform.SecurityProduct{Name: "RapportService.exe", Family: "rapport", Source: platform.SecurityProcess})(&s)
	e := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken).Find(checks.SystemSecuritySoftware).Evidence
	if !cmp.Equal(e.Products, []string{"ESET Security", "Trusteer Rapport"}) || e.Why != platform.WhyTimedOut {
		t.Errorf("evidence %+v", e)
	}
}

// A reader of which Windows makes nothing is told from one on another driver.
func TestReaderThatLostItsWay(t *testing.T) {
	conditions := func(s platform.Snapshot) []checks.Condition {
		return checks.Diagnose(s, checks.Question{Purpose: checks.Any}, s.Taken).Find(checks.ReaderNotPCSC).Evidence.Conditions
	}
	s := computer(t, "healthy")
	unlisted(&s)
	if got := conditions(s); !cmp.Equal(got, []checks.Condition{checks.Unlisted}) {
		t.Errorf("conditions %v", got)
	}
	device(&s).Driver = "WinUSB"
	if got := conditions(s); got != nil {
		t.Errorf("on WinUSB: %v", got)
	}
}

func TestOnlyTheKnownProxy(t *testing.T) {
	s := computer(t, "healthy")
	proxyOf(platform.Proxy{Mode: platform.ProxyManual, Known: "oqs"})(&s)
	if e := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, s.Taken).Find(checks.SystemProxy).Evidence; !cmp.Equal(e.Conditions, []checks.Condition{checks.OQS}) {
		t.Errorf("evidence %+v", e)
	}
}
