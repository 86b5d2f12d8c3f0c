package checks

import (
	"slices"
	"strings"

	"yomitori/platform"
)

// tlsLogin judges the way of HPKI-KAGURA: the driver, the service that copies
// certificates, the certificate store that a browser chooses from. A My Number
// Card goes the same way with its own driver, but only the service knows
// whether it was registered there, so what it lacks is a notice.
func tlsLogin(in input) ([]Finding, Evidence) {
	ready := Evidence{Browsers: browserNames(judged(in))}
	var found []Finding
	if registers(in) {
		found = registration(in)
	}
	c := in.card
	if c == nil || mainCertificate(c) == nil {
		look := in.s.Cards.Look
		if c != nil {
			look = c.Look
		}
		return append(found, unseen(StoreMissing, platform.AreaCards, look)), ready
	}
	level := Problem
	ready.Role = mainRole(c)
	switch c.Kind {
	case platform.KindHPKI:
		ready.Software = platform.SoftwareHPKI
		found = append(found, hpkiDriver(in)...)
	default:
		level = Notice
		ready.Software = platform.SoftwareJPKI
	}
	store, e := storeOf(in, ready, level)
	return append(found, store...), e
}

// hpkiDriver judges whether the driver is there through which TLS uses an HPKI
// card. A certificate that can be used speaks for a driver of a name that is not
// known here. One that names HPKI's own needs just that: it stays in the store
// when the driver is taken away.
func hpkiDriver(in input) []Finding {
	e := Evidence{Software: platform.SoftwareHPKI}
	if matched, _ := inStore(in); matched != nil && len(hiddenBy(*matched, in)) == 0 {
		if platform.SoftwareOf(matched.Provider) != platform.SoftwareHPKI {
			return nil
		}
		e.Provider = matched.Provider
	}
	wanted := e.Provider
	for _, p := range in.s.Clients.Providers {
		if p.Software != platform.SoftwareHPKI || wanted != "" && !strings.EqualFold(p.Name, wanted) {
			continue
		}
		fault := notLoaded(p, in.s.System.Arch)
		if fault == "" {
			return nil
		}
		if len(e.Conditions) == 0 || slices.Index(driverFaults, fault) < slices.Index(driverFaults, e.Conditions[0]) {
			e.Provider, e.Conditions = p.Name, []Condition{fault}
		}
	}
	status := Problem
	switch {
	case !in.s.Clients.OK():
		e.Area, e.Why, status = platform.AreaClients, in.s.Clients.Why, Unknown
	case slices.Contains(e.Conditions, OtherCPU):
		e.Area, status = platform.AreaClients, Unknown
	}
	return []Finding{find(DriverHPKIMissing, status, e)}
}

// driverFaults orders what keeps providers from being used: the one that comes
// nearest to working first.
var driverFaults = []Condition{OtherCPU, FilesMissing, Only32}

// notLoaded says what keeps a browser from loading a provider, or "". Edge and
// Chrome are programs of the computer's own kind, and load a library of that kind
// only; whether those of an ARM computer take one for x64 depends on how it was
// built.
func notLoaded(p platform.Provider, computer string) Condition {
	view := 64
	if computer == "386" {
		view = 32
	}
	switch {
	case p.FilesMissing:
		return FilesMissing
	case p.View != view, p.Arch == "386" && computer != "386":
		return Only32
	case p.Arch == "amd64" && computer == "arm64":
		return OtherCPU
	}
	return ""
}

// registers reports whether a My Number Card is to be registered: one is in, or
// the page that does it does nothing.
func registers(in input) bool {
	if in.question.Told.Message == MessageRegisterDoesNothing {
		return true
	}
	return in.card != nil && in.card.Kind != platform.KindHPKI && mainCertificate(in.card) != nil
}

// registration says what keeps a My Number Card from being registered with
// HPKI-KAGURA, which goes through the JPKI extension (facts/os-browser.md 1.1).
func registration(in input) []Finding {
	e := Evidence{Software: platform.SoftwareJPKI, Purpose: HPKI}
	var found []Finding
	provided := slices.ContainsFunc(in.s.Clients.Providers, func(p platform.Provider) bool {
		return p.Software == platform.SoftwareJPKI && !p.FilesMissing
	})
	if f := clientThere(in, e); f != nil && !provided {
		found = append(found, *f)
	}
	for _, b := range judged(in) {
		for _, f := range extension(in, b, e) {
			found = merge(found, f)
		}
	}
	return lowered(found)
}

// propagation says that the service is off which copies the certificates of a
// card into the store. It is asked only when they are not there: the card's own
// driver may copy them as well.
func propagation(in input, level Status) []Finding {
	v := in.s.Services.Find("CertPropSvc")
	switch {
	case v == nil, v.Running, !v.Present: // one that is not there cannot be started
		return nil
	case v.Start == platform.StartDisabled: // which the registry tells as well
	case v.Settled() && !v.OK():
		return nil
	case !slices.ContainsFunc(in.s.Readers.List, platform.Reader.Usable):
		return nil // without a reader it has nothing to do
	}
	return []Finding{find(PropagationStopped, level, Evidence{Service: v})}
}
