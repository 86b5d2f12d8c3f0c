package platform

import "time"

// Schema names the shape of a saved snapshot. A reader of files refuses any
// other major number.
const Schema = "yomitori.snapshot/1"

// Snapshot is everything observed about one computer at one time. It is
// passed by value; what its slices hold is never changed after publication.
type Snapshot struct {
	Schema string    `json:"schema" share:"plain"`
	Taken  time.Time `json:"taken" share:"plain"`

	System   System   `json:"system" share:"plain"`
	Services Services `json:"services" share:"plain"`
	Devices  Devices  `json:"devices" share:"plain"`
	Readers  Readers  `json:"readers" share:"plain"`
	Cards    Cards    `json:"cards" share:"plain"`
	Browsers Browsers `json:"browsers" share:"plain"`
	Clients  Clients  `json:"clients" share:"plain"`
}

// Area names a part of a snapshot.
type Area string

// The areas, by their names in JSON.
const (
	AreaSystem   Area = "system"
	AreaServices Area = "services"
	AreaDevices  Area = "devices"
	AreaReaders  Area = "readers"
	AreaCards    Area = "cards"
	AreaBrowsers Area = "browsers"
	AreaClients  Area = "clients"
)

// Areas lists all areas in the order in which people read them.
var Areas = []Area{AreaSystem, AreaServices, AreaDevices, AreaReaders, AreaCards, AreaBrowsers, AreaClients}

// Look returns how observing an area went; the pointer allows it to be set.
// It panics on a name that is not in Areas.
func (s *Snapshot) Look(a Area) *Look {
	switch a {
	case AreaSystem:
		return &s.System.Look
	case AreaServices:
		return &s.Services.Look
	case AreaDevices:
		return &s.Devices.Look
	case AreaReaders:
		return &s.Readers.Look
	case AreaCards:
		return &s.Cards.Look
	case AreaBrowsers:
		return &s.Browsers.Look
	case AreaClients:
		return &s.Clients.Look
	}
	panic("platform: unknown area " + string(a))
}

// Settled reports whether every area has been looked at.
func (s *Snapshot) Settled() bool {
	for _, a := range Areas {
		if !s.Look(a).Settled() {
			return false
		}
	}
	for _, c := range s.Cards.List {
		if !c.Settled() {
			return false
		}
	}
	return true
}

// System is the operating system and the session the program runs in.
type System struct {
	Look
	OS      string `json:"os,omitempty" share:"plain"`      // "linux", "windows", "darwin"
	Name    string `json:"name,omitempty" share:"plain"`    // "Debian GNU/Linux 12 (bookworm)"
	Version string `json:"version,omitempty" share:"plain"` // as the system counts: "12", "10.0.26100", "15.1"
	Arch    string `json:"arch,omitempty" share:"plain"`    // GOARCH names
	Remote  bool   `json:"remote,omitempty" share:"plain"`  // the session's screen is elsewhere
	// RemoteKind is "ssh", "rdp" or "vnc".
	RemoteKind string `json:"remote_kind,omitempty" share:"plain"`
}

// Services are the system services that smart cards need.
type Services struct {
	Look
	List []Service `json:"list,omitempty" share:"plain"`
}

// Service is one system service.
type Service struct {
	Name    string       `json:"name" share:"plain"` // "pcscd", "SCardSvr", …
	Present bool         `json:"present" share:"plain"`
	Running bool         `json:"running" share:"plain"`
	Start   ServiceStart `json:"start,omitempty" share:"plain"`
}

// ServiceStart says when the system starts a service.
type ServiceStart string

// Ways to start. Manual is what Windows ships for SCardSvr; on Linux it stands
// for socket activation.
const (
	StartUnknown   ServiceStart = ""
	StartAutomatic ServiceStart = "automatic"
	StartManual    ServiceStart = "manual"
	StartDisabled  ServiceStart = "disabled"
)

// Devices are the attached devices that could be card readers, as the
// system's bus sees them, whether or not PC/SC does.
type Devices struct {
	Look
	List []Device `json:"list,omitempty" share:"plain"`
}

// Device is one attached device.
type Device struct {
	Bus     string      `json:"bus" share:"plain"`               // "usb", "nfc"
	Vendor  string      `json:"vendor,omitempty" share:"plain"`  // USB vendor id, four hex digits
	Product string      `json:"product,omitempty" share:"plain"` // USB product id, four hex digits
	Name    string      `json:"name,omitempty" share:"plain"`    // what the device calls itself, serial cut off
	Class   DeviceClass `json:"class,omitempty" share:"plain"`
	Driver  string      `json:"driver,omitempty" share:"plain"` // the kernel driver that is bound to it
}

// DeviceClass is what a device is, as far as its descriptors tell.
type DeviceClass string

// Device classes.
const (
	ClassCCID        DeviceClass = "ccid"         // a USB smart-card reader by class 0B
	ClassKnownReader DeviceClass = "known-reader" // a reader by vendor and product id that is not CCID
	ClassNFC         DeviceClass = "nfc"          // an NFC controller that the kernel owns
)

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

// Browsers are the browsers found on the computer.
type Browsers struct {
	Look
	List []Browser `json:"list,omitempty" share:"plain"`
}

// Browser is one installed browser.
type Browser struct {
	Name    string `json:"name" share:"plain"` // "chrome", "edge", "chromium", "firefox", "safari"
	Version string `json:"version,omitempty" share:"plain"`
	// Running is the number of the user's processes of this browser.
	Running int `json:"running,omitempty" share:"plain"`
	// Profiles is how many profiles the browser keeps for this user.
	Profiles int `json:"profiles,omitempty" share:"plain"`
}

// Clients are the official client programs and drivers.
type Clients struct {
	Look
	List []Client `json:"list,omitempty" share:"plain"`
}

// Client is one installed client program or driver.
type Client struct {
	Name    string `json:"name" share:"plain"`
	Version string `json:"version,omitempty" share:"plain"`
}
