package platform

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

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

// Handle names one of the devices so that a person, a script and an elevated
// program can name it, and without the serial number that an instance may hold:
// its bus and what it calls its kind ("usb-054c-06c3"), and where there are several
// of the kind a mark of its own ("usb-054c-06c3-9f2a"). So a handle never passes to
// a device beside which it was given.
func (d Devices) Handle(i int) string {
	kind := d.List[i].kindHandle()
	for j, o := range d.List {
		if j != i && o.kindHandle() == kind {
			return d.List[i].markedHandle()
		}
	}
	return kind
}

// ByHandle returns the device with a handle, or nil where none or more than one
// has it. One with a mark is found too when the others of its kind are gone; one
// without finds nothing as soon as there is a second of the kind.
func (d Devices) ByHandle(handle string) *Device {
	var found *Device
	for i := range d.List {
		o := &d.List[i]
		switch {
		case o.kindHandle() != handle && o.markedHandle() != handle:
		case found != nil:
			return nil
		default:
			found = o
		}
	}
	return found
}

// markedHandle is the handle of a device that is not the only one of its kind. Its
// mark is too short to tell a serial number.
func (d Device) markedHandle() string {
	sum := sha256.Sum256([]byte(strings.ToUpper(d.Instance)))
	return d.kindHandle() + "-" + hex.EncodeToString(sum[:2])
}

// kindHandle is the bus and the ids or the first hardware id of a device.
func (d Device) kindHandle() string {
	parts := []string{d.Bus, d.Vendor, d.Product}
	if d.Vendor == "" && len(d.HardwareIDs) > 0 {
		_, id, _ := strings.Cut(d.HardwareIDs[0], `\`)
		parts = []string{d.Bus, id}
	}
	words := strings.FieldsFunc(strings.ToLower(strings.Join(parts, "-")), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	if len(words) == 0 {
		return "device"
	}
	return strings.Join(words[:min(len(words), 6)], "-")
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
