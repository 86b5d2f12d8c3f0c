package wizard

import (
	"slices"
	"strconv"

	"yomitori/app/words"
	"yomitori/checks"
)

func cardDrawing(sc scene, f checks.Finding) string {
	put := "card-insert"
	if contactless(sc.f.s) {
		put = "card-touch"
	}
	switch f.ID {
	case checks.CardWrongKind, checks.CardStorage, checks.CardUnknown, checks.CardJuki, checks.CardTest:
		return "card-wrong"
	case checks.CardOK:
		if f.Status == checks.OK {
			return "reader-ok"
		}
	case checks.CardAbsent, checks.CardMute, "":
		return put
	}
	if f.Pending() && !slices.ContainsFunc(sc.f.d.Step(checks.StepReader), isOK) {
		return put
	}
	return "card-hold"
}

func isOK(f checks.Finding) bool { return f.Status == checks.OK }

func cardFacts(sc scene) []fact {
	c := sc.f.d.Card
	if c == nil {
		return nil
	}
	r := rows{t: sc.t}
	r.add("kind", words.Kind(sc.t, c.Kind))
	r.add("reader", c.Reader)
	r.add("card-expires", words.Day(sc.t, c.Expires))
	if c.APDUs > 0 {
		r.add("apdus", strconv.Itoa(c.APDUs))
		r.add("bytes", strconv.Itoa(c.Bytes))
	}
	return r.all
}
