package checks

import (
	"slices"

	"yomitori/platform"
)

// fitting says which repairs fit a finding that is a problem or a notice, the
// best one first. A finding that is not here has none: what it asks for, a person
// has to do (facts/os-browser.md 8, "Must stay instructions").
var fitting = map[ID]func(input, Finding) []platform.Repair{
	ReaderServiceStopped:  func(in input, _ Finding) []platform.Repair { return restartPCSC(in) },
	ReaderServiceDisabled: enableDisabled,
	ReaderFailing:         wakeReaders,
	ReaderNotPCSC:         findReaders,
	ReaderDriverMissing:   driverOfReader,
	ReaderNone:            approveReader,

	CardBusy: freeCard,

	ExpiryNotYet: always(platform.Open(platform.PlaceDateAndTime)),
	SystemClock:  always(platform.Open(platform.PlaceDateAndTime)),

	BrowserSessionStale: forgetSession,
	BrowserBackground:   quitNamed,
	BrowserTwoAtOnce:    quitOther,
	BrowserUnsupported:  chooseBrowser,

	ExtensionMissing:    installExtension,
	ExtensionOff:        turnOnExtension,
	ExtensionPermission: turnOnExtension,
	ExtensionCorrupt:    turnOnExtension,
	HostMissing:         installSoftware,
	HostBroken:          installSoftware,
	ClientMissing:       installSoftware,
	ClientArchitecture:  installSoftware,
	ClientHung:          endHung,
	DriverHPKIMissing:   always(platform.Open(platform.PlaceHPKIDriver)),

	StoreMissing:       tidyStore,
	StoreHidden:        tidyStore,
	PropagationStopped: enableDisabled,

	NFCConflict: turnOffNFC,
	NFCOnWinUSB: always(platform.Open(platform.PlaceDeviceManager)),

	SystemProxy:                openProxy,
	SystemProxyAuth:            openProxy,
	SystemProgramCompatibility: always(platform.StopService("PcaSvc")),
	SystemOSUnsupported:        newerWindows,
}

// repairs lists the repairs that fit a finding on this computer, never nil. Names
// and numbers come from a snapshot, which may be anybody's file: what is no
// repair with them is left out.
func repairs(in input, f Finding) []platform.Repair {
	list := []platform.Repair{}
	fits := fitting[f.ID]
	if fits == nil || f.Status != Problem && f.Status != Notice {
		return list
	}
	for _, r := range fits(in, f) {
		if Offered(in.s.System.OS, r) && !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	return list
}

func always(rs ...platform.Repair) func(input, Finding) []platform.Repair {
	return func(input, Finding) []platform.Repair { return rs }
}

// of makes a repair of what a snapshot says, or none.
func of(id platform.RepairID, on string) []platform.Repair {
	r, err := platform.ParseRepair(string(id) + ":" + on)
	if err != nil {
		return nil
	}
	return []platform.Repair{r}
}

// onlyOn are the systems on which there is what a target names, where that is
// not on all that the repair is for.
var onlyOn = map[platform.Repair][]string{
	platform.RestartService("SCardSvr"):              {"windows"},
	platform.RestartService("pcscd"):                 {"linux"},
	platform.RestartService("com.apple.ifdreader"):   {"darwin"},
	platform.QuitBrowser(platform.BrowserSafari):     {"darwin"},
	platform.Open(platform.PlaceSafariExtensions):    {"darwin"},
	platform.Open(platform.PlacePrivacy):             {"darwin"},
	platform.Open(platform.PlaceWindowsUpdate):       {"windows"},
	platform.Open(platform.PlaceDeviceManager):       {"windows"},
	platform.Open(platform.PlaceServices):            {"windows"},
	platform.Open(platform.PlaceDateAndTime):         {"windows", "darwin"},
	platform.Open(platform.PlaceCertificates):        {"windows", "darwin"},
	platform.Open(platform.PlaceProxy):               {"windows", "darwin"},
	platform.Open(platform.PlaceDefaultBrowser):      {"windows", "darwin"},
	platform.ClearSiteData(platform.BrowserSafari):   {}, // its files are refused (facts/os-browser.md 4)
	platform.ClearCache(platform.BrowserSafari):      {},
	platform.QuitBrowser(platform.BrowserChromium):   {"linux"},
	platform.ClearSiteData(platform.BrowserChromium): {"linux"},
	platform.ClearCache(platform.BrowserChromium):    {"linux"},
}

// elsewhereToo are the repairs of other systems than Windows, which has all but
// that of the keychain.
var elsewhereToo = map[string][]platform.RepairID{
	"darwin": {
		platform.RepairQuitBrowser, platform.RepairClearSiteData, platform.RepairClearCache, platform.RepairForgetChoice,
		platform.RepairEndProgram, platform.RepairRestartService, platform.RepairRefreshPCSC, platform.RepairOpen,
	},
	"linux": {
		platform.RepairQuitBrowser, platform.RepairClearSiteData, platform.RepairClearCache,
		platform.RepairRestartService, platform.RepairRefreshPCSC, platform.RepairOpen,
	},
}

// Offered reports whether a system has the repair.
func Offered(os string, r platform.Repair) bool {
	if systems, limited := onlyOn[r]; limited && !slices.Contains(systems, os) {
		return false
	}
	if os == "windows" {
		return r.ID() != platform.RepairForgetChoice
	}
	return slices.Contains(elsewhereToo[os], r.ID())
}

// enableDisabled undoes that somebody disabled a service. One that only stopped is
// started by the system, or by hand.
func enableDisabled(_ input, f Finding) []platform.Repair {
	v := f.Evidence.Service
	if v == nil || v.Start != platform.StartDisabled {
		return nil
	}
	return of(platform.RepairEnableService, v.Name)
}

// openProxy leads to the settings, but where the proxy has to stay.
func openProxy(_ input, f Finding) []platform.Repair {
	if slices.Contains(f.Evidence.Conditions, OQS) {
		return nil
	}
	return []platform.Repair{platform.Open(platform.PlaceProxy)}
}

// newerWindows leads to the next Windows, which no server becomes.
func newerWindows(_ input, f Finding) []platform.Repair {
	if slices.Contains(f.Evidence.Conditions, Server) {
		return nil
	}
	return []platform.Repair{platform.Open(platform.PlaceWindowsUpdate)}
}
