package wizard

import (
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

// contactless guesses from names whether a card is laid on the reader or put
// into it. Only the drawing depends on it.
func contactless(s platform.Snapshot) bool {
	for _, r := range s.Readers.List {
		if !r.Usable() {
			continue
		}
		if r.Class == platform.ReaderBuiltNFC {
			return true
		}
		name := strings.ToLower(r.Name + " " + r.Model)
		for _, hint := range []string{"pasori", "rc-s", "nfc", "contactless", "picc"} {
			if strings.Contains(name, hint) {
				return true
			}
		}
	}
	return false
}
