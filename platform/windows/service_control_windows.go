package windows

import (
	"errors"
	"fmt"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/svc"
	"golang.org/x/sys/windows/svc/mgr"

	"yomitori/platform"
)

// withService opens a service with the rights that use needs.
func withService(name string, rights uint32, use func(windows.Handle) error) error {
	wide, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return err
	}
	manager, err := windows.OpenSCManager(nil, nil, windows.SC_MANAGER_CONNECT)
	if err != nil {
		return fmt.Errorf("connect to service manager: %w", err)
	}
	defer windows.CloseServiceHandle(manager)
	h, err := windows.OpenService(manager, wide, rights)
	if err != nil {
		return fmt.Errorf("open service: %w", err)
	}
	defer windows.CloseServiceHandle(h)
	return use(h)
}

func nativeStartService(name string) error {
	return withService(name, windows.SERVICE_START, func(h windows.Handle) error {
		err := windows.StartService(h, 0, nil)
		if errors.Is(err, windows.ERROR_SERVICE_ALREADY_RUNNING) {
			return nil
		}
		return err
	})
}

func nativeStopService(name string) error {
	return withService(name, windows.SERVICE_STOP|windows.SERVICE_QUERY_STATUS, func(h windows.Handle) error {
		var status windows.SERVICE_STATUS
		err := windows.ControlService(h, windows.SERVICE_CONTROL_STOP, &status)
		if errors.Is(err, windows.ERROR_SERVICE_NOT_ACTIVE) {
			return nil
		}
		if errors.Is(err, windows.ERROR_SERVICE_CANNOT_ACCEPT_CTRL) &&
			windows.QueryServiceStatus(h, &status) == nil && status.CurrentState == windows.SERVICE_STOP_PENDING {
			return nil
		}
		return err
	})
}

var startNumbers = map[platform.ServiceStart]uint32{
	platform.StartManual:   windows.SERVICE_DEMAND_START,
	platform.StartDisabled: windows.SERVICE_DISABLED,
}

func nativeSetServiceStart(name string, start platform.ServiceStart) error {
	number, ok := startNumbers[start]
	if !ok {
		return unsupported(fmt.Sprintf("start %q", start))
	}
	return withService(name, windows.SERVICE_CHANGE_CONFIG, func(h windows.Handle) error {
		return windows.ChangeServiceConfig(h, windows.SERVICE_NO_CHANGE, number, windows.SERVICE_NO_CHANGE, nil, nil, nil, nil, nil, nil, nil)
	})
}

// nativeDependents gives the order of EnumDependentServices: the one that was
// started last comes first.
func nativeDependents(name string) (names []string, err error) {
	err = withService(name, windows.SERVICE_ENUMERATE_DEPENDENTS, func(h windows.Handle) (err error) {
		names, err = (&mgr.Service{Name: name, Handle: h}).ListDependentServices(svc.Active)
		return err
	})
	return names, err
}
