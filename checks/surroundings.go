package checks

import (
	"slices"

	"yomitori/platform"
)

// surroundings says what may get in the way between browser, service and card.
// Whether it does is not to be seen from here, so each is a notice at most.
func surroundings(in input) []Finding {
	if in.isFor(Any) {
		return nil
	}
	return append(proxy(in), append(securitySoftware(in), programCompatibility(in)...)...)
}

// proxy says that the way to the service leads through a proxy; some do not
// pass a card's certificate on (facts/os-browser.md 3.5).
func proxy(in input) []Finding {
	if f, ok := surrounding(in, SystemProxy, platform.AreaNetwork); ok {
		return f
	}
	set, known := 0, 0
	for _, p := range in.s.Network.Proxies {
		switch {
		case p.Settled() && !p.OK():
			return []Finding{unseen(SystemProxy, platform.AreaNetwork, p.Look)}
		case p.Mode != platform.ProxyManual && p.Mode != platform.ProxyPAC:
			continue
		}
		set++
		if p.Known == string(OQS) {
			known++
		}
	}
	e := Evidence{}
	switch {
	case set == 0:
		return nil
	case known == set:
		e.Conditions = []Condition{OQS}
	}
	return []Finding{find(SystemProxy, Notice, e)}
}

// inTheWay are the families of security software that were named to stand
// between browser and card (facts/os-browser.md 3.5).
var inTheWay = []string{"eset", "rapport"}

func securitySoftware(in input) []Finding {
	if f, ok := surrounding(in, SystemSecuritySoftware, platform.AreaSecurity); ok {
		return f
	}
	var names []string
	for _, p := range in.s.Security.Products {
		if slices.Contains(inTheWay, p.Family) && p.Active != platform.SwitchOff && !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []Finding{find(SystemSecuritySoftware, Notice, Evidence{Products: names})}
}

// programCompatibility names a service that the manual of HPKI-KAGURA says to
// stop when the card's driver is kept from working (facts/os-browser.md 3.1). It
// runs on most computers, so it is named only where the driver does not work.
func programCompatibility(in input) []Finding {
	v := in.s.Services.Find("PcaSvc")
	if !in.isFor(HPKI) || v == nil || !v.Running {
		return nil
	}
	login, _ := tlsLogin(in)
	if !slices.ContainsFunc(login, isOpen) {
		return nil
	}
	return []Finding{find(SystemProgramCompatibility, Notice, Evidence{Service: v})}
}

// surrounding answers for an area that was not observed: with nothing where
// there is no such thing, else that it is not known.
func surrounding(in input, id ID, a platform.Area) ([]Finding, bool) {
	l := *in.s.Look(a)
	switch {
	case l.OK():
		return nil, false
	case l.State == platform.NotApplicable:
		return nil, true
	}
	return []Finding{unseen(id, a, l)}, true
}
