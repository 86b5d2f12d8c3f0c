package card

import (
	"testing"
)

// commands is one of each command that exists.
var commands = []Command{
	selectApplet(jpkiApplet), selectApplet(commonApplet),
	selectFirst(hpkiRID), selectNext(hpkiRID),
	selectFile(efAuth), selectFile(efAuthCA), selectFile(uint16(efAuthPIN)),
	readBinary(0, 256), readBinary(0x7FFF, 1), readShort(efToken, labelSize),
	readRecord(efCommon, 1), getResponse(0), getResponse(0x10), queryTries(0x80), queryTries(0x80 | efSignPIN),
	readBinary(0, 256).withLength(7), queryTries(0x80).withLength(7),
}

func TestEveryCommandIsAllowed(t *testing.T) {
	var fence Fence
	fence.Note(selectApplet(commonApplet).Bytes(), []byte{0x90, 0}) // for the record of the common application
	for _, c := range commands {
		if err := fence.Check(c.Bytes()); err != nil {
			t.Errorf("%X: %v", c.Bytes(), err)
		}
	}
	if fence.Check(Command{}.Bytes()) == nil {
		t.Error("the zero command is allowed")
	}
}

func TestVerifyOnlyAsks(t *testing.T) {
	for _, raw := range [][]byte{
		{0, 0x20, 0, 0x80, 0},
		{0, 0x20, 0, 0x80, 4, '1', '2', '3', '4'},
		{0, 0x20, 1, 0x80},
		{0x80, 0x20, 0, 0x80},
	} {
		if new(Fence).Check(raw) == nil {
			t.Errorf("%X is allowed", raw)
		}
	}
}

// The file with the id of the signature certificate may be read only where it
// is something else: in an HPKI application that was certainly selected.
func TestSignatureCertificateIsNeverRead(t *testing.T) {
	jpki, hpki := selectApplet(jpkiApplet).Bytes(), selectFirst(hpkiRID).Bytes()
	ok, absent := []byte{0x90, 0}, []byte{0x6A, 0x82}
	type sent struct{ command, answer []byte }
	tests := []struct {
		name string
		sent []sent
		may  bool
	}{
		{"nothing selected", nil, false},
		{"JPKI", []sent{{jpki, ok}}, false},
		{"HPKI", []sent{{hpki, ok}}, true},
		{"HPKI refused", []sent{{hpki, absent}}, false},
		{"JPKI, then HPKI refused", []sent{{jpki, ok}, {hpki, absent}}, false},
		{"HPKI, then JPKI", []sent{{hpki, ok}, {jpki, ok}}, false},
		{"HPKI, then JPKI refused", []sent{{hpki, ok}, {jpki, absent}}, true},
		{"HPKI without an answer", []sent{{hpki, nil}}, false},
		{"HPKI, then JPKI with an odd answer", []sent{{hpki, ok}, {jpki, []byte{0x63, 0}}}, false},
		{"HPKI, then JPKI that is denied", []sent{{hpki, ok}, {jpki, []byte{0x69, 0x85}}}, false},
		{"HPKI, then JPKI without an answer", []sent{{hpki, ok}, {jpki, nil}}, false},
		{"common application", []sent{{selectApplet(commonApplet).Bytes(), ok}}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var fence Fence
			for _, s := range tt.sent {
				fence.Note(s.command, s.answer)
			}
			for _, c := range []Command{selectFile(0x0001), readShort(0x01, 256), readRecord(0x01, 1)} {
				if may := fence.Check(c.Bytes()) == nil; may != tt.may {
					t.Errorf("%X: may be sent: %v", c.Bytes(), may)
				}
			}
		})
	}
}

// FuzzFence holds the fence against a second reading of the rules: whatever
// passes has one of six instructions, class 00, and a VERIFY of four bytes.
func FuzzFence(f *testing.F) {
	for _, c := range commands {
		f.Add(c.Bytes())
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if new(Fence).Check(raw) != nil {
			return
		}
		switch ins := raw[1]; {
		case ins == insReadBinary && raw[2]&0x80 != 0 && raw[2]&0x1F == signatureCertificate:
			t.Errorf("%X reads the signature certificate", raw)
		case ins == insSelect && raw[2] == 0x02 && raw[5] == 0 && raw[6] == signatureCertificate:
			t.Errorf("%X selects the signature certificate", raw)
		case raw[0] != 0:
			t.Errorf("class %02X passes", raw[0])
		case ins == insVerify && len(raw) != 4:
			t.Errorf("VERIFY with %d bytes passes", len(raw))
		case ins == insSelect && len(raw) > 5+16+1:
			t.Errorf("SELECT with %d bytes passes", len(raw))
		case ins != insVerify && ins != insSelect && len(raw) != 5:
			t.Errorf("%X passes", raw)
		}
		switch raw[1] {
		case insVerify, insSelect, insReadBinary, insReadRecord, insGetResponse, insGetData:
		default:
			t.Errorf("instruction %02X passes", raw[1])
		}
	})
}
