package card

import (
	"bytes"
	"encoding/asn1"
	"testing"

	"yomitori/platform"
	"yomitori/platform/card/cardtest"
)

// A length that no certificate has is refused before it is believed.
func TestObjectSize(t *testing.T) {
	for raw, want := range map[string]int{
		"\x30\x82\x06\x6E": 1650, "\x30\x82\xff\xff": 0, "\x30\x84\x7f\xff\xff\xff": 0,
		"\x30\x80\x00\x00": 0, "\x30\x82\x06": 0, "": 0, "\x04\x82\x00\x10": 0,
	} {
		if got := objectSize([]byte(raw)); got != want {
			t.Errorf("objectSize(%X) = %d, want %d", raw, got, want)
		}
	}
}

func TestObjectsSize(t *testing.T) {
	for raw, want := range map[string]int{
		"": 2, "\x00\x00": 0, "\xff": 0, "\x30": 2, "\x30\x02ab": 6, "\x30\x02ab\x00\x00": 4, "\x30\x02ab\xa8\x01c\xff": 7,
		"\x30\x81": 3, "\x30\x81\x90abc": 149, "\x30\x82\x01\x00": 262, "\x30\x84\x7f\xff\xff\xff": 0,
	} {
		if got := objectsSize([]byte(raw)); got != want {
			t.Errorf("objectsSize(%X) = %d, want %d", raw, got, want)
		}
	}
}

func TestStorageByATR(t *testing.T) {
	short := "\x3B\x8F\x80\x01\x80\x4F\x0C\xA0\x00\x00\x03\x06"
	for atr, want := range map[string]struct {
		kind  platform.Kind
		known bool
	}{
		short + "\x11\x00\x3B\x00\x00\x00\x00\x42": {platform.KindFeliCa, true},
		short + "\x03\x00\x01\x00\x00\x00\x00\x6A": {platform.KindMIFARE, true},
		short + "\x03\xFF\xFF\x00\x00\x00\x00\x00": {platform.KindUnknown, true},
		short: {platform.KindUnknown, true},
		"":    {"", false},
		"\x3B\x88\x80\x01\x00\x00\x05\xE0\xB3\x81\xA1\x00\x7F": {"", false},
	} {
		if kind, known := byATR([]byte(atr)); kind != want.kind || known != want.known {
			t.Errorf("byATR(%X) = %q, %v", atr, kind, known)
		}
	}
}

func TestLenient(t *testing.T) {
	der := cardtest.MyNumber(cardtest.Options{}).Certificate.Raw
	strict, _ := Describe(platform.RoleAuth, der)
	got := lenient(platform.Certificate{Role: platform.RoleAuth, State: platform.CertDamaged}, der)
	if got.State != platform.CertRead || got.Issuer != strict.Issuer || got.Subject != strict.Subject ||
		!got.NotAfter.Equal(strict.NotAfter) || !got.NotBefore.Equal(strict.NotBefore) || got.Serial != strict.Serial {
		t.Errorf("lenient %+v\nstrict %+v", got, strict)
	}
	// An extension twice is what Go's parser refuses and nobody else minds.
	twice := withExtensionTwice(t, der)
	if c, parsed := Describe(platform.RoleAuth, twice); parsed != nil || c.State != platform.CertRead || !c.NotAfter.Equal(strict.NotAfter) {
		t.Errorf("an extension twice: %+v, %v", c, parsed)
	}
}

// withExtensionTwice repeats the first extension of a certificate.
func withExtensionTwice(t *testing.T, der []byte) []byte {
	t.Helper()
	var o outline
	if _, err := asn1.Unmarshal(der, &o); err != nil {
		t.Fatal(err)
	}
	var extensions []asn1.RawValue
	if _, err := asn1.Unmarshal(o.TBS.Extensions.Bytes, &extensions); err != nil {
		t.Fatal(err)
	}
	raw, err := asn1.Marshal(append(extensions, extensions[0]))
	if err != nil {
		t.Fatal(err)
	}
	o.TBS.Raw = nil
	o.TBS.Extensions = asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 3, IsCompound: true, Bytes: raw}
	out, err := asn1.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TRUE is FF in DER and anything but 00 on cards.
func TestAuthorityFlag(t *testing.T) {
	for value, want := range map[byte]bool{0xFF: true, 0x01: true, 0x00: false} {
		raw := []byte{0x30, 0x15, 0x30, 0x02, 0x0C, 0x00, 0x30, 0x06, 0x04, 0x01, 0x07, 0x01, 0x01, value, 0xA1, 0x07, 0x30, 0x05, 0x30, 0x03, 0x04, 0x01, 0xC0}
		got := parseCD(raw)
		if len(got) != 1 || got[0].authority != want || got[0].at != (place{short: 0x18}) {
			t.Errorf("flag %02X: %+v", value, got)
		}
	}
}

// FuzzDirectory feeds the parsers of OD, CD, AOD and FCI with anything.
func FuzzDirectory(f *testing.F) {
	for _, app := range []*cardtest.App{cardtest.HPKI(cardtest.HPKIOptions{}).Auth.App, cardtest.HPKI(cardtest.HPKIOptions{Layout: cardtest.GuidelineLayout}).Auth.App} {
		for _, file := range app.Files {
			f.Add(file.Data)
		}
		f.Add([]byte("\x6F\x12\x84\x10" + string(app.AID)))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		parseOD(raw)
		parseAOD(raw)
		applicationID(raw)
		for _, e := range parseCD(raw) {
			if e.at == (place{}) {
				t.Error("a certificate without a place")
			}
		}
	})
}

// FuzzCertificate feeds the certificate path with anything; what is said to be
// read has dates in order.
func FuzzCertificate(f *testing.F) {
	f.Add(cardtest.MyNumber(cardtest.Options{}).Certificate.Raw)
	f.Add(cardtest.HPKI(cardtest.HPKIOptions{Role: "Pharmacist"}).Auth.Certificate.Raw)
	f.Fuzz(func(t *testing.T, der []byte) {
		c, parsed := Describe(platform.RoleAuth, der)
		if parsed != nil && c.State != platform.CertRead {
			t.Errorf("parsed and yet %q", c.State)
		}
		if c.State == platform.CertDamaged && (c.Issuer != "" || !c.NotAfter.IsZero()) {
			t.Errorf("damaged and yet %+v", c)
		}
		Chain(parsed, parsed)
	})
}

// A card may say of a person's certificate that it is a CA's.
func TestWhole(t *testing.T) {
	app := cardtest.HPKI(cardtest.HPKIOptions{}).Auth
	if whole(app.Certificate) != nil {
		t.Error("a person's certificate is kept whole")
	}
	if got := whole(app.CA); !bytes.Equal(got, app.CA.Raw) {
		t.Errorf("of the CA's certificate is kept %X", got)
	}
}
