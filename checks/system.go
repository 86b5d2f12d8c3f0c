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

// windows judges the version of a Windows by what e-Tax asks for: the others'
// rules are not known. What it has dropped does not come back, so an old rule
// holds all the same.
func windows(in input, e Evidence) []Finding {
	s := in.s.System
	rule, _ := systemRule(in, ETax)
	status := Notice
	if in.question.Purpose == ETax {
		status = Problem
	}
	tooOld, told := olderBuild(s.Version, rule.Oldest)
	switch {
	case s.Server:
		e.Conditions = []Condition{Server}
	case in.isFor(Mynaportal, HPKI), told && !tooOld, !told && in.question.Purpose != ETax:
		return nil
	case !told:
		return []Finding{untoldSystem(e)}
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
		return []Finding{find(SystemOSUnsupported, in.unlisted(rule.Rule), in.by(rule.Rule, e))}
	}
	if app, ok := outgrown(in); ok && in.question.Purpose != Any {
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

// release is the first number of a version of macOS, "15.1".
func release(version string) (n int, told bool) {
	first, _, _ := strings.Cut(version, ".")
	return number(first)
}

// older reports whether one version comes before another. One that is not made
// of numbers comes before none, and none before it.
func older(a, b string) bool {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range max(len(as), len(bs)) {
		m, n, fine := 0, 0, true
		if i < len(as) {
			m, fine = number(as[i])
		}
		if i < len(bs) && fine {
			n, fine = number(bs[i])
		}
		if !fine || m != n {
			return fine && m < n
		}
	}
	return false
}

// olderBuild reports whether a version of Windows, "10.0.26100", comes before a
// build of Windows 10 or 11.
func olderBuild(version string, build int) (is, told bool) {
	parts := strings.Split(version, ".")
	if len(parts) < 3 {
		return false, false
	}
	major, isNumber := number(parts[0])
	built, isBuild := number(parts[2])
	return major < 10 || major == 10 && built < build, isNumber && isBuild
}

// number reads a small decimal number.
func number(s string) (int, bool) {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 1<<24 {
			return 0, false
		}
		n = 10*n + int(r-'0')
	}
	return n, s != ""
}

// remote says that the screen is elsewhere, unless that was said already.
func remote(in input) []Finding {
	said := slices.ContainsFunc(reader(in), func(f Finding) bool { return f.ID == ReaderRemoteSession })
	if said || in.s.System.RemoteKind != "rdp" {
		return nil
	}
	return []Finding{find(SystemRemoteDesktop, Notice, Evidence{OS: in.s.System.OS})}
}
