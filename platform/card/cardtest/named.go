package cardtest

// AIDs of cards that are only named, never read (facts/cards.md 5.1).
var (
	// The driving licence, 運転免許証, has three.
	AIDLicence1 = []byte{0xA0, 0, 0, 0x02, 0x31, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	AIDLicence2 = []byte{0xA0, 0, 0, 0x02, 0x31, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	AIDLicence3 = []byte{0xA0, 0, 0, 0x02, 0x48, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

	// The residence card, 在留カード. Sources disagree on a third one.
	AIDResidence1 = []byte{0xD3, 0x92, 0xF0, 0x00, 0x4F, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	AIDResidence2 = []byte{0xD3, 0x92, 0xF0, 0x00, 0x4F, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

	AIDPassport = []byte{0xA0, 0, 0, 0x02, 0x47, 0x10, 0x01}

	// Bank cards: PPSE is for the antenna, PSE for the contacts.
	AIDPPSE  = []byte("2PAY.SYS.DDF01")
	AIDPSE   = []byte("1PAY.SYS.DDF01")
	AIDYucho = []byte{0xD3, 0x92, 0xF0, 0x00, 0x41, 0x09, 0x99, 0x00}

	AIDOpenPGP           = []byte{0xD2, 0x76, 0x00, 0x01, 0x24, 0x01}
	AIDYubiKey           = []byte{0xA0, 0, 0, 0x05, 0x27, 0x20, 0x01, 0x01}
	AIDYubiKeyManagement = []byte{0xA0, 0, 0, 0x05, 0x27, 0x47, 0x11, 0x17}
	AIDPIV               = []byte{0xA0, 0, 0, 0x03, 0x08, 0, 0, 0x10, 0, 0x01, 0}
)

// ATRs of cards that are not My Number Cards (facts/cards.md 4.2 and 5.2). A
// reader makes the ATR of what lies on its antenna, so the same card may have
// others.
var (
	ATRHPKIContact     = []byte{0x3B, 0xF4, 0x13, 0x00, 0x00, 0x81, 0x31, 0xFE, 0x45, 0x00, 0x4E, 0x00, 0x00, 0xA2}
	ATRHPKIContactless = []byte{0x3B, 0x88, 0x80, 0x01, 0x00, 0x4E, 0x00, 0x00, 0xF7, 0x81, 0xD1, 0x00, 0xE0}
	ATRLicence         = []byte{0x3B, 0x88, 0x80, 0x01, 0x00, 0x00, 0x00, 0x00, 0x91, 0x81, 0xC1, 0x00, 0xD8}
	// ATRTypeB says only that the card is of Type B. Passports have it, and many
	// others.
	ATRTypeB = []byte{0x3B, 0x80, 0x80, 0x01, 0x01}

	ATRYubiKey    = []byte("\x3B\xFD\x13\x00\x00\x81\x31\xFE\x15\x80\x73\xC0\x21\xC0\x57YubiKey\x40")
	ATRYubiKeyNFC = []byte("\x3B\x8D\x80\x01\x80\x73\xC0\x21\xC0\x57YubiKey\xF9")

	// The cards of television sets.
	ATRBCAS  = []byte{0x3B, 0xF0, 0x12, 0x00, 0xFF, 0x91, 0x81, 0xB1, 0x7C, 0x45, 0x1F, 0x01, 0x9B}
	ATRBCAS3 = []byte{0x3B, 0xF0, 0x12, 0x00, 0xFF, 0x91, 0x81, 0xB1, 0x7C, 0x45, 0x1F, 0x03, 0x99}
	ATRACAS  = []byte{0x3B, 0xF0, 0x13, 0x00, 0xFF, 0x91, 0x81, 0xB1, 0xFE, 0x46, 0x1F, 0x03, 0x19}

	// ATRSIM is that of a SIM card for tests, in many public listings (a
	// sysmoUSIM-SJS1). It offers T=0 only.
	ATRSIM = []byte{
		0x3B, 0x9F, 0x96, 0x80, 0x1F, 0xC7, 0x80, 0x31, 0xA0, 0x73, 0xBE,
		0x21, 0x13, 0x67, 0x43, 0x20, 0x07, 0x18, 0x00, 0x00, 0x01, 0xA5,
	}
)

// ATRs of storage cards, as part 3 of the PC/SC specification makes them.
var (
	ATRFeliCa           = storageATR(0x11, 0x003B) // Suica, PASMO, ICOCA
	ATRMIFARE1K         = storageATR(0x03, 0x0001)
	ATRMIFARE4K         = storageATR(0x03, 0x0002)
	ATRMIFAREUltralight = storageATR(0x03, 0x0003)
)

// storageATR is made of a standard (11 is FeliCa, 03 is ISO 14443 A part 3) and
// the number of a kind of card.
func storageATR(standard byte, card uint16) []byte {
	atr := []byte{
		0x3B, 0x8F, 0x80, 0x01, 0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00, 0x03, 0x06,
		standard, byte(card >> 8), byte(card), 0, 0, 0, 0,
	}
	var check byte
	for _, b := range atr[1:] {
		check ^= b
	}
	return append(atr, check)
}

// Applets is a card of which nothing is known but the AIDs that it answers to.
// Its ATR is ATRTypeB; see [Chip.WithATR].
func Applets(aids ...[]byte) *Chip {
	var apps []*App
	for _, aid := range aids {
		apps = append(apps, &App{AID: aid})
	}
	return NewChip(ATRTypeB, apps...)
}

// SIM is the card that is always in the modem of a laptop. It answers 6A82 to
// everything.
func SIM() *Chip {
	c := NewChip(ATRSIM)
	c.RefuseAll(swNotFound)
	return c
}

// Storage is a card without a processor, FeliCa or MIFARE, known by its ATR.
// Commands for it are the reader's own, not those of ISO 7816, so whatever is
// sent is a violation, answered with 6A81.
func Storage(atr []byte) *Chip {
	c := NewChip(atr)
	c.untouchable = true
	return c
}
