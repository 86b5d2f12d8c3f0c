package online

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"golang.org/x/crypto/ocsp"

	"yomitori/platform"
)

var errOtherCertificate = errors.New("answer about another issuer's certificate")

// readAnswer says what a responder's answer tells. Without the signature of the
// issuer, or of whom it named for this, it tells nothing of the certificate.
// The library knows no nonce: an old answer is known by its dates.
func (q question) readAnswer(raw []byte, now time.Time) platform.Revocation {
	a, err := ocsp.ParseResponseForCert(raw, &x509.Certificate{SerialNumber: q.serial}, nil)
	if err != nil {
		return bad(fmt.Errorf("read answer: %w", err))
	}
	if !q.meant(a) {
		return bad(errOtherCertificate)
	}
	r := platform.Revocation{
		Look: platform.Seen(), ThisUpdate: a.ThisUpdate, NextUpdate: a.NextUpdate,
		Signature: q.signed(a, now),
	}
	if r.Signature != platform.ChainVerified {
		return r
	}
	switch a.Status {
	case ocsp.Good:
		r.Status = platform.RevocationGood
	case ocsp.Revoked:
		r.Status, r.RevokedAt, r.Reason = platform.RevocationRevoked, a.RevokedAt, a.RevocationReason
	}
	return r
}

// signed says whether the issuer signed an answer, or one to whom it gave a
// certificate for signing answers that was valid for what it says, and still is.
// The library has checked that the certificate in an answer, if there is one,
// signed it.
func (q question) signed(a *ocsp.Response, now time.Time) platform.Chain {
	err := a.CheckSignatureFrom(q.issuer)
	outcome := signature(a.SignatureAlgorithm, err)
	d := a.Certificate
	if err == nil || d == nil || outcome == platform.ChainUnchecked {
		return outcome
	}
	may := slices.Contains(d.ExtKeyUsage, x509.ExtKeyUsageOCSPSigning) && len(d.UnhandledCriticalExtensions) == 0
	if !may || !inForce(a, now) {
		return platform.ChainBroken
	}
	return signature(d.SignatureAlgorithm, q.issuer.CheckSignature(d.SignatureAlgorithm, d.RawTBSCertificate, d.Signature))
}

// roundedOff is how far the time of signing may lie before that of which an
// answer tells: some write it in whole minutes.
const roundedOff = time.Minute

// inForce reports whether the certificate in an answer is valid now and was at
// the times that the answer names. Who holds the key of one that has ended
// chooses these as he likes, so that they alone prove nothing.
func inForce(a *ocsp.Response, now time.Time) bool {
	d := a.Certificate
	for _, at := range []time.Time{a.ProducedAt, a.ThisUpdate} {
		if at.Before(d.NotBefore) || at.After(d.NotAfter) {
			return false
		}
	}
	return !now.After(d.NotAfter) && !a.ThisUpdate.After(a.ProducedAt.Add(roundedOff))
}

// meant reports whether an answer is about a certificate of this issuer. The
// library compares serial numbers only, which other issuers give too.
func (q question) meant(a *ocsp.Response) bool {
	wanted, err := ocsp.CreateRequest(&x509.Certificate{SerialNumber: q.serial}, q.issuer, &ocsp.RequestOptions{Hash: a.IssuerHash})
	if err != nil {
		return false
	}
	want, err := ocsp.ParseRequest(wanted)
	if err != nil {
		return false
	}
	id, found := q.named(a.TBSResponseData)
	return found && bytes.Equal(id.Name, want.IssuerNameHash) && bytes.Equal(id.Key, want.IssuerKeyHash)
}

// certificateID is CertID of RFC 6960: digests of the issuer's name and key.
type certificateID struct {
	Hash      pkix.AlgorithmIdentifier
	Name, Key []byte
	Serial    *big.Int
}

// named finds in ResponseData the first certificate with the serial number,
// which is the one that the library takes, and does not tell.
func (q question) named(data []byte) (id certificateID, found bool) {
	var v struct {
		Version   int `asn1:"optional,default:0,explicit,tag:0"`
		Responder asn1.RawValue
		Produced  time.Time `asn1:"generalized"`
		Answers   []struct{ ID certificateID }
	}
	if _, err := asn1.Unmarshal(data, &v); err != nil {
		return id, false
	}
	for _, a := range v.Answers {
		if a.ID.Serial.Cmp(q.serial) == 0 {
			return a.ID, true
		}
	}
	return id, false
}
