package practice_test

import (
	"slices"
	"time"

	"yomitori/platform"
	"yomitori/platform/rules"
)

const reader = "SONY FeliCa Port/PaSoRi 4.0"

// The extensions that public sources name (facts/os-browser.md 1.1).
var (
	mynaportalID = rules.Extensions[0].ID
	jpkiID       = rules.Extensions[1].ID
)

const mynaportalHost = "jp.go.cao.mpa"

// windowsPC is a healthy Windows computer with a reader and no card.
func windowsPC() platform.Snapshot {
	return platform.Snapshot{
		Schema: platform.Schema,
		Taken:  taken,
		System: platform.System{
			Look: platform.Seen(), OS: "windows", Name: "Windows 11 Home", Edition: "Core", Version: "10.0.26100", Release: "24H2",
			Arch: "amd64", CodePage: 932, TimeZone: "Tokyo Standard Time", UTCOffset: 540,
		},
		Services: platform.Services{Look: platform.Seen(), List: []platform.Service{
			service("SCardSvr", platform.StartManual, true),
			service("ScDeviceEnum", platform.StartManual, true),
			service("CertPropSvc", platform.StartManual, true),
			service("SCPolicySvc", platform.StartManual, false),
			service("PcaSvc", platform.StartManual, true),
		}},
		Devices: platform.Devices{Look: platform.Seen(), List: []platform.Device{{
			Bus: "usb", Vendor: "054c", Product: "0dc9", Name: "FeliCa Port/PaSoRi 4.0", Class: platform.ClassCCID, Driver: "WUDFRd",
			Instance: `USB\VID_054C&PID_0DC9\PRACTICE`, HardwareIDs: []string{`USB\VID_054C&PID_0DC9`}, Reader: reader, Joined: true,
		}}},
		Drivers:  platform.Drivers{Look: platform.Absent()},
		Readers:  platform.Readers{Look: platform.Seen(), List: []platform.Reader{{Name: reader}}},
		Cards:    platform.Cards{Look: platform.Seen()},
		Browsers: platform.Browsers{Look: platform.Seen(), List: []platform.Browser{edge(), chrome()}},
		Hosts: platform.Hosts{Look: platform.Seen(), List: []platform.NativeHost{
			hostFor(platform.BrowserEdge), hostFor(platform.BrowserChrome),
		}},
		Clients: platform.Clients{Look: platform.Seen(), List: []platform.Client{
			{Name: "マイナポータル", Software: platform.SoftwareMynaportal, Version: "3.1.0", Source: platform.SourceInstaller, Scope: platform.ScopeMachine, View: 64},
			{Name: "JPKI利用者ソフト", Software: platform.SoftwareJPKI, Version: "3.5", Source: platform.SourceInstaller, Scope: platform.ScopeMachine, View: 64, Path: `C:\Program Files\JPKI`},
		}, Providers: []platform.Provider{
			{Name: "JPKI Crypto Service Provider for Auth", Software: platform.SoftwareJPKI, View: 64},
			{Name: "JPKI Crypto Service Provider for Sign", Software: platform.SoftwareJPKI, View: 64},
		}},
		Store: platform.Store{Look: platform.Seen()},
		Network: platform.Network{Look: platform.Seen(), Proxies: []platform.Proxy{
			{Look: platform.Seen(), Source: platform.ProxyUser, Mode: platform.ProxyDirect},
			{Look: platform.Seen(), Source: platform.ProxyMachine, Mode: platform.ProxyDirect},
		}},
		Security: platform.Security{Look: platform.Seen(), Center: platform.Seen(), Products: []platform.SecurityProduct{
			{Name: "Windows Defender", Family: "defender", Active: platform.SwitchOn, Source: platform.SecurityCenter},
		}},
		Online: platform.Online{Look: platform.NotAsked()},
	}
}

func service(name string, start platform.ServiceStart, running bool) platform.Service {
	return platform.Service{Look: platform.Seen(), Name: name, Present: true, Running: running, Start: start}
}

// edge is the browser that opens links, in use.
func edge() platform.Browser {
	b := chrome()
	b.Name, b.Version, b.Default, b.Running, b.Windows = platform.BrowserEdge, "142.0.3595.53", true, 9, 1
	return b
}

// chrome is installed and closed.
func chrome() platform.Browser {
	return platform.Browser{
		Look: platform.Seen(), Name: platform.BrowserChrome, Version: "142.0.7444.60", Background: platform.SwitchOff,
		Profiles: []platform.Profile{{
			Look: platform.Seen(), Folder: "Default", LastUsed: true,
			Extensions: []platform.Extension{
				{ID: mynaportalID, Software: platform.SoftwareMynaportal, Name: "マイナポータル", Version: "3.1.0", Installed: true, Enabled: true, Location: 1},
				{ID: jpkiID, Software: platform.SoftwareJPKI, Name: "利用者クライアントソフト Edge/Chrome", Version: "1.2.0", Installed: true, Enabled: true, Location: 1},
			},
		}},
	}
}

func hostFor(b platform.BrowserName) platform.NativeHost {
	return platform.NativeHost{
		Name: mynaportalHost, Software: platform.SoftwareMynaportal, Browser: b, Scope: platform.ScopeMachine, View: 32,
		Manifest: `C:\Program Files (x86)\Practice\` + mynaportalHost + `.json`, State: platform.HostReady,
		Program: `C:\Program Files (x86)\Practice\host.exe`, Arch: "386", Version: "3.1.0", Origins: []string{mynaportalID},
	}
}

// turnOff turns Mynaportal's extension off in the browser in use.
func turnOff(s platform.Snapshot, reasons ...int) platform.Snapshot {
	x := &s.Browsers.List[0].Profiles[0].Extensions[0]
	x.Enabled, x.Reasons = false, reasons
	return s
}

// noReader takes the reader away, with which the service goes to sleep.
func noReader() platform.Snapshot {
	s := windowsPC()
	s.Devices.List, s.Readers.List = nil, nil
	for i := range s.Services.List[:3] {
		s.Services.List[i].Running = false
	}
	s.Readers.Look = platform.Look{State: platform.Failed, Why: platform.WhyNoService}
	s.Cards.Look = s.Readers.Look
	return s
}

// serviceDisabled is what tools for tuning leave behind.
func serviceDisabled() platform.Snapshot {
	s := noReader()
	s.Devices = windowsPC().Devices
	s.Devices.List[0].Reader, s.Devices.List[0].Joined = "", false
	s.Services.List[0].Start = platform.StartDisabled
	return s
}

// readerOnWinUSB has an older reader on the driver of another kind.
func readerOnWinUSB() platform.Snapshot {
	s := noReader()
	s.Devices.List = []platform.Device{{
		Bus: "usb", Vendor: "054c", Product: "06c3", Name: "RC-S380/P", Class: platform.ClassKnownReader, Driver: "WINUSB",
		Instance: `USB\VID_054C&PID_06C3\PRACTICE`, HardwareIDs: []string{`USB\VID_054C&PID_06C3`}, Joined: true,
	}}
	return s
}

// withNFC adds a reader that is built into the computer.
func withNFC(s platform.Snapshot) platform.Snapshot {
	const inside = "Microsoft IFD"
	s.Readers.List = append(slices.Clone(s.Readers.List), platform.Reader{
		Name: inside, Class: platform.ReaderBuiltNFC, Interface: platform.InterfaceContactless,
	})
	s.Devices.List = append(slices.Clone(s.Devices.List), platform.Device{
		Bus: "acpi", Name: "NFC", Class: platform.ClassNFC, Driver: "WUDFRd",
		Instance: `ACPI\NXP1000\PRACTICE`, HardwareIDs: []string{`ACPI\NXP1000`}, Reader: inside, Joined: true,
	})
	return s
}

// withSIM is a laptop whose slot for a SIM card comes first in the list, with
// something in it that looks like a card.
func withSIM(s platform.Snapshot) platform.Snapshot {
	s.Readers.List = append([]platform.Reader{{
		Name: "Microsoft UICC ISO Reader 3f873476 0", Class: platform.ReaderSIM, CardIn: true,
	}}, s.Readers.List...)
	for i := range s.Cards.List {
		s.Cards.List[i].ReaderIndex++
	}
	return s
}

// lookedUp is what an HPKI issuer answers about both certificates of the card.
func lookedUp(s platform.Snapshot, auth platform.RevocationStatus) platform.Snapshot {
	answer := func(r platform.Role, serial string, status platform.RevocationStatus) platform.Revocation {
		v := platform.Revocation{
			Look: platform.Seen(), Role: r, Serial: serial, Source: platform.SourceCRL, URL: "http://crl.example.jp/practice.crl",
			Signature: platform.ChainVerified, ThisUpdate: taken.Add(-6 * time.Hour), NextUpdate: taken.Add(18 * time.Hour), Status: status, Size: 48 << 10,
		}
		if status == platform.RevocationRevoked {
			v.RevokedAt, v.Reason = taken.AddDate(0, -2, 0), 4
		}
		return v
	}
	s.Online = platform.Online{Look: platform.Seen(), Revocations: []platform.Revocation{
		answer(platform.RoleHPKIAuth, serialAuth, auth), answer(platform.RoleHPKISign, serialSign, platform.RevocationGood),
	}}
	for _, site := range platform.Sites {
		if site.Software == platform.SoftwareHPKI {
			s.Online.Sites = append(s.Online.Sites, platform.SiteAnswer{Look: platform.Seen(), Host: site.Host, Status: 200})
		}
	}
	return s
}
