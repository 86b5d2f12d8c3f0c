package linux

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"yomitori/platform"
)

const (
	usbFolder = "sys/bus/usb/devices"
	nfcFolder = "sys/class/nfc"
	// classSmartCard is the USB interface class of CCID readers.
	classSmartCard = "0b"
)

// devices lists USB devices that are readers and NFC controllers that the
// kernel keeps to itself.
func (c *Computer) devices(context.Context) (func(*platform.Snapshot), error) {
	if _, err := fs.Stat(c.o.Root, "sys/bus"); err != nil {
		return nil, fmt.Errorf("list devices: %w", err)
	}
	usb, err := c.usbReaders()
	if err != nil {
		return nil, err
	}
	nfc, err := c.entries(nfcFolder)
	if err != nil {
		return nil, err
	}
	list := usb
	for _, name := range nfc {
		list = append(list, platform.Device{Bus: "nfc", Name: name, Class: platform.ClassNFC})
	}
	return func(s *platform.Snapshot) {
		s.Devices = platform.Devices{Look: platform.Seen(), List: list}
	}, nil
}

// entries lists a folder; one that does not exist has none.
func (c *Computer) entries(folder string) ([]string, error) {
	entries, err := fs.ReadDir(c.o.Root, folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list devices: %w", err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, nil
}

func (c *Computer) usbReaders() ([]platform.Device, error) {
	names, err := c.entries(usbFolder)
	if err != nil {
		return nil, err
	}
	var list []platform.Device
	for _, name := range names {
		// "1-2" is a device, "1-2:1.0" one of its interfaces.
		if strings.Contains(name, ":") {
			continue
		}
		d := platform.Device{
			Bus:     "usb",
			Vendor:  c.attribute(name, "idVendor"),
			Product: c.attribute(name, "idProduct"),
			Name:    c.attribute(name, "product"),
		}
		// A reader with a reader's class calls itself by its own name.
		if k, ok := platform.KnownReaderOf(d.Vendor, d.Product); ok && !k.CCID {
			d.Class, d.Name = platform.ClassKnownReader, k.Model
		}
		for _, i := range names {
			if strings.HasPrefix(i, name+":") && c.attribute(i, "bInterfaceClass") == classSmartCard {
				d.Class = platform.ClassCCID
				d.Driver = c.driver(i)
			}
		}
		if d.Name == "" {
			d.Name = "USB " + d.Vendor + ":" + d.Product
		}
		if d.Class != "" {
			list = append(list, d)
		}
	}
	return list, nil
}

// attribute reads one line of sysfs, "" when the device has no such line.
func (c *Computer) attribute(device, name string) string {
	raw, err := fs.ReadFile(c.o.Root, path.Join(usbFolder, device, name))
	if err != nil {
		return ""
	}
	return platform.Printable(strings.TrimSpace(string(raw)), platform.LongestName)
}

func (c *Computer) driver(device string) string {
	target, err := fs.ReadLink(c.o.Root, path.Join(usbFolder, device, "driver"))
	if err != nil {
		return ""
	}
	return path.Base(target)
}
