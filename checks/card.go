package checks

import "yomitori/platform"

// chooseCard picks the card that the diagnosis is about: one that suits the
// purpose before one that does not, and the first of equals. Slots that nobody
// can put a card into do not count, and what was read does not where looking for
// cards did not end well.
func chooseCard(s platform.Snapshot, p Purpose) *platform.Card {
	if !s.Cards.OK() {
		return nil
	}
	var best *platform.Card
	for i := range s.Cards.List {
		c := &s.Cards.List[i]
		if !inUsableReader(s, c) {
			continue
		}
		if best == nil || preference(s, c, p) > preference(s, best, p) {
			best = c
		}
	}
	return best
}

// preference ranks cards: one that is there before one that has left, then by
// purpose, then one that could be read before one that could not.
func preference(s platform.Snapshot, c *platform.Card, p Purpose) int {
	rank := 10 * suits(c.Kind, p)
	if i := c.ReaderIndex; i < 0 || i >= len(s.Readers.List) || s.Readers.List[i].CardIn {
		rank += 100
	}
	switch {
	case c.OK():
		rank += 2
	case !c.Settled():
		rank++
	}
	return rank
}

func inUsableReader(s platform.Snapshot, c *platform.Card) bool {
	i := c.ReaderIndex
	return i < 0 || i >= len(s.Readers.List) || s.Readers.List[i].Usable()
}

// suits says how well a kind of card fits a purpose: 2 it is meant for it, 1 it
// can serve in part, 0 not at all.
func suits(k platform.Kind, p Purpose) int {
	switch k {
	case platform.KindMyNumber, platform.KindMyNumberUnknown:
		if p == HPKI {
			return 1
		}
		return 2
	case platform.KindHPKI:
		switch p {
		case HPKI, Any:
			return 2
		}
	case platform.KindPhoneToken:
		return 1
	}
	return 0
}

// card judges whether a card is in and is one that can serve the purpose.
func card(in input) []Finding {
	c := in.card
	if c == nil {
		if _, usable := readerNames(in.s.Readers.List); len(usable) == 0 {
			return []Finding{find(CardOK, Unknown, Evidence{Area: platform.AreaReaders})}
		}
		return []Finding{find(CardAbsent, Problem, Evidence{})}
	}
	e := Evidence{Purpose: in.question.Purpose, Readers: []string{c.Reader}, Kind: c.Kind, Label: c.Label, Retries: c.Retries, Why: c.Why}
	if !c.Settled() {
		return []Finding{unseen(CardOK, platform.AreaCards, c.Look)}
	}
	if !c.OK() {
		return []Finding{cardFailed(c, e)}
	}
	findings := []Finding{cardKind(in, e)}
	if kinds := suitable(in); len(kinds) > 1 {
		findings = append(findings, find(CardSeveral, Notice, Evidence{Kinds: kinds}))
	}
	return findings
}

// cardFailed names what kept a card from being read.
func cardFailed(c *platform.Card, e Evidence) Finding {
	switch c.Why {
	case platform.WhyMute, platform.WhyTimedOut:
		return find(CardMute, Problem, e)
	case platform.WhyBusy:
		return find(CardBusy, Problem, e)
	case platform.WhyLostContact, platform.WhyReaderLost:
		return find(CardLostContact, Problem, e)
	}
	return unseen(CardOK, platform.AreaCards, c.Look)
}

// cardKind judges what sort of card it is.
func cardKind(in input, e Evidence) Finding {
	switch c := in.card; {
	case isTestCard(c):
		return find(CardTest, Problem, e)
	case isFaceAuth(c):
		return find(CardFaceAuth, Problem, e)
	}
	switch in.card.Kind {
	case platform.KindMyNumber, platform.KindHPKI:
		switch suits(in.card.Kind, in.question.Purpose) {
		case 2:
			return find(CardOK, OK, e)
		case 1:
			// HPKI-KAGURA takes a My Number Card that was registered there, but
			// it is not the card that HPKI is about.
			return find(CardWrongKind, Notice, e)
		}
	case platform.KindMyNumberUnknown:
		return find(CardNewGeneration, Notice, e)
	case platform.KindJuki:
		return find(CardJuki, Problem, e)
	case platform.KindPhoneToken:
		return find(CardPhoneToken, Notice, e)
	case platform.KindFeliCa, platform.KindMIFARE:
		return find(CardStorage, Problem, e)
	case platform.KindUnknown, "":
		return find(CardUnknown, Problem, e)
	}
	return find(CardWrongKind, Problem, e)
}

// isFaceAuth reports whether everything speaks for a card without PINs: the
// signature certificate is said to be absent and both PINs are locked. No such
// card has been seen by anybody who wrote about it (facts/cards.md 2), so a
// card that says only some of this is judged by its PINs.
func isFaceAuth(c *platform.Card) bool {
	return c.Kind == platform.KindMyNumber && c.Available != nil && c.Available.Signature == 0 &&
		c.Pins.Auth.IsLocked() && c.Pins.Signature.IsLocked()
}

// suitable lists the kinds of all cards that are meant for the purpose.
func suitable(in input) []string {
	var kinds []string
	for i := range in.s.Cards.List {
		c := &in.s.Cards.List[i]
		if c.OK() && suits(c.Kind, in.question.Purpose) == 2 && inUsableReader(in.s, c) {
			kinds = append(kinds, string(c.Kind))
		}
	}
	return kinds
}
