package cardtest

import "errors"

// Instructions of ISO 7816-4 that a chip knows.
const (
	insVerify      = 0x20
	insSelect      = 0xA4
	insReadBinary  = 0xB0
	insReadRecord  = 0xB2
	insGetResponse = 0xC0
	insGetData     = 0xCA
)

var errLength = errors.New("length bytes do not fit the command")

// command is a command APDU taken apart.
type command struct {
	cla, ins, p1, p2 byte

	data []byte
	// le is the number of bytes wanted, 0 where the command has no Le at all.
	le int
}

// parse understands short and extended APDUs of all four cases.
func parse(apdu []byte) (command, error) {
	if len(apdu) < 4 {
		return command{}, errLength
	}
	c := command{cla: apdu[0], ins: apdu[1], p1: apdu[2], p2: apdu[3]}
	body := apdu[4:]
	if len(body) > 2 && body[0] == 0 {
		return c, c.parseBody(body[1:], 2)
	}
	return c, c.parseBody(body, 1)
}

// parseBody reads Lc, data and Le, where lengths are wide bytes long.
func (c *command) parseBody(body []byte, wide int) error {
	switch {
	case len(body) == 0:
		return nil
	case len(body) == wide:
		c.le = expected(body, wide)
		return nil
	}
	n := number(body[:wide])
	rest := body[wide:]
	if n == 0 || len(rest) < n {
		return errLength
	}
	c.data, rest = rest[:n], rest[n:]
	if len(rest) == wide {
		c.le = expected(rest, wide)
		return nil
	}
	if len(rest) != 0 {
		return errLength
	}
	return nil
}

// expected reads Le, of which zero means as many as it can count, plus one.
func expected(b []byte, wide int) int {
	if n := number(b); n != 0 {
		return n
	}
	return 1 << (8 * wide)
}

func number(b []byte) int {
	n := 0
	for _, x := range b {
		n = n<<8 | int(x)
	}
	return n
}
