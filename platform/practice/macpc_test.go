package practice_test

import (
	"yomitori/platform"
	"yomitori/platform/card/cardtest"
)

const (
	macReader = "SONY FeliCa RC-S300/S"
	jpkiApp   = "/Applications/JPKI.app"
	safariID  = "jp.go.jpki.jpkiSafariAppExtension"
	openCCID  = "/usr/libexec/SmartCardServices/drivers/ifd-ccid.bundle"
)

// mac is a healthy laptop with Apple silicon, a reader and no card. What is
// installed is as in JPKI 3.9 (facts/os-browser.md 2.2).
func mac() platform.Snapshot {
	s := platform.Snapshot{
		Schema: platform.Schema,
		Taken:  taken,
		System: platform.System{
			Look: platform.Seen(), OS: "darwin", Name: "macOS Sequoia", Version: "15.7", Arch: "arm64",
			TimeZone: "JST", UTCOffset: 540, Rosetta: platform.SwitchOn, AccessorySecurity: platform.SwitchOn,
		},
		Services: platform.Services{Look: platform.Absent()},
		Devices: platform.Devices{Look: platform.Seen(), List: []platform.Device{
			{Bus: "usb", Vendor: "054c", Product: "0dc9", Name: "FeliCa Port/PaSoRi 4.0", Class: platform.ClassCCID},
		}},
		Drivers: platform.Drivers{
			Look: platform.Seen(), AppleCCID: platform.SwitchOn, SystemReaders: []platform.SystemReader{{Name: macReader}},
			List: []platform.Driver{
				{Kind: platform.DriverReader, ID: "fr.apdu.ccid.smartcardccid", Version: "1.5.1", Path: openCCID, Apple: true},
				{Kind: platform.DriverToken, ID: "com.apple.setoken", Apple: true},
			},
		},
		Readers: platform.Readers{Look: platform.Seen(), List: []platform.Reader{{Name: macReader}}},
		Cards:   platform.Cards{Look: platform.Seen()},
		Browsers: platform.Browsers{Look: platform.Seen(), List: []platform.Browser{{
			Look: platform.Seen(), Name: platform.BrowserSafari, Version: "18.6", Default: true, Running: 3,
			Profiles: []platform.Profile{{Look: platform.Seen(), LastUsed: true, Extensions: []platform.Extension{
				{ID: safariID, Software: platform.SoftwareJPKI, Name: "JPKI", Version: "3.9", Installed: true, Enabled: true},
			}}},
		}}},
		Hosts: platform.Hosts{Look: platform.Seen(), List: []platform.NativeHost{{
			Name: "jp.go.jpki", Software: platform.SoftwareJPKI, Browser: platform.BrowserChrome, Scope: platform.ScopeMachine,
			Manifest: "/Library/Google/Chrome/NativeMessagingHosts/jp.go.jpki.json", State: platform.HostReady,
			Program: jpkiApp + "/Contents/MacOS/JPKI", Arch: "amd64", Version: "3.9", Origins: []string{jpkiID},
		}}},
		Clients:  platform.Clients{Look: platform.Seen(), List: macClients()},
		Store:    platform.Store{Look: platform.Seen()},
		Network:  platform.Network{Look: platform.Seen(), Proxies: []platform.Proxy{{Look: platform.Seen(), Source: platform.ProxyUser, Mode: platform.ProxyDirect}}},
		Security: platform.Security{Look: platform.Absent()},
		Online:   platform.Online{Look: platform.NotAsked()},
	}
	return s
}

func macClients() []platform.Client {
	file := func(name, path, arch string) platform.Client {
		return platform.Client{Name: name, Software: platform.SoftwareJPKI, Source: platform.SourceFile, Scope: platform.ScopeMachine, Path: path, Arch: arch}
	}
	app := file("JPKI", jpkiApp, "amd64")
	app.Version, app.MinSystem = "3.9", "13.5"
	utility := file("JPKIUtility", "/Applications/Utilities/JPKI.localized/JPKIUtility.app", "amd64")
	utility.Version = "3.9"
	return []platform.Client{
		app, utility,
		{Name: "jp.go.jpki", Software: platform.SoftwareJPKI, Version: "3.9", Source: platform.SourceInstaller, Scope: platform.ScopeMachine, Path: jpkiApp},
		file("JPKIPKCS11Auth.dylib", "/usr/local/lib/JPKIPKCS11Auth.dylib", "universal"),
		file("JPKIPKCS11Sign.dylib", "/usr/local/lib/JPKIPKCS11Sign.dylib", "universal"),
	}
}

// macWithCard has a My Number Card in the reader. macOS copies no certificate
// of it.
func macWithCard() platform.Snapshot {
	s := put(mac(), cardtest.MyNumber(cardtest.Options{}), jpki)
	s.Store.List, s.Cards.List[0].Reader, s.Drivers.SystemReaders[0].CardIn = nil, macReader, true
	return s
}

func macWithoutRosetta() platform.Snapshot {
	s := macWithCard()
	s.System.Rosetta, s.Hosts.List[0].State = platform.SwitchOff, platform.HostProgramBroken
	return s
}

// macWithoutJPKI is one on which the app was put into the Trash: the receipt,
// the libraries and the registration with Chrome stay.
func macWithoutJPKI() platform.Snapshot {
	s := macWithCard()
	s.Clients.List = s.Clients.List[1:]
	s.Clients.List[1].FilesMissing = true
	h := &s.Hosts.List[0]
	h.State, h.Arch, h.Version = platform.HostProgramMissing, "", ""
	s.Browsers.List[0].Profiles[0].Extensions = nil
	return s
}

func macWithExtensionOff() platform.Snapshot {
	s := macWithCard()
	s.Browsers.List[0].Profiles[0].Extensions[0].Enabled = false
	return s
}

// withoutReader is a Mac that lists no reader; the devices stay.
func withoutReader(s platform.Snapshot) platform.Snapshot {
	s.Readers.List, s.Cards.List, s.Drivers.SystemReaders = nil, nil, nil
	return s
}

// macWithHiddenReader has a maker's driver that is only for Intel.
func macWithHiddenReader() platform.Snapshot {
	s := withoutReader(mac())
	s.Devices.List = []platform.Device{{Bus: "usb", Vendor: "0aba", Product: "0600", Name: "EZ100PU", Class: platform.ClassCCID}}
	s.Drivers.List = append(s.Drivers.List, platform.Driver{
		Kind: platform.DriverReader, ID: "com.example.ezusb", Version: "2.1", Arch: "amd64",
		Path: "/usr/local/libexec/SmartCardServices/drivers/ezusb.bundle",
	})
	return s
}

// macWithoutApproval has a reader attached that is on no list yet.
func macWithoutApproval() platform.Snapshot {
	s := withoutReader(mac())
	s.Devices.List = nil
	return s
}

// macWithLostReader has a reader that Apple's driver does not serve, one that
// was reported (facts/os-browser.md 4).
func macWithLostReader() platform.Snapshot {
	s := withoutReader(mac())
	s.System.Name, s.System.Version = "macOS Sonoma", "14.6.1"
	s.Devices.List = []platform.Device{{Bus: "usb", Vendor: "058f", Product: "9540", Name: "EMV Smartcard Reader", Class: platform.ClassCCID}}
	return s
}
