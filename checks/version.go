package checks

import "strings"

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
