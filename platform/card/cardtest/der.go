package cardtest

import (
	"bytes"
	"encoding/asn1"
)

// encode is for values that encoding/asn1 knows. The parameters are those of
// its struct tags.
func encode(v any, params string) []byte {
	der, err := asn1.MarshalWithParams(v, params)
	must(err)
	return der
}

func wrap(class, tag int, inner []byte) []byte {
	return encode(asn1.RawValue{Class: class, Tag: tag, IsCompound: true, Bytes: inner}, "")
}

func sequence(parts ...[]byte) []byte {
	return wrap(asn1.ClassUniversal, asn1.TagSequence, bytes.Join(parts, nil))
}

func set(parts ...[]byte) []byte {
	return wrap(asn1.ClassUniversal, asn1.TagSet, bytes.Join(parts, nil))
}

// tagged is an explicit tag.
func tagged(n int, parts ...[]byte) []byte {
	return wrap(asn1.ClassContextSpecific, n, bytes.Join(parts, nil))
}

func octets(b ...byte) []byte { return encode(b, "") }

func text(s string) []byte { return encode(s, "utf8") }

func integer(n int) []byte { return encode(n, "") }

// bits is a BIT STRING of named bits, of which bit 0 comes first. As DER wants
// it, it ends with the last bit that is set.
func bits(set ...int) []byte {
	var b asn1.BitString
	for _, n := range set {
		for len(b.Bytes) <= n/8 {
			b.Bytes = append(b.Bytes, 0)
		}
		b.Bytes[n/8] |= 0x80 >> (n % 8)
		b.BitLength = max(b.BitLength, n+1)
	}
	return encode(b, "")
}
