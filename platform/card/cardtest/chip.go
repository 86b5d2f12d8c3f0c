package cardtest

import (
	"fmt"
	"sync"
)

// Chip is a card with applications and files. It is safe for use by several
// goroutines; its files may be changed between commands with [Chip.Change].
type Chip struct {
	mu   sync.Mutex
	atr  []byte
	apps []*App

	app  *App  // selected
	file *File // current EF

	// noShortIDs, if not zero, answers every command that uses a short EF
	// identifier.
	noShortIDs uint16

	log        []Exchange
	violations []string
	resets     int
}

// Exchange is one command and its answer.
type Exchange struct {
	Command, Response []byte
}

// String is for test failures: command, arrow, answer.
func (e Exchange) String() string { return fmt.Sprintf("%X > %X", e.Command, e.Response) }

// NewChip makes a chip. Where an AID is a prefix of several, SELECT finds them
// in the order given here.
func NewChip(atr []byte, apps ...*App) *Chip {
	return &Chip{atr: atr, apps: apps}
}

// RefuseShortIDs makes the chip answer sw to commands that address a file by
// its short EF identifier, so that a reader has to SELECT it.
func (c *Chip) RefuseShortIDs(sw uint16) { c.noShortIDs = sw }

// App returns the application with exactly this AID, or nil.
func (c *Chip) App(aid []byte) *App {
	for _, a := range c.apps {
		if string(a.AID) == string(aid) {
			return a
		}
	}
	return nil
}

// Change lets a test alter files while the chip is in use.
func (c *Chip) Change(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f()
}

// ATR implements [Card].
func (c *Chip) ATR() []byte { return c.atr }

// Reset implements [Card].
func (c *Chip) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.app, c.file = nil, nil
	c.resets++
}

// Resets counts power-ons and resets.
func (c *Chip) Resets() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.resets
}

// Log returns what reached the chip so far, in order.
func (c *Chip) Log() []Exchange {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Exchange(nil), c.log...)
}

// ClearLog forgets the log, for tests that measure one reading of several. It
// keeps the violations.
func (c *Chip) ClearLog() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.log = nil
}

// Violations returns one line for every command that this program must never
// send. None is what every test wants.
func (c *Chip) Violations() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string(nil), c.violations...)
}

// Transmit implements [Card].
func (c *Chip) Transmit(apdu []byte) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	response := c.answer(apdu)
	c.log = append(c.log, Exchange{append([]byte(nil), apdu...), append([]byte(nil), response...)})
	return response
}

func (c *Chip) answer(apdu []byte) []byte {
	cmd, err := parse(apdu)
	if err != nil {
		c.blame(apdu, err.Error())
		return status(swWrongLength)
	}
	if cmd.cla != 0x00 && (cmd.cla != 0x80 || cmd.ins != insGetData) {
		c.blame(apdu, fmt.Sprintf("class %02X", cmd.cla))
		return status(swNoClass)
	}
	switch cmd.ins {
	case insSelect:
		return c.selectFile(cmd)
	case insReadBinary:
		return c.readBinary(cmd)
	case insReadRecord:
		return c.readRecord(cmd)
	case insVerify:
		return c.verify(apdu, cmd)
	case insGetData:
		return c.getData(cmd)
	case insGetResponse:
		// A chip gives whole answers, so nothing is ever left to fetch.
		return status(swConditions)
	}
	c.blame(apdu, fmt.Sprintf("instruction %02X", cmd.ins))
	return status(swNoInstruction)
}

// blame notes a violation. Only the header is kept: what follows might be a PIN.
func (c *Chip) blame(apdu []byte, why string) {
	c.violations = append(c.violations, fmt.Sprintf("%X (%d bytes): %s", apdu[:min(4, len(apdu))], len(apdu), why))
}

// touch notes a command that goes near a file that is off limits.
func (c *Chip) touch(f *File, how string) {
	if f.OffLimits {
		c.violations = append(c.violations, fmt.Sprintf("%s of EF %04X, which is off limits", how, f.ID))
	}
}
