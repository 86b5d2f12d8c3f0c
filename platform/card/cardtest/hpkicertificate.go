package cardtest

import (
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"sync"
	"time"
)

// TestHPKISubject is the common name in every holder's certificate of an HPKI
// card.
const TestHPKISubject = "TEST HPKI HOLDER"

// Distribution points of the CRLs for holders' certificates. There is nothing
// behind them: no name that ends in .example exists.
const (
	CRLHPKISignature = "http://crl.hpki-test.example/sign/crl-sign.crl"
	CRLHPKIAuth      = "http://crl.hpki-test.example/auth/crl-auth.crl"
)

// hpkiKind is what tells the two applications of a card apart.
type hpkiKind struct {
	aid    []byte
	label  string // in the directory
	ca     string // CN, with the marks that programs look for (facts/cards.md 4.3)
	serial int64  // of the CA
	policy []uint64
	crl    string

	nonRepudiation bool
	part           func(HPKIOptions) HPKIPart
	key            func(hpkiKeyring) crypto.Signer // of the CA
}

var hpkiSignature = hpkiKind{
	aid:    AIDHPKISignature,
	label:  "signature",
	ca:     "HPKI-01-TestSignCA-forNonRepudiation",
	serial: 4,
	policy: []uint64{1, 2, 392, 100495, 1, 5, 1, 1, 3, 1},
	crl:    CRLHPKISignature,

	nonRepudiation: true,
	part:           func(o HPKIOptions) HPKIPart { return o.Signature },
	key:            func(k hpkiKeyring) crypto.Signer { return k.signCA },
}

var hpkiAuth = hpkiKind{
	aid:    AIDHPKIAuth,
	label:  "authentication",
	ca:     "HPKI-01-TestAuthCA-forAuthentication-forIndividual",
	serial: 5,
	policy: []uint64{1, 2, 392, 100495, 1, 5, 1, 2, 3, 1},
	crl:    CRLHPKIAuth,

	part: func(o HPKIOptions) HPKIPart { return o.Auth },
	key:  func(k hpkiKeyring) crypto.Signer { return k.ca },
}

// hpkiKeyring adds a root and a second CA. Both certificates of a card have one
// key, the holder's, which no reading can notice.
type hpkiKeyring struct {
	keyring
	root, signCA crypto.Signer
}

var hpkiKeys = sync.OnceValue(func() hpkiKeyring {
	return hpkiKeyring{keyring: keyrings[RSA2048](), root: rsaKey(), signCA: rsaKey()}
})

// hpkiRoot is a stand-in for the root of the ministry, MHLW HPKI Root CA V2.
func hpkiRoot(signer crypto.Signer) *x509.Certificate {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		RawSubject: name(
			country("JP"), organize("TEST Ministry of Health, Labour and Welfare"),
			unit("TEST Director-General for Policy Planning and Evaluation"), unit("TEST HPKI Root CA V2"),
		),
		NotBefore:             time.Date(2014, 1, 17, 0, 0, 0, 0, time.UTC),
		NotAfter:              EndOfDay(2044, time.January, 16),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
	}
	return issue(template, template, signer.Public(), signer, 0)
}

func (k hpkiKind) certificates(o HPKIOptions, root *x509.Certificate, keys hpkiKeyring) (ca, holder *x509.Certificate) {
	template, signer := k.caTemplate(), k.key(keys)
	if o.Chain == ChainBroken {
		ca = issue(template, hpkiRoot(keys.stranger), signer.Public(), keys.stranger, 0)
	} else {
		ca = issue(template, root, signer.Public(), keys.root, 0)
	}
	parent := ca
	if k.part(o).Certificate == OtherCA {
		signer = keys.stranger
		parent = issue(template, root, signer.Public(), keys.root, 0)
	}
	return ca, issue(k.holderTemplate(o), parent, keys.holder.Public(), signer, o.CertificateSize)
}

func (k hpkiKind) policies() []x509.OID {
	oid, err := x509.OIDFromInts(k.policy)
	must(err)
	return []x509.OID{oid}
}

func (k hpkiKind) caTemplate() *x509.Certificate {
	return &x509.Certificate{
		SerialNumber:          big.NewInt(k.serial),
		RawSubject:            name(country("JP"), organize("TEST"), unit("TEST HPKI CA"), common(k.ca)),
		NotBefore:             time.Date(2017, 3, 17, 0, 0, 0, 0, time.UTC),
		NotAfter:              EndOfDay(2037, time.March, 16),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
		Policies:              k.policies(),
		CRLDistributionPoints: []string{"http://crl.hpki-test.example/root/rarl.crl"},
	}
}

// holderTemplate is the certificate of a person. That it repeats the policy of
// its CA is an inference.
func (k hpkiKind) holderTemplate(o HPKIOptions) *x509.Certificate {
	part := k.part(o)
	crl := part.CRL
	if crl == "" {
		crl = k.crl
	}
	t := &x509.Certificate{
		SerialNumber:          big.NewInt(0x0765_4321 + k.serial),
		RawSubject:            name(country("JP"), common(TestHPKISubject)),
		NotBefore:             o.NotBefore,
		NotAfter:              o.NotAfter,
		KeyUsage:              x509.KeyUsageDigitalSignature,
		Policies:              k.policies(),
		CRLDistributionPoints: []string{crl},
	}
	if part.OCSP != "" {
		t.OCSPServer = []string{part.OCSP}
	}
	if k.nonRepudiation {
		t.KeyUsage = x509.KeyUsageContentCommitment
	}
	if o.Role != "" {
		t.ExtraExtensions = []pkix.Extension{hcRole(o.Role, o.RoleCode)}
	}
	return t
}

// hcRole is the extension subjectDirectoryAttributes with the one attribute that
// ISO TS 17090 defines. The shape of its value is that of test vectors in a
// public program for checking HPKI signatures, not of the standard's text or a
// real certificate:
//
//	HCActorData ::= SET OF SEQUENCE { [0] CodedData, [1] regional data OPTIONAL }
//	CodedData ::= SET {
//	    [0] codingSchemeReference OBJECT IDENTIFIER,
//	    [1] codeDataValue NumericString OPTIONAL,
//	    [2] codeDataFreeText UTF8String OPTIONAL }
//
// with all tags explicit.
func hcRole(role, code string) pkix.Extension {
	actor := asn1.ObjectIdentifier{1, 0, 17090, 0, 1}
	scheme := asn1.ObjectIdentifier{1, 2, 392, 100495, 1, 6, 1, 1}
	coded := [][]byte{tagged(0, encode(scheme, ""))}
	if code != "" {
		coded = append(coded, tagged(1, encode(code, "numeric")))
	}
	coded = append(coded, tagged(2, text(role)))
	data := set(sequence(tagged(0, set(coded...))))
	return pkix.Extension{
		Id:    asn1.ObjectIdentifier{2, 5, 29, 9},
		Value: sequence(sequence(encode(actor, ""), set(data))),
	}
}
