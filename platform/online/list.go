package online

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"

	"yomitori/platform"
)

// Extensions of lists and of their entries (RFC 5280 5.2 and 5.3).
var (
	oidNumber            = asn1.ObjectIdentifier{2, 5, 29, 20}
	oidReason            = asn1.ObjectIdentifier{2, 5, 29, 21}
	oidInvalidity        = asn1.ObjectIdentifier{2, 5, 29, 24}
	oidDelta             = asn1.ObjectIdentifier{2, 5, 29, 27}
	oidScope             = asn1.ObjectIdentifier{2, 5, 29, 28}
	oidCertificateIssuer = asn1.ObjectIdentifier{2, 5, 29, 29}
	oidAuthorityKey      = asn1.ObjectIdentifier{2, 5, 29, 35}
)

// removeFromCRL is the reason of an entry that takes another back.
const removeFromCRL = 8

var (
	errOtherIssuer = errors.New("list of another issuer")
	errDelta       = errors.New("list of changes only")
	errNoScope     = errors.New("scope of a list that cannot be read")
	errScope       = platform.Fail(platform.WhyOtherList, errors.New("list of another scope"))
)

// readList says what a revocation list tells. Without the issuer's signature
// it tells nothing of the certificate.
func (q question) readList(raw []byte) platform.Revocation {
	if block, _ := pem.Decode(raw); block != nil {
		raw = block.Bytes
	}
	list, err := x509.ParseRevocationList(raw)
	if err != nil {
		return bad(fmt.Errorf("read list: %w", err))
	}
	if !bytes.Equal(list.RawIssuer, q.issuer.RawSubject) {
		return bad(errOtherIssuer)
	}
	if err := q.usable(list); err != nil {
		return platform.Revocation{Look: failed(err)}
	}
	r := platform.Revocation{
		Look: platform.Seen(), ThisUpdate: list.ThisUpdate, NextUpdate: list.NextUpdate,
		Signature: signature(list.SignatureAlgorithm, list.CheckSignatureFrom(q.issuer)),
	}
	if r.Signature != platform.ChainVerified {
		return r
	}
	r.Status = platform.RevocationGood
	for _, e := range list.RevokedCertificateEntries {
		if e.SerialNumber.Cmp(q.serial) == 0 && e.ReasonCode != removeFromCRL {
			r.Status, r.RevokedAt, r.Reason = platform.RevocationRevoked, e.RevocationTime, e.ReasonCode
			break
		}
	}
	return r
}

// usable reports why a list cannot be used: it does not speak of the
// certificate, or holds something that must be understood and is not.
func (q question) usable(list *x509.RevocationList) error {
	for _, e := range list.Extensions {
		switch {
		case e.Id.Equal(oidDelta):
			return errDelta
		case e.Id.Equal(oidScope):
			if err := q.within(e.Value); err != nil {
				return err
			}
		case e.Critical && !e.Id.Equal(oidNumber) && !e.Id.Equal(oidAuthorityKey):
			return fmt.Errorf("unknown critical extension %s", e.Id)
		}
	}
	for _, entry := range list.RevokedCertificateEntries {
		for _, e := range entry.Extensions {
			known := e.Id.Equal(oidReason) || e.Id.Equal(oidInvalidity)
			if e.Id.Equal(oidCertificateIssuer) || e.Critical && !known {
				return fmt.Errorf("unknown extension %s of an entry", e.Id)
			}
		}
	}
	return nil
}

// Parts of IssuingDistributionPoint (RFC 5280 5.2.5).
var (
	tagPoint     = casn1.Tag(0).Constructed().ContextSpecific()
	tagFullName  = casn1.Tag(0).Constructed().ContextSpecific()
	tagOnlyUsers = casn1.Tag(1).ContextSpecific()
	tagReasons   = casn1.Tag(3).ContextSpecific()
	tagURI       = casn1.Tag(6).ContextSpecific()
)

// within reports whether a list's scope covers the certificate: it holds users'
// certificates, all reasons, and is of a distribution point that the certificate
// names. Names in a directory are not kept of certificates, so that a list that
// gives nothing else cannot be told from that of another.
func (q question) within(scope []byte) error {
	in, body := cryptobyte.String(scope), cryptobyte.String(nil)
	var point, names cryptobyte.String
	var limited bool
	if !in.ReadASN1(&body, casn1.SEQUENCE) || !body.ReadOptionalASN1(&point, &limited, tagPoint) {
		return errNoScope
	}
	if limited && (!point.ReadASN1(&names, tagFullName) || !q.names(names)) {
		return errScope
	}
	for !body.Empty() {
		var value cryptobyte.String
		var tag casn1.Tag
		if !body.ReadAnyASN1(&value, &tag) || tag == tagReasons {
			return errScope
		}
		// What is false should not be written, and sometimes is.
		no := len(value) == 1 && value[0] == 0
		if tag != tagOnlyUsers && !no {
			return errScope
		}
	}
	return nil
}

// names reports whether one of the names of a distribution point is an address
// in the certificate.
func (q question) names(names cryptobyte.String) bool {
	for !names.Empty() {
		var name cryptobyte.String
		var tag casn1.Tag
		if !names.ReadAnyASN1(&name, &tag) {
			return false
		}
		if tag == tagURI && slices.Contains(q.certificate.CRL, string(name)) {
			return true
		}
	}
	return false
}
