package checks

import "slices"

// rank silences what follows from a problem, and lists the places of the
// problems that are left in the order in which to act on them: the first is the
// cause.
//
// What was observed comes before what the user only told, and what keeps from
// logging in before what keeps from signing. Among equals, what the
// user tells comes before the order of the graph: it says which of two
// independent problems they are meeting now.
func rank(in input, findings []Finding) []int {
	g := graphs[in.question.Purpose]
	outside(in, g, findings)
	silence(in, g, findings)
	var left []int
	for i, f := range findings {
		if f.Status == Problem {
			left = append(left, i)
		}
	}
	suspects := suspected(in.question)
	slices.SortStableFunc(left, func(a, b int) int {
		f, o := findings[a], findings[b]
		switch {
		case f.Evidence.Told != o.Evidence.Told:
			if f.Evidence.Told {
				return 1
			}
			return -1
		case signsOnly(in, f) != signsOnly(in, o):
			if signsOnly(in, f) {
				return 1
			}
			return -1
		case suspects.place(f) != suspects.place(o):
			return suspects.place(f) - suspects.place(o)
		}
		return g.place(catalogue[f.ID].link) - g.place(catalogue[o.ID].link)
	})
	return left
}

// outside skips findings about what does not matter for the purpose.
func outside(in input, g graph, findings []Finding) {
	for i, f := range findings {
		if g.place(catalogue[f.ID].link) < 0 {
			findings[i] = find(f.ID, Skipped, Evidence{Purpose: in.question.Purpose})
		}
	}
}

// silence skips every finding that rests on a broken link, and notes in the
// problem that broke it first what it hides. What the user only told silences
// nothing, and what one certificate of the card lacks nothing of the other.
func silence(in input, g graph, findings []Finding) {
	place := func(i int) int { return g.place(catalogue[findings[i].ID].link) }
	var problems []int
	for i, f := range findings {
		if f.Status == Problem && !f.Evidence.Told {
			problems = append(problems, i)
		}
	}
	slices.SortStableFunc(problems, func(a, b int) int { return place(a) - place(b) })
	for i := range findings {
		f := &findings[i]
		if f.Status == Skipped {
			continue
		}
		for _, p := range problems {
			if findings[p].Status == Problem && !apart(in, findings[p], *f) && g.restsOn(catalogue[f.ID].link, catalogue[findings[p].ID].link) {
				if f.Status != OK {
					findings[p].Hides = append(findings[p].Hides, f.ID)
				}
				f.Status = Skipped // what is fine is moot as well
				break
			}
		}
	}
}
