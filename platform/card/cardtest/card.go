package cardtest

// Card is anything that can lie in a reader.
type Card interface {
	// ATR is what the card says when it is powered on.
	ATR() []byte
	// Reset is power on, or a reset by a program: nothing is selected after it.
	Reset()
	// Transmit answers a command APDU with data and the two bytes of the status
	// word. Fewer than two bytes mean that no answer came: the card is gone.
	Transmit(command []byte) (response []byte)
}

// Interrupter is a card whose Transmit may hang. Interrupt lets it return
// without an answer; a reader calls it when such a card is pulled out.
type Interrupter interface {
	Interrupt()
}

// Interrupt frees a card that hangs, and leaves every other card alone.
func Interrupt(c Card) {
	if i, ok := c.(Interrupter); ok {
		i.Interrupt()
	}
}

// Violations lists what was sent to a card that may not be sent to any, under
// whatever faults the card lies. See [Chip.Violations].
func Violations(c Card) []string {
	switch v := c.(type) {
	case interface{ Violations() []string }:
		return v.Violations()
	case interface{ inner() Card }:
		return Violations(v.inner())
	}
	return nil
}
