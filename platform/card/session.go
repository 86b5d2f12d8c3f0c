package card

import (
	"errors"
	"fmt"

	"yomitori/platform"
)

// Transmitter carries one command to the card and brings its answer back,
// status word included. An error means that there was no answer; it is a
// [platform.FailError] where the reason is known.
type Transmitter interface {
	Transmit(Command) ([]byte, error)
}

const (
	maxResponse = 16 << 10 // bytes that one command may yield through GET RESPONSE
	maxRepeats  = 2        // of a command that met a passing fault
	maxCommands = 1000     // of one reading; a real card takes less than a tenth
)

// statusWord is the two bytes that end every answer.
type statusWord uint16

const (
	swOK           statusWord = 0x9000
	swEndOfFile    statusWord = 0x6282
	swNoAccess     statusWord = 0x6982
	swDeactivated  statusWord = 0x6283 // HPKI: the application is blocked, its files may still be read
	swLocked       statusWord = 0x6983
	swLockedFile   statusWord = 0x6984
	swFileNotFound statusWord = 0x6A82
	swWrongOffset  statusWord = 0x6B00
	swNoDiagnosis  statusWord = 0x6F00
)

// ok reports whether the data before the status word may be used.
func (sw statusWord) ok() bool { return sw == swOK || sw == swEndOfFile || sw == swDeactivated }

// absent reports whether an answer to SELECT means that there is no such
// application, as against not telling (facts/cards.md 5.1).
func (sw statusWord) absent() bool {
	switch sw {
	case swFileNotFound, 0x6A81, 0x6A86, 0x6D00, 0x6E00, 0x6700, 0x6985, 0x6999:
		return true
	}
	return sw>>8 == 0x91 // how DESFire says it does not know a command
}

func (sw statusWord) String() string { return fmt.Sprintf("%04X", uint16(sw)) }

// session is one reading of one card. After the first exchange that brought no
// answer it sends nothing more, so callers need not check after each step.
type session struct {
	t    Transmitter
	card *platform.Card
	err  error
	// blocked is true while the selected application said 6283.
	blocked bool
	// unsure is the first answer to SELECT that was neither yes nor no.
	unsure statusWord
}

// send exchanges a command and returns data and status word; the status word
// is 0 when there was no answer.
func (s *session) send(c Command) ([]byte, statusWord) {
	data, sw := s.exchange(c)
	for n := 0; sw == swNoDiagnosis && n < maxRepeats; n++ {
		s.card.Retries++
		data, sw = s.exchange(c)
	}
	if again := c.withLength(byte(sw)); sw>>8 == 0x6C && again != c {
		data, sw = s.exchange(again)
	}
	for sw>>8 == 0x61 {
		more, next := s.exchange(getResponse(byte(sw)))
		if len(more) == 0 || len(data)+len(more) > maxResponse {
			return data, next
		}
		data, sw = append(data, more...), next
	}
	return data, sw
}

var errEndless = errors.New("the card's answers never come to an end")

var errShortAnswer = errors.New("answer is shorter than a status word")

// exchange is one command and one answer.
func (s *session) exchange(c Command) ([]byte, statusWord) {
	if s.err != nil {
		return nil, 0
	}
	if s.card.APDUs == maxCommands {
		s.err = errEndless
		return nil, 0
	}
	raw := c.Bytes()
	answer, err := s.t.Transmit(c)
	s.card.APDUs++
	s.card.Bytes += len(raw) + len(answer)
	if err == nil && len(answer) < 2 {
		err = platform.Fail(platform.WhyLostContact, errShortAnswer)
	}
	e := platform.Exchange{Command: fmt.Sprintf("%X", raw)}
	if err != nil {
		s.err = fmt.Errorf("transmit %s: %w", e.Command, err)
		s.card.Trace = append(s.card.Trace, e)
		return nil, 0
	}
	n := len(answer) - 2
	sw := statusWord(answer[n])<<8 | statusWord(answer[n+1])
	e.Length, e.Status = n, sw.String()
	s.card.Trace = append(s.card.Trace, e)
	return answer[:n:n], sw
}
