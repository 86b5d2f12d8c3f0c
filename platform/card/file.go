package card

import "bytes"

const (
	maxFile   = 8 << 10 // bytes of the largest certificate that is believed
	maxChunk  = 256     // of a short APDU
	maxChunks = maxFile / 16
)

// readFile returns up to n first bytes of a small file, by short id where the
// card can do that and by selecting it otherwise.
func (s *session) readFile(id byte, n int) ([]byte, statusWord) {
	data, sw := s.send(readShort(id, n))
	if sw.ok() || sw == swNoAccess || s.err != nil {
		return data, sw
	}
	if _, sw = s.send(selectFile(uint16(id))); !sw.ok() {
		return nil, sw
	}
	return s.send(readBinary(0, n))
}

// place is where a file is found in the current application: by its short id
// when that is not zero, by its id otherwise.
type place struct {
	short byte
	id    uint16
}

// first makes the file current and reads its first n bytes (1 to 256).
func (s *session) first(p place, n int) ([]byte, statusWord) {
	if p.short != 0 {
		return s.send(readShort(p.short, n))
	}
	if _, sw := s.send(selectFile(p.id)); !sw.ok() {
		return nil, sw
	}
	return s.send(readBinary(0, n))
}

// readObject returns the one DER object that a file begins with. The object
// is shorter than its header promises when the file ends early, and longer
// than nothing even when it is no DER at all: what it is, the caller decides.
func (s *session) readObject(p place) ([]byte, statusWord) {
	return s.read(p, func(data []byte) int {
		if size := objectSize(data); size > 0 {
			return size
		}
		return maxChunk
	})
}

// readObjects returns the DER objects that a file begins with, up to padding,
// or to limit bytes.
func (s *session) readObjects(p place, limit int) ([]byte, statusWord) {
	return s.read(p, func(data []byte) int { return min(objectsSize(data), limit) })
}

// read reads a file until it holds as many bytes as want says, which may change
// its mind as more comes, or until the file ends.
func (s *session) read(p place, want func([]byte) int) ([]byte, statusWord) {
	data, sw := s.first(p, maxChunk)
	s.blocked = s.blocked || sw == swDeactivated
	for n := 0; sw.ok() && n < maxChunks; n++ {
		size := want(data)
		if len(data) >= size {
			return data[:size], swOK
		}
		if blank(data) || sw == swEndOfFile {
			break
		}
		var chunk []byte
		chunk, sw = s.send(readBinary(len(data), min(size-len(data), maxChunk)))
		if len(chunk) == 0 {
			break
		}
		data = append(data, chunk...)
	}
	if len(data) > 0 && s.err == nil && (sw.ok() || sw == swWrongOffset) {
		return data, swOK
	}
	return data, sw
}

// objectSize is the length of the DER object, header included, that data
// begins with; 0 when the header is not there yet or is not one that a
// certificate of a believable size could have.
func objectSize(data []byte) int {
	if len(data) < 4 || data[0] != 0x30 || data[1] != 0x82 {
		return 0
	}
	if size := 4 + int(data[2])<<8 + int(data[3]); size <= maxFile {
		return size
	}
	return 0
}

// blank reports whether a file was never written: all FF or all 00.
func blank(data []byte) bool {
	return bytes.Count(data, []byte{0xFF}) == len(data) || bytes.Count(data, []byte{0x00}) == len(data)
}

// objectsSize is how many bytes a run of DER objects takes. Where data ends
// before padding shows that there are no more, it is what is needed to see the
// next header.
func objectsSize(data []byte) int {
	end := 0
	for end+2 <= len(data) && data[end] != 0x00 && data[end] != 0xFF {
		size := int(data[end+1])
		head := 2
		switch size {
		case 0x81, 0x82:
			head += size - 0x80
			if end+head > len(data) {
				return end + head
			}
			size = 0
			for _, b := range data[end+2 : end+head] {
				size = size<<8 | int(b)
			}
		default:
			if size >= 0x80 {
				return end
			}
		}
		end += head + size
	}
	if end < len(data) && (data[end] == 0x00 || data[end] == 0xFF) {
		return end
	}
	return end + 2
}
