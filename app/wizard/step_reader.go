package wizard

import (
	"slices"
	"strings"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

func readerDrawing(_ scene, f checks.Finding) string {
	switch f.ID {
	case checks.ReaderOK:
		if f.Status == checks.OK {
			return "reader-ok"
		}
	case checks.ReaderServiceStopped, checks.ReaderServiceDisabled, checks.ReaderAccessDenied, checks.ReaderRemoteSession:
		return "service"
	}
	return "reader-plug"
}

func readerFacts(sc scene) []fact {
	r := rows{t: sc.t}
	for _, v := range sc.f.s.Readers.List {
		r.add("reader", v.Name)
		if v.Model != v.Name {
			r.add("model", v.Model)
		}
	}
	if sc.f.s.Services.OK() {
		for _, v := range sc.f.s.Services.List {
			r.add("service", v.Name+": "+serviceState(sc, v))
		}
	}
	addDrivers(&r, sc.f.s.Drivers)
	return r.all
}

// addDrivers adds the readers that the system itself lists and the drivers of
// readers, each with the kind of computer that it is for.
func addDrivers(r *rows, ds platform.Drivers) {
	for _, v := range ds.SystemReaders {
		parts := []string{v.Name}
		if v.CardIn {
			parts = append(parts, r.t.Text("wizard.card-in"))
		}
		r.add("system-reader", strings.Join(parts, r.t.Text("format.list-separator")))
	}
	if ds.AppleCCID != platform.SwitchUnknown {
		r.add("ccid-driver", r.t.Text("wizard.ccid-driver."+string(ds.AppleCCID)))
	}
	for _, d := range ds.List {
		if d.Kind == platform.DriverReader {
			r.add("driver", driverText(r.t, d))
		}
	}
}

func driverText(t assets.Texts, d platform.Driver) string {
	parts := []string{strings.TrimSpace(d.ID + " " + d.Version), words.Arch(t, d.Arch)}
	if d.Broken {
		parts = append(parts, t.Text("wizard.driver.broken"))
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), t.Text("format.list-separator"))
}

func serviceState(sc scene, v platform.Service) string {
	switch {
	case !v.Present:
		return sc.t.Text("wizard.service.absent")
	case v.Start == platform.StartDisabled:
		return sc.t.Text("wizard.service.disabled")
	case v.Running:
		return sc.t.Text("wizard.service.running")
	}
	return sc.t.Text("wizard.service.stopped")
}

// contactless reports whether there is a reader that a card is laid on, and not
// put into. Only the drawing depends on it.
func contactless(s platform.Snapshot) bool {
	return slices.ContainsFunc(s.Readers.List, func(r platform.Reader) bool {
		return r.Usable() && laidOn(r)
	})
}

func laidOn(r platform.Reader) bool {
	if r.Interface != platform.InterfaceUnknown {
		return r.Interface == platform.InterfaceContactless
	}
	if r.Class == platform.ReaderBuiltNFC {
		return true
	}
	name := strings.ToLower(r.Name + " " + r.Model)
	return slices.ContainsFunc([]string{"pasori", "rc-s", "nfc", "contactless", "picc"}, func(hint string) bool {
		return strings.Contains(name, hint)
	})
}
