package cardtest

// addressed finds the file that a command means: the current EF for short id
// 0, else the one with that short id, which becomes the current EF. The second
// result is the answer to give where there is no file.
func (c *Chip) addressed(sfi byte) (*File, []byte) {
	if sfi == 0 {
		if c.file == nil {
			return nil, status(swNoCurrentEF)
		}
		return c.file, nil
	}
	if c.noShortIDs != 0 {
		return nil, status(c.noShortIDs)
	}
	if c.app == nil {
		return nil, status(swNotFound)
	}
	f := c.app.byShortID(sfi)
	if f == nil {
		return nil, status(swNotFound)
	}
	c.file = f
	return f, nil
}

func (c *Chip) readBinary(cmd command) []byte {
	if len(cmd.data) != 0 {
		return status(swWrongLength)
	}
	sfi, offset := byte(0), int(cmd.p1)<<8|int(cmd.p2)
	if cmd.p1&0x80 != 0 {
		if cmd.p1&0x60 != 0 {
			return status(swWrongParameters)
		}
		sfi, offset = cmd.p1&0x1F, int(cmd.p2)
	}
	f, refused := c.addressed(sfi)
	if f == nil {
		return refused
	}
	c.touch(f, "READ BINARY")
	return f.read(offset, cmd.le)
}

func (c *Chip) readRecord(cmd command) []byte {
	if len(cmd.data) != 0 {
		return status(swWrongLength)
	}
	// The only way of reading that is modelled: P1 is a record number.
	if cmd.p2&0x07 != 0x04 {
		return status(swWrongParameters)
	}
	f, refused := c.addressed(cmd.p2 >> 3)
	if f == nil {
		return refused
	}
	c.touch(f, "READ RECORD")
	return f.record(cmd.p1, cmd.le)
}

func (c *Chip) getData(cmd command) []byte {
	if c.app == nil {
		return status(swNoObject)
	}
	object, ok := c.app.Objects[uint16(cmd.p1)<<8|uint16(cmd.p2)]
	switch {
	case !ok:
		return status(swNoObject)
	case cmd.le == 0:
		return status(swWrongLength)
	}
	return answer(object[:min(len(object), cmd.le)], swOK)
}
