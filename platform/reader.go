package platform

// Readers are the readers that PC/SC lists, in PC/SC's order.
type Readers struct {
	Look
	List []Reader `json:"list,omitempty" share:"plain"`
}

// Reader is one slot that PC/SC lists.
type Reader struct {
	Name  string      `json:"name" share:"plain"` // serial number and slot counters cut off
	Model string      `json:"model,omitempty" share:"plain"`
	Class ReaderClass `json:"class,omitempty" share:"plain"`
	// Interface says how cards go in, where the name tells it.
	Interface ReaderInterface `json:"interface,omitempty" share:"plain"`
	Traps     []ReaderTrap    `json:"traps,omitempty" share:"plain"`
	// CardIn is true while something that looks like a card is in the slot.
	CardIn bool `json:"card_in,omitempty" share:"plain"`
	// Unavailable is true when the service lists the reader and cannot use it.
	Unavailable bool `json:"unavailable,omitempty" share:"plain"`
	// InUse and Exclusive say that some program holds the card.
	InUse     bool `json:"in_use,omitempty" share:"plain"`
	Exclusive bool `json:"exclusive,omitempty" share:"plain"`
}

// ReaderClass is what a reader's name tells about it.
type ReaderClass string

// Reader classes. A plain external reader, and one whose name tells nothing,
// has the empty class.
const (
	ReaderPlain    ReaderClass = ""
	ReaderBuiltIn  ReaderClass = "built-in"
	ReaderBuiltNFC ReaderClass = "built-in-nfc"
	ReaderVirtual  ReaderClass = "virtual"
	ReaderSIM      ReaderClass = "sim"
	ReaderSAM      ReaderClass = "sam"
	ReaderToken    ReaderClass = "token"
)

// ReaderInterface is how a card meets a reader.
type ReaderInterface string

// Reader interfaces. The empty one is not known.
const (
	InterfaceUnknown     ReaderInterface = ""
	InterfaceContact     ReaderInterface = "contact"
	InterfaceContactless ReaderInterface = "contactless"
)

// ReaderTrap is a known weakness of a model.
type ReaderTrap string

// Known traps.
const (
	// TrapShortAPDU: reading works, signing with an HPKI card may not, which
	// needs extended APDUs.
	TrapShortAPDU ReaderTrap = "short-apdu"
	// TrapVendorDriver: the reader works only with its maker's driver.
	TrapVendorDriver ReaderTrap = "vendor-driver"
)

// Usable reports whether a person could put a card into this reader.
func (r Reader) Usable() bool {
	switch r.Class {
	case ReaderVirtual, ReaderSIM, ReaderSAM, ReaderToken:
		return false
	}
	return true
}
