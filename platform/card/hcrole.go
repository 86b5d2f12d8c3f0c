package card

import (
	"crypto/x509"
	"encoding/asn1"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Identifiers of the health care role (facts/cards.md 4.5, agreeing with a
// public test vector).
var (
	oidDirectoryAttributes = asn1.ObjectIdentifier{2, 5, 29, 9}
	oidHealthcareActor     = asn1.ObjectIdentifier{1, 0, 17090, 0, 1}
)

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
			if id.Equal(oidHealthcareActor) {
				return firstText(attribute, 0)
			}
		}
	}
	return ""
}

const deepest = 8 // levels of nesting that are looked into

// firstText returns the first text in a tree of objects. HCActorData puts the
// free text of the coded role there; the way to it is optional in places, so
// it is searched for rather than walked to.
func firstText(in cryptobyte.String, depth int) string {
	for !in.Empty() && depth < deepest {
		var body cryptobyte.String
		var tag casn1.Tag
		if !in.ReadAnyASN1(&body, &tag) {
			return ""
		}
		switch {
		case tag == casn1.UTF8String || tag == casn1.PrintableString:
			if len(body) <= longestRole {
				return cleanText(body)
			}
		case tag&0x20 != 0: // constructed
			if text := firstText(body, depth+1); text != "" {
				return text
			}
		}
	}
	return ""
}
