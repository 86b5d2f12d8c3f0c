package windows

import (
	"errors"
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"

	"yomitori/platform"
)

const (
	keyProvInfo    = 2        // CERT_KEY_PROV_INFO_PROP_ID
	largestKeyInfo = 16 << 10 // bytes of that property
)

var getCertificateProperty = windows.NewLazySystemDLL("crypt32.dll").NewProc("CertGetCertificateContextProperty")

// nativeCertificates lists a system store of this user, opened for reading
// only. A store that was never made is empty.
func nativeCertificates(name platform.StoreName) ([]StoredCertificate, error) {
	wide, err := windows.UTF16PtrFromString(string(name))
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	store, err := windows.CertOpenStore(windows.CERT_STORE_PROV_SYSTEM_W, 0, 0,
		windows.CERT_SYSTEM_STORE_CURRENT_USER|windows.CERT_STORE_READONLY_FLAG|windows.CERT_STORE_OPEN_EXISTING_FLAG,
		uintptr(unsafe.Pointer(wide)))
	if errors.Is(err, windows.ERROR_FILE_NOT_FOUND) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	defer windows.CertCloseStore(store, 0)

	var list []StoredCertificate
	var c *windows.CertContext
	for {
		// Asking for the next one frees the one before.
		c, err = windows.CertEnumCertificatesInStore(store, c)
		if errors.Is(err, windows.Errno(windows.CRYPT_E_NOT_FOUND)) || errors.Is(err, windows.ERROR_NO_MORE_FILES) {
			return list, nil
		}
		if err != nil {
			return nil, fmt.Errorf("list certificates: %w", err)
		}
		list = append(list, storedCertificate(c))
		if len(list) > maxStored {
			windows.CertFreeCertificateContext(c)
			return list, nil
		}
	}
}

// storedCertificate copies a certificate; one that is too large comes without
// its DER.
func storedCertificate(c *windows.CertContext) StoredCertificate {
	var s StoredCertificate
	if c.EncodedCert != nil && c.Length <= largestStored {
		s.DER = append(s.DER, unsafe.Slice(c.EncodedCert, c.Length)...)
	}
	var size uint32
	ok, _, _ := getCertificateProperty.Call(uintptr(unsafe.Pointer(c)), keyProvInfo, 0, uintptr(unsafe.Pointer(&size)))
	s.HasKey = ok != 0
	if ok == 0 || size > largestKeyInfo {
		return s
	}
	// The structure points to texts that follow it in the same buffer.
	raw := make([]uint64, max(keyInfoSize, int(size)+7)/8)
	size = uint32(len(raw) * 8)
	ok, _, _ = getCertificateProperty.Call(uintptr(unsafe.Pointer(c)), keyProvInfo, uintptr(unsafe.Pointer(&raw[0])), uintptr(unsafe.Pointer(&size)))
	if ok != 0 {
		info := (*keyInfo)(unsafe.Pointer(&raw[0]))
		s.Container, s.Provider = textIn(raw, info.container), textIn(raw, info.provider)
	}
	return s
}

// keyInfo is the beginning of CRYPT_KEY_PROV_INFO. The pointers are kept as
// numbers: they lead into a buffer that Go made.
type keyInfo struct {
	container, provider uintptr
	kind, flags, params uint32
	param               uintptr
	spec                uint32
}

const keyInfoSize = int(unsafe.Sizeof(keyInfo{}))

// textIn reads the text at an address, if that is in the buffer.
func textIn(raw []uint64, address uintptr) string {
	all := unsafe.Slice((*byte)(unsafe.Pointer(&raw[0])), len(raw)*8)
	start := uintptr(unsafe.Pointer(&raw[0]))
	if address < start || address-start >= uintptr(len(all)) {
		return ""
	}
	return wideText(all[address-start:])
}
