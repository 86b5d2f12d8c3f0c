package cardtest_test

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"testing"

	"yomitori/platform/card/cardtest"
)

// openPIV, versionPIV and slot9A are what piv-go v2.6.0 sends in Open and Certificate, byte for
// byte: no Le where others have one, and an Lc of zero.
const (
	openPIV    = "00A40400 05 A000000308 > 9000"
	versionPIV = "00FD0000 00 > 050403 9000"
	slot9A     = "00CB3FFF 05 5C035FC105"
)

// fetch sends a command, and GET RESPONSE as long as there is more.
func fetch(t *testing.T, c cardtest.Card, command string) []byte {
	t.Helper()
	var data []byte
	r := c.Transmit(bytesOf(t, command))
	for {
		n := len(r) - 2
		data = append(data, r[:n]...)
		if r[n] != 0x61 {
			return append(data, r[n:]...)
		}
		r = c.Transmit([]byte{0x00, 0xC0, 0x00, 0x00, 0x00})
	}
}

func TestPIV(t *testing.T) {
	for _, key := range []cardtest.KeyKind{cardtest.RSA2048, cardtest.P384} {
		c := cardtest.PIV(cardtest.PIVOptions{Key: key})
		say(t, c, openPIV, versionPIV)
		object := fetch(t, c, slot9A)
		var outer, inner asn1.RawValue
		if rest, err := asn1.Unmarshal(object, &outer); err != nil || outer.Tag != 0x13 || !bytes.Equal(rest, []byte{0x90, 0x00}) {
			t.Fatalf("object %+v, rest %X: %v", outer, rest, err)
		}
		if _, err := asn1.Unmarshal(outer.Bytes, &inner); err != nil || inner.Tag != 0x10 {
			t.Fatalf("object in object %+v: %v", inner, err)
		}
		if cert, err := x509.ParseCertificate(inner.Bytes); err != nil || !cert.Equal(c.Certificate) {
			t.Errorf("another certificate: %v", err)
		}
		checkForeign(t, c)
	}
}

// checkForeign: what only piv-go sends is no violation, but can be told apart.
func checkForeign(t *testing.T, c *cardtest.PIVCard) {
	t.Helper()
	if v := c.Violations(); len(v) != 0 {
		t.Errorf("violations: %q", v)
	}
	for _, e := range c.Log() {
		if own := e.Command[1] == 0xA4 || e.Command[1] == 0xC0; e.Foreign == own {
			t.Errorf("%s: foreign is %v", e, e.Foreign)
		}
	}
}

func TestPIVDetails(t *testing.T) {
	tests := []struct {
		name    string
		options cardtest.PIVOptions
		lines   []string
	}{
		{"full AID with its template", cardtest.PIVOptions{}, []string{
			"00A40400 0B A0000003080000100001 00 00 > 6111 4F06 000010000100 7907 4F05 A000000308 9000",
		}},
		{"serial number", cardtest.PIVOptions{}, []string{openPIV, "00F80000 00 > 00000000 9000"}},
		{"card by another maker", cardtest.PIVOptions{Plain: true}, []string{
			openPIV, "00FD0000 00 > 6D00", "00F80000 00 > 6D00", "00A4040C 06 D27600012401 > 6A82",
		}},
		{"empty slot", cardtest.PIVOptions{Certificate: cardtest.Missing}, []string{openPIV, slot9A + "> 6A82"}},
		{"other slots are empty", cardtest.PIVOptions{}, []string{openPIV, "00CB3FFF 05 5C035FC10A > 6A82", "00CB3F00 05 5C035FC105 > 6A86"}},
		{"an answer is forgotten when something else is asked", cardtest.PIVOptions{Certificate: cardtest.Damaged}, []string{
			openPIV, "00CB3FFF 05 5C035FC105 02 > 5382 6100", versionPIV, "00C00000 00 > 6985",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := cardtest.PIV(tt.options)
			say(t, c, tt.lines...)
			if v := c.Violations(); len(v) != 0 {
				t.Errorf("violations: %q", v)
			}
		})
	}
}

func TestPIVFlaws(t *testing.T) {
	for _, flaw := range []cardtest.Flaw{cardtest.Cut, cardtest.Damaged} {
		c := cardtest.PIV(cardtest.PIVOptions{Certificate: flaw})
		say(t, c, openPIV)
		object := fetch(t, c, slot9A)
		if bytes.Contains(object, c.Certificate.Raw) || len(object) < 300 {
			t.Errorf("flaw %d: %d bytes", flaw, len(object))
		}
	}
}

func TestForeignElsewhere(t *testing.T) {
	c := cardtest.PIV(cardtest.PIVOptions{})
	say(t, c, "00FD0000 00 > 6D00") // nothing is selected
	say(t, c, openPIV, "00200080 08 3132333435363738 > 6986", "00DB3FFF 01 00 > 6D00", "00FB0000 > 6D00")
	if v := c.Violations(); len(v) != 4 {
		t.Errorf("violations: %q", v)
	}
	other := cardtest.Applets(cardtest.AIDPIV)
	say(t, other, openPIV, "00FD0000 00 > 6D00", slot9A+"> 6D00")
	if v := other.Violations(); len(v) != 2 {
		t.Errorf("violations: %q", v)
	}
}
