package checks_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/rules"
)

func safari(s *platform.Snapshot) *platform.Browser { return &s.Browsers.List[0] }

// inSafari is the JPKI extension in the browser in use.
func inSafari(s *platform.Snapshot) *platform.Extension {
	return &safari(s).Profiles[0].Extensions[0]
}

// jpki is the app of the JPKI software.
func jpki(s *platform.Snapshot) *platform.Client { return &s.Clients.List[0] }

func noApp(s *platform.Snapshot) { s.Clients.List, s.Hosts.List = s.Clients.List[1:], nil }

func refused(a platform.Area) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) { *s.Look(a) = platform.Failure(platform.WhyAccessDenied, nil) }
}

func notTold(s *platform.Snapshot) { inSafari(s).Enabled, inSafari(s).EnabledUnknown = false, true }

// notShown is Safari without Full Disk Access for this program.
func notShown(s *platform.Snapshot) {
	safari(s).Look = platform.Failure(platform.WhyAccessDenied, nil)
}

func rosetta(v platform.Switch) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) { s.System.Rosetta = v }
}

func version(v string) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) { s.System.Version = v }
}

// chromeToo adds a second browser, which opens links.
func chromeToo(s *platform.Snapshot) {
	safari(s).Default = false
	s.Browsers.List = append(s.Browsers.List, platform.Browser{
		Look: platform.Seen(), Name: platform.BrowserChrome, Default: true,
		Profiles: []platform.Profile{{Look: platform.Seen(), Folder: "Default", LastUsed: true, Extensions: []platform.Extension{
			{ID: rules.Extensions[1].ID, Software: platform.SoftwareJPKI, Installed: true, Enabled: true},
			{ID: rules.Extensions[0].ID, Software: platform.SoftwareMynaportal},
		}}},
	})
}

// inChrome is the JPKI extension that chromeToo adds.
func inChrome(s *platform.Snapshot) *platform.Extension {
	return &s.Browsers.List[1].Profiles[0].Extensions[0]
}

// mynaportalApp adds Mynaportal's own app, its extension in Safari in a state.
func mynaportalApp(x platform.Extension) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) {
		s.Clients.List = append(s.Clients.List, platform.Client{
			Name: "マイナポータルAP", Software: platform.SoftwareMynaportal, Source: platform.SourceFile, Arch: "universal",
		})
		x.ID, x.Software = "jp.go.cao.mpa.example", platform.SoftwareMynaportal
		if x.Installed {
			safari(s).Profiles[0].Extensions = append(safari(s).Profiles[0].Extensions, x)
		}
	}
}

// A row changes one thing between a page and the card on a healthy Mac.
func TestMac(t *testing.T) {
	tests := []struct {
		name    string
		purpose checks.Purpose
		change  func(*platform.Snapshot)
		id      checks.ID
		status  checks.Status
	}{
		{"healthy", checks.ETax, func(*platform.Snapshot) {}, checks.BrowserOK, checks.OK},
		{"healthy", checks.Mynaportal, func(*platform.Snapshot) {}, checks.BrowserOK, checks.OK},

		{"no Rosetta", checks.ETax, rosetta(platform.SwitchOff), checks.ClientArchitecture, checks.Problem},
		{"no Rosetta, and none needed", checks.ETax, all(rosetta(platform.SwitchOff), func(s *platform.Snapshot) { jpki(s).Arch = "universal" }), checks.BrowserOK, checks.OK},
		{"no Rosetta on Intel", checks.ETax, all(rosetta(""), func(s *platform.Snapshot) { s.System.Arch = "amd64" }), checks.BrowserOK, checks.OK},
		{"app for Apple silicon on Intel", checks.ETax, all(rosetta(""), func(s *platform.Snapshot) { s.System.Arch, jpki(s).Arch = "amd64", "arm64" }), checks.ClientArchitecture, checks.Problem},
		{"whether there is Rosetta is not known", checks.ETax, rosetta(""), checks.ClientArchitecture, checks.Unknown},
		{"what the app is for is not known", checks.ETax, all(rosetta(platform.SwitchOff), func(s *platform.Snapshot) { jpki(s).Arch = "" }), checks.ClientArchitecture, checks.Unknown},
		{"what the app is for is not known, and Rosetta is there", checks.ETax, func(s *platform.Snapshot) { jpki(s).Arch = "" }, checks.BrowserOK, checks.OK},
		{"what the Mac is is not known", checks.ETax, func(s *platform.Snapshot) { s.System.Arch = "" }, checks.ClientArchitecture, checks.Unknown},

		{"app missing", checks.ETax, noApp, checks.ClientMissing, checks.Problem},
		{"app missing, a registration leads to it", checks.ETax, func(s *platform.Snapshot) {
			s.Clients.List, s.Hosts.List[0].State = s.Clients.List[1:], platform.HostProgramMissing
		}, checks.ClientMissing, checks.Problem},
		{"app emptied", checks.ETax, all(func(s *platform.Snapshot) { jpki(s).FilesMissing = true }, noHosts), checks.ClientMissing, checks.Problem},
		{"apps not listed", checks.ETax, all(noApp, refused(platform.AreaClients)), checks.ClientMissing, checks.Unknown},
		{"apps not listed, and JPKI's seen all the same", checks.ETax, refused(platform.AreaClients), checks.ClientHung, checks.Unknown},
		{"app missing, Mynaportal's there", checks.ETax, all(noApp, mynaportalApp(platform.Extension{Installed: true, Enabled: true})), checks.BrowserOK, checks.OK},
		{"app missing, Mynaportal's off", checks.ETax, all(noApp, mynaportalApp(platform.Extension{Installed: true})), checks.ExtensionOff, checks.Problem},
		{"off, Mynaportal's is on", checks.ETax, all(func(s *platform.Snapshot) { inSafari(s).Enabled = false }, mynaportalApp(platform.Extension{Installed: true, Enabled: true})), checks.BrowserOK, checks.OK},
		{"off, of Mynaportal's nobody knows", checks.ETax, all(func(s *platform.Snapshot) { inSafari(s).Enabled = false }, mynaportalApp(platform.Extension{Installed: true, EnabledUnknown: true})), checks.ExtensionOff, checks.Unknown},
		{"off, Mynaportal's missing", checks.ETax, all(func(s *platform.Snapshot) { inSafari(s).Enabled = false }, mynaportalApp(platform.Extension{})), checks.ExtensionOff, checks.Problem},

		{"extension off", checks.ETax, func(s *platform.Snapshot) { inSafari(s).Enabled = false }, checks.ExtensionOff, checks.Problem},
		{"extension never decided about", checks.ETax, notTold, checks.ExtensionOff, checks.Unknown},
		{"Safari not shown", checks.ETax, all(notTold, notShown), checks.ExtensionOff, checks.Unknown},
		{"Safari not shown, the system tells", checks.ETax, notShown, checks.BrowserOK, checks.OK},
		{"Safari not shown, the system tells it is off", checks.ETax, all(notShown, func(s *platform.Snapshot) { inSafari(s).Enabled = false }), checks.ExtensionOff, checks.Problem},
		{"extension not registered", checks.ETax, func(s *platform.Snapshot) { safari(s).Profiles[0].Extensions = nil }, checks.ExtensionMissing, checks.Problem},
		{"extension not registered, Safari not shown", checks.ETax, all(notShown, func(s *platform.Snapshot) { safari(s).Profiles[0].Extensions = nil }), checks.ExtensionMissing, checks.Problem},
		{"extensions not listed", checks.ETax, func(s *platform.Snapshot) {
			safari(s).Profiles[0] = platform.Profile{Look: platform.Failure(platform.WhyTimedOut, nil)}
		}, checks.ExtensionMissing, checks.Unknown},
		{"Safari without a profile", checks.ETax, func(s *platform.Snapshot) { safari(s).Profiles = nil }, checks.ExtensionMissing, checks.Unknown},
		{"native hosts are nothing to Safari", checks.ETax, noHosts, checks.BrowserOK, checks.OK},
		{"native hosts not looked at are nothing to Safari", checks.ETax, refused(platform.AreaHosts), checks.BrowserOK, checks.OK},
		{"running without a window is no background", checks.ETax, func(s *platform.Snapshot) { safari(s).Running = 9 }, checks.BrowserOK, checks.OK},

		{"links open in Chrome", checks.ETax, chromeToo, checks.BrowserUnsupported, checks.Notice},
		{"links open in Chrome, where a host is registered", checks.Mynaportal, chromeToo, checks.BrowserOK, checks.OK},
		{"links open in Chrome, where none is", checks.Mynaportal, all(chromeToo, noHosts), checks.BrowserUnsupported, checks.Notice},
		{"links open in Chrome, hosts not looked at", checks.Mynaportal, all(chromeToo, noHosts, refused(platform.AreaHosts)), checks.HostMissing, checks.Unknown},
		{"links open in Chrome without Rosetta", checks.Mynaportal, all(chromeToo, rosetta(platform.SwitchOff), hostState(platform.HostProgramBroken)), checks.ClientArchitecture, checks.Problem},
		{"links open in Chrome, Rosetta not known", checks.Mynaportal, all(chromeToo, rosetta("")), checks.ClientArchitecture, checks.Unknown},
		{"links open in Chrome, its host broken", checks.Mynaportal, all(chromeToo, hostState(platform.HostProgramBroken)), checks.HostBroken, checks.Problem},
		{"links open in Chrome, its extension off", checks.Mynaportal, all(chromeToo, func(s *platform.Snapshot) { inChrome(s).Enabled = false }), checks.ExtensionOff, checks.Problem},
		{"links open in Chrome, which was never opened", checks.Mynaportal, all(chromeToo, func(s *platform.Snapshot) {
			s.Browsers.List[1].Look, s.Browsers.List[1].Profiles = platform.Absent(), nil
		}), checks.BrowserOK, checks.OK},
		{"Edge does not read Chrome's hosts here", checks.Mynaportal, all(chromeToo, func(s *platform.Snapshot) { s.Browsers.List[1].Name = platform.BrowserEdge }), checks.BrowserUnsupported, checks.Notice},
		{"nobody chose a browser", checks.Mynaportal, all(chromeToo, func(s *platform.Snapshot) {
			s.Browsers.List[1].Default, inChrome(s).Enabled = false, false
		}), checks.BrowserOK, checks.OK},
		{"no Safari", checks.ETax, func(s *platform.Snapshot) { s.Browsers.List = nil }, checks.BrowserUnsupported, checks.Problem},
		{"browsers not looked at", checks.ETax, failed(platform.AreaBrowsers), checks.BrowserOK, checks.Unknown},

		{"app for a newer macOS", checks.Mynaportal, version("13.4.1"), checks.SystemOSUnsupported, checks.Problem},
		{"app for a newer macOS, nobody asks for it", checks.Any, version("13.4.1"), checks.SystemOSUnsupported, ""},
		{"app for just this macOS", checks.Mynaportal, version("13.5"), checks.BrowserOK, checks.OK},
		{"app for 13.5 on 13.10", checks.Mynaportal, version("13.10"), checks.BrowserOK, checks.OK},
		{"app for 13.5.0 on 13.5", checks.Mynaportal, all(version("13.5"), func(s *platform.Snapshot) { jpki(s).MinSystem = "13.5.0" }), checks.BrowserOK, checks.OK},
		{"app that does not say for which macOS", checks.Mynaportal, all(version("11.7"), func(s *platform.Snapshot) { jpki(s).MinSystem = "" }), checks.BrowserOK, checks.OK},
		{"app that says it oddly", checks.Mynaportal, func(s *platform.Snapshot) { jpki(s).MinSystem = "newest" }, checks.BrowserOK, checks.OK},
		{"app for a newer macOS, and another", checks.Mynaportal, all(version("12.7"), mynaportalApp(platform.Extension{Installed: true, Enabled: true})), checks.BrowserOK, checks.OK},
		{"macOS after the list", checks.ETax, version("26.1"), checks.SystemOSUnsupported, checks.Notice},
		{"macOS before the list", checks.ETax, all(version("11.7"), func(s *platform.Snapshot) { jpki(s).MinSystem = "" }), checks.SystemOSUnsupported, checks.Notice},
		{"macOS after the list, no list known", checks.Mynaportal, version("26.1"), checks.BrowserOK, checks.OK},
		{"version is no number", checks.ETax, version("x"), checks.SystemOSUnsupported, checks.Unknown},
		{"HPKI", checks.HPKI, func(*platform.Snapshot) {}, checks.SystemOSUnsupported, checks.Problem},
		{"HPKI in the browser", checks.HPKI, func(*platform.Snapshot) {}, checks.BrowserOK, checks.Skipped},
		{"HPKI, with everything broken", checks.HPKI, all(noApp, rosetta(platform.SwitchOff), version("26.1")), checks.BrowserOK, checks.Skipped},
		{"only the card", checks.Any, all(noApp, rosetta(platform.SwitchOff), version("9")), checks.BrowserOK, checks.Skipped},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, "mac-healthy")
			tt.change(&s)
			want(t, checks.Diagnose(s, checks.Question{Purpose: tt.purpose}, s.Taken), tt.id, tt.status)
		})
	}
}

// A row takes the reader of a healthy Mac off PC/SC's list.
func TestMacReaders(t *testing.T) {
	driver := func(d platform.Driver) func(*platform.Snapshot) {
		return func(s *platform.Snapshot) {
			d.Kind = platform.DriverReader
			s.Drivers.List = append(slices.Clone(s.Drivers.List), d)
		}
	}
	asleep := func(s *platform.Snapshot) {
		s.Readers.Look = platform.Failure(platform.WhyNoService, nil)
		s.Cards.Look = s.Readers.Look
	}
	tests := []struct {
		name       string
		change     func(*platform.Snapshot)
		id         checks.ID
		conditions []checks.Condition
		drivers    []string
	}{
		{"Apple's driver", func(*platform.Snapshot) {}, checks.ReaderDriverMissing, []checks.Condition{checks.AppleCCID}, nil},
		{"Apple's driver turned off", func(s *platform.Snapshot) { s.Drivers.AppleCCID = platform.SwitchOff }, checks.ReaderDriverMissing, nil, nil},
		{"before Sonoma", version("13.6"), checks.ReaderDriverMissing, nil, nil},
		{"drivers not looked at", refused(platform.AreaDrivers), checks.ReaderDriverMissing, nil, nil},
		{"driver for Intel", driver(platform.Driver{ID: "a", Arch: "amd64"}), checks.ReaderDriverMissing, []checks.Condition{checks.HiddenByDriver}, []string{"a"}},
		{"driver for Intel on Intel", all(driver(platform.Driver{ID: "a", Arch: "amd64"}), func(s *platform.Snapshot) { s.System.Arch = "amd64" }), checks.ReaderDriverMissing, []checks.Condition{checks.AppleCCID}, nil},
		{"driver for both", driver(platform.Driver{ID: "a", Arch: "universal"}), checks.ReaderDriverMissing, []checks.Condition{checks.AppleCCID}, nil},
		{"driver of Apple", driver(platform.Driver{ID: "a", Arch: "amd64", Apple: true}), checks.ReaderDriverMissing, []checks.Condition{checks.AppleCCID}, nil},
		{"drivers without a name", all(driver(platform.Driver{Broken: true}), driver(platform.Driver{Broken: true})), checks.ReaderDriverMissing, []checks.Condition{checks.HiddenByDriver}, []string{"(null)"}},
		{"driver for Intel, seen in its folder only", all(driver(platform.Driver{ID: "a", Arch: "amd64"}), failed(platform.AreaDrivers)), checks.ReaderDriverMissing, []checks.Condition{checks.HiddenByDriver}, []string{"a"}},
		{"macOS lists it", func(s *platform.Snapshot) { s.Drivers.SystemReaders = []platform.SystemReader{{Name: "R"}} }, checks.ReaderFailing, nil, nil},
		{"not a reader of the common kind", func(s *platform.Snapshot) { device(s).Class = platform.ClassKnownReader }, checks.ReaderNotPCSC, nil, nil},
		{"service away", asleep, checks.ReaderServiceStopped, nil, nil},

		{"nothing attached", func(s *platform.Snapshot) { s.Devices.List = nil }, checks.ReaderNone, []checks.Condition{checks.AccessoryApproval}, nil},
		{"nothing attached, service away", all(asleep, func(s *platform.Snapshot) { s.Devices.List = nil }), checks.ReaderNone, []checks.Condition{checks.AccessoryApproval}, nil},
		{"nothing attached, all are allowed", func(s *platform.Snapshot) { s.Devices.List, s.System.AccessorySecurity = nil, platform.SwitchOff }, checks.ReaderNone, nil, nil},
		{"nothing attached, nobody knows whether all are allowed", func(s *platform.Snapshot) { s.Devices.List, s.System.AccessorySecurity = nil, "" }, checks.ReaderNone, nil, nil},
		{"devices not looked at", func(s *platform.Snapshot) {
			s.Devices = platform.Devices{Look: platform.Failure(platform.WhyTimedOut, nil)}
		}, checks.ReaderNone, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, "mac-healthy")
			s.Readers.List, s.Cards.List, s.Drivers.SystemReaders = nil, nil, nil
			tt.change(&s)
			c := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken).Cause
			if c == nil || c.ID != tt.id || !cmp.Equal(c.Evidence.Conditions, tt.conditions) || !cmp.Equal(c.Evidence.Drivers, tt.drivers) {
				t.Errorf("cause %+v", c)
			}
		})
	}
}

// A driver that would hide a reader says nothing while readers work.
func TestHidingDriverBesideAReader(t *testing.T) {
	s := computer(t, "mac-healthy")
	s.Drivers.List = append(s.Drivers.List, platform.Driver{Kind: platform.DriverReader, ID: "a", Arch: "amd64"})
	if d := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken); d.Outcome() != checks.NothingToDo {
		t.Errorf("got %+v", d.Findings)
	}
}

// What an area that was refused would have told is never taken for fine.
func TestMacThatCannotBeLookedAt(t *testing.T) {
	for _, a := range []platform.Area{platform.AreaSystem, platform.AreaBrowsers, platform.AreaClients, platform.AreaReaders, platform.AreaCards} {
		for _, look := range []platform.Look{platform.Failure(platform.WhyAccessDenied, nil), platform.Failure(platform.WhyTimedOut, nil), {}} {
			for _, p := range []checks.Purpose{checks.ETax, checks.Mynaportal} {
				s := computer(t, "mac-healthy")
				*s.Look(a) = look
				if d := checks.Diagnose(s, checks.Question{Purpose: p}, s.Taken); d.Outcome() == checks.NothingToDo {
					t.Errorf("%s %s for %s: nothing to do", a, look.State, p)
				}
			}
		}
	}
}

func TestMacEvidence(t *testing.T) {
	s := computer(t, "mac-healthy")
	version("13.4")(&s)
	if e := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken).Cause.Evidence; e.Version != "13.4" || e.MinSystem != "13.5" || e.OSName != "macOS Sequoia 13.4" {
		t.Errorf("too old: %+v", e)
	}
	s = computer(t, "mac-no-rosetta")
	if e := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken).Cause.Evidence; e.Arch != "arm64" || e.ProgramArch != "amd64" || !cmp.Equal(e.Conditions, []checks.Condition{checks.NoRosetta}) {
		t.Errorf("no Rosetta: %+v", e)
	}
	s = computer(t, "mac-healthy")
	all(notTold, notShown)(&s)
	if e := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken).Find(checks.ExtensionOff).Evidence; e.Why != platform.WhyAccessDenied || e.OS != "darwin" {
		t.Errorf("not shown: %+v", e)
	}
	s = computer(t, "mac-healthy")
	chromeToo(&s)
	if e := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken).Find(checks.BrowserUnsupported).Evidence; !cmp.Equal(e.Supported, []string{"safari"}) || !cmp.Equal(e.Browsers, []string{"chrome"}) {
		t.Errorf("unsupported: %+v", e)
	}
	s = computer(t, "mac-healthy")
	all(noApp, mynaportalApp(platform.Extension{Installed: true}))(&s)
	if e := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken).Find(checks.ExtensionOff).Evidence; e.Software != platform.SoftwareMynaportal || e.StandsIn() {
		t.Errorf("Mynaportal's: %+v", e)
	}
}

// A macOS that is too old for the software explains the rest of the browser.
func TestOldMacExplainsTheBrowser(t *testing.T) {
	s := computer(t, "mac-safari-extension-off")
	version("12.7")(&s)
	d := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken)
	if d.Cause.ID != checks.SystemOSUnsupported || !cmp.Equal(d.Cause.Hides, []checks.ID{checks.ExtensionOff}) {
		t.Errorf("cause %+v", d.Cause)
	}
}

// e-Tax's own software is asked for on a Mac that knows it.
func TestETaxSoftwareOnAMac(t *testing.T) {
	s := computer(t, "mac-healthy")
	x := platform.Extension{ID: "jp.go.nta.example", Software: platform.SoftwareETax, Installed: true}
	safari(&s).Profiles[0].Extensions = append(safari(&s).Profiles[0].Extensions, x)
	s.System.Arch, s.System.Rosetta = "amd64", ""
	if c := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken).Cause; c == nil || c.ID != checks.ExtensionOff || c.Evidence.Software != platform.SoftwareETax {
		t.Errorf("cause %+v", c)
	}
	if d := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken); d.Cause != nil {
		t.Errorf("Mynaportal does not need it: %+v", d.Cause)
	}
	safari(&s).Profiles[0].Extensions[1].Enabled = true
	noApp(&s) // nobody knows whether e-Tax needs JPKI's too
	want(t, checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken), checks.BrowserOK, checks.OK)
}
