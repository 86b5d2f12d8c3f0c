package card

import (
	"errors"
	"fmt"
	"strings"
)

// errNotAllowed is returned for bytes that may not be sent.
var errNotAllowed = errors.New("APDU is not in the allow-list")

// signatureCertificate is the short id, and the low byte of the file id, of
// the signature certificate on a My Number Card. It is never read: it needs a
// password, and it holds its owner's name and address.
const signatureCertificate = 0x01

// Fence stands between a reading and the wire. It knows nothing of how commands
// are made and looks at bytes alone. The zero value is a fence before a card of
// which nothing is known.
type Fence struct {
	// harmless is true while an application is certainly selected in which the
	// file with the id of the signature certificate is something else: an HPKI
	// application, or the common one of a My Number Card.
	harmless bool
}

// Check returns an error unless the bytes may be sent.
func (f *Fence) Check(command []byte) error {
	if !allowed(command) || namesSignatureCertificate(command) && !f.harmless {
		return fmt.Errorf("send % X: %w", command[:min(len(command), 5)], errNotAllowed)
	}
	return nil
}

// Note takes in what came of a command that was sent. After a SELECT that ended
// in any way but a clear yes or no, anything may be selected.
func (f *Fence) Note(command, answer []byte) {
	if len(command) < 5 || command[1] != insSelect || command[2] != 0x04 {
		return
	}
	var sw statusWord
	if n := len(answer) - 2; n >= 0 {
		sw = statusWord(answer[n])<<8 | statusWord(answer[n+1])
	}
	if sw == swFileNotFound {
		return // what was selected before still is
	}
	selected := sw.ok() || sw>>8 == 0x61
	aid := string(command[5:])
	f.harmless = selected && (strings.HasPrefix(aid, hpkiRID) || strings.HasPrefix(aid, commonApplet))
}

func allowed(b []byte) bool {
	if len(b) < 4 || b[0] != 0 {
		return false
	}
	p1, p2 := b[2], b[3]
	switch b[1] {
	case insVerify:
		return len(b) == 4 && p1 == 0
	case insSelect:
		return allowedSelect(b)
	case insReadBinary:
		// Bits 6 and 7 beside a short id are for future use, and a card may
		// ignore them.
		return len(b) == 5 && (p1&0x80 == 0 || p1&0x60 == 0)
	case insGetData:
		return len(b) == 5
	case insReadRecord:
		return len(b) == 5 && p1 != 0
	case insGetResponse:
		return len(b) == 5 && p1 == 0 && p2 == 0
	}
	return false
}

// allowedSelect allows an application by its AID, with or without an answer,
// and a file of the current application by its id.
func allowedSelect(b []byte) bool {
	if len(b) < 5 {
		return false
	}
	n := int(b[4])
	switch {
	case b[2] == 0x04 && b[3] == 0x0C:
		return n >= 5 && n <= 16 && len(b) == 5+n
	case b[2] == 0x04 && (b[3] == 0x00 || b[3] == 0x02):
		return n >= 5 && n <= 16 && len(b) == 5+n+1
	case b[2] == 0x02 && b[3] == 0x0C:
		return n == 2 && len(b) == 7
	}
	return false
}

func namesSignatureCertificate(b []byte) bool {
	switch b[1] {
	case insSelect:
		return b[2] == 0x02 && b[5] == 0 && b[6] == signatureCertificate
	case insReadBinary:
		return b[2] == 0x80|signatureCertificate
	case insReadRecord:
		return b[3]>>3 == signatureCertificate
	}
	return false
}
