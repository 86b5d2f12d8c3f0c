package cardtest_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"yomitori/platform/card/cardtest"
)

// bytesOf reads hex with blanks in it.
func bytesOf(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// say runs lines of the form "command > answer" against a card.
func say(t *testing.T, c cardtest.Card, lines ...string) {
	t.Helper()
	for _, line := range lines {
		command, want, _ := strings.Cut(line, ">")
		want = strings.ToUpper(strings.ReplaceAll(want, " ", ""))
		got := strings.ToUpper(hex.EncodeToString(c.Transmit(bytesOf(t, command))))
		if got != want {
			t.Errorf("%s: got %s, want %s", command, got, want)
		}
	}
}

// small is a chip with two applications that share the beginning of their AID.
func small() *cardtest.Chip {
	return cardtest.NewChip([]byte{0x3B, 0x00},
		&cardtest.App{
			AID: []byte{0xF0, 1, 2, 3, 4, 1},
			Files: []*cardtest.File{
				{ID: 0x0016, Data: []byte{1, 2, 3, 4, 5, 6}},
				{ID: 0x0017, Data: []byte{1, 2, 3}, EndOfFile: 0x6282},
				{ID: 0x0002, Records: [][]byte{{0xAA}, {0xBB, 0xCC}}},
				{ID: 0x0103, PIN: &cardtest.PIN{Tries: 3}},
				{ID: 0x0004, PIN: &cardtest.PIN{}},
				{ID: 0x0005, PIN: &cardtest.PIN{Locked: 0x63C0}},
				{ID: 0x0006, Data: []byte{1}, NeedsPIN: true},
				{ID: 0x0007, Data: []byte{1}, OffLimits: true},
			},
			Objects: map[uint16][]byte{0x5F51: {9, 9}},
		},
		&cardtest.App{AID: []byte{0xF0, 1, 2, 3, 4, 2}, Files: []*cardtest.File{{ID: 0x0016, Data: []byte{7}}}},
	)
}

func TestChipAnswers(t *testing.T) {
	const first = "00A4040C 06 F00102030401 > 9000"
	tests := []struct {
		name  string
		lines []string
	}{
		{"nothing is selected after a reset", []string{
			"00A4020C 02 0016 > 6A82", "00B00000 00 > 6986", "00B09600 00 > 6A82", "00200080 > 6986", "00CA5F51 00 > 6A88",
		}},
		{"an unknown AID leaves the selection alone", []string{
			first, "00A4040C 02 F1F1 > 6A82", "00A4020C 02 0016 > 9000",
		}},
		{"partial AIDs enumerate the applications", []string{
			"00A40400 05 F001020304 00 > 6F08 8406 F00102030401 9000",
			"00A40402 05 F001020304 00 > 6F08 8406 F00102030402 9000",
			"00A40402 05 F001020304 00 > 6A82",
			"00B09600 00 > 07 9000",
		}},
		{"an FCI longer than Le says its length", []string{"00A40400 05 F001020304 05 > 6C0A"}},
		{"SELECT of anything but an application or EF", []string{
			"00A40000 > 6A86", first, "00A40000 > 9000", "00A4000C 02 3F00 > 6A82", "00A40900 02 0016 > 6A86", "00A4040E 02 F001 > 9000", "00A4040F 02 F001 > 6A86",
		}},
		{"READ BINARY of the current EF", []string{
			first, "00A4020C 02 0016 > 9000", "00B00000 00 > 010203040506 9000", "00B00001 02 > 0203 9000",
			"00B00004 00 > 0506 9000", "00B00006 00 > 6B00", "00B07FFF 01 > 6B00", "00B00000 > 6700",
		}},
		{"READ BINARY by short id makes the EF current", []string{
			first, "00B09602 00 > 03040506 9000", "00B00000 01 > 01 9000", "00B08E00 00 > 6A82", "00B0A000 00 > 6A86",
		}},
		{"a file that ends with a warning", []string{
			first, "00B09700 03 > 010203 9000", "00B00001 00 > 0203 6282", "00B00003 00 > 6282",
		}},
		{"records", []string{
			first, "00B20114 00 > AA 9000", "00B20204 00 > BBCC 9000", "00B20314 00 > 6A83", "00B20114 > 6700",
			"00B201B4 00 > 6981", "00B2010C 00 > 6A82", "00B20113 00 > 6A86", "00B08200 00 > 6981",
		}},
		{"retry counters", []string{
			first, "00A4020C 02 0103 > 9000", "00200080 > 63C3", "00200083 > 63C3", "00200084 > 6984", "00200085 > 63C0",
			"00200096 > 6985", "002000FF > 6A86", "00200080 > 6985",
		}},
		{"protected data", []string{first, "00B08600 00 > 6982"}},
		{"GET DATA", []string{first, "80CA5F51 00 > 0909 9000", "00CA0001 00 > 6A88", "80CA5F51 > 6700"}},
		{"GET RESPONSE with nothing to fetch", []string{"00C00000 00 > 6985"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := small()
			say(t, c, tt.lines...)
			if v := c.Violations(); len(v) != 0 {
				t.Errorf("violations: %q", v)
			}
			if got := len(c.Log()); got != len(tt.lines) {
				t.Errorf("log has %d exchanges, want %d", got, len(tt.lines))
			}
		})
	}
}

func TestChipForgetsAtReset(t *testing.T) {
	c := small()
	say(t, c, "00A4040C 06 F00102030401 > 9000", "00A4020C 02 0016 > 9000")
	c.Reset()
	say(t, c, "00B00000 00 > 6986")
}

func TestChipWithoutShortIDs(t *testing.T) {
	c := small()
	c.RefuseShortIDs(0x6A86)
	say(t, c, "00A4040C 06 F00102030401 > 9000", "00B09600 00 > 6A86", "00200083 > 6A86",
		"00A4020C 02 0103 > 9000", "00200080 > 63C3")
}

func TestChipCallsOutViolations(t *testing.T) {
	tests := []struct{ name, line, want string }{
		{"VERIFY with a PIN costs a try", "00200083 04 31323334 > 63C2", "00200083 (9 bytes): VERIFY with data"},
		{"VERIFY with Le", "00200083 00 > 6700", "VERIFY with Le"},
		{"VERIFY with P1", "00200183 > 6A86", "VERIFY with P1"},
		{"a command that writes", "00D60000 01 00 > 6D00", "instruction D6"},
		{"a signature", "802A0080 01 00 00 > 6E00", "class 80"},
		{"nonsense", "00A4 > 6700", "length bytes"},
		{"Lc that does not fit", "00A4040C 06 F001 > 6700", "length bytes"},
		{"a file that is off limits, by id", "00A4020C 02 0007 > 9000", "SELECT of EF 0007"},
		{"a file that is off limits, by short id", "00B08700 00 > 01 9000", "READ BINARY of EF 0007"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := small()
			say(t, c, "00A4040C 06 F00102030401 > 9000", tt.line)
			v := c.Violations()
			if len(v) != 1 || !strings.Contains(v[0], tt.want) {
				t.Errorf("got %q, want one with %q", v, tt.want)
			}
			if strings.Contains(strings.Join(v, ""), "3132") {
				t.Error("the PIN is in the violation")
			}
		})
	}
}

// FuzzChip: whatever is sent, there is an answer with a status word.
func FuzzChip(f *testing.F) {
	f.Add([]byte{0x00, 0xB0, 0x96, 0x00, 0x00, 0x00, 0x00})
	f.Add([]byte{0x00, 0x20, 0x00, 0x83, 0x01, 0x00})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, apdu []byte) {
		c := small()
		c.Transmit([]byte{0x00, 0xA4, 0x04, 0x0C, 0x02, 0xF0, 0x01})
		if r := c.Transmit(apdu); len(r) < 2 {
			t.Errorf("%X: %X", apdu, r)
		}
	})
}
