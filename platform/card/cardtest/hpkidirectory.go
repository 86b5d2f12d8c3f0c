package cardtest

import "encoding/asn1"

// The directory of an HPKI application is written in the DER of ISO/IEC 7816-15
// (JIS X 6320-15), which has it from PKCS #15. Which files there are, the tags
// of OD, both forms of paths, the PIN references and the lengths of a PIN are
// from facts/cards.md 4.1 and 4.5. The rest follows PKCS #15: no dump of the
// AOD, CD or PrKD of a real card was found. Labels and ids of objects are made
// up; flags that are a guess say so. Tags are implicit, but for those around a
// choice or the attributes of a type.

// The objects of an application: ids that tie key, certificate and PIN together.
const (
	idPIN  = 0x01
	idKey  = 0x02 // also of the certificate that goes with it
	idRoot = 0x03
	idCA   = 0x04
)

// path points to a file: PKCS #15 calls its one field efidOrPath.
func (f HPKIFiles) path(id uint16) []byte {
	if f.pathsAreShort {
		return sequence(octets(byte(id) << 3))
	}
	return sequence(octets(byte(id>>8), byte(id)))
}

// od lists the directories, one choice after another without anything around
// them.
func (f HPKIFiles) od() []byte {
	var der []byte
	for _, d := range []struct {
		choice int
		file   uint16
	}{{0, f.PrKD}, {1, f.PuKD}, {4, f.CD}, {7, f.DCOD}, {8, f.AOD}} {
		if d.file != 0 {
			der = append(der, tagged(d.choice, f.path(d.file))...)
		}
	}
	return der
}

// ciaInfo is the least that CIAInfo can say: version 2, and card flags of which
// none is set.
func ciaInfo() []byte { return sequence(integer(1), bits()) }

// cioObject is the frame of every entry: attributes of all objects, of a class
// of objects, and of a type of objects.
func cioObject(common, class, kind []byte) []byte {
	return sequence(common, class, tagged(1, kind))
}

// commonAttributes are a label and flags: bit 0 is private, bit 1 is modifiable. A private
// object also names the PIN it wants.
func commonAttributes(label string, private bool) []byte {
	if private {
		return sequence(text(label), bits(0), octets(idPIN))
	}
	return sequence(text(label), bits())
}

// cd lists the holder's certificate, then the CA certificates, if they are on
// the card.
func (f HPKIFiles) cd(k hpkiKind) []byte {
	der := f.certificateEntry("TEST HPKI "+k.label, idKey, f.Certificate, false)
	if f.Root != 0 {
		der = append(der, f.certificateEntry("TEST HPKI root CA", idRoot, f.Root, true)...)
	}
	if f.CA != 0 {
		der = append(der, f.certificateEntry("TEST HPKI subordinate CA", idCA, f.CA, true)...)
	}
	return der
}

// certificateEntry is an x509Certificate, the choice without a tag. Authority
// is FALSE by default, and DER leaves defaults out.
func (f HPKIFiles) certificateEntry(label string, id byte, file uint16, authority bool) []byte {
	class := sequence(octets(id))
	if authority {
		class = sequence(octets(id), encode(true, ""))
	}
	return cioObject(commonAttributes(label, false), class, sequence(f.path(file)))
}

// Bits of PasswordFlags and values of PasswordType in PKCS #15. Which of them
// real cards set is not known.
const (
	pinCaseSensitive = 0
	pinLocal         = 1
	pinInitialized   = 4
	pinNeedsPadding  = 5

	pinASCIINumeric = 1
)

// aod has one entry, a password. Its shortest and longest have a source, and so
// has the reference: an INTEGER, so 88 is written 00 88. Flags, type and padding
// character are guesses. That GuidelineLayout ends with a path to the PIN file and
// FieldLayout does not, is to have both: both are optional.
func (f HPKIFiles) aod(k hpkiKind) []byte {
	const shortest, stored, longest = 4, 16, 16
	attributes := [][]byte{
		bits(pinCaseSensitive, pinLocal, pinInitialized, pinNeedsPadding),
		encode(asn1.Enumerated(pinASCIINumeric), ""),
		integer(shortest), integer(stored), integer(longest),
		encode(int(f.pinReference), "tag:0"),
		octets(0x00),
	}
	if f.pathsAreShort {
		attributes = append(attributes, f.path(f.PIN))
	}
	return cioObject(
		commonAttributes("TEST HPKI "+k.label+" PIN", false),
		sequence(octets(idPIN)),
		sequence(attributes...),
	)
}

// Bits of KeyUsageFlags in PKCS #15.
const (
	usageSign           = 2
	usageVerify         = 6
	usageNonRepudiation = 9
)

// prkd has one entry, an RSA key that only a PIN opens.
func (f HPKIFiles) prkd(k hpkiKind) []byte {
	usage := bits(usageSign)
	if k.nonRepudiation {
		usage = bits(usageSign, usageNonRepudiation)
	}
	return cioObject(
		commonAttributes("TEST HPKI "+k.label+" key", true),
		sequence(octets(idKey), usage),
		sequence(f.path(f.Key), integer(2048)),
	)
}

// pukd has one entry. The public key of a real card has a file of its own, or
// none: unknown. Here it points to the certificate, which has it too.
func (f HPKIFiles) pukd(k hpkiKind) []byte {
	return cioObject(
		commonAttributes("TEST HPKI "+k.label+" public key", false),
		sequence(octets(idKey), bits(usageVerify)),
		sequence(f.path(f.Certificate), integer(2048)),
	)
}
