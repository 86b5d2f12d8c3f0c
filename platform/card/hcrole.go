package card

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"regexp"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Identifiers of the health care role (facts/cards.md 4.5, agreeing with a
// public test vector).
var (
	oidDirectoryAttributes = asn1.ObjectIdentifier{2, 5, 29, 9}
	oidHealthcareActor     = asn1.ObjectIdentifier{1, 0, 17090, 0, 1}
)

// codingScheme is the DER of 1.2.392.100495.1.6.1.1, whose texts are roles.
var codingScheme = []byte{0x06, 0x0A, 0x2A, 0x83, 0x08, 0x86, 0x91, 0x0F, 0x01, 0x06, 0x01, 0x01}

// words is what a role looks like.
var words = regexp.MustCompile(`^[A-Za-z][A-Za-z &/()-]*$`)

const longestRole = 64 // bytes; real ones are a few words

// hcRole returns the role in the subject directory attributes of an HPKI
// certificate, in its own words, or "".
func hcRole(x *x509.Certificate) string {
	for _, e := range x.Extensions {
		if !e.Id.Equal(oidDirectoryAttributes) {
			continue
		}
		in := cryptobyte.String(e.Value)
		var attributes cryptobyte.String
		if !in.ReadASN1(&attributes, casn1.SEQUENCE) {
			return ""
		}
		for !attributes.Empty() {
			var attribute cryptobyte.String
			var id asn1.ObjectIdentifier
			if !attributes.ReadASN1(&attribute, casn1.SEQUENCE) || !attribute.ReadASN1ObjectIdentifier(&id) {
				return ""
			}
			if id.Equal(oidHealthcareActor) && bytes.Contains(attribute, codingScheme) {
				return roleText(attribute, 0)
			}
		}
	}
	return ""
}

const deepest = 8 // levels of nesting that are looked into

// roleText returns the free text of the coded role in a tree of objects. The
// way to it is optional in places, so it is searched for rather than walked to;
// what else an actor has (tag 1: regional data, which may be a name or a number
// of registration) is passed over, and so is text that is not words.
func roleText(in cryptobyte.String, depth int) string {
	for !in.Empty() && depth < deepest {
		var body cryptobyte.String
		var tag casn1.Tag
		if !in.ReadAnyASN1(&body, &tag) {
			return ""
		}
		switch {
		case tag == tagAttributes:
		case tag == casn1.UTF8String || tag == casn1.PrintableString:
			if text := cleanText(body); len(body) <= longestRole && words.MatchString(text) {
				return text
			}
		case tag&0x20 != 0: // constructed
			if text := roleText(body, depth+1); text != "" {
				return text
			}
		}
	}
	return ""
}
