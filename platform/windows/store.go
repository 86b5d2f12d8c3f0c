package windows

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"

	"yomitori/platform"
	"yomitori/platform/card"
)

// StoredCertificate is one certificate of a system store, with what the store
// says of its private key.
type StoredCertificate struct {
	DER                 []byte
	HasKey              bool // a provider and a container are named
	Provider, Container string
}

// What is believed of a store.
const (
	maxStored      = 2000     // certificates looked at
	largestStored  = 16 << 10 // bytes of one
	maxStoreListed = 200      // certificates recorded of all stores
	maxIssuers     = 16       // certificates of one name tried as the issuer of another
)

// parsed is a certificate of any issuer while the stores are looked at.
type parsed struct {
	stored     StoredCertificate
	facts      platform.Certificate
	x          *x509.Certificate // nil when no signature can be checked with it
	extensions extensions
}

// store lists the certificates of JPKI and HPKI in the stores of this user. The
// area has failed when the user's own store cannot be read; what else failed is
// told in the details.
func (c *Computer) store(ctx context.Context) (change, error) {
	read := c.o.Native.Certificates
	if read == nil {
		return nil, fmt.Errorf("read certificate stores: %w", errors.ErrUnsupported)
	}
	var all storeReading
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
			all.failed = append(all.failed, err)
			continue
		}
		all.add(name, list)
	}
	area := all.area()
	return func(s *platform.Snapshot) { s.Store = area }, nil
}

// storeReading is what was read of all stores so far.
type storeReading struct {
	all    []parsed // every certificate: any may be an issuer
	kept   []kept
	failed []error // what could not be looked at
}

// kept is a certificate that is recorded.
type kept struct {
	parsed
	platform.StoreCertificate
}

// add takes what one store holds.
func (r *storeReading) add(name platform.StoreName, list []StoredCertificate) {
	if len(list) > maxStored {
		r.failed = append(r.failed, fmt.Errorf("read certificate store %s: more than %d certificates", name, maxStored))
		list = list[:maxStored]
	}
	skipped := 0
	for _, stored := range list {
		if len(stored.DER) == 0 || len(stored.DER) > largestStored {
			skipped++
			continue
		}
		p := parse(stored)
		r.all = append(r.all, p)
		if c, ok := p.storeCertificate(name); ok && len(r.kept) < maxStoreListed {
			r.kept = append(r.kept, kept{p, c})
		} else if ok {
			skipped++
		}
	}
	if skipped > 0 {
		r.failed = append(r.failed, fmt.Errorf("read certificate store %s: %d certificates too large or too many", name, skipped))
	}
}

func (r *storeReading) area() platform.Store {
	s := platform.Store{Look: platform.Seen()}
	s.Detail = detail(errors.Join(r.failed...))
	for _, k := range r.kept {
		c := k.StoreCertificate
		c.Chain = r.chain(k.parsed)
		s.List = append(s.List, c)
	}
	return s
}

// chain looks for the certificate of the issuer in the stores. Generations of a
// CA share one name (facts/cards.md 3.1), so a signature is broken only by the
// key that the certificate itself names.
func (r *storeReading) chain(p parsed) platform.Chain {
	if p.x == nil {
		return platform.ChainUnchecked
	}
	outcome, tried := platform.ChainUnchecked, 0
	for _, issuer := range r.all {
		if issuer.x == nil || !bytes.Equal(issuer.x.RawSubject, p.x.RawIssuer) || tried == maxIssuers {
			continue
		}
		tried++
		named := len(p.x.AuthorityKeyId) > 0 && bytes.Equal(p.x.AuthorityKeyId, issuer.x.SubjectKeyId)
		switch card.Chain(p.x, issuer.x) {
		case platform.ChainVerified:
			if bytes.Equal(issuer.x.Raw, p.x.Raw) {
				return platform.ChainRoot
			}
			return platform.ChainVerified
		case platform.ChainBroken:
			if named {
				outcome = platform.ChainBroken
			}
		}
	}
	return outcome
}
