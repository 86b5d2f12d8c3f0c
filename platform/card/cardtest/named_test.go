package cardtest_test

import (
	"fmt"
	"math/bits"
	"testing"

	"yomitori/platform/card/cardtest"
)

func TestApplets(t *testing.T) {
	for name, aid := range map[string][]byte{
		"driving licence":   cardtest.AIDLicence1,
		"driving licence 2": cardtest.AIDLicence2,
		"driving licence 3": cardtest.AIDLicence3,
		"residence card":    cardtest.AIDResidence1,
		"residence card 2":  cardtest.AIDResidence2,
		"passport":          cardtest.AIDPassport,
		"PPSE":              cardtest.AIDPPSE,
		"PSE":               cardtest.AIDPSE,
		"Yucho":             cardtest.AIDYucho,
		"OpenPGP":           cardtest.AIDOpenPGP,
		"YubiKey":           cardtest.AIDYubiKey,
	} {
		t.Run(name, func(t *testing.T) {
			c := cardtest.Applets(aid)
			n := len(aid)
			say(t, c,
				fmt.Sprintf("00A4040C %02X %X > 9000", n, aid),
				fmt.Sprintf("00A40400 %02X %X 00 > 6F%02X 84%02X %X 9000", n, aid, n+2, n, aid),
				"00A4040C 0A D392F000260100000001 > 6A82",
				"00B08100 00 > 6A82",
			)
			if v := c.Violations(); len(v) != 0 {
				t.Errorf("violations: %q", v)
			}
		})
	}
	two := cardtest.Applets(cardtest.AIDLicence1, cardtest.AIDLicence2).WithATR(cardtest.ATRLicence)
	say(t, two, "00A40400 05 A000000231 00 > 6F12 8410 A0000002310100000000000000000000 9000",
		"00A40402 05 A000000231 00 > 6F12 8410 A0000002310200000000000000000000 9000")
	if string(two.ATR()) != string(cardtest.ATRLicence) {
		t.Errorf("ATR %X", two.ATR())
	}
}

func TestSIM(t *testing.T) {
	c := cardtest.SIM()
	say(t, c, "00A4040C 0A D392F000260100000001 > 6A82", "00B08A00 00 > 6A82", "00200098 > 6A82")
	if v := c.Violations(); len(v) != 0 {
		t.Errorf("violations: %q", v)
	}
	say(t, c, "00D60000 01 00 > 6A82")
	if v := c.Violations(); len(v) != 1 {
		t.Errorf("violations: %q", v)
	}
}

func TestStorageCardMustBeLeftAlone(t *testing.T) {
	c := cardtest.Storage(cardtest.ATRFeliCa)
	c.Reset()
	if v := c.Violations(); len(v) != 0 {
		t.Errorf("power on: violations %q", v)
	}
	say(t, c, "00A4040C 0A D392F000260100000001 > 6A81", "FFCA0000 00 > 6A81", "> 6A81")
	if v := c.Violations(); len(v) != 3 {
		t.Errorf("violations: %q", v)
	}
}

func TestATRs(t *testing.T) {
	for want, atr := range map[string][]byte{
		"3B8F8001804F0CA00000030611003B0000000042":       cardtest.ATRFeliCa,
		"3B8F8001804F0CA000000306030001000000006A":       cardtest.ATRMIFARE1K,
		"3BFD1300008131FE158073C021C057597562694B657940": cardtest.ATRYubiKey,
		"3B8D80018073C021C057597562694B6579F9":           cardtest.ATRYubiKeyNFC,
	} {
		if got := fmt.Sprintf("%X", atr); got != want {
			t.Errorf("ATR %s, want %s", got, want)
		}
	}
	for name, atr := range map[string][]byte{
		"My Number Card": cardtest.ATRContact, "My Number Card on an antenna": cardtest.ATRContactless,
		"HPKI": cardtest.ATRHPKIContact, "HPKI on an antenna": cardtest.ATRHPKIContactless,
		"licence": cardtest.ATRLicence, "Type B": cardtest.ATRTypeB, "SIM": cardtest.ATRSIM,
		"YubiKey": cardtest.ATRYubiKey, "YubiKey on an antenna": cardtest.ATRYubiKeyNFC,
		"B-CAS": cardtest.ATRBCAS, "B-CAS 3": cardtest.ATRBCAS3, "A-CAS": cardtest.ATRACAS,
		"MIFARE 4K": cardtest.ATRMIFARE4K, "MIFARE Ultralight": cardtest.ATRMIFAREUltralight,
	} {
		checkATR(t, name, atr)
	}
}

// checkATR adds up the interface bytes, the historical bytes and the check byte
// that T0 and the TDs announce. All cards here end with a check byte.
func checkATR(t *testing.T, name string, atr []byte) {
	t.Helper()
	last := 1 // T0, then each TD
	for y := atr[1] >> 4; y != 0; {
		last += bits.OnesCount8(y)
		if y&0x8 == 0 {
			break
		}
		y = atr[last] >> 4
	}
	want := last + 1 + int(atr[1]&0x0F) + 1
	var check byte
	for _, b := range atr[1:] {
		check ^= b
	}
	if atr[0] != 0x3B || check != 0 || len(atr) != want {
		t.Errorf("%s: ATR %X is %d bytes, want %d; check sum %02X", name, atr, len(atr), want, check)
	}
}
