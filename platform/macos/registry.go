package macos

import (
	"bytes"
	"context"
	"fmt"
)

// entry is an object of the I/O registry, as far as it is used here.
type entry struct {
	Class            loose[string]  `plist:"IOObjectClass"`
	ID               loose[uint64]  `plist:"IORegistryEntryID"`
	Vendor           loose[uint64]  `plist:"idVendor"`
	Product          loose[uint64]  `plist:"idProduct"`
	Location         loose[uint64]  `plist:"locationID"`
	Name             loose[string]  `plist:"USB Product Name"`
	NewName          loose[string]  `plist:"kUSBProductString"`
	InterfaceClass   loose[uint64]  `plist:"bInterfaceClass"`
	BatteryInstalled loose[bool]    `plist:"BatteryInstalled"`
	Children         loose[[]entry] `plist:"IORegistryEntryChildren"`
}

// registry lists the objects of a class in the I/O registry, with what hangs on
// them. ioreg writes nothing at all when there are none.
func (c *Computer) registry(ctx context.Context, class string) ([]entry, error) {
	out, err := c.o.Run(ctx, "/usr/sbin/ioreg", "-a", "-l", "-r", "-c", class)
	if err != nil {
		return nil, fmt.Errorf("read I/O registry: %w", err)
	}
	return parseRegistry(out)
}

func parseRegistry(out []byte) ([]entry, error) {
	if len(bytes.TrimSpace(out)) == 0 {
		return nil, nil
	}
	var list []entry
	if bytes.HasPrefix(out, []byte("bplist")) {
		// Only in XML does an object stand in one place.
		return nil, fmt.Errorf("read I/O registry: %w", errNotPlist)
	}
	if err := parsePlist(out, &list); err != nil {
		return nil, fmt.Errorf("read I/O registry: %w", err)
	}
	return list, nil
}
