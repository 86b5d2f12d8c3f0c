package windows

import (
	"context"
	"errors"
	"fmt"

	"yomitori/platform"
	"yomitori/platform/certificates"
)

// StoredCertificate is one certificate of a system store.
type StoredCertificate = certificates.Stored

// What is believed of a store.
const (
	maxStored      = certificates.Most
	largestStored  = certificates.Largest
	maxStoreListed = certificates.MostListed
)

// store lists the certificates of JPKI and HPKI in the stores of this user. The
// area has failed when the user's own store cannot be read; what else failed is
// told in the details.
func (c *Computer) store(ctx context.Context) (change, error) {
	read := c.o.Native.Certificates
	if read == nil {
		return nil, fmt.Errorf("read certificate stores: %w", errors.ErrUnsupported)
	}
	var all certificates.Reading
	for _, name := range []platform.StoreName{platform.StoreMy, platform.StoreCA, platform.StoreRoot} {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("read certificate store %s: %w", name, err)
		}
		list, err := read(name)
		if err != nil {
			err = fmt.Errorf("read certificate store %s: %w", name, err)
			if name == platform.StoreMy {
				return nil, err
			}
			all.Note(err)
			continue
		}
		all.Add(name, list)
	}
	area := all.Area()
	return func(s *platform.Snapshot) { s.Store = area }, nil
}
