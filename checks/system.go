package checks

// operatingSystem says that the official services do not support Linux. It is
// never the cause: this program reads the card there all the same.
func operatingSystem(in input) []Finding {
	if in.s.System.OS == "linux" {
		return []Finding{find(SystemOSUnsupported, Notice, Evidence{OS: in.s.System.OS, OSName: in.s.System.Name})}
	}
	return nil
}
