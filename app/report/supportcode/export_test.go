package supportcode

import (
	"slices"

	"yomitori/checks"
)

// Room is how many values each list has and may have.
var Room = map[string][2]int{
	"systems":  {len(systems), radix.system},
	"purposes": {len(purposes), radix.purpose},
	"kinds":    {len(kinds), radix.kind},
	"readers":  {len(readers), radix.reader},
	"days":     {int(daysCount), radix.days},
	"findings": {len(findings), first + radix.added - 1},
	"statuses": {len(statuses), len(likelyOK)},
}

// WithFindings makes this program know more findings until what it returns is called.
func WithFindings(more []checks.ID) (back func()) {
	old := findings
	findings = append(slices.Clone(old), more...)
	return func() { findings = old }
}
