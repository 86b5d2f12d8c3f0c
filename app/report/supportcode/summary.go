package supportcode

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yomitori/checks"
	"yomitori/platform"
)

// Summary is what a code holds.
type Summary struct {
	// Version is that of the program that made the code: major, minor, patch.
	Version [3]int
	OS      string // "windows", "darwin", "linux", "" where it is not known
	Purpose checks.Purpose
	Kind    platform.Kind // "" without a card
	Reader  Reader
	Days    Days
	// Statuses of all findings that the diagnosis holds, those that are ok too.
	Statuses map[checks.ID]checks.Status
	// Cause is "" where there is none.
	Cause checks.ID
}

// Reader is the class of the reader in use.
type Reader string

// NoReader stands for a computer on which no reader was seen.
const NoReader Reader = ""

// Days is how long the card's certificate is still valid, roughly: so many days
// would tell a card from others.
type Days int

// The spans.
const (
	DaysUnknown Days = iota
	DaysOver         // ended
	DaysWeek         // within a week
	DaysMonth        // within thirty days
	DaysQuarter      // within ninety
	DaysYear         // within a year
	DaysMore
	daysCount
)

// daysOf puts days left into a span.
func daysOf(left int) Days {
	for _, s := range []struct {
		most int
		days Days
	}{{-1, DaysOver}, {7, DaysWeek}, {30, DaysMonth}, {90, DaysQuarter}, {365, DaysYear}} {
		if left <= s.most {
			return s.days
		}
	}
	return DaysMore
}

// Of sums a diagnosis up. Version is that of this program, "1.2.3".
func Of(d checks.Diagnosis, s platform.Snapshot, version string) Summary {
	sum := Summary{
		Version: parsed(version), OS: s.System.OS, Purpose: d.Purpose, Reader: readerOf(d, s),
		Statuses: map[checks.ID]checks.Status{},
	}
	if !slices.Contains(systems, sum.OS) {
		sum.OS = ""
	}
	if d.Card != nil {
		sum.Kind = d.Card.Kind
	}
	if d.Cause != nil {
		sum.Cause = d.Cause.ID
	}
	for _, f := range d.Findings {
		if slices.Contains(findings, f.ID) {
			sum.Statuses[f.ID] = f.Status
		}
		if f.Evidence.DaysLeft != nil && f.Step == checks.StepExpiry && sum.Days == DaysUnknown {
			sum.Days = daysOf(*f.Evidence.DaysLeft)
		}
	}
	return sum
}

// readerOf is the class of the reader with the card that was judged, or of the
// first.
func readerOf(d checks.Diagnosis, s platform.Snapshot) Reader {
	list := s.Readers.List
	if len(list) == 0 {
		return NoReader
	}
	r := list[0]
	if d.Card != nil && d.Card.ReaderIndex >= 0 && d.Card.ReaderIndex < len(list) {
		r = list[d.Card.ReaderIndex]
	}
	if r.Class == platform.ReaderPlain {
		return "plain"
	}
	return Reader(r.Class)
}

// parsed reads a version. One that cannot be read, or is too high for a code, is all 0: part
// of it would be another version.
func parsed(version string) (v [3]int) {
	parts := strings.Split(version, ".")
	if len(parts) != len(v) {
		return v
	}
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || n >= versionRadix[i] {
			return [3]int{}
		}
		v[i] = n
	}
	return v
}

// Diagnosis makes the diagnosis that the summary sums up anew, as far as a code
// tells it: findings have a status and no evidence.
func (s Summary) Diagnosis() checks.Diagnosis {
	return checks.Rebuild(s.Purpose, s.Statuses, s.Cause)
}

// Program writes the version of the program that made the code, or "" where that
// is not known.
func (s Summary) Program() string {
	if s.Version == [3]int{} {
		return ""
	}
	return fmt.Sprintf("%d.%d.%d", s.Version[0], s.Version[1], s.Version[2])
}

// dayNames name the spans.
var dayNames = [daysCount]string{"unknown", "over", "week", "month", "quarter", "year", "more"}

// String names a span, as in JSON.
func (d Days) String() string {
	if d < 0 || d >= daysCount {
		return dayNames[DaysUnknown]
	}
	return dayNames[d]
}
