package card_test

import (
	"testing"

	"yomitori/platform/card"
)

// babbler answers every command with the next piece of a tape.
type babbler struct{ tape []byte }

func (b *babbler) Transmit(card.Command) ([]byte, error) {
	if len(b.tape) == 0 {
		return nil, errRemoved
	}
	n := min(1+int(b.tape[0]), len(b.tape))
	answer := b.tape[1:n]
	b.tape = b.tape[n:]
	return answer, nil
}

// FuzzRead feeds a reading with any answers at all: it must end, and its
// counts must be what happened.
func FuzzRead(f *testing.F) {
	f.Add([]byte{2, 0x90, 0, 34, 'J', 'P'})
	f.Add([]byte{2, 0x90, 0, 2, 0x61, 0, 2, 0x61, 0})
	f.Fuzz(func(t *testing.T, tape []byte) {
		got := card.Read(&babbler{tape}, nil)
		if got.APDUs != len(got.Trace) || !got.Settled() {
			t.Errorf("%d APDUs, %d in the trace, look %+v", got.APDUs, len(got.Trace), got.Look)
		}
	})
}
