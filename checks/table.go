package checks

import "yomitori/platform"

// check is one row of the table.
type check struct {
	// ok is the finding that the check gives when all is well, and that stands
	// for it as unknown or skipped when it cannot or need not judge.
	ok ID
	// areas are the parts of the snapshot without which the check is unknown.
	areas []platform.Area
	// card is true when the check judges the card, and is unknown without one.
	card bool
	// judge is called only when the above allow it. It returns no finding when
	// there is nothing to say, never to mean that all is well.
	judge func(input) []Finding
}

// table lists every check, in the order of the wizard's steps. One whose link is
// not in the graph of the purpose is skipped.
var table = []check{
	{ok: ReaderOK, judge: reader},
	{ok: CardOK, areas: []platform.Area{platform.AreaReaders, platform.AreaCards}, judge: card},
	{ok: CertOK, card: true, judge: certificate},
	{ok: SystemClock, judge: clock},
	{ok: ExpiryOK, card: true, judge: expiry},
	{ok: RevocationOK, card: true, judge: revocation},
	{ok: BrowserOK, judge: browser},
	{ok: HostMissing, judge: partOfBrowser},
	{ok: StoreMissing, judge: partOfBrowser},
	{ok: NFCOK, areas: []platform.Area{platform.AreaReaders, platform.AreaDevices}, judge: nfc},
	{ok: SystemOSUnsupported, areas: []platform.Area{platform.AreaSystem}, judge: operatingSystem},
	{ok: SystemRemoteDesktop, judge: remote},
	{ok: SystemProxy, judge: proxy},
	{ok: SystemUnreachable, judge: reachable},
	{ok: SystemSecuritySoftware, judge: securitySoftware},
	{ok: SystemProgramCompatibility, judge: programCompatibility},
}

// partOfBrowser judges nothing: browser does, since whether it is well depends
// on both ways to the card. Its rows say which of them a purpose does not go.
func partOfBrowser(input) []Finding { return nil }

// run carries a check out, or says why it cannot be.
func (c check) run(in input) []Finding {
	if graphs[in.question.Purpose].place(catalogue[c.ok].link) < 0 {
		return []Finding{find(c.ok, Skipped, Evidence{Purpose: in.question.Purpose})}
	}
	for _, a := range c.areas {
		if l := *in.s.Look(a); !l.OK() {
			return []Finding{unseen(c.ok, a, l)}
		}
	}
	if c.card && in.card == nil {
		return []Finding{unseen(c.ok, platform.AreaCards, in.s.Cards.Look)}
	}
	return c.judge(in)
}
