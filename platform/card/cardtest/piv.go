package cardtest

import (
	"bytes"
	"crypto/x509"
	"math/big"
	"time"
)

// Instructions that github.com/go-piv/piv-go/v2 sends in Open and Certificate,
// or may send in Serial. The first is of NIST SP 800-73, the others are Yubico's.
const (
	insGetDataPIV = 0xCB
	insGetVersion = 0xFD
	insGetSerial  = 0xF8
)

// slot9A is the tag of the object with the certificate for authentication.
var slot9A = []byte{0x5F, 0xC1, 0x05}

// PIVOptions says what a PIV card is like. The zero value is a YubiKey 5 with
// a certificate in slot 9A.
type PIVOptions struct {
	ATR []byte // default ATRYubiKey
	Key KeyKind

	// NotBefore and NotAfter of the certificate, by default 2024-05-10 and
	// 2029-05-09.
	NotBefore, NotAfter time.Time
	// Certificate is the flaw of slot 9A. Missing is 6A82, what an unused slot
	// says; Damaged is an object with random bytes in the place of the
	// certificate; Cut is one that ends early. Others mean nothing here.
	Certificate Flaw
	// Plain is a card by another maker: it knows neither version nor serial number
	// and answers 6D00, on which piv-go's Open fails.
	Plain bool
}

// PIVCard is a chip, and the certificate in slot 9A.
type PIVCard struct {
	*Chip
	Certificate *x509.Certificate

	plain  bool
	object []byte // what GET DATA finds in slot 9A
}

// PIV makes a card that piv-go can open and read the certificate of slot 9A
// from.
//
// This program does not speak to such a card by itself: it leaves that to
// piv-go, which has no allow-list. The instructions that piv-go needs, GET DATA
// in the form of PIV and Yubico's GET VERSION and GET SERIAL, are therefore no
// violations on this card, and marked Foreign in its log. They read and change
// nothing. On every other card they stay violations, and on this one so does
// every further instruction: a VERIFY with data, a signature, a reset.
func PIV(o PIVOptions) *PIVCard {
	o.NotBefore, o.NotAfter = validity(o.NotBefore, o.NotAfter)
	if o.ATR == nil {
		o.ATR = ATRYubiKey
	}
	card := &PIVCard{Certificate: pivCertificate(o), plain: o.Plain}
	card.object = pivObject(card.Certificate.Raw, o.Certificate)
	apps := []*App{{AID: AIDPIV, FCI: pivTemplate()}}
	if !o.Plain {
		apps = append(apps, &App{AID: AIDYubiKeyManagement}, &App{AID: AIDYubiKey}, &App{AID: AIDOpenPGP})
	}
	card.Chip = NewChip(o.ATR, apps...)
	card.foreign = card.answerPIV
	return card
}

// pivTemplate is the application property template: the end of the AID, and
// whose numbers it is.
func pivTemplate() []byte {
	rid, pix := AIDPIV[:5], AIDPIV[5:]
	name := append([]byte{0x4F, byte(len(pix))}, pix...)
	authority := append([]byte{0x79, 0x07, 0x4F, 0x05}, rid...)
	return append([]byte{0x61, byte(len(name) + len(authority))}, append(name, authority...)...)
}

func pivCertificate(o PIVOptions) *x509.Certificate {
	signer := keyrings[o.Key]().holder
	template := &x509.Certificate{
		SerialNumber: big.NewInt(0x0A),
		RawSubject:   name(organize("TEST"), common("TEST PIV HOLDER")),
		NotBefore:    o.NotBefore,
		NotAfter:     o.NotAfter,
		KeyUsage:     x509.KeyUsageDigitalSignature,
	}
	return issue(template, template, signer.Public(), signer, 0)
}

// pivObject is a data object of SP 800-73: certificate, a byte that says that it
// is not compressed, and an empty check sum. It is nil for an unused slot.
func pivObject(der []byte, flaw Flaw) []byte {
	der = bytes.Clone(der)
	switch flaw {
	case Missing:
		return nil
	case Damaged:
		scramble(der)
	}
	object := tlv(0x53, append(tlv(0x70, der), 0x71, 0x01, 0x00, 0xFE, 0x00))
	if flaw == Cut {
		object = object[:len(object)/2]
	}
	return object
}

// tlv writes a tag of one byte and a length of two.
func tlv(tag byte, value []byte) []byte {
	return append([]byte{tag, 0x82, byte(len(value) >> 8), byte(len(value))}, value...)
}

// answerPIV answers what is foreign to a chip.
func (p *PIVCard) answerPIV(cmd command) []byte {
	if cmd.cla != 0x00 || p.app == nil || !bytes.Equal(p.app.AID, AIDPIV) {
		return nil
	}
	switch cmd.ins {
	case insGetDataPIV:
		return p.dataObject(cmd)
	case insGetVersion:
		return p.yubico([]byte{5, 4, 3})
	case insGetSerial:
		return p.yubico(zeros(4))
	}
	return nil
}

func (p *PIVCard) yubico(data []byte) []byte {
	if p.plain {
		return status(swNoInstruction)
	}
	return answer(data, swOK)
}

// dataObject answers for slot 9A. piv-go sends no Le and expects data all the
// same, 256 bytes at a time.
func (p *PIVCard) dataObject(cmd command) []byte {
	if cmd.p1 != 0x3F || cmd.p2 != 0xFF {
		return status(swWrongParameters)
	}
	want := append([]byte{0x5C, byte(len(slot9A))}, slot9A...)
	if p.object == nil || !bytes.Equal(cmd.data, want) {
		return status(swNotFound)
	}
	le := cmd.le
	if le == 0 {
		le = 256
	}
	return p.hand(p.object, le)
}
