package online_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"yomitori/platform"
	"yomitori/platform/card"
)

// The days on which lists and answers are made, and a certificate is revoked.
var (
	before  = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	made    = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	next    = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	serial  = big.NewInt(0x1234567)
	another = big.NewInt(0x7654321)
)

// authority is a CA, or whom it lets sign.
type authority struct {
	*x509.Certificate
	key crypto.Signer
}

func newKey() crypto.Signer {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return k
}

func (a authority) issue(template *x509.Certificate, public crypto.PublicKey) *x509.Certificate {
	template.NotBefore = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	if template.NotAfter.IsZero() {
		template.NotAfter = time.Date(2080, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	parent := a.Certificate
	if parent == nil { // a root
		parent = template
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, public, a.key)
	if err != nil {
		panic(err)
	}
	x, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return x
}

func (a authority) ca(name string, usage x509.KeyUsage, key crypto.Signer) authority {
	if a.key == nil {
		a.key = key
	}
	return authority{a.issue(&x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, KeyUsage: usage | x509.KeyUsageCertSign,
		BasicConstraintsValid: true, IsCA: true,
	}, key.Public()), key}
}

func (a authority) holder(crl, responders []string) *x509.Certificate {
	return a.issue(&x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "HOLDER"}, KeyUsage: x509.KeyUsageDigitalSignature,
		CRLDistributionPoints: crl, OCSPServer: responders,
	}, a.key.Public())
}

// responder gives somebody a certificate for a use, such as signing answers. A
// zero end is far away.
func (a authority) responder(usage x509.ExtKeyUsage, end time.Time) authority {
	key := newKey()
	return authority{a.issue(&x509.Certificate{
		SerialNumber: big.NewInt(3), Subject: pkix.Name{CommonName: "RESPONDER"}, NotAfter: end,
		ExtKeyUsage: []x509.ExtKeyUsage{usage},
	}, key.Public()), key}
}

// world is a root, a CA under it, and others who are not that CA.
type world struct {
	root, ca  authority
	impostor  authority // of the same name
	stranger  authority // of another
	noLists   authority // the CA, which may not sign lists
	oldSchool authority // of the same name, with the RSA key of a CA that signs with SHA-1
}

var theWorld = sync.OnceValue(func() world {
	const name, lists = "HPKI-01-TestCA", x509.KeyUsageCRLSign
	root := authority{}.ca("ROOT", lists, newKey())
	ca := root.ca(name, lists, newKey())
	old, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return world{
		root: root, ca: ca, impostor: authority{}.ca(name, lists, newKey()), stranger: root.ca("ANOTHER", lists, newKey()),
		noLists: root.ca(name, 0, ca.key), oldSchool: root.ca(name, lists, old),
	}
})

// hpki is a card on which a CA put a certificate with these addresses.
func hpki(ca authority, crl, responders []string) platform.Card {
	holder, _ := card.Describe(platform.RoleHPKIAuth, ca.holder(crl, responders).Raw)
	holder.Chain = platform.ChainVerified
	holder.CRL, holder.OCSP = crl, responders // also those that no real card may name
	authority, _ := card.Describe(platform.RoleHPKICA, ca.Raw)
	authority.DER = ca.Raw
	return platform.Card{
		Look: platform.Seen(), Kind: platform.KindHPKI, Certificates: []platform.Certificate{holder, authority},
	}
}

// list makes a list that a test may change before it is signed.
func (a authority) list(t testing.TB, change ...func(*x509.RevocationList)) []byte {
	t.Helper()
	l := &x509.RevocationList{
		Number: big.NewInt(1), ThisUpdate: made, NextUpdate: next,
		RevokedCertificateEntries: []x509.RevocationListEntry{{SerialNumber: another, RevocationTime: before}},
	}
	for _, c := range change {
		c(l)
	}
	der, err := x509.CreateRevocationList(rand.Reader, l, a.Certificate, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// revoked enters the holder's certificate into a list.
func revoked(reason int, more ...pkix.Extension) func(*x509.RevocationList) {
	return func(l *x509.RevocationList) {
		l.RevokedCertificateEntries = append(l.RevokedCertificateEntries, x509.RevocationListEntry{
			SerialNumber: serial, RevocationTime: before, ReasonCode: reason, ExtraExtensions: more,
		})
	}
}

// answer signs what a responder says of the holder's certificate. Without a
// certificate of its own, as is the CA's habit, the answer holds none.
func (a authority) answer(t testing.TB, of authority, change ...func(*ocsp.Response)) []byte {
	t.Helper()
	r := ocsp.Response{Status: ocsp.Good, SerialNumber: serial, ThisUpdate: made, NextUpdate: next}
	if a.Certificate != of.Certificate && !a.IsCA {
		r.Certificate = a.Certificate
	}
	for _, c := range change {
		c(&r)
	}
	der, err := ocsp.CreateResponse(of.Certificate, a.Certificate, r, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// answerAt is an answer that bears a time of signing. The library writes the
// wall clock's.
func (a authority) answerAt(t testing.TB, produced time.Time, of authority, change ...func(*ocsp.Response)) []byte {
	t.Helper()
	der := a.answer(t, of, change...)
	parsed, err := ocsp.ParseResponse(der, nil)
	if err != nil {
		t.Fatal(err)
	}
	const generalized = "20060102150405Z"
	data := bytes.Replace(parsed.TBSResponseData, []byte(parsed.ProducedAt.Format(generalized)), []byte(produced.Format(generalized)), 1)
	digest := sha256.Sum256(data)
	signature, err := a.key.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	type basic struct {
		Data, Algorithm asn1.RawValue
		Signature       asn1.BitString
		Certificates    []asn1.RawValue `asn1:"explicit,tag:0,optional"`
	}
	type whole struct {
		Status asn1.Enumerated
		Bytes  struct {
			Kind   asn1.ObjectIdentifier
			Answer []byte
		} `asn1:"explicit,tag:0"`
	}
	var w whole
	var b basic
	if _, err := asn1.Unmarshal(der, &w); err != nil {
		t.Fatal(err)
	}
	if _, err := asn1.Unmarshal(w.Bytes.Answer, &b); err != nil {
		t.Fatal(err)
	}
	b.Data = asn1.RawValue{FullBytes: data}
	b.Signature = asn1.BitString{Bytes: signature, BitLength: 8 * len(signature)}
	if w.Bytes.Answer, err = asn1.Marshal(b); err != nil {
		t.Fatal(err)
	}
	if der, err = asn1.Marshal(w); err != nil {
		t.Fatal(err)
	}
	return der
}
