package platform

import (
	"slices"
	"strings"
)

// BuiltInNFC reports whether a device is the computer's own NFC. Nothing else is
// ever turned off.
func (d Device) BuiltInNFC() bool {
	return d.Class == ClassNFC || ReaderModelOf(d.Reader).Class == ReaderBuiltNFC
}

// ownBuses are of devices that exist in software or inside the computer.
var ownBuses = []string{"root", "swd", "acpi", "nfc"}

// vendorYubico makes keys with a card inside, whatever they are called.
const vendorYubico = "1050"

// IsOtherReader reports whether a device is a reader that works and that a person
// could put a card into instead of on the computer's own NFC. PC/SC must list it:
// that a device is of a reader's class does not say that a card goes in. What PC/SC
// told of the readers is held against it too, where it is at hand.
func (d Device) IsOtherReader(readers []Reader) bool {
	switch {
	case d.Class != ClassCCID && d.Class != ClassKnownReader, d.Problem != 0,
		slices.Contains(ownBuses, d.Bus), d.Vendor == vendorYubico, !d.Joined || d.Reader == "",
		!takesCards(Reader{Class: ReaderModelOf(d.Reader).Class}):
		return false
	}
	return !slices.ContainsFunc(readers, func(r Reader) bool { return r.Name == d.Reader && !takesCards(r) })
}

// takesCards reports whether a reader is one for any card, other than the
// computer's own NFC.
func takesCards(r Reader) bool { return r.Usable() && !r.Unavailable && r.Class != ReaderBuiltNFC }

// SameDevice reports whether two are one, or may be interfaces of one.
func SameDevice(a, b Device) bool {
	if strings.EqualFold(a.Instance, b.Instance) {
		return true
	}
	return isInterface(a) && isInterface(b) && a.Vendor == b.Vendor && a.Product == b.Product
}

// isInterface reports whether a device is one of several interfaces of a USB
// device, by its instance on Windows.
func isInterface(d Device) bool { return strings.Contains(strings.ToUpper(d.Instance), "&MI_") }
