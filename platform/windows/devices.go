package windows

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"yomitori/platform"
)

// DeviceRecord is one attached device as Windows describes it.
type DeviceRecord struct {
	Instance      string // device instance id: enumerator, device and instance, parted by backslashes
	HardwareIDs   []string
	CompatibleIDs []string
	ClassGUID     string // of the setup class, in braces
	Enumerator    string
	Product       string // what the device calls itself on its bus
	FriendlyName  string
	Description   string // from its driver, or from its bus while it has none
	Service       string // the driver
	Problem       int
}

// Setup classes and ids that tell what a device is (facts/os-browser.md 3.4).
const (
	classSmartCardReader = "{50dd5230-ba8a-11d1-bf5d-0000f805f530}"
	classProximity       = "{5630831c-06c9-4856-b327-f5d32586e060}"

	idSmartCard = `USB\Class_0b`  // compatible id of an interface of CCID
	idComposite = `USB\COMPOSITE` // compatible id of the parent of several interfaces
	idNXP       = `ACPI\NXP1000`  // built-in NFC controller
	usbDevices  = `USB\`          // how instance ids on USB begin
	acpiNFC     = idNXP + `\`     // how the instance ids of that controller begin
	interfaceOf = `&MI_`          // what follows the ids of a device in those of its interfaces
	joinLimit   = 2 * time.Second // for PC/SC to say which device is behind which reader
	maxDevices  = 1024            // that could be readers
	maxIDs      = 8               // hardware ids recorded of a device
	longestID   = 200             // MAX_DEVICE_ID_LEN
)

// devices lists the devices that are readers or NFC controllers, and joins
// them with the readers of PC/SC.
func (c *Computer) devices(ctx context.Context) (change, error) {
	if c.o.Native.Devices == nil {
		return nil, fmt.Errorf("list devices: %w", errors.ErrUnsupported)
	}
	// PC/SC is asked meanwhile; that it hangs must not hide the devices.
	ctx, cancel := context.WithTimeout(ctx, joinLimit)
	defer cancel()
	readers := c.askReaders(ctx)
	records, err := c.o.Native.Devices()
	if err != nil {
		return nil, fmt.Errorf("list devices: %w", err)
	}
	look, list := platform.Seen(), deviceList(records)
	answer := readers()
	if answer.err != nil {
		look.Detail = detail(answer.err)
	} else {
		join(list, answer.readers)
	}
	return func(s *platform.Snapshot) {
		s.Devices = platform.Devices{Look: look, List: list}
	}, nil
}

// deviceList keeps the devices that are readers or NFC controllers.
func deviceList(records []DeviceRecord) []platform.Device {
	sound := make([]DeviceRecord, min(len(records), maxDevices))
	for i := range sound {
		sound[i] = records[i].bounded()
	}
	var list []platform.Device
	for _, r := range sound {
		class := r.class()
		if class == "" || r.composite() && slices.ContainsFunc(sound, r.parentOf) {
			continue
		}
		list = append(list, r.device(class))
	}
	return list
}

// bounded is r with texts that are safe to show and of a sensible length.
func (r DeviceRecord) bounded() DeviceRecord {
	for text, limit := range map[*string]int{
		&r.Instance: longestID, &r.ClassGUID: longestID, &r.Enumerator: platform.LongestName, &r.Service: platform.LongestName,
		&r.Product: platform.LongestText, &r.FriendlyName: platform.LongestText, &r.Description: platform.LongestText,
	} {
		*text = platform.Printable(*text, limit)
	}
	r.HardwareIDs, r.CompatibleIDs = boundedIDs(r.HardwareIDs), boundedIDs(r.CompatibleIDs)
	return r
}

func boundedIDs(ids []string) []string {
	var sound []string
	for _, id := range ids[:min(len(ids), maxTexts)] {
		if id = platform.Printable(id, longestID); id != "" {
			sound = append(sound, id)
		}
	}
	return sound
}

// mayBeReader tells of how few devices more than name and class must be known.
func mayBeReader(instance, classGUID string) bool {
	return strings.EqualFold(classGUID, classSmartCardReader) || strings.EqualFold(classGUID, classProximity) ||
		hasPrefixFold(instance, usbDevices) || hasPrefixFold(instance, acpiNFC)
}

// class says what a device is; "" for one that is nobody's business.
func (r DeviceRecord) class() platform.DeviceClass {
	if strings.EqualFold(r.ClassGUID, classProximity) || r.hasID(idNXP) || hasPrefixFold(r.Instance, acpiNFC) {
		return platform.ClassNFC
	}
	class := platform.DeviceClass("")
	usb := hasPrefixFold(r.Instance, usbDevices)
	switch _, known := r.known(); {
	case strings.EqualFold(r.ClassGUID, classSmartCardReader), r.hasID(idSmartCard):
		class = platform.ClassCCID
	case known:
		class = platform.ClassKnownReader
	case usb && r.Problem == platform.ProblemNoDriver && r.saysReader():
		return platform.ClassNoDriver
	}
	if class != "" && usb && r.Problem == platform.ProblemNoDriver {
		return platform.ClassNoDriver
	}
	return class
}

// hasID looks for an id, also where a subclass or a revision follows it.
func (r DeviceRecord) hasID(id string) bool {
	return slices.ContainsFunc(slices.Concat(r.HardwareIDs, r.CompatibleIDs), func(s string) bool {
		return hasPrefixFold(s, id) && (len(s) == len(id) || s[len(id)] == '&')
	})
}

// readerWords are in the names that readers give themselves, as far as the
// names of facts/cards.md 6.1 go. "Card reader" alone is one for memory cards.
// "IC" must be a word of its own, as it is not in "Graphic Card".
var readerWords = regexp.MustCompile(`(?i)smart ?card|スマート ?カード|(^|[^a-z])ic[ -]?(card|カード)|ccid|pasori|felica`)

// saysReader reports whether a device without driver calls itself a reader.
func (r DeviceRecord) saysReader() bool {
	return readerWords.MatchString(r.Product) || readerWords.MatchString(r.Description)
}

var usbIDs = regexp.MustCompile(`(?i)^USB\\VID_([0-9A-F]{4})&PID_([0-9A-F]{4})(?:[&\\]|$)`)

// ids are the USB vendor and product id, in lower case, or empty.
func (r DeviceRecord) ids() (vendor, product string) {
	for _, id := range append([]string{r.Instance}, r.HardwareIDs...) {
		if m := usbIDs.FindStringSubmatch(id); m != nil {
			return strings.ToLower(m[1]), strings.ToLower(m[2])
		}
	}
	return "", ""
}

func (r DeviceRecord) known() (platform.KnownReader, bool) {
	return platform.KnownReaderOf(r.ids())
}

// composite reports whether a device is there for its interfaces only, which
// are devices themselves.
func (r DeviceRecord) composite() bool {
	return r.hasID(idComposite) || strings.EqualFold(r.Service, "usbccgp")
}

// parentOf reports whether i is an interface of a device like r.
func (r DeviceRecord) parentOf(i DeviceRecord) bool {
	device, _, _ := cutLast(r.Instance)
	return device != "" && hasPrefixFold(i.Instance, device+interfaceOf)
}

// device is what is recorded of r.
func (r DeviceRecord) device(class platform.DeviceClass) platform.Device {
	d := platform.Device{
		Bus:      strings.ToLower(r.bus()),
		Name:     r.name(),
		Class:    class,
		Driver:   r.Service,
		Instance: r.Instance,
		Problem:  r.Problem,
	}
	d.Vendor, d.Product = r.ids()
	serial := r.serial()
	for _, id := range r.HardwareIDs {
		if len(d.HardwareIDs) < maxIDs && (serial == "" || !containsFold(id, serial)) {
			d.HardwareIDs = append(d.HardwareIDs, id)
		}
	}
	return d
}

func (r DeviceRecord) bus() string {
	if r.Enumerator != "" {
		return r.Enumerator
	}
	bus, _, _ := strings.Cut(r.Instance, `\`)
	return bus
}

// bracketedNumber is where a name may end with a serial number.
var bracketedNumber = regexp.MustCompile(`\s*\([^()]*[0-9]{5}[^()]*\)$`)

// name is the best name that a device has. A known reader has that of its
// model, because the driver calls every CCID reader the same.
func (r DeviceRecord) name() string {
	if k, ok := r.known(); ok {
		return k.Model
	}
	names := []string{r.Product, r.FriendlyName, r.Description}
	switch strings.ToLower(r.bus()) {
	case "root", "swd":
		// The name of a virtual reader may be what its user called it.
		names = []string{r.Description}
	}
	serial := r.serial()
	for _, name := range names {
		if serial != "" {
			name = cutFold(name, serial)
		}
		name = strings.TrimSpace(bracketedNumber.ReplaceAllString(name, ""))
		if name = platform.Printable(name, platform.LongestName); name != "" {
			return name
		}
	}
	if vendor, product := r.ids(); vendor != "" {
		return "USB " + vendor + ":" + product
	}
	return ""
}

// serial is the serial number in the instance id of a USB device. Where a
// device has none, Windows makes an instance with "&" in it.
func (r DeviceRecord) serial() string {
	_, instance, ok := cutLast(r.Instance)
	if !ok || len(instance) < 4 || !hasPrefixFold(r.Instance, usbDevices) || strings.Contains(instance, "&") {
		return ""
	}
	return instance
}

// cutLast parts an instance id before its last backslash.
func cutLast(instance string) (device, rest string, ok bool) {
	i := strings.LastIndexByte(instance, '\\')
	if i < 0 {
		return "", "", false
	}
	return instance[:i], instance[i+1:], true
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func containsFold(s, part string) bool {
	return strings.Contains(strings.ToLower(s), strings.ToLower(part))
}

// cutFold takes every part out of s, whatever its case.
func cutFold(s, part string) string {
	return regexp.MustCompile(`(?i)`+regexp.QuoteMeta(part)).ReplaceAllString(s, "")
}
