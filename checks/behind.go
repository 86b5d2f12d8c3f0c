package checks

import "slices"

// Behind says what the computer shows of something that may lie behind a message.
type Behind string

// What it may show. Open is what nobody can tell from here, or could not look at.
const (
	BehindConfirmed Behind = "confirmed"
	BehindExcluded  Behind = "excluded"
	BehindOpen      Behind = "open"
)

// Behind judges one thing that may lie behind a message: it is so if one of the
// findings that confirm it was observed, and not so if one that excludes it is ok.
// What rests on the user's words alone confirms nothing: it would prove itself.
func (d Diagnosis) Behind(confirmedBy, excludedBy []ID) Behind {
	state := BehindOpen
	for _, f := range d.Findings {
		switch {
		case f.Evidence.Told:
		case (f.Status == Problem || f.Status == Notice) && slices.Contains(confirmedBy, f.ID):
			return BehindConfirmed
		case f.Status == OK && slices.Contains(excludedBy, f.ID):
			state = BehindExcluded
		}
	}
	return state
}
