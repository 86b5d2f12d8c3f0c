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

// change calls the installer of the device's class, for all hardware profiles,
// and for the one that is used besides: a device may be turned off in either, and
// can be restarted in the second only.
func (d attached) change(to DeviceState) (restart bool, err error) {
	scopes := []windows.DICS_FLAG{windows.DICS_FLAG_GLOBAL}
	switch to {
	case DeviceOn:
		scopes = append(scopes, windows.DICS_FLAG_CONFIGSPECIFIC)
	case DeviceRestarted:
		scopes = []windows.DICS_FLAG{windows.DICS_FLAG_CONFIGSPECIFIC}
	}
	for _, scope := range scopes {
		if err := d.changeIn(scope, to); err != nil {
			return false, err
		}
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
