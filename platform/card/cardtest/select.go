package cardtest

import (
	"bytes"
	"slices"
)

// Halves of P2 of SELECT.
const (
	nextOccurrence = 0x02
	noFCI          = 0x0C
)

func (c *Chip) selectFile(cmd command) []byte {
	switch cmd.p1 {
	case 0x04:
		return c.selectApp(cmd)
	case 0x02:
		return c.selectEF(cmd)
	case 0x00:
		return c.selectMF(cmd)
	}
	return status(swWrongParameters)
}

// selectApp takes a whole AID or its beginning. What was selected before stays
// selected when nothing is found.
func (c *Chip) selectApp(cmd command) []byte {
	if cmd.p2&^(nextOccurrence|noFCI) != 0 || cmd.p2&noFCI != 0 && cmd.p2&noFCI != noFCI {
		return status(swWrongParameters)
	}
	from := 0
	if cmd.p2&nextOccurrence != 0 && c.app != nil {
		from = slices.Index(c.apps, c.app) + 1
	}
	for _, a := range c.apps[from:] {
		if len(cmd.data) > 0 && bytes.HasPrefix(a.AID, cmd.data) {
			c.app, c.file = a, nil
			return c.described(cmd, a.fci())
		}
	}
	return status(swNotFound)
}

func (c *Chip) selectEF(cmd command) []byte {
	if cmd.p2 != 0 && cmd.p2 != noFCI {
		return status(swWrongParameters)
	}
	if len(cmd.data) != 2 {
		return status(swWrongLength)
	}
	if c.app == nil {
		return status(swNotFound)
	}
	f := c.app.File(uint16(number(cmd.data)))
	if f == nil {
		return status(swNotFound)
	}
	c.touch(f, "SELECT")
	c.file = f
	return c.described(cmd, []byte{0x6F, 0x04, 0x83, 0x02, cmd.data[0], cmd.data[1]})
}

// selectMF is as useless as on a real My Number Card (facts/cards.md 1.3): it
// is refused after a reset, and does nothing inside an application.
func (c *Chip) selectMF(cmd command) []byte {
	switch {
	case len(cmd.data) != 0:
		return status(swNotFound)
	case c.app == nil:
		return status(swWrongParameters)
	}
	return status(swOK)
}

// described answers a successful SELECT, with the FCI if it was asked for.
func (c *Chip) described(cmd command, fci []byte) []byte {
	if cmd.p2&noFCI != 0 || cmd.le == 0 {
		return status(swOK)
	}
	if cmd.le < len(fci) {
		return status(swExactLe | uint16(len(fci)))
	}
	return answer(fci, swOK)
}
