package checks

import (
	"slices"

	"yomitori/platform"
)

// Help is what a repair did for what it was made for.
type Help string

// What a repair can do. CannotTell stands for what nobody sees from outside: a
// remembered choice of a certificate for one.
const (
	Helped     Help = "helped"
	NotHelped  Help = "not-helped"
	CannotTell Help = "cannot-tell"
	StillLooks Help = "still-looking"
)

// HelpOf compares the diagnoses from before and after a repair, of one question.
// It is about the findings that the repair was offered for: it helped where none
// of them is left.
func HelpOf(before, after Diagnosis, r platform.Repair) Help {
	helps := map[Help]bool{}
	for _, f := range before.Findings {
		if slices.Contains(f.Repairs, r) {
			helps[helpFor(before, after, f)] = true
		}
	}
	for _, h := range []Help{StillLooks, NotHelped, CannotTell, Helped} {
		if helps[h] {
			return h
		}
	}
	return CannotTell
}

// helpFor says what became of one finding.
func helpFor(before, after Diagnosis, was Finding) Help {
	is := after.Find(was.ID)
	switch {
	case is == nil:
		return helpOfAbsence(before, after, was)
	case is.Pending():
		return StillLooks
	case unseenByNature(was), unseenByNature(*is), is.Status == Unknown, is.Status == Skipped:
		return CannotTell
	case is.Status == OK:
		return Helped
	}
	return NotHelped
}

// helpOfAbsence judges that a finding is not there any more. That tells only where
// it was looked for again: its step came to an end, and nothing that it rests on
// is broken now.
func helpOfAbsence(before, after Diagnosis, was Finding) Help {
	help := Helped
	for _, f := range after.Findings {
		old := before.Find(f.ID)
		switch {
		case f.Step == was.Step && f.Pending():
			return StillLooks
		case f.Step == was.Step && (f.Status == Unknown || f.Status == Skipped) && (old == nil || old.Status != f.Status),
			f.Status == Problem && !f.Evidence.Told && graphs[after.Purpose].restsOn(catalogue[was.ID].link, catalogue[f.ID].link):
			help = CannotTell
		}
	}
	if unseenByNature(was) {
		return CannotTell
	}
	return help
}

// unseenByNature reports whether a finding rests on what nobody sees: that it is
// gone proves nothing, nor that it stays.
func unseenByNature(f Finding) bool { return f.ID == BrowserSessionStale || f.Evidence.Told }
