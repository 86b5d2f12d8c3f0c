package checks

import (
	"slices"
	"strings"
)

// Behind says what the computer shows of something that may lie behind a message.
type Behind string

// What it may show. Open is what nobody can tell from here, or could not look at.
const (
	BehindConfirmed Behind = "confirmed"
	BehindExcluded  Behind = "excluded"
	BehindOpen      Behind = "open"
)

// Behind judges one thing that may lie behind a message which appears on the way of
// some purposes, nil for all: it is so if one of the findings that confirm it was
// observed, and not so if one that excludes it is ok. What rests on the user's words
// alone confirms nothing: it would prove itself.
func (d Diagnosis) Behind(on []Purpose, confirmedBy, excludedBy []ID) Behind {
	d = d.on(on, confirmedBy)
	state := BehindOpen
	for _, f := range d.Findings {
		switch {
		case f.Evidence.Told:
		case slices.Contains(confirmedBy, f.ID) && d.confirms(f, confirmedBy):
			return BehindConfirmed
		case f.Status == OK && slices.Contains(excludedBy, f.ID) && d.excludes(f, on, confirmedBy):
			state = BehindExcluded
		}
	}
	return state
}

// on is the diagnosis that tells of a message: what is well on the way to one service
// says nothing of the way to another. Which card is the wrong one is said of a My
// Number Card, but where the message is of HPKI alone.
func (d Diagnosis) on(on []Purpose, confirmedBy []ID) Diagnosis {
	switch {
	case len(on) > 0 && !slices.Contains(on, d.Purpose):
		return d.of(on[0])
	case len(on) == 0 && !slices.Contains(throughExtension, d.Purpose) && slices.Contains(confirmedBy, CardWrongKind):
		return d.of(Mynaportal)
	}
	return d
}

// of judges the same computer for another purpose. What the user tells is of the
// purpose that they have.
func (d Diagnosis) of(p Purpose) Diagnosis {
	if d.snapshot == nil {
		return Diagnosis{Question: Question{Purpose: p}}
	}
	return Diagnose(*d.snapshot, Question{Purpose: p}, d.Time)
}

// confirms reports whether a finding, as it turned out, says that a thing is so. A
// notice about a reader is about another one, or about what does not matter yet, where
// one works; only what speaks of nothing but the service is so all the same. A notice
// that a card is of the wrong kind says that it may do.
func (d Diagnosis) confirms(f Finding, confirmedBy []ID) bool {
	switch {
	case f.Status == Problem:
		return true
	case f.Status != Notice || f.ID == CardWrongKind:
		return false
	case !begins(f.ID, "reader."):
		return true
	}
	ok := d.Find(ReaderOK)
	return ok == nil || ok.Status != OK || !slices.ContainsFunc(confirmedBy, func(id ID) bool { return !begins(id, "reader.service-") })
}

// excludes reports whether a finding that is ok says that a thing is not so. That a
// browser can be used tells of what the purpose leads through, and of e-Tax's own
// extension, which cannot be seen, nothing.
func (d Diagnosis) excludes(f Finding, on []Purpose, confirmedBy []ID) bool {
	if f.ID != BrowserOK {
		return true
	}
	names := func(prefixes ...string) bool {
		return slices.ContainsFunc(confirmedBy, func(id ID) bool { return begins(id, prefixes...) })
	}
	switch {
	case f.Evidence.StandsIn() && names("extension."):
		return false
	case len(on) > 0:
		return true
	case names("client.", "host.", "extension.") && !slices.Contains(throughExtension, d.Purpose):
		return false
	}
	return d.Purpose == HPKI || !names("store.", "driver.", "propagation.")
}

func begins(id ID, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(string(id), p) })
}
