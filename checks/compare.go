package checks

// Comparison is what became of the findings between two diagnoses of one
// question, in the order of the steps.
type Comparison struct {
	Better []Became `json:"better"`
	Worse  []Became `json:"worse"`
	Same   []Became `json:"same"`
	// Unclear holds what one of the two could not look at.
	Unclear []Became `json:"unclear"`
}

// Became is what one finding was and is; an empty status is a finding that is not
// there.
type Became struct {
	ID     ID     `json:"id"`
	Before Status `json:"before"`
	After  Status `json:"after"`
}

// Compare compares two diagnoses.
func Compare(before, after Diagnosis) Comparison {
	c := Comparison{Better: []Became{}, Worse: []Became{}, Same: []Became{}, Unclear: []Became{}}
	for _, id := range inEither(before, after) {
		b := Became{ID: id, Before: statusIn(before, id), After: statusIn(after, id)}
		was, known := weight(b.Before, before, id)
		is, knownNow := weight(b.After, after, id)
		switch {
		case b.Before == b.After:
			c.Same = append(c.Same, b)
		case !known && !knownNow:
		case !known || !knownNow:
			c.Unclear = append(c.Unclear, b)
		case was > is:
			c.Better = append(c.Better, b)
		case was < is:
			c.Worse = append(c.Worse, b)
		}
	}
	return c
}

// inEither lists the findings of both, those of the later one first where they
// stand in the same step.
func inEither(before, after Diagnosis) []ID {
	var all []ID
	seen := map[ID]bool{}
	for _, s := range []Step{StepReader, StepCard, StepCertificate, StepExpiry, StepRevocation, StepBrowser, StepNFC, StepSystem} {
		for _, f := range append(after.Step(s), before.Step(s)...) {
			if !seen[f.ID] {
				seen[f.ID] = true
				all = append(all, f.ID)
			}
		}
	}
	return all
}

// statusIn is the status of a finding, the worst where it is there more than once.
func statusIn(d Diagnosis, id ID) Status {
	var s Status
	for _, f := range d.Findings {
		if f.ID == id && (s == "" || worst[f.Status] > worst[s]) {
			s = f.Status
		}
	}
	return s
}

// weight is how bad a status is, and whether that is known: nobody knows of a
// finding that is not there whether it would be if the step had been looked at.
func weight(s Status, d Diagnosis, id ID) (int, bool) {
	if s == "" {
		s = d.StepStatus(catalogue[id].step)
		if s != Unknown && s != Skipped {
			s = OK
		}
	}
	switch s {
	case Notice:
		return 1, true
	case Problem:
		return 2, true
	case Unknown, Skipped:
		return 0, false
	}
	return 0, true
}
