package card

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"

	"yomitori/platform"
)

// certificate reads the certificate in a file and parses it. The parsed form
// is nil unless the state is CertRead.
func (s *session) certificate(role platform.Role, at place) (platform.Certificate, *x509.Certificate) {
	der, sw := s.readObject(at)
	c := platform.Certificate{Role: role, State: platform.CertUnreadable}
	switch {
	case sw == swNoAccess:
		c.State = platform.CertNeedsPIN
	case sw == swFileNotFound, sw.ok() && blank(der):
		c.State = platform.CertMissing
	case sw.ok():
		return Describe(role, der)
	case sw != 0:
		c.StatusWord = sw.String()
	}
	return c, nil
}

// Describe says what the DER of a certificate tells. The parsed form is nil
// unless the certificate can be used to check signatures.
func Describe(role platform.Role, der []byte) (platform.Certificate, *x509.Certificate) {
	c := platform.Certificate{Role: role, State: platform.CertDamaged, Size: len(der)}
	x, err := x509.ParseCertificate(der)
	if err != nil {
		return lenient(c, der), nil
	}
	c.State = platform.CertRead
	c.NotBefore, c.NotAfter = x.NotBefore, x.NotAfter
	c.Issuer, c.Subject = nameOf(x.RawIssuer), nameOf(x.RawSubject)
	c.Serial = fmt.Sprintf("%x", x.SerialNumber)
	c.Key = keyName(x)
	c.IssuerID = fmt.Sprintf("%x", x.AuthorityKeyId)
	c.HCRole = hcRole(x)
	c.CRL = publicAddresses(x.CRLDistributionPoints)
	c.OCSP = publicAddresses(x.OCSPServer)
	if role == platform.RoleAuthCA || role == platform.RoleHPKICA {
		c.KeyID = fmt.Sprintf("%x", x.SubjectKeyId)
		c.SHA256 = fmt.Sprintf("%x", sha256.Sum256(der))
	}
	return c, x
}

const (
	maxAddresses = 4   // kept of a certificate, of each kind
	maxAddress   = 256 // bytes of one
)

// publicAddresses keeps the addresses that may be followed: those of directories
// and of inner networks may name people and computers.
func publicAddresses(all []string) []string {
	var kept []string
	for _, a := range all {
		if len(kept) < maxAddresses && len(a) <= maxAddress && platform.PublicAddress(a) {
			kept = append(kept, platform.Printable(a, maxAddress))
		}
	}
	return kept
}

// nameOf writes a name as RFC 4514 does. pkix.Name would join the two OU of a
// JPKI certificate into one part.
func nameOf(raw []byte) string {
	var rdns pkix.RDNSequence
	if rest, err := asn1.Unmarshal(raw, &rdns); err != nil || len(rest) > 0 {
		return ""
	}
	return rdns.String()
}

func keyName(x *x509.Certificate) string {
	switch k := x.PublicKey.(type) {
	case *rsa.PublicKey:
		return fmt.Sprintf("RSA-%d", k.N.BitLen())
	case *ecdsa.PublicKey:
		return fmt.Sprintf("EC-P%d", k.Curve.Params().BitSize)
	}
	return x.PublicKeyAlgorithm.String()
}

// Chain says whether ca signed c. An algorithm that Go does not verify leaves
// the question open.
func Chain(c, ca *x509.Certificate) platform.Chain {
	if c == nil || ca == nil {
		return platform.ChainUnchecked
	}
	err := ca.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature)
	var insecure x509.InsecureAlgorithmError
	switch {
	case err == nil:
		return platform.ChainVerified
	case errors.Is(err, x509.ErrUnsupportedAlgorithm), errors.As(err, &insecure):
		return platform.ChainUnchecked
	}
	return platform.ChainBroken
}
