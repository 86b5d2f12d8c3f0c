package card

import "yomitori/platform"

// family is one kind of card that is told by the applet it has.
type family struct {
	applet string
	read   func(*session, *platform.Card)
}

// families lists the families in the order in which they are tried.
var families = []family{
	{jpkiApplet, readMyNumber},
}

// Read identifies a card and reads what it tells without a PIN. The card must
// have just been powered or be held in a transaction. Reading that broke off is
// told by the card's look; what had been read by then is kept.
func Read(t Transmitter) platform.Card {
	c := platform.Card{Kind: platform.KindUnknown}
	s := &session{t: t, card: &c}
	for _, f := range families {
		if _, sw := s.send(selectApplet(f.applet)); sw.ok() {
			f.read(s, &c)
			break
		}
	}
	c.Look = platform.Seen()
	if s.err != nil {
		c.Look = platform.Failure(platform.WhyOf(s.err), s.err)
	}
	return c
}
