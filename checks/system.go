package checks

import (
	"slices"
	"strings"

	"yomitori/platform"
)

// windows11 is the first build of Windows 11. Everything before is out of
// e-Tax's environment since 2025-10-14, and no Windows for servers is in it
// (facts/os-browser.md 7).
const windows11 = 22000

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
		build, told := windowsBuild(s.Version)
		if s.Server {
			e.Conditions = []Condition{Server}
		}
		switch {
		case s.Server && in.question.Purpose == ETax:
			return []Finding{find(SystemOSUnsupported, Problem, e)}
		case s.Server:
			return []Finding{find(SystemOSUnsupported, Notice, e)}
		case told && build >= windows11:
		case in.isFor(Mynaportal, HPKI): // what they ask of Windows was not found
		case in.question.Purpose != ETax && told:
			return []Finding{find(SystemOSUnsupported, Notice, e)}
		case in.question.Purpose == ETax && told:
			return []Finding{find(SystemOSUnsupported, Problem, e)}
		case in.question.Purpose == ETax:
			e.Area, e.Why = platform.AreaSystem, platform.WhyError
			return []Finding{find(SystemOSUnsupported, Unknown, e)}
		}
	case "darwin":
		return macOS(in, e)
	}
	return nil
}

// macOS judges the version of a Mac. A list that does not name it is no ground
// to send anybody away: the list may have grown since (facts/os-browser.md 7).
// Software that says itself that it does not run there is.
func macOS(in input, e Evidence) []Finding {
	e.OSName = strings.TrimSpace(in.s.System.Name + " " + in.s.System.Version)
	e.Version = in.s.System.Version
	switch in.question.Purpose {
	case Any:
		return nil
	case HPKI:
		e.Conditions = []Condition{WindowsOnly}
		return []Finding{find(SystemOSUnsupported, Problem, e)}
	}
	if app, ok := outgrown(in); ok {
		e.Conditions, e.Software, e.MinSystem = []Condition{TooOld}, app.Software, app.MinSystem
		return []Finding{find(SystemOSUnsupported, Problem, e)}
	}
	row := supportOf(in)
	n, told := release(in.s.System.Version)
	switch {
	case row.newest == 0:
		return nil
	case !told:
		e.Area, e.Why = platform.AreaSystem, platform.WhyError
		return []Finding{find(SystemOSUnsupported, Unknown, e)}
	case n < row.oldest, n > row.newest:
		e.Conditions = []Condition{NotListed}
		return []Finding{find(SystemOSUnsupported, Notice, e)}
	}
	return nil
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

// windowsBuild takes the build out of "10.0.26100". An older major version has
// no build that matters.
func windowsBuild(version string) (build int, told bool) {
	parts := strings.Split(version, ".")
	if len(parts) < 3 {
		return 0, false
	}
	major, ok := number(parts[0])
	build, built := number(parts[2])
	switch {
	case !ok || !built:
		return 0, false
	case major < 10:
		return 0, true
	case major > 10:
		return windows11, true
	}
	return build, true
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
