package card_test

import (
	"encoding/binary"
	"testing"

	"yomitori/platform/card"
	"yomitori/platform/card/cardtest"
)

// babbler answers every command with the next piece of a tape: two bytes of
// length, then the answer.
type babbler struct{ tape []byte }

func (b *babbler) Transmit(card.Command) ([]byte, error) {
	if len(b.tape) < 2 {
		return nil, errRemoved
	}
	n := int(binary.BigEndian.Uint16(b.tape))
	rest := b.tape[2:]
	n = min(n, len(rest))
	b.tape = rest[n:]
	return rest[:n], nil
}

// tape is what a whole card answers.
func tape(f *testing.F, c cardtest.Card) []byte {
	f.Helper()
	recorder := cardtest.Record(c)
	read(f, recorder)
	var t []byte
	for _, e := range recorder.Log() {
		t = binary.BigEndian.AppendUint16(t, uint16(len(e.Response)))
		t = append(t, e.Response...)
	}
	return t
}

// FuzzRead feeds a reading with any answers at all: it must end, and its
// counts must be what happened.
func FuzzRead(f *testing.F) {
	f.Add(tape(f, cardtest.MyNumber(cardtest.Options{})), []byte(nil))
	f.Add(tape(f, cardtest.HPKI(cardtest.HPKIOptions{Role: "Pharmacist"})), []byte(nil))
	f.Add(tape(f, cardtest.HPKI(cardtest.HPKIOptions{Layout: cardtest.GuidelineLayout})), []byte(nil))
	f.Add(tape(f, cardtest.GetResponse(cardtest.MyNumber(cardtest.Options{}))), []byte(nil))
	f.Add(tape(f, cardtest.Applets(cardtest.AIDPSE)), cardtest.ATRFeliCa)
	f.Fuzz(func(t *testing.T, tape, atr []byte) {
		got := card.Read(&babbler{tape}, atr)
		if got.APDUs != len(got.Trace) || !got.Settled() {
			t.Errorf("%d APDUs, %d in the trace, look %+v", got.APDUs, len(got.Trace), got.Look)
		}
	})
}
