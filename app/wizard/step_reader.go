package wizard

import (
	"slices"
	"strings"

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
	for _, v := range sc.s.Readers.List {
		r.add("reader", v.Name)
		if v.Model != v.Name {
			r.add("model", v.Model)
		}
	}
	if sc.s.Services.OK() {
		for _, v := range sc.s.Services.List {
			r.add("service", v.Name+": "+serviceState(sc, v))
		}
	}
	return r.all
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
