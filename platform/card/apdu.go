package card

// Instructions of ISO/IEC 7816-4, the only ones this program knows.
const (
	insVerify      = 0x20
	insSelect      = 0xA4
	insReadBinary  = 0xB0
	insReadRecord  = 0xB2
	insGetResponse = 0xC0
	insGetData     = 0xCA
)

// Command is an APDU out of the allow-list. Its zero value is no command, and
// other packages cannot make one.
type Command struct {
	raw string
}

// Bytes returns the APDU as it goes over the wire.
func (c Command) Bytes() []byte { return []byte(c.raw) }

func command(b ...byte) Command { return Command{string(b)} }

// selectApplet selects an application by its AID, asking for no answer data.
func selectApplet(aid string) Command {
	return Command{string([]byte{0, insSelect, 0x04, 0x0C, byte(len(aid))}) + aid}
}

// selectFirst selects the first application whose AID begins with rid, and
// asks for its FCI, which tells the whole AID.
func selectFirst(rid string) Command { return selectFCI(rid, 0x00) }

// selectNext selects the next such application.
func selectNext(rid string) Command { return selectFCI(rid, 0x02) }

func selectFCI(rid string, p2 byte) Command {
	return Command{string([]byte{0, insSelect, 0x04, p2, byte(len(rid))}) + rid + "\x00"}
}

// selectFile selects a file of the current application by its id.
func selectFile(id uint16) Command {
	return command(0, insSelect, 0x02, 0x0C, 2, byte(id>>8), byte(id))
}

// readBinary reads n bytes (1 to 256) of the current file from an offset.
func readBinary(offset, n int) Command {
	return command(0, insReadBinary, byte(offset>>8)&0x7F, byte(offset), byte(n))
}

// readShort makes a file current by its short id and reads its first n bytes.
func readShort(id byte, n int) Command {
	return command(0, insReadBinary, 0x80|id&0x1F, 0, byte(n))
}

// readRecord reads one record, whole, of the file with a short id.
func readRecord(id, record byte) Command {
	return command(0, insReadRecord, record, id<<3|0x04, 0)
}

// getResponse fetches n bytes that the card holds ready; 0 means 256.
func getResponse(n byte) Command { return command(0, insGetResponse, 0, 0, n) }

// queryTries asks for the retry counter of a PIN: the current file (80), or a
// short id with the high bit set. Without data VERIFY tries nothing (facts/
// cards.md 1.4, three or more sources).
func queryTries(ref byte) Command { return command(0, insVerify, 0, ref) }

// withLength returns the command with another expected length, for the card
// that names the right one. Commands without an expected length stay as they are.
func (c Command) withLength(n byte) Command {
	asks := len(c.raw) == 5 || len(c.raw) > 5 && c.raw[3] != 0x0C
	if !asks {
		return c
	}
	return Command{c.raw[:len(c.raw)-1] + string([]byte{n})}
}
