package checks

import (
	"slices"
	"strings"

	"yomitori/platform"
)

// jpkiApp is what the app of the JPKI software is called in the folder of apps.
// In it are the native host and the extension of Safari (facts/os-browser.md 2.2).
const jpkiApp = "JPKI"

// macSoftware says which official software will do on a Mac. What a service
// needs there is in no public source: JPKI's is the one that is known for
// Safari and Chrome, Mynaportal's package is old. e-Tax's own is asked for
// where this computer knows it.
func macSoftware(in input) []Evidence {
	if in.question.Purpose == ETax && knowsETax(in.s) {
		return []Evidence{{OS: in.s.System.OS, Software: platform.SoftwareETax}}
	}
	var list []Evidence
	for _, sw := range []platform.Software{platform.SoftwareJPKI, platform.SoftwareMynaportal} {
		list = append(list, Evidence{OS: in.s.System.OS, Purpose: in.question.Purpose, Software: sw})
	}
	return list
}

// onMac reports whether official software is installed, or was and left its
// receipt behind. Its libraries stay as well when the app is thrown away, and
// programs beside it cannot take its place, so they say nothing.
func onMac(s platform.Snapshot, sw platform.Software) (there, emptied bool) {
	there = len(macApps(s, sw)) > 0 ||
		slices.ContainsFunc(s.Hosts.List, func(h platform.NativeHost) bool { return h.Software == sw && hasProgram(h) }) ||
		sw != platform.SoftwareJPKI && inSafari(s, sw)
	emptied = slices.ContainsFunc(s.Clients.List, func(c platform.Client) bool { return c.Software == sw && c.FilesMissing })
	return there, emptied
}

// macApps are the apps of some software that have an extension or a host.
func macApps(s platform.Snapshot, sw platform.Software) []platform.Client {
	var list []platform.Client
	for _, c := range s.Clients.List {
		is := c.Software == sw && c.Source == platform.SourceFile && !c.FilesMissing && !strings.HasSuffix(c.Name, ".dylib")
		if is && (sw != platform.SoftwareJPKI || c.Name == jpkiApp) {
			list = append(list, c)
		}
	}
	return list
}

// hasProgram reports whether the program of a registration was seen.
func hasProgram(h platform.NativeHost) bool {
	return h.State == platform.HostReady || h.State == platform.HostProgramBroken
}

// inSafari reports whether an extension of some software is registered with
// Safari: it is part of an app, wherever that lies.
func inSafari(s platform.Snapshot, sw platform.Software) bool {
	for _, b := range s.Browsers.List {
		for _, p := range b.Profiles {
			is := func(x platform.Extension) bool { return x.Software == sw && x.Installed }
			if b.Name == platform.BrowserSafari && slices.ContainsFunc(p.Extensions, is) {
				return true
			}
		}
	}
	return false
}

// macApp says that the app which Safari's extension is part of does not run on
// this Mac, and the extension no more than it.
func macApp(in input, b platform.Browser, e Evidence) []Finding {
	e.Browsers = []string{string(b.Name)}
	arch := ""
	if apps := macApps(in.s, e.Software); len(apps) > 0 {
		arch = apps[0].Arch
	}
	if f := architecture(in.s.System, arch, e); f.Status != OK {
		return []Finding{f}
	}
	return nil
}

// outgrown returns the official app that asks for a newer macOS than this, if
// there is none that does not.
func outgrown(in input) (platform.Client, bool) {
	var least platform.Client
	for _, e := range macSoftware(in) {
		for _, app := range macApps(in.s, e.Software) {
			if !older(in.s.System.Version, app.MinSystem) {
				return platform.Client{}, false
			}
			if least.MinSystem == "" || older(app.MinSystem, least.MinSystem) {
				least = app
			}
		}
	}
	return least, least.MinSystem != ""
}
