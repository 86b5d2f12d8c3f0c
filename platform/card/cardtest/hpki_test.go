package cardtest_test

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform/card/cardtest"
)

const (
	aidSign = "E828BD080FA000000391000000000001"
	aidAuth = "E828BD080FA000000391000000000002"

	selectSign = "00A4040C 10 " + aidSign + " > 9000"
	selectAuth = "00A4040C 10 " + aidAuth + " > 9000"

	firstHPKI = "00A40400 05 E828BD080F 00 > "
	nextHPKI  = "00A40402 05 E828BD080F 00 > "
)

func TestHPKIApplicationsAreFound(t *testing.T) {
	fci := func(aid string) string { return "6F12 8410" + aid + "9000" }
	tests := []struct {
		name    string
		options cardtest.HPKIOptions
		lines   []string
	}{
		{"both", cardtest.HPKIOptions{}, []string{
			firstHPKI + fci(aidSign), nextHPKI + fci(aidAuth), nextHPKI + "6A82",
			"00A40400 10 " + aidAuth + "00 > " + fci(aidAuth), selectSign, selectAuth,
		}},
		{"only signature", cardtest.HPKIOptions{Auth: cardtest.HPKIPart{Absent: true}}, []string{
			firstHPKI + fci(aidSign), nextHPKI + "6A82", "00A4040C 10 " + aidAuth + " > 6A82",
		}},
		{"only authentication", cardtest.HPKIOptions{Signature: cardtest.HPKIPart{Absent: true}}, []string{
			firstHPKI + fci(aidAuth), nextHPKI + "6A82", "00A4040C 10 " + aidSign + " > 6A82",
		}},
		{"blocked", cardtest.HPKIOptions{Signature: cardtest.HPKIPart{Blocked: true}}, []string{
			firstHPKI + "6F12 8410" + aidSign + "6283", "00B09100 04 > A0063004 6283",
			"00A4040C 10 " + aidSign + " > 6283", "00200088 > 63CF",
			nextHPKI + fci(aidAuth), "00B09100 04 > A0063004 9000",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := cardtest.HPKI(tt.options)
			say(t, c, tt.lines...)
			if v := c.Violations(); len(v) != 0 {
				t.Errorf("violations: %q", v)
			}
		})
	}
}

func TestHPKIFieldLayout(t *testing.T) {
	c := cardtest.HPKI(cardtest.HPKIOptions{})
	say(t, c, selectSign,
		"00B09100 28 > A006 3004 0402 0002 A106 3004 0402 0003 A406 3004 0402 0004 A706 3004 0402 0005 A806 3004 0402 0001 9000",
		"00B00028 02 > 0000 9000",
		"00A4020C 02 5031 > 9000", "00B00000 04 > A0063004 9000",
		"00200088 > 63CF",
		"00A4020C 02 0016 > 9000", "00B00000 02 > 3082 9000",
	)
}

func TestHPKIGuidelineLayout(t *testing.T) {
	c := cardtest.HPKI(cardtest.HPKIOptions{Layout: cardtest.GuidelineLayout, Padding: 0xFF})
	say(t, c, selectAuth,
		"00B09100 16 > A005 3003 0401 A0 A405 3003 0401 A8 A805 3003 0401 98 FF 9000",
		"00B09200 01 > 30 9000",
		"00200096 > 63CF", "00200088 > 6A82",
		"00A4020C 02 0016 > 6A82", "00A4020C 02 0018 > 6A82", "00B09800 02 > 3082 9000",
	)
}

func TestHPKICounters(t *testing.T) {
	c := cardtest.HPKI(cardtest.HPKIOptions{
		Signature: cardtest.HPKIPart{Tries: cardtest.Locked}, Auth: cardtest.HPKIPart{Tries: 1},
	})
	say(t, c, selectSign, "00200088 > 6984", selectAuth, "00200088 > 63C1")
	c = cardtest.HPKI(cardtest.HPKIOptions{Auth: cardtest.HPKIPart{Tries: cardtest.Locked}, LockedWord: 0x6983})
	say(t, c, selectAuth, "00200088 > 6983")
	if v := c.Violations(); len(v) != 0 {
		t.Errorf("violations: %q", v)
	}
	say(t, c, selectAuth, "00A4020C 02 000C > 9000")
	if v := c.Violations(); len(v) != 1 {
		t.Errorf("selecting the private key: violations %q", v)
	}
}

// path is a Path, and the shapes below are objects of ISO 7816-15 as far as the
// directory of a card uses them. They are written from the standard and not from
// the code that makes the directory.
type path struct{ EFID []byte }

type commonObject struct {
	Label  string `asn1:"utf8"`
	Flags  asn1.BitString
	AuthID []byte `asn1:"optional"`
}

type certificateObject struct {
	Common commonObject
	Class  struct {
		ID        []byte
		Authority bool `asn1:"optional"`
	}
	Type struct{ Path path } `asn1:"explicit,tag:1"`
}

type pinObject struct {
	Common commonObject
	Class  struct{ AuthID []byte }
	Type   struct {
		Flags                    asn1.BitString
		Kind                     asn1.Enumerated
		Shortest, Stored, Longer int
		Reference                int    `asn1:"tag:0"`
		PadChar                  []byte `asn1:"optional"`
		Path                     path   `asn1:"optional"`
	} `asn1:"explicit,tag:1"`
}

type keyObject struct {
	Common commonObject
	Class  struct {
		ID    []byte
		Usage asn1.BitString
	}
	Type struct {
		Path path
		Bits int
	} `asn1:"explicit,tag:1"`
}

// objects parses what a file holds in front of its padding.
func objects[T any](t *testing.T, f *cardtest.File) []T {
	t.Helper()
	var all []T
	for data := f.Data; len(data) > 0 && data[0] != 0x00 && data[0] != 0xFF; {
		var one T
		rest, err := asn1.Unmarshal(data, &one)
		if err != nil {
			t.Fatalf("EF %04X: %v", f.ID, err)
		}
		all, data = append(all, one), rest
	}
	return all
}

func TestHPKICertificateDirectory(t *testing.T) {
	tests := []struct {
		name      string
		options   cardtest.HPKIOptions
		paths     []string
		authority []bool
	}{
		{"field", cardtest.HPKIOptions{}, []string{"0016", "0017", "0018"}, []bool{false, true, true}},
		{"guideline", cardtest.HPKIOptions{Layout: cardtest.GuidelineLayout}, []string{"C0", "C8", "D0"}, []bool{false, true, true}},
		{"no chain", cardtest.HPKIOptions{Chain: cardtest.ChainAbsent, Padding: 0xFF}, []string{"0016"}, []bool{false}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := cardtest.HPKI(tt.options).Auth
			var paths []string
			var authority []bool
			for _, o := range objects[certificateObject](t, a.File(a.Files.CD)) {
				paths = append(paths, fmt.Sprintf("%X", o.Type.Path.EFID))
				authority = append(authority, o.Class.Authority)
			}
			if d := cmp.Diff(tt.paths, paths) + cmp.Diff(tt.authority, authority); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestHPKIPINDirectory(t *testing.T) {
	for layout, want := range map[cardtest.HPKILayout]int{cardtest.FieldLayout: 0x88, cardtest.GuidelineLayout: 0x96} {
		a := cardtest.HPKI(cardtest.HPKIOptions{Layout: layout}).Signature
		pins := objects[pinObject](t, a.File(a.Files.AOD))
		if len(pins) != 1 || pins[0].Type.Reference != want || pins[0].Type.Shortest != 4 || pins[0].Type.Longer != 16 {
			t.Errorf("layout %d: %+v", layout, pins)
		}
		keys := objects[keyObject](t, a.File(a.Files.PrKD))
		if len(keys) != 1 || !bytes.Equal(keys[0].Common.AuthID, pins[0].Class.AuthID) {
			t.Errorf("layout %d: %+v", layout, keys)
		}
	}
}

// stored takes the certificate out of a file.
func stored(t *testing.T, a cardtest.HPKIApp, id uint16) *x509.Certificate {
	t.Helper()
	raw := objects[asn1.RawValue](t, a.File(id))
	cert, err := x509.ParseCertificate(raw[0].FullBytes)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

func TestHPKIChain(t *testing.T) {
	for _, layout := range []cardtest.HPKILayout{cardtest.FieldLayout, cardtest.GuidelineLayout} {
		c := cardtest.HPKI(cardtest.HPKIOptions{Layout: layout})
		for _, a := range []cardtest.HPKIApp{c.Signature, c.Auth} {
			holder, ca, root := stored(t, a, a.Files.Certificate), stored(t, a, a.Files.CA), stored(t, a, a.Files.Root)
			for _, pair := range [][2]*x509.Certificate{{holder, ca}, {ca, root}, {root, root}} {
				if err := pair[0].CheckSignatureFrom(pair[1]); err != nil {
					t.Errorf("%s: %v", pair[0].Subject, err)
				}
			}
			if !holder.Equal(a.Certificate) || !ca.Equal(a.CA) || !root.Equal(c.Root) {
				t.Error("the card holds other certificates than it says")
			}
		}
		if c.Signature.Certificate.CheckSignatureFrom(c.Auth.CA) == nil {
			t.Error("both CAs have one key")
		}
	}
}

func TestHPKIBrokenChain(t *testing.T) {
	c := cardtest.HPKI(cardtest.HPKIOptions{Chain: cardtest.ChainBroken})
	if err := c.Auth.Certificate.CheckSignatureFrom(c.Auth.CA); err != nil {
		t.Error(err)
	}
	if c.Auth.CA.CheckSignatureFrom(c.Root) == nil || !bytes.Equal(c.Auth.CA.RawIssuer, c.Root.RawSubject) {
		t.Error("the root on the card signed the subordinate CA, or has another name")
	}
	c = cardtest.HPKI(cardtest.HPKIOptions{Signature: cardtest.HPKIPart{Certificate: cardtest.OtherCA}})
	holder, ca := c.Signature.Certificate, c.Signature.CA
	if holder.CheckSignatureFrom(ca) == nil || !bytes.Equal(holder.RawIssuer, ca.RawSubject) {
		t.Error("the CA on the card signed the certificate, or has another name")
	}
	if err := c.Auth.Certificate.CheckSignatureFrom(c.Auth.CA); err != nil {
		t.Error("the other application suffers too:", err)
	}
}

func TestHPKICertificateFlaws(t *testing.T) {
	for flaw, line := range map[cardtest.Flaw]string{
		cardtest.Missing: "00A4020C 02 0016 > 6A82",
		cardtest.Blank:   "00B09600 04 > 00000000 9000",
		cardtest.Damaged: "00B09600 01 > 17 9000",
		cardtest.ByPIN:   "00B09600 00 > 6982",
	} {
		c := cardtest.HPKI(cardtest.HPKIOptions{Auth: cardtest.HPKIPart{Certificate: flaw}})
		say(t, c, selectAuth, line, selectSign, "00B09600 02 > 3082 9000")
	}
	c := cardtest.HPKI(cardtest.HPKIOptions{
		CertificateSize: 1600, EndOfFile: 0x6282, Auth: cardtest.HPKIPart{Certificate: cardtest.Cut},
	})
	say(t, c, selectAuth, "00A4020C 02 0016 > 9000", "00B00320 00 > 6282")
	if n := len(c.Auth.Certificate.Raw); n != 1600 {
		t.Errorf("certificate is %d bytes long", n)
	}
}

func TestHPKICertificateProfile(t *testing.T) {
	day := cardtest.EndOfDay(2031, time.March, 3)
	c := cardtest.HPKI(cardtest.HPKIOptions{NotAfter: day})
	for _, tt := range []struct {
		app         cardtest.HPKIApp
		ca, crl     string
		usage       x509.KeyUsage
		policy, aid string
	}{
		{c.Signature, "forNonRepudiation", cardtest.CRLHPKISignature, x509.KeyUsageContentCommitment, "1.2.392.100495.1.5.1.1.3.1", aidSign},
		{c.Auth, "forAuthentication-forIndividual", cardtest.CRLHPKIAuth, x509.KeyUsageDigitalSignature, "1.2.392.100495.1.5.1.2.3.1", aidAuth},
	} {
		cert := tt.app.Certificate
		if issuer := dn(t, cert.RawIssuer); !strings.HasSuffix(issuer, "OU=TEST HPKI CA,O=TEST,C=JP") || !strings.Contains(issuer, tt.ca+",") {
			t.Errorf("issuer %q", issuer)
		}
		if got := dn(t, cert.RawSubject); got != "CN="+cardtest.TestHPKISubject+",C=JP" {
			t.Errorf("subject %q", got)
		}
		if cert.KeyUsage != tt.usage || !cert.NotAfter.Equal(day) || cert.CRLDistributionPoints[0] != tt.crl || cert.Policies[0].String() != tt.policy {
			t.Errorf("usage %v, until %v, CRL %v, policies %v", cert.KeyUsage, cert.NotAfter, cert.CRLDistributionPoints, cert.Policies)
		}
		if got := fmt.Sprintf("%X", tt.app.App.AID); got != tt.aid {
			t.Errorf("AID %s", got)
		}
	}
}

// The bytes are laid out by hand; a public verifier of HPKI signatures expects
// the same of these roles.
func TestHPKIRole(t *testing.T) {
	const schemeHC = "A0 0C 06 0A 2A8308 86910F 01 06 01 01"
	tests := []struct{ role, code, actor string }{
		{
			"Medical Doctor", "",
			"30 24 A0 22 31 20" + schemeHC + fmt.Sprintf("A2 10 0C 0E %X", "Medical Doctor"),
		},
		{
			"Pharmacist", "123",
			"30 27 A0 25 31 23" + schemeHC + "A1 05 12 03 313233" + fmt.Sprintf("A2 0C 0C 0A %X", "Pharmacist"),
		},
		{"", "", ""},
	}
	for _, tt := range tests {
		c := cardtest.HPKI(cardtest.HPKIOptions{Role: tt.role, RoleCode: tt.code})
		want := bytesOf(t, tt.actor)
		for _, cert := range []*x509.Certificate{c.Signature.Certificate, c.Auth.Certificate} {
			if got := actor(t, cert); !bytes.Equal(got, want) {
				t.Errorf("%q: actor %X, want %X", tt.role, got, want)
			}
		}
	}
}

// actor digs the HCActor out of a certificate.
func actor(t *testing.T, cert *x509.Certificate) []byte {
	t.Helper()
	for _, e := range cert.Extensions {
		if !e.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, 9}) {
			continue
		}
		var attributes []struct {
			Type   asn1.ObjectIdentifier
			Values []asn1.RawValue `asn1:"set"`
		}
		rest, err := asn1.Unmarshal(e.Value, &attributes)
		if err != nil || len(rest) != 0 || len(attributes) != 1 || attributes[0].Type.String() != "1.0.17090.0.1" {
			t.Fatalf("extension %X: %v", e.Value, err)
		}
		var actors []asn1.RawValue
		if _, err := asn1.UnmarshalWithParams(attributes[0].Values[0].FullBytes, &actors, "set"); err != nil {
			t.Fatal(err)
		}
		return actors[0].FullBytes
	}
	return nil
}
