package cardtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"slices"
	"sync"
	"time"
)

// KeyKind is the kind of key in the certificates of a card.
type KeyKind int

// Key kinds.
const (
	RSA2048 KeyKind = iota // every card in use
	P384                   // announced for the next generation of cards
)

// keyring holds the keys of one kind. They are made once in a process, because
// an RSA key takes a noticeable part of a second.
type keyring struct {
	holder, ca, stranger crypto.Signer
}

var keyrings = map[KeyKind]func() keyring{
	RSA2048: sync.OnceValue(func() keyring { return newKeyring(rsaKey) }),
	P384:    sync.OnceValue(func() keyring { return newKeyring(ecKey) }),
}

func newKeyring(key func() crypto.Signer) keyring {
	return keyring{holder: key(), ca: key(), stranger: key()}
}

func rsaKey() crypto.Signer {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	must(err)
	return k
}

func ecKey() crypto.Signer {
	k, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	must(err)
	return k
}

// must is for things that cannot fail unless this package is wrong.
func must(err error) {
	if err != nil {
		panic("cardtest: " + err.Error())
	}
}

// name encodes a distinguished name the way JPKI does: one attribute in each
// RDN, in the order given. (pkix.Name would put both OUs into one set.)
func name(parts ...pkix.AttributeTypeAndValue) []byte {
	var rdns pkix.RDNSequence
	for _, p := range parts {
		rdns = append(rdns, pkix.RelativeDistinguishedNameSET{p})
	}
	der, err := asn1.Marshal(rdns)
	must(err)
	return der
}

func country(v string) pkix.AttributeTypeAndValue  { return attribute(6, v) }
func organize(v string) pkix.AttributeTypeAndValue { return attribute(10, v) }
func unit(v string) pkix.AttributeTypeAndValue     { return attribute(11, v) }
func common(v string) pkix.AttributeTypeAndValue   { return attribute(3, v) }

func attribute(n int, v string) pkix.AttributeTypeAndValue {
	return pkix.AttributeTypeAndValue{Type: asn1.ObjectIdentifier{2, 5, 4, n}, Value: v}
}

// caName is the DN of the CA for 利用者証明用 certificates.
func caName(organization string) []byte {
	return name(
		country("JP"), organize(organization),
		unit("JPKI for user authentication"),
		unit("Japan Agency for Local Authority Information Systems"),
	)
}

func caTemplate(organization string) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber:          big.NewInt(0x0700_0001),
		RawSubject:            caName(organization),
		NotBefore:             time.Date(2023, 7, 16, 1, 1, 4, 0, time.UTC),
		NotAfter:              EndOfDay(2033, time.July, 15),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
	}
}

func holderTemplate(o Options) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(0x0123_4567),
		RawSubject:   name(country("JP"), common(TestSubject)),
		NotBefore:    o.NotBefore,
		NotAfter:     o.NotAfter,
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		ExtraExtensions: []pkix.Extension{{
			Id:    asn1.ObjectIdentifier{2, 5, 29, 31},
			Value: directoryCRL(o.organization()),
		}},
	}
}

// directoryCRL is a CRL distribution point that names a directory entry and no
// URL: JPKI's CRLs cannot be fetched by the public.
func directoryCRL(organization string) []byte {
	dn := name(
		country("JP"), organize(organization), unit("JPKI for user authentication"),
		unit("CRL Distribution Points"), unit("Test-ken"), common("Test-shi CRLDP"),
	)
	return sequence(sequence(tagged(0, tagged(0, tagged(4, dn)))))
}

// issue signs a certificate. With a size it comes out exactly that long, with
// the help of an extension that means nothing.
func issue(template, parent *x509.Certificate, public crypto.PublicKey, signer crypto.Signer, size int) *x509.Certificate {
	sign := func(t *x509.Certificate) []byte {
		der, err := x509.CreateCertificate(rand.Reader, t, parent, public, signer)
		must(err)
		return der
	}
	der := sign(template)
	if size != 0 && size != len(der) {
		der = fit(size, template, sign)
	}
	cert, err := x509.ParseCertificate(der)
	must(err)
	return cert
}

// fit finds the padding that makes a certificate exactly size bytes long. No
// DER sequence is 130 bytes long, for one: where a length field grows, a byte
// of padding adds two or three to the whole. Such a gap is closed outside of
// the extensions, by a longer serial number. The attempts are also for ECDSA,
// whose signatures vary in length.
func fit(size int, template *x509.Certificate, sign func(*x509.Certificate) []byte) []byte {
	for longer := range uint(4) {
		t := *template
		t.SerialNumber = new(big.Int).Lsh(template.SerialNumber, 8*longer)
		for padding, attempts := 0, 0; padding >= 0 && attempts < 40; attempts++ {
			t.ExtraExtensions = append(slices.Clip(template.ExtraExtensions), pkix.Extension{
				// 2.25 is the arc for UUIDs: numbers that nobody has to ask for.
				Id: asn1.ObjectIdentifier{2, 25, 1}, Value: zeros(padding),
			})
			der := sign(&t)
			if len(der) == size {
				return der
			}
			padding += size - len(der)
		}
	}
	panic(fmt.Sprintf("cardtest: no certificate of this kind is %d bytes long", size))
}

func zeros(n int) []byte { return make([]byte, n) }

// validity fills in the dates of a holder's certificate.
func validity(from, to time.Time) (notBefore, notAfter time.Time) {
	if from.IsZero() {
		from = time.Date(2024, 5, 10, 1, 2, 3, 0, time.UTC)
	}
	if to.IsZero() {
		to = EndOfDay(2029, time.May, 9)
	}
	return from, to
}

// EndOfDay is 23:59:59 of a day in Japan, when certificates end.
func EndOfDay(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 14, 59, 59, 0, time.UTC)
}
