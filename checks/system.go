package checks

import (
	"slices"
	"strings"

	"yomitori/platform"
)

// operatingSystem judges whether the services support the system. On Linux and
// for services other than e-Tax it is never the cause: this program reads the
// card there all the same.
func operatingSystem(in input) []Finding {
	s := in.s.System
	e := Evidence{OS: s.OS, OSName: s.Name}
	switch s.OS {
	case "linux":
		return []Finding{find(SystemOSUnsupported, Notice, e)}
	case "windows":
		return windows(in, e)
	case "darwin":
		return macOS(in, e)
	}
	return nil
}

// windows judges the version of a Windows by what e-Tax asks for; what the others
// do was not found. What e-Tax has dropped does not come back, so the rule holds
// when it is old as well.
func windows(in input, e Evidence) []Finding {
	s := in.s.System
	rule, _ := systemRule(in, ETax)
	tooOld, told := olderBuild(s.Version, rule.Oldest)
	status := Notice
	if in.isFor(ETax) {
		status = Problem
	}
	switch {
	case s.Server:
		e.Conditions = []Condition{Server}
	case in.isFor(Mynaportal, HPKI):
		return nil
	case in.isFor(ETax) && !told:
		return []Finding{untoldSystem(e)}
	case !told, !tooOld:
		return nil
	}
	return []Finding{find(SystemOSUnsupported, status, in.by(rule.Rule, e))}
}

// macOS judges the version of a Mac. A list that does not name it is no ground
// to send anybody away: the list may have grown since (facts/os-browser.md 7).
// Software that says itself that it does not run there is.
func macOS(in input, e Evidence) []Finding {
	e.OSName = strings.TrimSpace(in.s.System.Name + " " + in.s.System.Version)
	e.Version = in.s.System.Version
	rule, known := systemRule(in, in.question.Purpose)
	if known && rule.NamesNone() {
		e.Conditions = []Condition{WindowsOnly}
		return []Finding{find(SystemOSUnsupported, in.notNamed(rule.Rule), in.by(rule.Rule, e))}
	}
	if app, ok := outgrown(in); ok && !in.isFor(Any) {
		e.Conditions, e.Software, e.MinSystem = []Condition{TooOld}, app.Software, app.MinSystem
		return []Finding{find(SystemOSUnsupported, Problem, e)}
	}
	n, told := release(in.s.System.Version)
	switch {
	case !known:
		return nil
	case !told:
		return []Finding{untoldSystem(e)}
	case !rule.Names(n):
		e.Conditions, e.Listed = []Condition{NotListed}, rule.Versions()
		return []Finding{find(SystemOSUnsupported, Notice, in.by(rule.Rule, e))}
	}
	return nil
}

// untoldSystem is the finding for a system that does not tell its version.
func untoldSystem(e Evidence) Finding {
	e.Area, e.Why = platform.AreaSystem, platform.WhyError
	return find(SystemOSUnsupported, Unknown, e)
}

// remote says that the screen is elsewhere, unless that was said already.
func remote(in input) []Finding {
	said := slices.ContainsFunc(in.before, func(f Finding) bool { return f.ID == ReaderRemoteSession })
	if said || in.s.System.RemoteKind != "rdp" {
		return nil
	}
	return []Finding{find(SystemRemoteDesktop, Notice, Evidence{OS: in.s.System.OS})}
}
