package windows_test

import (
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	windowsapi "golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"yomitori/platform"
	"yomitori/platform/windows"
)

const enumKey = `System\CurrentControlSet\Enum\`

// attach makes a device that goes away with the test: its key is below two
// others, which are made where they are missing.
func attach(t *testing.T, instance string, texts map[string]string, lists map[string][]string) {
	t.Helper()
	parts := strings.Split(instance, `\`)
	for i := 1; i < len(parts); i++ {
		makeKey(t, registry.LOCAL_MACHINE, enumKey+strings.Join(parts[:i], `\`), 0)
	}
	k := makeKey(t, registry.LOCAL_MACHINE, enumKey+instance, 0)
	for name, text := range texts {
		must(t, k.SetStringValue(name, text))
	}
	for name, list := range lists {
		must(t, k.SetStringsValue(name, list))
	}
}

// setProduct sets what a device calls itself on its bus, where and as Wine
// keeps it: the type of a value is that of the property.
func setProduct(t *testing.T, instance, name string) {
	t.Helper()
	folder := enumKey + instance + `\Properties`
	makeKey(t, registry.LOCAL_MACHINE, folder, 0)
	folder += `\{540B947E-8B40-45BC-A8A2-6A0B894CBDA2}`
	makeKey(t, registry.LOCAL_MACHINE, folder, 0)
	k := makeKey(t, registry.LOCAL_MACHINE, folder+`\0004`, 0)
	raw, err := syscall.UTF16FromString(name)
	must(t, err)
	status, _, _ := windowsapi.NewLazySystemDLL("advapi32.dll").NewProc("RegSetValueExW").Call(uintptr(k), 0, 0, 0xffff0012,
		uintptr(unsafe.Pointer(&raw[0])), uintptr(len(raw)*2))
	if status != 0 {
		t.Fatal(syscall.Errno(status))
	}
}

func TestSystemDevices(t *testing.T) {
	onWine(t)
	attach(t, `USB\VID_054C&PID_0DC9\1234567`,
		map[string]string{
			"ClassGUID": smartCardReader, "Class": "SmartCardReader", "Service": "WUDFRd",
			"DeviceDesc": "Microsoft Usbccid スマート カード リーダー (WUDF)",
		},
		map[string][]string{
			"HardwareID":    {`USB\VID_054C&PID_0DC9&REV_0100`, `USB\VID_054C&PID_0DC9`},
			"CompatibleIDs": {`USB\Class_0b&SubClass_00&Prot_00`, `USB\Class_0b`},
		})
	attach(t, `USB\VID_054C&PID_06C1\0000001`,
		map[string]string{"ClassGUID": usbDevice, "Class": "USBDevice", "Service": "WinUSB", "DeviceDesc": "WinUsb デバイス"},
		map[string][]string{"HardwareID": {`USB\VID_054C&PID_06C1`}})
	attach(t, `ACPI\NXP1000\1`,
		map[string]string{"ClassGUID": proximity, "Class": "Proximity", "FriendlyName": "NXP NFC"},
		map[string][]string{"HardwareID": {`ACPI\NXP1000`}})
	attach(t, `ROOT\SMARTCARDREADER\0000`,
		map[string]string{"ClassGUID": smartCardReader, "Class": "SmartCardReader", "DeviceDesc": "Microsoft Virtual Smart Card 0"}, nil)
	attach(t, `USB\VID_046D&PID_C52B\1`,
		map[string]string{"ClassGUID": "{4D36E96F-E325-11CE-BFC1-08002BE10318}", "Class": "Mouse", "DeviceDesc": "マウス"},
		map[string][]string{"HardwareID": {`USB\VID_046D&PID_C52B`}})
	// What a broken driver package may leave behind.
	attach(t, `USB\VID_054C&PID_06C3\empty`, map[string]string{"DeviceDesc": "", "Service": "", "ClassGUID": usbDevice}, map[string][]string{"HardwareID": {}})
	attach(t, `USB\VID_04E6&PID_5116\huge`,
		map[string]string{"ClassGUID": smartCardReader, "DeviceDesc": strings.Repeat("あ", 100_000)},
		map[string][]string{"HardwareID": {strings.Repeat(`USB\`, 100_000)}})

	attach(t, `USB\VID_FFFF&PID_0001&MI_00\6&1`,
		map[string]string{"ClassGUID": usbDevice, "DeviceDesc": "USB 入力デバイス"},
		map[string][]string{"CompatibleIDs": {`USB\Class_0b&SubClass_00`, `USB\Class_0b`}})
	setProduct(t, `USB\VID_FFFF&PID_0001&MI_00\6&1`, "ICカードリーダー FFFF")

	got := observeDevices(t, windows.Native{Devices: windows.NativeDevices})
	want := []platform.Device{
		{Bus: "acpi", Name: "NXP NFC", Class: platform.ClassNFC, Instance: `ACPI\NXP1000\1`, HardwareIDs: []string{`ACPI\NXP1000`}},
		{Bus: "root", Name: "Microsoft Virtual Smart Card 0", Class: platform.ClassCCID, Instance: `ROOT\SMARTCARDREADER\0000`},
		{Bus: "usb", Vendor: "04e6", Product: "5116", Name: "USB 04e6:5116", Class: platform.ClassCCID, Instance: `USB\VID_04E6&PID_5116\huge`},
		{Bus: "usb", Vendor: "ffff", Product: "0001", Name: "ICカードリーダー FFFF", Class: platform.ClassCCID, Instance: `USB\VID_FFFF&PID_0001&MI_00\6&1`},
		{
			Bus: "usb", Vendor: "054c", Product: "06c1", Name: "Sony RC-S380", Class: platform.ClassKnownReader, Driver: "WinUSB",
			Instance: `USB\VID_054C&PID_06C1\0000001`, HardwareIDs: []string{`USB\VID_054C&PID_06C1`},
		},
		{Bus: "usb", Vendor: "054c", Product: "06c3", Name: "Sony RC-S380", Class: platform.ClassKnownReader, Instance: `USB\VID_054C&PID_06C3\empty`},
		{
			Bus: "usb", Vendor: "054c", Product: "0dc9", Name: "Sony RC-S300", Class: platform.ClassCCID, Driver: "WUDFRd",
			Instance: `USB\VID_054C&PID_0DC9\1234567`, HardwareIDs: []string{`USB\VID_054C&PID_0DC9&REV_0100`, `USB\VID_054C&PID_0DC9`},
		},
	}
	// Wine keeps instance ids in capital letters.
	upper := cmp.Transformer("upper", strings.ToUpper)
	order := cmpopts.SortSlices(func(a, b platform.Device) bool { return strings.ToUpper(a.Instance) < strings.ToUpper(b.Instance) })
	if d := cmp.Diff(want, got.List, order, cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Instance" }, upper)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Wine's own winscard.dll has no service behind it, and a bridge to Linux may
// lack the function: both end as an error.
func TestSystemReaderInstances(t *testing.T) {
	onWine(t)
	readers, err := windows.NativeReaderInstances()
	if err != nil && readers != nil {
		t.Errorf("got %v, %v", readers, err)
	}
	for _, r := range readers {
		if r.Name == "" {
			t.Errorf("a reader without name: %+v", r)
		}
	}
}
