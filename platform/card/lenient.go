package card

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"time"

	"yomitori/platform"
)

// outline is the part of a certificate that tells names and dates, for
// certificates that Go's parser refuses because of something else in them.
type outline struct {
	TBS struct {
		Raw        asn1.RawContent
		Version    int `asn1:"optional,explicit,default:0,tag:0"`
		Serial     *big.Int
		Algorithm  asn1.RawValue
		Issuer     asn1.RawValue
		Validity   struct{ NotBefore, NotAfter time.Time }
		Subject    asn1.RawValue
		PublicKey  asn1.RawValue
		IssuerUID  asn1.BitString `asn1:"optional,tag:1"`
		SubjectUID asn1.BitString `asn1:"optional,tag:2"`
		Extensions asn1.RawValue  `asn1:"optional,explicit,tag:3"`
	}
	Algorithm asn1.RawValue
	Signature asn1.BitString
}

// lenient reads the outline. Nothing can be verified with what it finds: chain
// and key stay open. Bytes without even an outline are damaged.
func lenient(c platform.Certificate, der []byte) platform.Certificate {
	var o outline
	if rest, err := asn1.Unmarshal(der, &o); err != nil || len(rest) > 0 {
		return c
	}
	v := o.TBS.Validity
	if v.NotAfter.Before(v.NotBefore) {
		return c
	}
	c.State = platform.CertRead
	c.NotBefore, c.NotAfter = v.NotBefore, v.NotAfter
	c.Issuer, c.Subject = nameOf(o.TBS.Issuer.FullBytes), nameOf(o.TBS.Subject.FullBytes)
	c.Serial = fmt.Sprintf("%x", o.TBS.Serial)
	return c
}

// Extensions lists the extensions of a certificate, also of one that Go's
// parser refuses.
func Extensions(der []byte) []pkix.Extension {
	var o outline
	var list []pkix.Extension
	if rest, err := asn1.Unmarshal(der, &o); err != nil || len(rest) > 0 {
		return nil
	}
	if rest, err := asn1.Unmarshal(o.TBS.Extensions.Bytes, &list); err != nil || len(rest) > 0 {
		return nil
	}
	return list
}
