package checks

import "yomitori/platform"

// architecture judges whether a program runs on a kind of computer; the status
// is OK when it does.
func architecture(s platform.System, program string, e Evidence) Finding {
	e.OS, e.Arch, e.ProgramArch = s.OS, s.Arch, program
	switch runs(s, program) {
	case platform.SwitchOn:
		return Finding{Status: OK}
	case platform.SwitchOff:
		if s.OS == "darwin" && s.Arch == "arm64" && program == "amd64" {
			e.Conditions = []Condition{NoRosetta}
		}
		return find(ClientArchitecture, Problem, e)
	}
	e.Area = platform.AreaSystem
	return find(ClientArchitecture, Unknown, e)
}

// runs tells whether a computer runs a program for another processor. On
// Windows what is not told speaks for neither, so it runs.
func runs(s platform.System, program string) platform.Switch {
	switch {
	case s.OS == "darwin":
		return runsOnMac(s, program)
	case program == "" || s.Arch == "" || program == s.Arch, s.Arch == "arm64", s.Arch == "amd64" && program == "386":
		return platform.SwitchOn
	}
	return platform.SwitchOff
}

// runsOnMac tells the same of a Mac: on Apple silicon a program for Intel needs
// Rosetta, and the official one is for Intel (facts/os-browser.md 2.2). So one
// of which nothing is told needs it too, as far as anybody knows.
func runsOnMac(s platform.System, program string) platform.Switch {
	switch {
	case program == "universal":
		return platform.SwitchOn
	case s.Arch == "":
		return platform.SwitchUnknown
	case program == s.Arch:
		return platform.SwitchOn
	case s.Arch == "arm64" && program == "amd64":
		return s.Rosetta
	case program != "":
		return platform.SwitchOff
	case s.Arch == "arm64" && s.Rosetta != platform.SwitchOn:
		return platform.SwitchUnknown
	}
	return platform.SwitchOn
}
