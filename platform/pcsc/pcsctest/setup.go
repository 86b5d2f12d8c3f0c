package pcsctest

import "fmt"

// Setup is which readers a service has.
type Setup struct {
	// Readers is 0, 1 or 2. One needs a C compiler.
	Readers int
	// Name is what the readers are called; by default DefaultName. A reader
	// test may want "SONY FeliCa Port/PaSoRi 4.0".
	Name string
}

// DefaultName is what vpcd's readers are called.
const DefaultName = "Virtual PCD"

func (s Setup) name() string {
	if s.Name == "" {
		return DefaultName
	}
	return s.Name
}

// reader is the PC/SC name of the reader in a slot.
func (s Setup) reader(slot int) string { return fmt.Sprintf("%s 00 %02X", s.name(), slot) }
