package checks

import (
	"slices"

	"yomitori/platform"
)

// tlsLogin judges the way of HPKI-KAGURA: the driver, the service that copies
// certificates, the certificate store that a browser chooses from. A My Number
// Card goes the same way with its own driver, but only the service knows
// whether it was registered there, so what it lacks is a notice.
func tlsLogin(in input) ([]Finding, Evidence) {
	ready := Evidence{Browsers: browserNames(judged(in))}
	c := in.card
	if c == nil || mainCertificate(c) == nil {
		look := in.s.Cards.Look
		if c != nil {
			look = c.Look
		}
		return []Finding{unseen(StoreMissing, platform.AreaCards, look)}, ready
	}
	level := Problem
	var found []Finding
	switch c.Kind {
	case platform.KindHPKI:
		ready.Software = platform.SoftwareHPKI
		found = hpkiDriver(in)
	default:
		level = Notice
		ready.Software = platform.SoftwareJPKI
		found = registration(in)
	}
	store, e := storeOf(in, ready, level)
	return append(found, store...), e
}

// hpkiDriver judges whether the driver is there through which TLS uses an HPKI
// card. Edge and Chrome are 64-bit programs on a 64-bit Windows and load a
// provider of that kind only. A certificate that can be used already speaks for
// a driver that is not known here by its name.
func hpkiDriver(in input) []Finding {
	if matched, _ := inStore(in); matched != nil && len(hiddenBy(*matched, in)) == 0 {
		return nil
	}
	view := 64
	if in.s.System.Arch == "386" {
		view = 32
	}
	e := Evidence{Software: platform.SoftwareHPKI}
	for _, p := range in.s.Clients.Providers {
		switch {
		case p.Software != platform.SoftwareHPKI:
		case p.FilesMissing:
			e.Provider, e.Conditions = p.Name, []Condition{FilesMissing}
		case p.View == view:
			return nil
		case len(e.Conditions) == 0:
			e.Provider, e.Conditions = p.Name, []Condition{Only32}
		}
	}
	if !in.s.Clients.OK() {
		e.Area, e.Why = platform.AreaClients, in.s.Clients.Why
		return []Finding{find(DriverHPKIMissing, Unknown, e)}
	}
	return []Finding{find(DriverHPKIMissing, Problem, e)}
}

// registration says what keeps a My Number Card from being registered with
// HPKI-KAGURA, which goes through the JPKI extension (facts/os-browser.md 1.1).
func registration(in input) []Finding {
	var found []Finding
	for _, b := range judged(in) {
		for _, f := range extension(in, b, Evidence{Software: platform.SoftwareJPKI, Purpose: HPKI}) {
			if f.Status == Problem {
				f.Status = Notice
				found = merge(found, f)
			}
		}
	}
	return found
}

// propagation says that the service is off which copies the certificates of a
// card into the store. It is asked only when they are not there: the card's own
// driver may copy them as well.
func propagation(in input, level Status) []Finding {
	v := in.s.Services.Find("CertPropSvc")
	switch {
	case v == nil, v.Running:
		return nil
	case v.Start == platform.StartDisabled: // which the registry tells as well
	case v.Settled() && !v.OK():
		return nil
	case !slices.ContainsFunc(in.s.Readers.List, platform.Reader.Usable):
		return nil // without a reader it has nothing to do
	}
	return []Finding{find(PropagationStopped, level, Evidence{Service: v})}
}
