package checks

import (
	"maps"
	"slices"
)

// IDs lists every finding of the catalogue, sorted.
func IDs() []ID { return slices.Sorted(maps.Keys(catalogue)) }

// StepOf is the step of a finding, "" for one that is not in the catalogue.
func StepOf(id ID) Step { return catalogue[id].step }

// RestsOn reports whether a finding's link needs that of another for a purpose,
// directly or through others.
func RestsOn(p Purpose, id, on ID) bool {
	return graphs[p].restsOn(catalogue[id].link, catalogue[on].link)
}

// Matters reports whether a finding's link is in the graph of a purpose.
func Matters(p Purpose, id ID) bool { return graphs[p].place(catalogue[id].link) >= 0 }
