package windows

import (
	"errors"
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	sslEmptyCache     = windows.NewLazySystemDLL("schannel.dll").NewProc("SslEmptyCacheW")
	wininet           = windows.NewLazySystemDLL("wininet.dll")
	incrementHeader   = wininet.NewProc("IncrementUrlCacheHeaderData")
	internetSetOption = wininet.NewProc("InternetSetOptionW")
)

const (
	headerSSLState = 14 // CACHE_HEADER_DATA_SSL_STATE_COUNT
	endOfSession   = 42 // INTERNET_OPTION_END_BROWSER_SESSION
)

// nativeClearSSLState does what the button of the internet options does
// (facts/os-browser.md 3.3). All three are tried, whatever becomes of the others.
func nativeClearSSLState() error {
	var count uint32
	return errors.Join(
		succeed(sslEmptyCache, 0, 0),
		succeed(incrementHeader, headerSSLState, uintptr(unsafe.Pointer(&count))),
		succeed(internetSetOption, 0, endOfSession, 0, 0),
	)
}

// succeed calls a function that answers TRUE. The arguments must stay alive by
// themselves.
//
//go:uintptrescapes
func succeed(f *windows.LazyProc, arguments ...uintptr) error {
	if err := f.Find(); err != nil {
		return fmt.Errorf("find %s: %w", f.Name, err)
	}
	if ok, _, err := f.Call(arguments...); uint32(ok) == 0 {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	return nil
}
