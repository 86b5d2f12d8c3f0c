package card

import (
	"bytes"

	"yomitori/platform"
)

// storageRID begins the historical bytes that a reader makes up for a storage
// card: category 80, tag 4F, length 0C, the RID of the PC/SC workgroup, the
// standard and a two-byte name (PC/SC part 3; facts/cards.md 5.2).
var storageRID = []byte{0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00, 0x03, 0x06}

// storageNames are the names of storage cards that people lay on readers here.
var storageNames = map[[2]byte]platform.Kind{
	{0x00, 0x01}: platform.KindMIFARE, // Classic 1K
	{0x00, 0x02}: platform.KindMIFARE, // Classic 4K
	{0x00, 0x03}: platform.KindMIFARE, // Ultralight
	{0x00, 0x3A}: platform.KindMIFARE, // Ultralight C
	{0x00, 0x3B}: platform.KindFeliCa,
	{0xF0, 0x11}: platform.KindFeliCa, // as ACR122U names it, at 212 and 424 kbit/s
	{0xF0, 0x12}: platform.KindFeliCa,
}

// strangers are cards that go into the same readers and speak a language of
// their own, by the beginning of their ATR (facts/cards.md 5.2).
var strangers = map[string]platform.Kind{
	"\x3B\xF0\x12\x00\xFF\x91\x81\xB1\x7C\x45\x1F": platform.KindBCAS,   // B-CAS
	"\x3B\xF0\x13\x00\xFF\x91\x81\xB1\xFE\x46\x1F": platform.KindBCAS,   // A-CAS
	"\x3B\x81\x80\x01\x80\x80":                     platform.KindMIFARE, // DESFire
}

// byATR names the cards that must be named without sending anything. A storage
// card with a name of its own is known to be one, and unknown as to its kind.
func byATR(atr []byte) (platform.Kind, bool) {
	if i := bytes.Index(atr, storageRID); i >= 0 {
		name := atr[i+len(storageRID):]
		if len(name) < 3 {
			return platform.KindUnknown, true
		}
		if kind, ok := storageNames[[2]byte(name[1:3])]; ok {
			return kind, true
		}
		return platform.KindUnknown, true
	}
	for begin, kind := range strangers {
		if bytes.HasPrefix(atr, []byte(begin)) {
			return kind, true
		}
	}
	return "", false
}
