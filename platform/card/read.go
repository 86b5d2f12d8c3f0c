package card

import (
	"fmt"

	"yomitori/platform"
)

// family is one kind of card that is told by an applet it has.
type family struct {
	find Command
	// read reads a card whose applet find has selected with an answer. A
	// family without it is only named.
	read func(s *session, c *platform.Card, answer []byte)
	kind platform.Kind
}

// families lists the families in the order in which they are tried: the cards
// that people mean first. AIDs are those of facts/cards.md 5.1.
var families = []family{
	{find: selectApplet(jpkiApplet), read: readMyNumber},
	{find: selectFirst(hpkiRID), read: readHPKI, kind: platform.KindHPKI},
	{find: selectApplet("\xA0\x00\x00\x02\x31\x01" + zeros10), kind: platform.KindDriverLicence},
	{find: selectApplet("\xD3\x92\xF0\x00\x4F\x02" + zeros10), kind: platform.KindResidence},
	{find: selectFirst("\xA0\x00\x00\x03\x08"), kind: platform.KindPIV},
	{find: selectApplet("\xD2\x76\x00\x01\x24\x01"), kind: platform.KindOpenPGP},
	{find: selectApplet("\xA0\x00\x00\x02\x47\x10\x01"), kind: platform.KindPassport},
	{find: selectFirst("2PAY.SYS.DDF01"), kind: platform.KindEMV},
	{find: selectFirst("1PAY.SYS.DDF01"), kind: platform.KindEMV},
	// HPKI cards that do not take a part of an AID.
	{find: selectFirst(hpkiRID + "\xA0\x00\x00\x03\x91\x00\x00\x00\x00\x00\x02"), read: readHPKI, kind: platform.KindHPKI},
	{find: selectFirst(hpkiRID + "\xA0\x00\x00\x03\x91\x00\x00\x00\x00\x00\x01"), read: readHPKI, kind: platform.KindHPKI},
}

const zeros10 = "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// Read identifies a card and reads what it tells without a PIN. The card must
// have just been powered or be held in a transaction. Reading that broke off is
// told by the card's look; what had been read by then is kept. A card whose ATR
// says that it takes no commands is sent none.
func Read(t Transmitter, atr []byte) platform.Card {
	c := platform.Card{Kind: platform.KindUnknown}
	if kind, known := byATR(atr); known {
		c.Kind, c.Look = kind, platform.Seen()
		return c
	}
	s := &session{t: t, card: &c}
	found := s.identify(families)
	switch {
	case s.err != nil:
		c.Look = platform.Failure(platform.WhyOf(s.err), s.err)
	case found:
		c.Look = platform.Seen()
	default:
		c.Look = s.stranger()
	}
	return c
}

// identify tries families until one fits, and reads the card as that.
func (s *session) identify(list []family) bool {
	for _, f := range list {
		answer, sw := s.send(f.find)
		if !sw.ok() {
			if s.unsure == 0 && !sw.absent() {
				s.unsure = sw
			}
			continue
		}
		if f.kind != "" {
			s.card.Kind = f.kind
		}
		s.blocked = sw == swDeactivated
		if f.read != nil {
			f.read(s, s.card, answer)
		}
		return true
	}
	return false
}

// stranger is the look of a card that no family fits. It was observed to be
// unknown only if it said of every applet that it does not have it.
func (s *session) stranger() platform.Look {
	if s.unsure == 0 {
		return platform.Seen()
	}
	return platform.Failure(platform.WhyError, fmt.Errorf("identify card: SELECT answered with status word %v", s.unsure))
}
