package cardtest_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"strings"
	"testing"
	"time"

	"yomitori/platform/card/cardtest"
)

const selectJPKI = "00A4040C 0A D392F000260100000001 > 9000"

// readEF reads an EF of the JPKI applet to its end, with chunks of 256.
func readEF(t *testing.T, c cardtest.Card, id uint16) []byte {
	t.Helper()
	say(t, c, selectJPKI, fmt.Sprintf("00A4020C 02 %04X > 9000", id))
	var file []byte
	for {
		n := len(file)
		r := c.Transmit([]byte{0x00, 0xB0, byte(n >> 8), byte(n), 0x00})
		file = append(file, r[:len(r)-2]...)
		if sw := r[len(r)-2:]; !bytes.Equal(sw, []byte{0x90, 0x00}) {
			return file
		}
	}
}

func TestMyNumber(t *testing.T) {
	c := cardtest.MyNumber(cardtest.Options{WithISD: true})
	say(t, c,
		selectJPKI,
		"00B08800 00 > 8F8F00 9000",
		"00200098 > 63C3", "0020009B > 63C5",
		"00A4040C 0A D3921000310001010100 > 9000",
		"00B2010C 00 > 011C 303030303030303030303030303030 3939393939 3230333430353039 9000",
		"00A4040C 0A D3921000310001010408 > 9000",
		"00A40400 05 A000000151 00 > 6F09 8407 A0000001510000 9000",
		"80CA00F2 00 > 3230333430353039 9000",
	)
	info := readEF(t, c, 0x0006)
	if len(info) != 160 || string(info[:32]) != "JPKIAPICCTOKEN2"+strings.Repeat(" ", 17) {
		t.Errorf("token info is %d bytes, label %q", len(info), info[:32])
	}
	for id, want := range map[uint16][]byte{0x000A: c.Certificate.Raw, 0x000B: c.CA.Raw} {
		if got := readEF(t, c, id); !bytes.HasPrefix(got, want) || got[len(got)-1] != 0xFF {
			t.Errorf("EF %04X does not hold its certificate and padding", id)
		}
	}
	if v := c.Violations(); len(v) != 0 {
		t.Errorf("violations: %q", v)
	}
	say(t, c, selectJPKI, "00B08100 00 > 6982")
	if v := c.Violations(); len(v) != 1 {
		t.Errorf("reading the signature certificate: violations %q", v)
	}
}

func TestCertificateProfile(t *testing.T) {
	const issuer = "OU=Japan Agency for Local Authority Information Systems,OU=JPKI for user authentication,O=%s,C=JP"
	c := cardtest.MyNumber(cardtest.Options{})
	cert := c.Certificate
	if got, want := dn(t, cert.RawIssuer), fmt.Sprintf(issuer, "JPKI"); got != want {
		t.Errorf("issuer %q, want %q", got, want)
	}
	if got, want := cert.Subject.String(), "CN="+cardtest.TestSubject+",C=JP"; got != want {
		t.Errorf("subject %q, want %q", got, want)
	}
	if err := cert.CheckSignatureFrom(c.CA); err != nil {
		t.Errorf("signature: %v", err)
	}
	if err := c.CA.CheckSignatureFrom(c.CA); err != nil {
		t.Errorf("CA is not self-signed: %v", err)
	}
	if want := time.Date(2029, 5, 9, 14, 59, 59, 0, time.UTC); !cert.NotAfter.Equal(want) {
		t.Errorf("not after %v, want %v", cert.NotAfter, want)
	}
	if cert.KeyUsage != x509.KeyUsageDigitalSignature || len(cert.CRLDistributionPoints) != 0 {
		t.Errorf("key usage %v, CRLs %v", cert.KeyUsage, cert.CRLDistributionPoints)
	}
	test := cardtest.MyNumber(cardtest.Options{TestCard: true})
	if got, want := dn(t, test.Certificate.RawIssuer), fmt.Sprintf(issuer, "JPKI-TEST"); got != want {
		t.Errorf("issuer %q, want %q", got, want)
	}
}

// dn writes a name with its RDNs as they are encoded. (Name.String would show
// two OUs as one RDN.)
func dn(t *testing.T, raw []byte) string {
	t.Helper()
	var rdns pkix.RDNSequence
	if _, err := asn1.Unmarshal(raw, &rdns); err != nil {
		t.Fatal(err)
	}
	return rdns.String()
}

func TestCertificateSizeIsExact(t *testing.T) {
	for _, key := range []cardtest.KeyKind{cardtest.RSA2048, cardtest.P384} {
		checkSizes(t, key, 1650, 1111)
		checkSizes(t, key, 4096, 3000)
		// Every size in a row, so that steps of the length fields are met.
		for size := 1190; size < 1230; size++ {
			checkSizes(t, key, size, size)
		}
	}
}

func checkSizes(t *testing.T, key cardtest.KeyKind, cert, ca int) {
	t.Helper()
	c := cardtest.MyNumber(cardtest.Options{Key: key, CertificateSize: cert, CASize: ca})
	if len(c.Certificate.Raw) != cert || len(c.CA.Raw) != ca {
		t.Errorf("got %d and %d bytes, want %d and %d", len(c.Certificate.Raw), len(c.CA.Raw), cert, ca)
	}
	if err := c.Certificate.CheckSignatureFrom(c.CA); err != nil {
		t.Error(err)
	}
}

func TestUnluckyCards(t *testing.T) {
	tests := []struct {
		name    string
		options cardtest.Options
		lines   []string
	}{
		{"locked", cardtest.Options{AuthTries: cardtest.Locked, SignatureTries: 1}, []string{"00200098 > 6984", "0020009B > 63C1"}},
		{"locked, said otherwise", cardtest.Options{AuthTries: cardtest.Locked, LockedWord: 0x63C0}, []string{"00200098 > 63C0"}},
		{"no certificate", cardtest.Options{Certificate: cardtest.Missing}, []string{"00A4020C 02 000A > 6A82", "00B08A00 00 > 6A82"}},
		{"no CA certificate", cardtest.Options{CA: cardtest.Missing}, []string{"00A4020C 02 000B > 6A82"}},
		{"blank certificate", cardtest.Options{Certificate: cardtest.Blank}, []string{"00B08A00 04 > FFFFFFFF 9000"}},
		{"damaged certificate", cardtest.Options{Certificate: cardtest.Damaged}, []string{"00B08A00 01 > 17 9000"}},
		{"certificate behind the PIN", cardtest.Options{Certificate: cardtest.ByPIN}, []string{"00B08A00 00 > 6982"}},
		{"certificate cut off", cardtest.Options{Certificate: cardtest.Cut, CertificateSize: 1600}, []string{"00A4020C 02 000A > 9000", "00B00320 00 > 6B00"}},
		{"certificate cut off with a warning", cardtest.Options{Certificate: cardtest.Cut, CertificateSize: 1600, EndOfFile: 0x6282}, []string{"00A4020C 02 000A > 9000", "00B00320 00 > 6282"}},
		{"no short ids", cardtest.Options{NoShortIDs: 0x6A82}, []string{"00B08A00 00 > 6A82", "00200098 > 6A82"}},
		{"only the JPKI applet", cardtest.Options{OnlyJPKI: true}, []string{"00A4040C 0A D3921000310001010408 > 6A82"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := cardtest.MyNumber(tt.options)
			say(t, c, selectJPKI)
			say(t, c, tt.lines...)
		})
	}
}

func TestOtherCA(t *testing.T) {
	c := cardtest.MyNumber(cardtest.Options{Certificate: cardtest.OtherCA})
	if err := c.Certificate.CheckSignatureFrom(c.CA); err == nil {
		t.Error("the CA on the card signed the certificate")
	}
	if !bytes.Equal(c.Certificate.RawIssuer, c.CA.RawSubject) {
		t.Error("the other CA has another name")
	}
}

func TestP384(t *testing.T) {
	c := cardtest.MyNumber(cardtest.Options{Key: cardtest.P384})
	if _, ok := c.Certificate.PublicKey.(*ecdsa.PublicKey); !ok {
		t.Errorf("key is a %T", c.Certificate.PublicKey)
	}
}

func TestFaceAuthenticationCard(t *testing.T) {
	c := cardtest.MyNumber(cardtest.Options{FaceAuthentication: true})
	say(t, c, selectJPKI, "00B08800 00 > 008F00 9000", "00200098 > 6984", "0020009B > 6984", "00B08A00 02 > 3082 9000")
	c = cardtest.MyNumber(cardtest.Options{FaceAuthentication: true, AuthTries: 3, Available: []byte{0, 0, 0}})
	say(t, c, selectJPKI, "00B08800 00 > 000000 9000", "00200098 > 63C3", "0020009B > 6984")
}

func TestNextGenerationCard(t *testing.T) {
	c := cardtest.MyNumber(cardtest.Options{NextGeneration: true})
	say(t, c, selectJPKI, fmt.Sprintf("00B08600 0D > %X 9000", cardtest.LabelNext))
	if a := c.Certificate.SignatureAlgorithm; a != x509.ECDSAWithSHA384 {
		t.Errorf("signature %v", a)
	}
	if y := c.Certificate.NotAfter.Year(); y != 2034 {
		t.Errorf("ends in %d", y)
	}
	c = cardtest.MyNumber(cardtest.Options{NextGeneration: true, Label: cardtest.LabelMyNumber})
	say(t, c, selectJPKI, fmt.Sprintf("00B08600 10 > %X 9000", cardtest.LabelMyNumber+" "))
}
