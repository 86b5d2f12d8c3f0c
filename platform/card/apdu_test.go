package card

import (
	"testing"
)

// commands is one of each command that exists.
var commands = []Command{
	selectApplet(jpkiApplet), selectApplet(commonApplet),
	selectFile(efAuth), selectFile(efAuthCA), selectFile(uint16(efAuthPIN)),
	readBinary(0, 256), readBinary(0x7FFF, 1), readShort(efToken, labelSize),
	readRecord(efCommon, 1), getResponse(0), getResponse(0x10), queryTries(0x80), queryTries(0x80 | efSignPIN),
	readBinary(0, 256).withLength(7), queryTries(0x80).withLength(7),
}

func TestEveryCommandIsAllowed(t *testing.T) {
	for _, c := range commands {
		if err := Allowed(c.Bytes()); err != nil {
			t.Errorf("%X: %v", c.Bytes(), err)
		}
	}
	if Allowed(Command{}.Bytes()) == nil {
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
		if Allowed(raw) == nil {
			t.Errorf("%X is allowed", raw)
		}
	}
}

func TestSignatureCertificateIsNeverRead(t *testing.T) {
	for _, c := range []Command{selectFile(0x0001), readShort(0x01, 256)} {
		if Allowed(c.Bytes()) == nil {
			t.Errorf("%X is allowed", c.Bytes())
		}
	}
}

// FuzzAllowed holds the fence against a second reading of the rules: whatever
// passes has one of six instructions, class 00, and a VERIFY of four bytes.
func FuzzAllowed(f *testing.F) {
	for _, c := range commands {
		f.Add(c.Bytes())
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if Allowed(raw) != nil {
			return
		}
		switch ins := raw[1]; {
		case raw[0] != 0:
			t.Errorf("class %02X passes", raw[0])
		case ins == insVerify && len(raw) != 4:
			t.Errorf("VERIFY with %d bytes passes", len(raw))
		case ins == insSelect && len(raw) > 5+16:
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
