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
	// refusal, if not zero, answers every command.
	refusal uint16
	// untouchable makes a violation of whatever is sent.
	untouchable bool
	// foreign answers instructions that are outside the allow-list of this
	// program, and nil where it does not know them either. It is nil on every
	// card that only this program talks to.
	foreign func(cmd command) []byte

	rest []byte // of an answer that began with 61xx

	log        []Exchange
	violations []string
	resets     int
}

// Exchange is one command and its answer.
type Exchange struct {
	Command, Response []byte
	// Foreign marks an instruction that is outside the allow-list of this
	// program and let pass on this one card, because a library that the program
	// uses sends it. See [PIV].
	Foreign bool
}

// String is for test failures: command, arrow, answer.
func (e Exchange) String() string {
	s := fmt.Sprintf("%X > %X", e.Command, e.Response)
	if e.Foreign {
		s += " (foreign)"
	}
	return s
}

// NewChip makes a chip. Where an AID is a prefix of several, SELECT finds them
// in the order given here.
func NewChip(atr []byte, apps ...*App) *Chip {
	return &Chip{atr: atr, apps: apps}
}

// RefuseShortIDs makes the chip answer sw to commands that address a file by
// its short EF identifier, so that a reader has to SELECT it.
func (c *Chip) RefuseShortIDs(sw uint16) { c.noShortIDs = sw }

// RefuseAll makes the chip answer sw to whatever is sent, as a card does that
// speaks another language. What must not be sent stays a violation.
func (c *Chip) RefuseAll(sw uint16) { c.refusal = sw }

// WithATR gives the chip another ATR, and returns it.
func (c *Chip) WithATR(atr []byte) *Chip {
	c.atr = atr
	return c
}

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
	c.app, c.file, c.rest = nil, nil, nil
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
	response, foreign := c.answer(apdu)
	if c.refusal != 0 {
		response = status(c.refusal)
	}
	c.log = append(c.log, Exchange{
		Command:  append([]byte(nil), apdu...),
		Response: append([]byte(nil), response...),
		Foreign:  foreign,
	})
	return response
}

func (c *Chip) answer(apdu []byte) (response []byte, foreign bool) {
	if c.untouchable {
		c.blame(apdu, "a command to a storage card")
		return status(swNoFunction), false
	}
	cmd, err := parse(apdu)
	if err != nil {
		c.blame(apdu, err.Error())
		return status(swWrongLength), false
	}
	rest := c.rest
	c.rest = nil
	if cmd.ins == insGetResponse && cmd.cla == 0x00 && rest != nil {
		return c.hand(rest, cmd.le), false
	}
	if c.foreign != nil {
		if response = c.foreign(cmd); response != nil {
			return response, true
		}
	}
	return c.obey(apdu, cmd), false
}

// hand gives out as much of an answer as fits, and keeps the rest for GET
// RESPONSE.
func (c *Chip) hand(data []byte, le int) []byte {
	if len(data) <= le {
		return answer(data, swOK)
	}
	c.rest = data[le:]
	return answer(data[:le], more(len(c.rest)))
}

func (c *Chip) obey(apdu []byte, cmd command) []byte {
	if cmd.cla != 0x00 && (cmd.cla != 0x80 || cmd.ins != insGetData) {
		c.blame(apdu, fmt.Sprintf("class %02X", cmd.cla))
		return status(swNoClass)
	}
	switch cmd.ins {
	case insSelect:
		return c.warned(c.selectFile(cmd))
	case insReadBinary:
		return c.warned(c.readBinary(cmd))
	case insReadRecord:
		return c.readRecord(cmd)
	case insVerify:
		return c.verify(apdu, cmd)
	case insGetData:
		return c.getData(cmd)
	case insGetResponse:
		// Nothing is left to fetch.
		return status(swConditions)
	}
	c.blame(apdu, fmt.Sprintf("instruction %02X", cmd.ins))
	return status(swNoInstruction)
}

// warned turns the success of a command inside a blocked application into a
// warning.
func (c *Chip) warned(response []byte) []byte {
	data, sw, _ := split(response)
	if sw != swOK || c.app == nil || !c.app.Blocked {
		return response
	}
	return answer(data, swDeactivated)
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
