package certificates

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"regexp"
	"strings"

	"yomitori/platform"
)

// storeCertificate says what is recorded of a certificate; ok is false for one
// that is none of JPKI's or HPKI's.
func (p parsed) storeCertificate(store platform.StoreName) (c platform.StoreCertificate, ok bool) {
	ca := p.extensions.ca()
	software := softwareOfNames(p.facts.Issuer, p.facts.Subject, ca)
	if software == platform.SoftwareNone {
		return c, false
	}
	c = platform.StoreCertificate{
		Store:       store,
		Software:    software,
		NotBefore:   p.facts.NotBefore,
		NotAfter:    p.facts.NotAfter,
		Issuer:      shown(p.facts.Issuer),
		Subject:     shown(p.facts.Subject),
		Serial:      shown(p.facts.Serial),
		IssuerID:    shown(p.facts.IssuerID),
		CA:          ca,
		KeyUsage:    p.extensions.keyUsage(),
		ExtKeyUsage: p.extensions.extKeyUsage(),
		HasKey:      p.stored.HasKey,
		Provider:    shown(p.stored.Provider),
		Container:   shown(p.stored.Container),
	}
	if ca {
		c.KeyID, c.SHA256 = shown(p.facts.KeyID), p.facts.SHA256
	}
	return c, true
}

func shown(s string) string { return platform.Printable(s, platform.LongestText) }

// agency is the issuer that the manual for HPKI-KAGURA tells users to look for
// (facts/os-browser.md 3.2).
const agency = "Japan Agency for Local Authority Information Systems"

// hpkiWord is in the names of all CAs of HPKI that were seen, down to the root
// of the ministry (facts/cards.md 4.3).
var hpkiWord = regexp.MustCompile(`(?i)(^|[^0-9a-z])HPKI([^0-9a-z]|$)`)

// softwareOfNames says whose certificate it is by its issuer, for a CA
// certificate also by its subject. The names are as RFC 4514 writes them.
func softwareOfNames(issuer, subject string, ca bool) platform.Software {
	all := nameParts(issuer)
	if ca {
		all = append(all, nameParts(subject)...)
	}
	for _, part := range all {
		kind, value, _ := strings.Cut(part, "=")
		switch {
		case kind == "O" && (value == "JPKI" || value == "JPKI-TEST"), strings.EqualFold(value, agency):
			return platform.SoftwareJPKI
		case (kind == "CN" || kind == "OU") && hpkiWord.MatchString(value):
			return platform.SoftwareHPKI
		}
	}
	return platform.SoftwareNone
}

// nameParts parts a name into "TYPE=value", with the escapes left in.
func nameParts(name string) []string {
	var parts []string
	start := 0
	for i := 0; i < len(name); i++ {
		switch name[i] {
		case '\\':
			i++
		case ',', '+':
			parts = append(parts, name[start:i])
			start = i + 1
		}
	}
	return append(parts, name[start:])
}

// extensions are those of one certificate.
type extensions []pkix.Extension

var (
	oidKeyUsage         = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidBasicConstraints = asn1.ObjectIdentifier{2, 5, 29, 19}
	oidExtKeyUsage      = asn1.ObjectIdentifier{2, 5, 29, 37}
)

// read decodes an extension and reports whether it is there and sound.
func (e extensions) read(id asn1.ObjectIdentifier, into any) bool {
	for _, x := range e {
		if x.Id.Equal(id) {
			rest, err := asn1.Unmarshal(x.Value, into)
			return err == nil && len(rest) == 0
		}
	}
	return false
}

// ca tells a CA certificate. TRUE is any value but zero, as elsewhere: Go's
// decoder would want the one that DER prescribes.
func (e extensions) ca() bool {
	var constraints []asn1.RawValue
	if !e.read(oidBasicConstraints, &constraints) || len(constraints) == 0 {
		return false
	}
	is := constraints[0]
	return is.Class == asn1.ClassUniversal && is.Tag == asn1.TagBoolean && len(is.Bytes) == 1 && is.Bytes[0] != 0
}

// usages names the bits of a key usage, in the order of RFC 5280 4.2.1.3.
var usages = []string{
	"digital-signature", "non-repudiation", "key-encipherment", "data-encipherment", "key-agreement",
	"cert-sign", "crl-sign", "encipher-only", "decipher-only",
}

func (e extensions) keyUsage() []string {
	var bits asn1.BitString
	if !e.read(oidKeyUsage, &bits) {
		return nil
	}
	list := []string{}
	for i, name := range usages {
		if bits.At(i) != 0 {
			list = append(list, name)
		}
	}
	return list
}

const maxUsages = 16

func (e extensions) extKeyUsage() []string {
	var ids []asn1.ObjectIdentifier
	if !e.read(oidExtKeyUsage, &ids) {
		return nil
	}
	list := []string{}
	for _, id := range ids[:min(len(ids), maxUsages)] {
		list = append(list, platform.Printable(id.String(), platform.LongestName))
	}
	return list
}
