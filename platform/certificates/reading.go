package certificates

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"

	"yomitori/platform"
	"yomitori/platform/card"
)

// Stored is one certificate of a system store, with what the store says of its
// private key.
type Stored struct {
	DER                 []byte
	HasKey              bool // a provider and a container are named
	Provider, Container string
}

// What is believed of a store.
const (
	Most       = 2000     // certificates looked at
	Largest    = 16 << 10 // bytes of one
	MostListed = 200      // certificates recorded of all stores

	maxIssuers = 16 // certificates of one name tried as the issuer of another
)

// parsed is a certificate of any issuer while the stores are looked at.
type parsed struct {
	stored     Stored
	facts      platform.Certificate
	x          *x509.Certificate // nil when no signature can be checked with it
	extensions extensions
}

// parse reads a certificate as the card layer does, so that the same one has
// the same names and serial in both places. One that cannot be read has no
// dates and no names.
func parse(stored Stored) parsed {
	facts, x := card.Describe(platform.RoleHPKICA, stored.DER)
	return parsed{stored: stored, facts: facts, x: x, extensions: card.Extensions(stored.DER)}
}

// Describe says what is recorded of one certificate by itself; ok is false for
// one that is none of JPKI's or HPKI's.
func Describe(store platform.StoreName, der []byte) (c platform.StoreCertificate, ok bool) {
	return parse(Stored{DER: der}).storeCertificate(store)
}

// Reading is what was read of all stores so far. The zero value is ready.
type Reading struct {
	all    []parsed // every certificate: any may be an issuer
	kept   []kept
	failed []error // what could not be looked at
}

// kept is a certificate that is recorded.
type kept struct {
	parsed
	platform.StoreCertificate
}

// Note keeps what could not be looked at, for the details.
func (r *Reading) Note(err error) {
	if err != nil {
		r.failed = append(r.failed, err)
	}
}

// Add takes what one store holds.
func (r *Reading) Add(name platform.StoreName, list []Stored) {
	if len(list) > Most {
		r.failed = append(r.failed, fmt.Errorf("read certificate store %s: more than %d certificates", name, Most))
		list = list[:Most]
	}
	skipped := 0
	for _, stored := range list {
		if len(stored.DER) == 0 || len(stored.DER) > Largest {
			skipped++
			continue
		}
		p := parse(stored)
		r.all = append(r.all, p)
		if c, ok := p.storeCertificate(name); ok && len(r.kept) < MostListed {
			r.kept = append(r.kept, kept{p, c})
		} else if ok {
			skipped++
		}
	}
	if skipped > 0 {
		r.failed = append(r.failed, fmt.Errorf("read certificate store %s: %d certificates too large or too many", name, skipped))
	}
}

// Area is what is recorded: the certificates of JPKI and HPKI, each with whether
// one of all that were added signed it.
func (r *Reading) Area() platform.Store {
	s := platform.Store{Look: platform.Seen()}
	if err := errors.Join(r.failed...); err != nil {
		s.Detail = platform.Printable(strings.ReplaceAll(err.Error(), "\n", "; "), platform.LongestText)
	}
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
func (r *Reading) chain(p parsed) platform.Chain {
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
