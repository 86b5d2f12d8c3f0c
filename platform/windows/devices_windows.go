package windows

import (
	"errors"
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

const (
	largestProperty   = 16 << 10 // bytes of a property of a device
	maxAttached       = 10_000   // devices of a computer that are gone through
	dnHasProblem      = 0x400    // DN_HAS_PROBLEM
	devpropTypeString = 0x12     // DEVPROP_TYPE_STRING
)

// keyProduct is DEVPKEY_Device_BusReportedDeviceDesc.
var keyProduct = windows.DEVPROPKEY{
	FmtID: windows.DEVPROPGUID{Data1: 0x540b947e, Data2: 0x8b40, Data3: 0x45bc, Data4: [8]byte{0xa8, 0xa2, 0x6a, 0x0b, 0x89, 0x4c, 0xbd, 0xa2}},
	PID:   4,
}

// The functions of x/sys would take a property of any size.
var (
	setupapi                = windows.NewLazySystemDLL("setupapi.dll")
	getDeviceProperty       = setupapi.NewProc("SetupDiGetDevicePropertyW")
	getDeviceRegistryString = setupapi.NewProc("SetupDiGetDeviceRegistryPropertyW")
)

// nativeDevices asks the set-up API for the attached devices that could be
// readers.
func nativeDevices() ([]DeviceRecord, error) {
	set, err := windows.SetupDiGetClassDevsEx(nil, "", 0, windows.DIGCF_PRESENT|windows.DIGCF_ALLCLASSES, 0, "")
	if err != nil {
		return nil, fmt.Errorf("list attached devices: %w", err)
	}
	defer set.Close()
	var records []DeviceRecord
	for i := 0; i < maxAttached && len(records) < maxDevices; i++ {
		data, err := set.EnumDeviceInfo(i)
		if errors.Is(err, windows.ERROR_NO_MORE_ITEMS) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("list attached devices: %w", err)
		}
		d := attached{set, data}
		if r, ok := d.record(); ok {
			records = append(records, r)
		}
	}
	return records, nil
}

// attached is one device in a set of the set-up API.
type attached struct {
	set  windows.DevInfo
	data *windows.DevInfoData
}

// record reads a device that could be a reader. What it does not tell stays
// empty.
func (d attached) record() (DeviceRecord, bool) {
	instance, err := d.set.DeviceInstanceID(d.data)
	class := d.data.ClassGUID.String()
	if err != nil || !mayBeReader(instance, class) {
		return DeviceRecord{}, false
	}
	return DeviceRecord{
		Instance:      instance,
		ClassGUID:     class,
		HardwareIDs:   wideTexts(d.property(windows.SPDRP_HARDWAREID)),
		CompatibleIDs: wideTexts(d.property(windows.SPDRP_COMPATIBLEIDS)),
		Enumerator:    wideText(d.property(windows.SPDRP_ENUMERATOR_NAME)),
		Product:       wideText(d.product()),
		FriendlyName:  wideText(d.property(windows.SPDRP_FRIENDLYNAME)),
		Description:   wideText(d.property(windows.SPDRP_DEVICEDESC)),
		Service:       wideText(d.property(windows.SPDRP_SERVICE)),
		Problem:       d.problem(),
	}, true
}

// property reads a text as the registry holds it, nil when the device has no
// such text.
func (d attached) property(which windows.SPDRP) []byte {
	raw := make([]byte, largestProperty)
	var kind, size uint32
	ok, _, _ := getDeviceRegistryString.Call(uintptr(d.set), uintptr(unsafe.Pointer(d.data)), uintptr(which),
		uintptr(unsafe.Pointer(&kind)), uintptr(unsafe.Pointer(&raw[0])), uintptr(len(raw)), uintptr(unsafe.Pointer(&size)))
	text := kind == windows.REG_SZ || kind == windows.REG_MULTI_SZ
	if ok == 0 || !text || int(size) > len(raw) {
		return nil
	}
	return raw[:size]
}

// product reads what the device calls itself on its bus.
func (d attached) product() []byte {
	raw := make([]byte, largestProperty)
	var kind, size uint32
	ok, _, _ := getDeviceProperty.Call(uintptr(d.set), uintptr(unsafe.Pointer(d.data)), uintptr(unsafe.Pointer(&keyProduct)),
		uintptr(unsafe.Pointer(&kind)), uintptr(unsafe.Pointer(&raw[0])), uintptr(len(raw)), uintptr(unsafe.Pointer(&size)), 0)
	if ok == 0 || kind != devpropTypeString || int(size) > len(raw) {
		return nil
	}
	return raw[:size]
}

// problem is the problem code of the device, 0 for none.
func (d attached) problem() int {
	var status, problem uint32
	if err := windows.CM_Get_DevNode_Status(&status, &problem, d.data.DevInst, 0); err != nil || status&dnHasProblem == 0 {
		return 0
	}
	return int(problem)
}
