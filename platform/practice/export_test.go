package practice

import "yomitori/platform"

// Repairable is a practice computer that is in no file.
func Repairable(s platform.Snapshot) *Computer {
	c := New(s)
	c.repairable = true
	return c
}
