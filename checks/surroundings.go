package checks

import (
	"slices"

	"yomitori/platform"
)

// proxy says that the way to the service leads through a proxy; some do not
// pass a card's certificate on (facts/os-browser.md 3.5). Browsers do not use
// the computer's own, so of those only the one that must stay is told.
func proxy(in input) []Finding {
	if f, ok := surrounding(in, SystemProxy, platform.AreaNetwork); ok {
		return f
	}
	known, other := false, false
	for _, p := range in.s.Network.Proxies {
		switch {
		case p.Settled() && !p.OK():
			if p.Source != platform.ProxyMachine {
				return []Finding{unseen(SystemProxy, platform.AreaNetwork, p.Look)}
			}
		case p.Mode != platform.ProxyManual && p.Mode != platform.ProxyPAC:
		case p.Known == string(OQS):
			known = true
		case p.Source != platform.ProxyMachine:
			other = true
		}
	}
	switch {
	case other:
		return []Finding{find(SystemProxy, Notice, Evidence{})}
	case known:
		return []Finding{find(SystemProxy, Notice, Evidence{Conditions: []Condition{OQS}})}
	}
	return nil
}

// inTheWay are the families of security software that were named to stand
// between browser and card, with what they are called (facts/os-browser.md 3.5).
var inTheWay = []struct{ family, name string }{{"eset", "ESET"}, {"rapport", "Trusteer Rapport"}}

func securitySoftware(in input) []Finding {
	if f, ok := surrounding(in, SystemSecuritySoftware, platform.AreaSecurity); ok {
		return f
	}
	var names []string
	for _, f := range inTheWay {
		names = append(names, productsOf(in.s.Security.Products, f.family, f.name)...)
	}
	if len(names) == 0 {
		return nil
	}
	e := Evidence{Products: names}
	if c := in.s.Security.Center; c.Why != "" { // whether they are on is not known then
		e.Area, e.Why = platform.AreaSecurity, c.Why
	}
	return []Finding{find(SystemSecuritySoftware, Notice, e)}
}

// productsOf names the products of a family that may be at work. One product is
// found in several ways; whether it is on, the system's own list tells, and what
// it is called, that list or its installer. A program that runs has another name.
func productsOf(all []platform.SecurityProduct, family, called string) []string {
	var names []string
	there, listed, off := false, false, true
	for _, p := range all {
		if p.Family != family {
			continue
		}
		there = true
		if p.Source == platform.SecurityCenter {
			listed, off = true, off && p.Active == platform.SwitchOff
		}
		if p.Source != platform.SecurityProcess && p.Active != platform.SwitchOff && !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	switch {
	case !there, listed && off:
		return nil
	case len(names) == 0:
		return []string{called}
	}
	return names
}

// programCompatibility names a service that the manual of HPKI-KAGURA says to
// stop when the card's driver is kept from working (facts/os-browser.md 3.1). It
// runs on most computers, so it is named only where a card is known not to get
// through to the browser.
func programCompatibility(in input) []Finding {
	v := in.s.Services.Find("PcaSvc")
	if v == nil || !v.Running {
		return nil
	}
	broken := func(f Finding) bool {
		return f.Status == Problem && slices.Contains([]link{linkCardDriver, linkPropagation, linkStore}, catalogue[f.ID].link)
	}
	if !slices.ContainsFunc(in.before, broken) {
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
