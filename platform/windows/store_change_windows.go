package windows

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"unsafe"

	"golang.org/x/sys/windows"

	"yomitori/platform"
)

var (
	crypt32              = windows.NewLazySystemDLL("crypt32.dll")
	serializeCertificate = crypt32.NewProc("CertSerializeCertificateStoreElement")
	addSerialized        = crypt32.NewProc("CertAddSerializedElementToStore")
)

const (
	largestPacked    = 1 << 20 // bytes
	onlyCertificates = 1 << 1  // CERT_STORE_CERTIFICATE_CONTEXT_FLAG
)

// withStore opens the user's own store for reading, or for more.
func withStore(flags uint32, use func(windows.Handle) error) error {
	name, err := windows.UTF16PtrFromString(string(platform.StoreMy))
	if err != nil {
		return err
	}
	store, err := windows.CertOpenStore(windows.CERT_STORE_PROV_SYSTEM_W, 0, 0,
		windows.CERT_SYSTEM_STORE_CURRENT_USER|flags, uintptr(unsafe.Pointer(name)))
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	err = use(store)
	// The store may be written only now.
	if closed := windows.CertCloseStore(store, 0); err == nil && closed != nil {
		err = fmt.Errorf("close store: %w", closed)
	}
	return err
}

// withCertificate finds a certificate in an open store. Use must not free it.
func withCertificate(store windows.Handle, digest [32]byte, use func(*windows.CertContext) error) error {
	var c *windows.CertContext
	for {
		var err error
		// Asking for the next one frees the one before.
		c, err = windows.CertEnumCertificatesInStore(store, c)
		if errors.Is(err, windows.Errno(windows.CRYPT_E_NOT_FOUND)) || errors.Is(err, windows.ERROR_NO_MORE_FILES) {
			return fmt.Errorf("find certificate: %w", fs.ErrNotExist)
		}
		if err != nil {
			return fmt.Errorf("list certificates: %w", err)
		}
		if c.EncodedCert != nil && sha256.Sum256(unsafe.Slice(c.EncodedCert, c.Length)) == digest {
			defer windows.CertFreeCertificateContext(c)
			return use(c)
		}
	}
}

func nativePackCertificate(digest [32]byte) (packed []byte, err error) {
	err = withStore(windows.CERT_STORE_READONLY_FLAG, func(store windows.Handle) error {
		return withCertificate(store, digest, func(c *windows.CertContext) error {
			var size uint32
			if err := succeed(serializeCertificate, uintptr(unsafe.Pointer(c)), 0, 0, uintptr(unsafe.Pointer(&size))); err != nil {
				return err
			}
			if size == 0 || size > largestPacked {
				return fmt.Errorf("pack certificate: %d bytes", size)
			}
			packed = make([]byte, size)
			err := succeed(serializeCertificate, uintptr(unsafe.Pointer(c)), 0, uintptr(unsafe.Pointer(&packed[0])), uintptr(unsafe.Pointer(&size)))
			packed = packed[:min(int(size), len(packed))]
			return err
		})
	})
	return packed, err
}

// nativeDeleteCertificate deletes every copy that the store shows: a system store
// is made of several.
func nativeDeleteCertificate(digest [32]byte) error {
	const mostCopies = 8
	return withStore(0, func(store windows.Handle) error {
		for i := range mostCopies {
			err := withCertificate(store, digest, func(c *windows.CertContext) error {
				// Deleting frees what it is given.
				return windows.CertDeleteCertificateFromStore(windows.CertDuplicateCertificateContext(c))
			})
			if err != nil && (i == 0 || !errors.Is(err, fs.ErrNotExist)) {
				return err
			}
			if err != nil {
				return nil
			}
		}
		return fmt.Errorf("delete certificate: it stays: %w", fs.ErrPermission)
	})
}

func nativeAddCertificate(packed []byte) error {
	if len(packed) == 0 {
		return errors.New("add certificate: there is none")
	}
	return withStore(0, func(store windows.Handle) error {
		err := succeed(addSerialized, uintptr(store), uintptr(unsafe.Pointer(&packed[0])), uintptr(len(packed)),
			windows.CERT_STORE_ADD_NEW, 0, onlyCertificates, 0, 0)
		if errors.Is(err, windows.Errno(windows.CRYPT_E_EXISTS)) {
			return nil
		}
		return err
	})
}
