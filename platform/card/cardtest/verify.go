package cardtest

// verify answers the query form, which is exactly the four bytes 00 20 00 P2,
// and notes every other form as a violation. One that carries data costs a try,
// as it would on a real card; one with an Le is something that no known program
// sends and no source describes, so the chip refuses it.
func (c *Chip) verify(apdu []byte, cmd command) []byte {
	switch {
	case len(cmd.data) != 0:
		c.blame(apdu, "VERIFY with data")
	case len(apdu) != 4:
		c.blame(apdu, "VERIFY with Le")
		return status(swWrongLength)
	case cmd.p1 != 0:
		c.blame(apdu, "VERIFY with P1")
		return status(swWrongParameters)
	}
	if cmd.p2&0xE0 != 0x80 {
		return status(swWrongParameters)
	}
	f, refused := c.addressed(cmd.p2 & 0x1F)
	if f == nil {
		return refused
	}
	if f.PIN == nil {
		return status(swConditions)
	}
	if len(cmd.data) != 0 {
		return f.PIN.spend()
	}
	return f.PIN.query()
}
