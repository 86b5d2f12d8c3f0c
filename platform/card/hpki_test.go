package card_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/card"
	"yomitori/platform/card/cardtest"
)

func TestReadHPKI(t *testing.T) {
	for name, layout := range map[string]cardtest.HPKILayout{"field": cardtest.FieldLayout, "guideline": cardtest.GuidelineLayout} {
		for _, padding := range []byte{0x00, 0xFF} {
			t.Run(fmt.Sprintf("%s, padded with %02X", name, padding), func(t *testing.T) {
				chip := cardtest.HPKI(cardtest.HPKIOptions{Layout: layout, Padding: padding, Role: "Medical Doctor"})
				got := read(t, chip)
				if !got.OK() || got.Kind != platform.KindHPKI || got.Pins.HPKI != platform.TriesLeft(15) {
					t.Errorf("look %+v, kind %q, pins %+v", got.Look, got.Kind, got.Pins)
				}
				for _, role := range []platform.Role{platform.RoleHPKIAuth, platform.RoleHPKISign} {
					c := got.Certificate(role)
					if c == nil || c.State != platform.CertRead || c.Chain != platform.ChainVerified || c.HCRole != "Medical Doctor" || len(c.CRL) != 1 {
						t.Errorf("%s: %+v", role, c)
					}
				}
			})
		}
	}
}

// The issuer's certificate is kept whole, to check with it what the issuer
// publishes; a person's is not.
func TestHPKIWholeCertificates(t *testing.T) {
	part := cardtest.HPKIPart{OCSP: "http://ocsp.hpki-test.example/"}
	chip := cardtest.HPKI(cardtest.HPKIOptions{Auth: part, Signature: part})
	whole := 0
	for _, c := range read(t, chip).Certificates {
		if c.Role != platform.RoleHPKICA {
			if c.DER != nil || len(c.OCSP) != 1 || len(c.CRL) != 1 {
				t.Errorf("%s: %d bytes kept, OCSP %q, CRL %q", c.Role, len(c.DER), c.OCSP, c.CRL)
			}
			continue
		}
		if !bytes.Equal(c.DER, chip.Auth.CA.Raw) && !bytes.Equal(c.DER, chip.Signature.CA.Raw) {
			t.Errorf("kept of %s: %X", c.Issuer, c.DER)
		}
		whole++
	}
	if whole != 2 {
		t.Errorf("%d CA certificates are kept whole, want 2", whole)
	}
}

func TestNoOtherCertificateIsKeptWhole(t *testing.T) {
	mynumber := cardtest.MyNumber(cardtest.Options{})
	for _, c := range read(t, mynumber).Certificates {
		if c.DER != nil {
			t.Errorf("%s of a My Number Card is kept whole", c.Role)
		}
	}
}

func TestHPKIStates(t *testing.T) {
	tests := []struct {
		name  string
		o     cardtest.HPKIOptions
		state platform.CertState // of the authentication certificate
		chain platform.Chain
		tries platform.Tries
	}{
		{"no chain on the card", cardtest.HPKIOptions{Chain: cardtest.ChainAbsent}, platform.CertRead, "", platform.TriesLeft(15)},
		{"from another CA", cardtest.HPKIOptions{Auth: cardtest.HPKIPart{Certificate: cardtest.OtherCA}}, platform.CertRead, platform.ChainBroken, platform.TriesLeft(15)},
		{"missing", cardtest.HPKIOptions{Auth: cardtest.HPKIPart{Certificate: cardtest.Missing}}, platform.CertMissing, "", platform.TriesLeft(15)},
		{"random bytes", cardtest.HPKIOptions{Auth: cardtest.HPKIPart{Certificate: cardtest.Damaged}}, platform.CertDamaged, "", platform.TriesLeft(15)},
		{"cut", cardtest.HPKIOptions{Auth: cardtest.HPKIPart{Certificate: cardtest.Cut}}, platform.CertDamaged, "", platform.TriesLeft(15)},
		{"the fewer tries count", cardtest.HPKIOptions{Auth: cardtest.HPKIPart{Tries: 1}}, platform.CertRead, platform.ChainVerified, platform.TriesLeft(1)},
		{"locked", cardtest.HPKIOptions{Signature: cardtest.HPKIPart{Tries: cardtest.Locked}}, platform.CertRead, platform.ChainVerified, platform.Locked()},
		{"blocked application", cardtest.HPKIOptions{Auth: cardtest.HPKIPart{Blocked: true}}, platform.CertRead, platform.ChainVerified, platform.Locked()},
		{"first application blocked", cardtest.HPKIOptions{Signature: cardtest.HPKIPart{Blocked: true}}, platform.CertRead, platform.ChainVerified, platform.Locked()},
		{"no signature application", cardtest.HPKIOptions{Signature: cardtest.HPKIPart{Absent: true}}, platform.CertRead, platform.ChainVerified, platform.TriesLeft(15)},
		{"no short ids, PIN references included", cardtest.HPKIOptions{NoShortIDs: 0x6A86}, platform.CertRead, platform.ChainVerified, platform.Tries{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			chip := cardtest.HPKI(tt.o)
			got := read(t, chip)
			auth := got.Certificate(platform.RoleHPKIAuth)
			if !got.OK() || auth == nil || auth.State != tt.state || auth.Chain != tt.chain {
				t.Errorf("look %+v, certificate %+v", got.Look, auth)
			}
			if got.Pins.HPKI != tt.tries {
				t.Errorf("tries %+v, want %+v", got.Pins.HPKI, tt.tries)
			}
		})
	}
}

// What a card may do to a reading without changing what it says.
func TestHPKIPassingFaults(t *testing.T) {
	chip := func(l cardtest.HPKILayout) cardtest.Card { return cardtest.HPKI(cardtest.HPKIOptions{Layout: l}) }
	for _, layout := range []cardtest.HPKILayout{cardtest.FieldLayout, cardtest.GuidelineLayout} {
		whole := read(t, chip(layout))
		if whole.APDUs > 46 {
			t.Errorf("reading cost %d commands", whole.APDUs)
		}
		want := facts(whole)
		for name, c := range map[string]cardtest.Card{
			"6F00 now and then": cardtest.AnswerEvery(chip(layout), 7, 0x6F, 0x00),
			"6Cxx":              cardtest.ExactLe(chip(layout)),
			"61xx":              cardtest.GetResponse(chip(layout)),
			"16 bytes":          cardtest.ChunkLimit(chip(layout), 16),
		} {
			got := facts(read(t, c))
			if d := cmp.Diff(want, got, cmp.Comparer(func(a, b platform.Tries) bool { return a == b })); d != "" {
				t.Errorf("%s (-want +got):\n%s", name, d)
			}
		}
	}
}

func TestHPKIRemovalAtEveryCommand(t *testing.T) {
	whole := read(t, cardtest.HPKI(cardtest.HPKIOptions{}))
	for n := 1; n <= whole.APDUs; n++ {
		got := read(t, cardtest.RemoveAt(cardtest.HPKI(cardtest.HPKIOptions{}), n, func() {}))
		if got.State != platform.Failed || got.Why != platform.WhyLostContact {
			t.Errorf("removed at command %d: %+v", n, got.Look)
		}
		for _, v := range got.Certificates {
			if v.State != platform.CertRead {
				t.Errorf("removed at command %d: certificate judged %q", n, v.State)
			}
		}
	}
}

// What a certificate names inside a network tells where its holder is.
func TestAddressesThatAreKept(t *testing.T) {
	inner := []string{
		"ldap://directory.example/cn=TARO", "http://192.168.1.10/ca.crl", "http://intranet/ca.crl", "http://ca.hospital.local/ca.crl",
		"http://taro@ca.example/", "http://ca.example:8080/",
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	const kept = "http://ca.example/ca.crl"
	template := &x509.Certificate{SerialNumber: big.NewInt(1), CRLDistributionPoints: append(inner, kept), OCSPServer: append(inner, kept)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := card.Describe(platform.RoleHPKIAuth, der)
	for _, got := range [][]string{c.CRL, c.OCSP} {
		if d := cmp.Diff([]string{kept}, got); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	}
}
