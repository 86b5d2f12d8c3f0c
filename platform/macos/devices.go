package macos

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"yomitori/platform"
)

const (
	// classSmartCard is the USB interface class of CCID readers.
	classSmartCard = 0x0b
	maxDevices     = 256
)

// devices lists the USB devices that are readers, whether or not PC/SC sees
// them. A device that waits for the user's approval is not on the bus.
func (c *Computer) devices(ctx context.Context) (change, error) {
	entries, err := c.registry(ctx, "IOUSBHostDevice")
	list := usbReaders(entries)
	if err != nil {
		var second error
		if list, second = c.profiledReaders(ctx); second != nil {
			return nil, fmt.Errorf("list USB devices: %w", errors.Join(err, second))
		}
		if len(list) == 0 { // what is only a reader by its class may be there
			return nil, fmt.Errorf("list USB devices: %w", err)
		}
	}
	look := platform.Seen()
	if err != nil {
		look.Detail = detail(err) // the second way cannot tell readers by their class
	}
	return func(s *platform.Snapshot) { s.Devices = platform.Devices{Look: look, List: list} }, nil
}

// usbReaders finds the readers among devices and what hangs on them. Behind a
// hub, a device is listed by itself and once more below the hub.
func usbReaders(entries []entry) []platform.Device {
	var list []platform.Device
	seen := map[string]bool{}
	add := func(device entry, ccid bool) {
		d, ok := usbReader(device.Vendor.value, device.Product.value, device.name(), ccid)
		key := fmt.Sprint(d.Vendor, d.Product, device.Location.value)
		if !ok || seen[key] || len(list) == maxDevices {
			return
		}
		seen[key] = true
		list = append(list, d)
	}
	var walk func([]entry)
	walk = func(entries []entry) {
		for _, e := range entries {
			// The interfaces of a device bear its ids too.
			if !e.InterfaceClass.set && e.Vendor.set && e.Product.set {
				add(e, e.hasInterface(classSmartCard))
			}
			walk(e.Children.value)
		}
	}
	walk(entries)
	return list
}

// hasInterface reports whether a device has an interface of a class.
func (e entry) hasInterface(class uint64) bool {
	for _, child := range e.Children.value {
		if child.InterfaceClass.set && child.InterfaceClass.value == class {
			return true
		}
	}
	return false
}

func (e entry) name() string {
	if e.Name.value != "" {
		return e.Name.value
	}
	return e.NewName.value
}

// usbReader describes a device, if it is a reader.
func usbReader(vendor, product uint64, name string, ccid bool) (platform.Device, bool) {
	d := platform.Device{
		Bus:    "usb",
		Vendor: fmt.Sprintf("%04x", vendor), Product: fmt.Sprintf("%04x", product),
		Name: strings.TrimSpace(platform.Printable(name, platform.LongestName)),
	}
	known, isKnown := platform.KnownReaderOf(d.Vendor, d.Product)
	switch {
	case vendor > 0xffff || product > 0xffff:
		return d, false
	case ccid, isKnown && known.CCID:
		d.Class = platform.ClassCCID
	case isKnown:
		d.Class = platform.ClassKnownReader
	default:
		return d, false
	}
	if isKnown && (d.Name == "" || d.Class == platform.ClassKnownReader) {
		d.Name = known.Model
	}
	if d.Name == "" {
		d.Name = "USB " + d.Vendor + ":" + d.Product
	}
	return d, true
}

// usbReports are the kinds of report that list USB devices: of macOS 26 and
// later, where the other is empty, and of those before.
var usbReports = []string{"SPUSBHostDataType", "SPUSBDataType"}

// profiledReaders finds readers that are known by their ids.
func (c *Computer) profiledReaders(ctx context.Context) ([]platform.Device, error) {
	var errs []error
	for _, kind := range usbReports {
		out, err := c.o.Run(ctx, "/usr/sbin/system_profiler", kind, "-json")
		if err != nil {
			errs = append(errs, err)
			continue
		}
		list, told, err := parseUSBReport(out, kind)
		if err != nil {
			errs = append(errs, err)
		} else if told {
			return list, nil
		}
	}
	if len(errs) == 0 {
		return nil, nil // neither lists anything: a Mac without USB devices
	}
	return nil, errors.Join(errs...)
}

type usbNode struct {
	Name       string    `json:"_name"`
	Vendor     string    `json:"USBDeviceKeyVendorID"`
	Product    string    `json:"USBDeviceKeyProductID"`
	OldVendor  string    `json:"vendor_id"`
	OldProduct string    `json:"product_id"`
	Items      []usbNode `json:"_items"`
}

// parseUSBReport understands a report of USB devices, and says whether it had
// anything in it.
func parseUSBReport(out []byte, kind string) (list []platform.Device, told bool, err error) {
	var report map[string][]usbNode
	if err := json.Unmarshal(out, &report); err != nil {
		return nil, false, fmt.Errorf("parse %s: %w", kind, err)
	}
	var walk func([]usbNode)
	walk = func(nodes []usbNode) {
		for _, n := range nodes {
			vendor, product := hexID(n.Vendor, n.OldVendor), hexID(n.Product, n.OldProduct)
			if d, ok := usbReader(vendor, product, n.Name, false); ok && len(list) < maxDevices {
				list = append(list, d)
			}
			walk(n.Items)
		}
	}
	walk(report[kind])
	return list, len(report[kind]) > 0, nil
}

// hexID reads the first of the ids that is one: "0x054c", or "0x054c  (Sony
// Corporation)".
func hexID(ids ...string) uint64 {
	for _, id := range ids {
		digits, _, _ := strings.Cut(strings.TrimPrefix(id, "0x"), " ")
		if n, err := strconv.ParseUint(digits, 16, 16); err == nil {
			return n
		}
	}
	return 0
}
