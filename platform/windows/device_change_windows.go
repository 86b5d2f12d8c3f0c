package windows

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// nativeChangeDevice changes the state of a device as the device manager does.
func nativeChangeDevice(instance string, to DeviceState) (restart bool, err error) {
	set, err := windows.SetupDiGetClassDevsEx(nil, "", 0, windows.DIGCF_PRESENT|windows.DIGCF_ALLCLASSES, 0, "")
	if err != nil {
		return false, fmt.Errorf("list attached devices: %w", err)
	}
	defer set.Close()
	for i := range maxAttached {
		data, err := set.EnumDeviceInfo(i)
		if errors.Is(err, windows.ERROR_NO_MORE_ITEMS) {
			break
		}
		if err != nil {
			return false, fmt.Errorf("list attached devices: %w", err)
		}
		d := attached{set, data}
		if id, err := set.DeviceInstanceID(data); err == nil && strings.EqualFold(id, instance) {
			return d.change(to)
		}
	}
	return false, fmt.Errorf("find device: %w", fs.ErrNotExist)
}

// change calls the installer of the device's class as Microsoft's sample devcon
// does: in the hardware profile that is used, and to turn a device on in all of
// them first, for it may be off in either place.
func (d attached) change(to DeviceState) (restart bool, err error) {
	if to == DeviceOn {
		_ = d.changeIn(windows.DICS_FLAG_GLOBAL, to) // the second call tells whether it is on
	}
	if err := d.changeIn(windows.DICS_FLAG_CONFIGSPECIFIC, to); err != nil {
		return false, err
	}
	after, err := d.set.DeviceInstallParams(d.data)
	if err != nil {
		return false, fmt.Errorf("ask whether Windows must restart: %w", err)
	}
	return after.Flags&(windows.DI_NEEDREBOOT|windows.DI_NEEDRESTART) != 0, nil
}

// changeIn makes the change in one scope. The states are those of DICS_….
func (d attached) changeIn(scope windows.DICS_FLAG, to DeviceState) error {
	p := windows.PropChangeParams{
		ClassInstallHeader: *windows.MakeClassInstallHeader(windows.DIF_PROPERTYCHANGE),
		StateChange:        windows.DICS_STATE(to),
		Scope:              scope,
	}
	if err := d.set.SetClassInstallParams(d.data, &p.ClassInstallHeader, uint32(unsafe.Sizeof(p))); err != nil {
		return fmt.Errorf("set parameters: %w", err)
	}
	if err := d.set.CallClassInstaller(windows.DIF_PROPERTYCHANGE, d.data); err != nil {
		return fmt.Errorf("call installer: %w", err)
	}
	return nil
}
