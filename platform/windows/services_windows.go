package windows

import (
	"errors"
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"

	"yomitori/platform"
)

// largestServiceConfig is the limit that Windows sets itself (8 KB), with room.
const largestServiceConfig = 64 << 10

// nativeService asks with the rights to query and no other, which Windows
// gives to everybody (facts/os-browser.md 3.1). The start type or the triggers
// are left out where they are refused.
func nativeService(name string) (platform.Service, error) {
	var s platform.Service
	manager, err := windows.OpenSCManager(nil, nil, windows.SC_MANAGER_CONNECT)
	if err != nil {
		return s, fmt.Errorf("connect to service manager: %w", err)
	}
	defer windows.CloseServiceHandle(manager)
	h, config, err := openService(manager, name)
	if errors.Is(err, windows.ERROR_SERVICE_DOES_NOT_EXIST) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("open service: %w", err)
	}
	defer windows.CloseServiceHandle(h)
	s.Present = true
	var status windows.SERVICE_STATUS
	if err := windows.QueryServiceStatus(h, &status); err != nil {
		return s, fmt.Errorf("query status: %w", err)
	}
	s.Status, s.Running = statusOf(status.CurrentState)
	if config {
		s.Start = serviceStart(h)
		s.Triggers = serviceTriggers(h)
	}
	return s, nil
}

// openService opens for the status alone where the configuration is refused.
func openService(manager windows.Handle, name string) (h windows.Handle, config bool, err error) {
	wide, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return 0, false, err
	}
	h, err = windows.OpenService(manager, wide, windows.SERVICE_QUERY_STATUS|windows.SERVICE_QUERY_CONFIG)
	if !errors.Is(err, windows.ERROR_ACCESS_DENIED) {
		return h, err == nil, err
	}
	h, err = windows.OpenService(manager, wide, windows.SERVICE_QUERY_STATUS)
	return h, false, err
}

func serviceStart(h windows.Handle) platform.ServiceStart {
	raw, err := filled(func(b []byte, need *uint32) error {
		return windows.QueryServiceConfig(h, (*windows.QUERY_SERVICE_CONFIG)(unsafe.Pointer(unsafe.SliceData(b))), uint32(len(b)), need)
	})
	if err != nil || len(raw) < int(unsafe.Sizeof(windows.QUERY_SERVICE_CONFIG{})) {
		return platform.StartUnknown
	}
	return startOf(uint64((*windows.QUERY_SERVICE_CONFIG)(unsafe.Pointer(&raw[0])).StartType))
}

func serviceTriggers(h windows.Handle) []string {
	raw, err := filled(func(b []byte, need *uint32) error {
		return windows.QueryServiceConfig2(h, windows.SERVICE_CONFIG_TRIGGER_INFO, unsafe.SliceData(b), uint32(len(b)), need)
	})
	if err != nil || len(raw) == 0 {
		return nil
	}
	list, err := parseTriggers(raw, uint64(uintptr(unsafe.Pointer(&raw[0]))), int(unsafe.Sizeof(uintptr(0))))
	if err != nil {
		return nil
	}
	return list
}

// filled calls query with a buffer as large as it asks for.
func filled(query func(b []byte, need *uint32) error) ([]byte, error) {
	size := uint32(1 << 10)
	for range 4 {
		// Words, so that the structures inside are aligned.
		words := make([]uint64, (size+7)/8)
		b := unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), len(words)*8)
		var need uint32
		err := query(b, &need)
		if err == nil {
			return b, nil
		}
		if !errors.Is(err, windows.ERROR_INSUFFICIENT_BUFFER) || need <= size || need > largestServiceConfig {
			return nil, err
		}
		size = need
	}
	return nil, errors.New("query service: the answer keeps growing")
}
