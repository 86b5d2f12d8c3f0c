package macos

import (
	"encoding/binary"
	"fmt"
)

// maxWeight is how many objects a binary property list may have when each is
// counted as often as it is used; a long text counts for several.
const maxWeight = 1 << 19

// checkNestingBinary refuses a binary property list whose objects are nested
// so deep, or used so often, that a parser would not end. The form is that of
// CoreFoundation's CFBinaryPList.c: a table of offsets, to objects that name
// other objects by their number.
func checkNestingBinary(raw []byte) error {
	const trailer = 32
	if len(raw) < trailer+8 {
		return errNotPlist
	}
	end := raw[len(raw)-trailer:]
	b := binaryList{raw: raw[:len(raw)-trailer], offsetSize: int(end[6]), refSize: int(end[7])}
	count, top, table := binary.BigEndian.Uint64(end[8:]), binary.BigEndian.Uint64(end[16:]), binary.BigEndian.Uint64(end[24:])
	size := uint64(len(b.raw))
	switch {
	case b.offsetSize < 1, b.offsetSize > 8, b.refSize < 1, b.refSize > 8, table > size, top >= count,
		count > size, count*uint64(b.offsetSize) > size-table:
		return errNotPlist
	}
	b.table = b.raw[table:]
	b.known = make([]extent, count)
	_, err := b.measure(top, 0)
	return err
}

type binaryList struct {
	raw, table          []byte
	offsetSize, refSize int
	known               []extent // of each object
}

// extent is how deep an object is nested in itself, 1 for a plain one, and how
// much it holds. The depth is 0 until it is known, -1 while it is measured.
type extent struct {
	depth  int
	weight int
}

func (b *binaryList) measure(object uint64, level int) (extent, error) {
	if object >= uint64(len(b.known)) {
		return extent{}, fmt.Errorf("%w: no such object", errNotPlist)
	}
	e := b.known[object]
	switch {
	case e.depth < 0:
		return e, fmt.Errorf("%w: an object holds itself", errNotPlist)
	case level+e.depth > maxNesting:
		return e, errDeep
	case e.depth > 0:
		return e, nil
	}
	b.known[object].depth = -1
	weight, members, err := b.content(object)
	if err != nil {
		return e, err
	}
	e = extent{depth: 0, weight: weight}
	for len(members) > 0 {
		m, err := b.measure(number(members[:b.refSize]), level+1)
		if err != nil {
			return e, err
		}
		members = members[b.refSize:]
		e.depth = max(e.depth, m.depth)
		if e.weight += m.weight; e.weight > maxWeight {
			return e, errTooLarge
		}
	}
	e.depth++
	b.known[object] = e
	return e, nil
}

// content returns what an object weighs by itself, and the numbers of the
// objects that it holds.
func (b *binaryList) content(object uint64) (weight int, members []byte, err error) {
	at := number(b.table[object*uint64(b.offsetSize):][:b.offsetSize])
	if at >= uint64(len(b.raw)) {
		return 0, nil, fmt.Errorf("%w: object outside of the list", errNotPlist)
	}
	marker, rest := b.raw[at], b.raw[at+1:]
	kind, count := marker>>4, uint64(marker&0xf)
	if kind < 4 { // of a fixed size
		return 1, nil, nil
	}
	if count == 0xf { // the count is an integer object that follows
		if len(rest) < 1 || rest[0]>>4 != 1 || rest[0]&0xf > 3 || len(rest) < 1+1<<(rest[0]&0xf) {
			return 0, nil, fmt.Errorf("%w: collection without a count", errNotPlist)
		}
		size := 1 << (rest[0] & 0xf)
		count, rest = number(rest[1:1+size]), rest[1+size:]
	}
	if count > uint64(len(rest)) {
		return 0, nil, fmt.Errorf("%w: object longer than the list", errNotPlist)
	}
	if kind < 0xa {
		return 1 + int(count/16), nil, nil
	}
	if kind == 0xd { // keys, then values
		count *= 2
	}
	if count > uint64(len(rest))/uint64(b.refSize) {
		return 0, nil, fmt.Errorf("%w: object longer than the list", errNotPlist)
	}
	return 1, rest[:count*uint64(b.refSize)], nil
}

// number reads a big-endian number of up to 8 bytes.
func number(b []byte) uint64 {
	n := uint64(0)
	for _, d := range b {
		n = n<<8 | uint64(d)
	}
	return n
}
