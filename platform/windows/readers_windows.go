package windows

import (
	"errors"
	"fmt"
	"unicode/utf16"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	winscard          = windows.NewLazySystemDLL("winscard.dll")
	establishContext  = winscard.NewProc("SCardEstablishContext")
	releaseContext    = winscard.NewProc("SCardReleaseContext")
	listReaders       = winscard.NewProc("SCardListReadersW")
	getReaderInstance = winscard.NewProc("SCardGetReaderDeviceInstanceIdW") // since Windows 8
)

const (
	scopeSystem     = 2          // SCARD_SCOPE_SYSTEM
	noReaders       = 0x8010002E // SCARD_E_NO_READERS_AVAILABLE
	longestReaders  = 32 << 10   // UTF-16 units of all names together
	longestInstance = 1 << 10    // UTF-16 units of a device instance id
	mostReaders     = 32
)

// nativeReaderInstances asks PC/SC which device is behind which reader, in a
// context of its own.
func nativeReaderInstances() ([]ReaderInstance, error) {
	for _, f := range []*windows.LazyProc{establishContext, releaseContext, listReaders, getReaderInstance} {
		if err := f.Find(); err != nil {
			return nil, fmt.Errorf("find %s: %w: %w", f.Name, errors.ErrUnsupported, err)
		}
	}
	var context uintptr
	if err := scard(establishContext, scopeSystem, 0, 0, uintptr(unsafe.Pointer(&context))); err != nil {
		return nil, err
	}
	defer releaseContext.Call(context)

	raw := make([]uint16, longestReaders)
	size := uint32(len(raw))
	err := scard(listReaders, context, 0, uintptr(unsafe.Pointer(&raw[0])), uintptr(unsafe.Pointer(&size)))
	if errors.Is(err, scardError(noReaders)) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var readers []ReaderInstance
	for _, name := range multiText(raw[:min(int(size), len(raw))]) {
		if len(readers) == mostReaders {
			return nil, fmt.Errorf("list readers: more than %d", mostReaders)
		}
		readers = append(readers, ReaderInstance{
			Name:     string(utf16.Decode(name)),
			Instance: readerInstance(context, name),
		})
	}
	return readers, nil
}

// readerInstance is "" for a reader that has no device here, such as that of
// another computer in a remote session.
func readerInstance(context uintptr, name []uint16) string {
	name = append(name[:len(name):len(name)], 0)
	raw := make([]uint16, longestInstance)
	size := uint32(len(raw))
	err := scard(getReaderInstance, context, uintptr(unsafe.Pointer(&name[0])), uintptr(unsafe.Pointer(&raw[0])), uintptr(unsafe.Pointer(&size)))
	if err != nil {
		return ""
	}
	return windows.UTF16ToString(raw)
}

// scardError is a status of PC/SC.
type scardError uint32

func (e scardError) Error() string { return fmt.Sprintf("status %08X", uint32(e)) }

// scard calls a function of PC/SC. The arguments must stay alive by themselves.
//
//go:uintptrescapes
func scard(f *windows.LazyProc, args ...uintptr) error {
	status, _, _ := f.Call(args...)
	if uint32(status) == 0 {
		return nil
	}
	return fmt.Errorf("%s: %w", f.Name, scardError(status))
}
