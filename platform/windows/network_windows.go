package windows

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"

	"yomitori/platform"
)

var (
	winHTTP      = windows.NewLazySystemDLL("winhttp.dll")
	userProxy    = winHTTP.NewProc("WinHttpGetIEProxyConfigForCurrentUser")
	machineProxy = winHTTP.NewProc("WinHttpGetDefaultProxyConfiguration")
	globalFree   = windows.NewLazySystemDLL("kernel32.dll").NewProc("GlobalFree")
)

// userProxyConfig is WINHTTP_CURRENT_USER_IE_PROXY_CONFIG.
type userProxyConfig struct {
	detect              int32
	pac, server, bypass *uint16
}

// machineProxyConfig is WINHTTP_PROXY_INFO.
type machineProxyConfig struct {
	access         uint32
	server, bypass *uint16
}

const namedProxy = 3 // WINHTTP_ACCESS_TYPE_NAMED_PROXY

// nativeProxy asks WinHTTP, which reads settings and contacts nobody.
func nativeProxy(source platform.ProxySource) (ProxyRecord, error) {
	if source == platform.ProxyMachine {
		var c machineProxyConfig
		if err := ask(machineProxy, unsafe.Pointer(&c)); err != nil {
			return ProxyRecord{}, err
		}
		r := ProxyRecord{Server: taken(c.server), Bypass: taken(c.bypass)}
		if c.access != namedProxy {
			r = ProxyRecord{}
		}
		return r, nil
	}
	var c userProxyConfig
	if err := ask(userProxy, unsafe.Pointer(&c)); err != nil {
		return ProxyRecord{}, err
	}
	return ProxyRecord{
		Detect: c.detect != 0,
		PAC:    taken(c.pac), Server: taken(c.server), Bypass: taken(c.bypass),
	}, nil
}

func ask(p *windows.LazyProc, answer unsafe.Pointer) error {
	if err := p.Find(); err != nil {
		return fmt.Errorf("find %s: %w", p.Name, err)
	}
	if ok, _, err := p.Call(uintptr(answer)); ok == 0 {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	return nil
}

// taken reads a string and gives it back to Windows.
func taken(p *uint16) string {
	if p == nil {
		return ""
	}
	defer globalFree.Call(uintptr(unsafe.Pointer(p)))
	return windows.UTF16PtrToString(p)
}
