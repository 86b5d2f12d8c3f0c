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

// readObject returns the one DER object that a file begins with. The object
// is shorter than its header promises when the file ends early, and longer
// than nothing even when it is no DER at all: what it is, the caller decides.
func (s *session) readObject(id uint16) ([]byte, statusWord) {
	if _, sw := s.send(selectFile(id)); !sw.ok() {
		return nil, sw
	}
	var data []byte
	want := maxChunk
	for range maxChunks {
		chunk, sw := s.send(readBinary(len(data), min(want-len(data), maxChunk)))
		data = append(data, chunk...)
		switch {
		case sw == swWrongOffset && len(data) > 0:
			return data, swOK
		case !sw.ok():
			return data, sw
		case len(chunk) == 0 || blank(data):
			return data, swOK
		}
		if size := objectSize(data); size > 0 {
			want = size
		}
		if len(data) >= want {
			return data[:want], swOK
		}
	}
	return data, swOK
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
