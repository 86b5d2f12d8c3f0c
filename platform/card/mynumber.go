package card

import (
	"time"
	"unicode"

	"yomitori/platform"
)

// The JPKI applet and the files in it that are read (facts/cards.md 1.1).
const (
	jpkiApplet = "\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01"

	efToken     byte   = 0x06
	efAvailable byte   = 0x08
	efAuth      uint16 = 0x000A
	efAuthCA    uint16 = 0x000B
	efAuthPIN   byte   = 0x18
	efSignPIN   byte   = 0x1B

	labelSize = 32
)

// The common application of the My Number Card, whose only record ends with
// the card's last valid day (facts/cards.md 2, two sources for reading it).
const (
	commonApplet = "\xD3\x92\x10\x00\x31\x00\x01\x01\x01\x00"
	efCommon     = 0x01
	recordSize   = 2 + 28
)

// kinds tells cards with the JPKI applet apart by token label (facts/cards.md 1.2).
var kinds = map[string]platform.Kind{
	"JPKIAPICCTOKEN2": platform.KindMyNumber,
	"JPKIAPICCTOKEN":  platform.KindJuki,
	"JPKIAPGPSETOKEN": platform.KindPhoneToken,
	"JPKIAPIOSTOKEN":  platform.KindPhoneToken,
}

// readMyNumber reads a card whose JPKI applet is selected. On a My Number Card
// this costs 9 commands, and one for each 256 bytes of the two certificates.
func readMyNumber(s *session, c *platform.Card, _ []byte) {
	label, _ := s.readFile(efToken, labelSize)
	c.Label = cleanLabel(label)
	c.Kind = platform.KindMyNumberUnknown
	if k, ok := kinds[c.Label]; ok {
		c.Kind = k
	}
	if b, sw := s.readFile(efAvailable, 3); sw.ok() && len(b) >= 2 {
		c.Available = &platform.Availability{Signature: b[0], Auth: b[1]}
	}
	auth, parsed := s.certificate(platform.RoleAuth, place{id: efAuth})
	ca, parsedCA := s.certificate(platform.RoleAuthCA, place{id: efAuthCA})
	auth.Chain = Chain(parsed, parsedCA)
	if Chain(parsedCA, parsedCA) == platform.ChainVerified {
		ca.Chain = platform.ChainRoot
	}
	if s.err == nil || parsed != nil {
		c.Certificates = append(c.Certificates, auth)
	}
	if s.err == nil || parsedCA != nil {
		c.Certificates = append(c.Certificates, ca)
	}
	c.Pins.Auth = s.tries(efAuthPIN)
	c.Pins.Signature = s.tries(efSignPIN)
	if _, sw := s.send(selectApplet(commonApplet)); sw.ok() {
		record, _ := s.send(readRecord(efCommon, 1))
		c.Expires = cardExpiry(record)
	}
}

// cleanLabel cuts the padding off a token label.
func cleanLabel(b []byte) string {
	n := len(b)
	for n > 0 && (b[n-1] == ' ' || b[n-1] == 0x00 || b[n-1] == 0xFF) {
		n--
	}
	return cleanText(b[:n])
}

// cleanText is text that may be shown as it is. What a card says goes in front
// of people, so anything that is not plain ASCII text is refused.
func cleanText(b []byte) string {
	for _, c := range b {
		if c > unicode.MaxASCII || !unicode.IsPrint(rune(c)) {
			return ""
		}
	}
	return string(b)
}

// tries asks for a retry counter. A locked PIN answers 63C0 or 6984; 6983 is
// read the same way (facts/cards.md 1.4).
func (s *session) tries(id byte) platform.Tries {
	_, sw := s.send(queryTries(0x80 | id))
	if t := counter(sw); t.Known() || s.err != nil {
		return t
	}
	if _, sw = s.send(selectFile(uint16(id))); !sw.ok() {
		return platform.Tries{}
	}
	_, sw = s.send(queryTries(0x80))
	return counter(sw)
}

func counter(sw statusWord) platform.Tries {
	switch {
	case sw == swLocked, sw == swLockedFile:
		return platform.Locked()
	case sw&0xFFF0 == 0x63C0:
		return platform.TriesLeft(int(sw & 0xF))
	}
	return platform.Tries{}
}

// cardExpiry finds the last valid day in the record of the common application:
// tag 01, length 1C, then 15 digits of serial, 5 of municipality and the day as
// YYYYMMDD. Serial and municipality are dropped here.
func cardExpiry(record []byte) string {
	if len(record) < recordSize || record[0] != 0x01 || record[1] != recordSize-2 {
		return ""
	}
	last, err := time.Parse("20060102", string(record[recordSize-8:recordSize]))
	if err != nil {
		return ""
	}
	return last.Format(time.DateOnly)
}
