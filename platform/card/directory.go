package card

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// directory is what the files OD, CD and AOD of an ISO/IEC 7816-15 application
// say: where its certificates are and how its PIN is called.
type directory struct {
	certificates []entry
	pinReference byte
	guessed      bool // certificates are taken from the field layout
}

// entry is one certificate of a directory.
type entry struct {
	at        place
	authority bool // it is a CA's
}

// The kinds of directory that OD points to.
var (
	tagCertificates = asn1.Tag(4).Constructed().ContextSpecific()
	tagAuth         = asn1.Tag(8).Constructed().ContextSpecific()
	tagAttributes   = asn1.Tag(1).Constructed().ContextSpecific()
	tagReference    = asn1.Tag(0).ContextSpecific()
)

const maxEntries = 16

// directory follows OD to CD and AOD. What cannot be followed is taken from
// the field layout.
func (s *session) directory() directory {
	d := directory{}
	od, sw := s.readObjects(place{short: odShort}, maxDirectory)
	if !sw.ok() {
		od, _ = s.readObjects(place{id: odFile}, maxDirectory)
	}
	cd, aod := parseOD(od)
	if cd != (place{}) {
		raw, _ := s.readObjects(cd, maxDirectory)
		d.certificates = parseCD(raw)
	}
	if aod != (place{}) {
		raw, _ := s.readObjects(aod, maxDirectory)
		d.pinReference = parseAOD(raw)
	}
	if len(d.certificates) == 0 {
		d.certificates, d.guessed = fieldLayout.certificates, true
	}
	if d.pinReference == 0 {
		d.pinReference = fieldLayout.pinReference
	}
	return d
}

// applicationID finds the AID (tag 84) in an FCI (tag 6F); nil without one.
func applicationID(fci []byte) []byte {
	body, ok := tlv(fci, 0x6F)
	if !ok {
		return nil
	}
	for len(body) >= 2 {
		if n := int(body[1]); n < 0x80 && len(body) >= 2+n {
			if body[0] == 0x84 {
				return body[2 : 2+n]
			}
			body = body[2+n:]
			continue
		}
		return nil
	}
	return nil
}

// tlv is the content of a BER object with a one-byte tag at the start of b.
func tlv(b []byte, tag byte) ([]byte, bool) {
	if len(b) < 2 || b[0] != tag {
		return nil, false
	}
	n, head := int(b[1]), 2
	if n == 0x81 && len(b) >= 3 {
		n, head = int(b[2]), 3
	}
	if n >= 0x80 && head == 2 || len(b) < head+n {
		return nil, false
	}
	return b[head : head+n], true
}

// parseOD returns where CD and AOD are, as far as OD says it.
func parseOD(raw []byte) (cd, aod place) {
	for in, n := cryptobyte.String(raw), 0; n < maxEntries; n++ {
		var body cryptobyte.String
		var tag asn1.Tag
		if !in.ReadAnyASN1(&body, &tag) {
			break
		}
		at, ok := readPath(body)
		switch {
		case !ok:
		case tag == tagCertificates:
			cd = at
		case tag == tagAuth:
			aod = at
		}
	}
	return cd, aod
}

// readPath reads Path ::= SEQUENCE { efidOrPath OCTET STRING, … }. One byte is
// a short id shifted left by three, two bytes are a file id, and a longer path
// ends with one.
func readPath(in cryptobyte.String) (place, bool) {
	var seq, path cryptobyte.String
	if !in.ReadASN1(&seq, asn1.SEQUENCE) || !seq.ReadASN1(&path, asn1.OCTET_STRING) {
		return place{}, false
	}
	switch n := len(path); {
	case n == 1 && path[0]>>3 != 0:
		return place{short: path[0] >> 3}, true
	case n >= 2 && n%2 == 0:
		id := uint16(path[n-2])<<8 | uint16(path[n-1])
		return place{id: id}, id != 0
	}
	return place{}, false
}

// parseCD lists the certificates of a certificate directory.
func parseCD(raw []byte) []entry {
	var entries []entry
	for in := cryptobyte.String(raw); len(entries) < maxEntries; {
		var object, class, attributes, value cryptobyte.String
		if !in.ReadASN1(&object, asn1.SEQUENCE) {
			break
		}
		if !object.SkipASN1(asn1.SEQUENCE) || !object.ReadASN1(&class, asn1.SEQUENCE) ||
			!skipTo(&object, tagAttributes, &attributes) || !attributes.ReadASN1(&value, asn1.SEQUENCE) {
			continue
		}
		at, ok := readPath(value)
		if !ok {
			continue
		}
		// Cards write TRUE as 01 too, where DER wants FF.
		var flag cryptobyte.String
		authority := skipTo(&class, asn1.BOOLEAN, &flag) && len(flag) == 1 && flag[0] != 0
		entries = append(entries, entry{at, authority})
	}
	return entries
}

// parseAOD returns the reference of the first PIN in an authentication object
// directory, 0 when it names none.
func parseAOD(raw []byte) byte {
	for in, n := cryptobyte.String(raw), 0; n < maxEntries; n++ {
		var object, attributes, pin, reference cryptobyte.String
		if !in.ReadASN1(&object, asn1.SEQUENCE) {
			return 0
		}
		if !skipTo(&object, tagAttributes, &attributes) || !attributes.ReadASN1(&pin, asn1.SEQUENCE) {
			continue
		}
		if skipTo(&pin, tagReference, &reference) && len(reference) > 0 {
			// An INTEGER of one byte, with a zero before it when that is above 7F.
			return reference[len(reference)-1]
		}
	}
	return 0
}

// skipTo skips objects up to one with a tag and reads it.
func skipTo(in *cryptobyte.String, tag asn1.Tag, out *cryptobyte.String) bool {
	for !in.Empty() {
		if in.PeekASN1Tag(tag) {
			return in.ReadASN1(out, tag)
		}
		if !skipAny(in) {
			return false
		}
	}
	return false
}

func skipAny(in *cryptobyte.String) bool {
	var body cryptobyte.String
	var tag asn1.Tag
	return in.ReadAnyASN1(&body, &tag)
}
