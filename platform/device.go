package platform

// Devices are the attached devices that could be card readers, as the
// system's bus sees them, whether or not PC/SC does.
type Devices struct {
	Look
	List []Device `json:"list,omitempty" share:"plain"`
}

// Device is one attached device.
type Device struct {
	Bus     string      `json:"bus" share:"plain"`               // "usb", "nfc", "acpi", "swd", "root", …
	Vendor  string      `json:"vendor,omitempty" share:"plain"`  // USB vendor id, four hex digits, lower case
	Product string      `json:"product,omitempty" share:"plain"` // USB product id, four hex digits, lower case
	Name    string      `json:"name,omitempty" share:"plain"`    // what the device calls itself, serial cut off
	Class   DeviceClass `json:"class,omitempty" share:"plain"`
	Driver  string      `json:"driver,omitempty" share:"plain"` // the kernel driver or driver service that is bound to it

	// Instance is how the system names this one device: on Windows the device
	// instance id, in which a serial number may stand.
	Instance    string   `json:"instance,omitempty" share:"mask"`
	HardwareIDs []string `json:"hardware_ids,omitempty" share:"plain"`
	// Problem is the problem code of Windows (CM_PROB_…), 0 for none: 22 is
	// disabled, 28 has no driver.
	Problem int `json:"problem,omitempty" share:"plain"`
	// Reader is the name under which PC/SC lists this device, see Reader.Name,
	// where the system told which device is behind a reader.
	Reader string `json:"reader,omitempty" share:"plain"`
	// Joined is true when the system was asked which reader this device is, so
	// that an empty Reader means that PC/SC does not list it.
	Joined bool `json:"joined,omitempty" share:"plain"`
}

// Problem codes that are told apart.
const (
	ProblemDisabled = 22 // CM_PROB_DISABLED
	ProblemNoDriver = 28 // CM_PROB_FAILED_INSTALL
)

// DeviceClass is what a device is, as far as its descriptors tell.
type DeviceClass string

// Device classes.
const (
	ClassCCID        DeviceClass = "ccid"         // a smart-card reader by its class: USB 0B, or the setup class of Windows
	ClassKnownReader DeviceClass = "known-reader" // a reader by vendor and product id that has no reader's class
	ClassNFC         DeviceClass = "nfc"          // an NFC controller that the system keeps for itself
	ClassNoDriver    DeviceClass = "no-driver"    // a USB device without driver that calls itself a reader
)
