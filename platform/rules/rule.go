// Package rules holds the requirements that age: which systems and browsers a
// service supports, the certificates of the CAs, the ids of the extensions.
//
// Others decide about them and may decide anew any day. So each stands here once,
// in rules.go, with its source, the day of which it tells and the day until which
// that may be trusted. After it a finding that rests on the rule says so; what
// the rule means for a computer is decided in package checks.
//
// What holds by a standard or a law, and the names by which programs, readers
// and pages are recognised, are no rules: they stand where they are used.
package rules

import "time"

// Rule says how far a requirement can be trusted. Every row of a table has one.
type Rule struct {
	// Source is what the requirement was read in.
	Source string
	// AsOf is the day of which the source tells, "2006-01-02", or the month or
	// year where it names no day. It is empty for a source without a date: none
	// is made up for it.
	AsOf string
	// ReviewBy is the last day, in Japan, on which the rule is not yet old.
	ReviewBy string
}

var japan = time.FixedZone("JST", 9*60*60)

// Outdated reports whether the requirement may have changed since.
func (r Rule) Outdated(now time.Time) bool {
	return now.In(japan).Format(time.DateOnly) > r.ReviewBy
}
