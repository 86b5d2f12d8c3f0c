package online

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"net/http"

	"golang.org/x/crypto/ocsp"

	"yomitori/platform"
)

// question is what an issuer is asked: whether it revoked a certificate.
type question struct {
	certificate platform.Certificate
	serial      *big.Int
	issuer      *x509.Certificate // nil when the card does not hold it
}

// questionsAbout lists the certificates that can be asked about: those of
// persons on HPKI cards. The lists and responders of JPKI are closed to the
// public (facts/cards.md 3.3).
func questionsAbout(cards []platform.Card) []question {
	var list []question
	for _, card := range cards {
		if card.Kind != platform.KindHPKI {
			continue
		}
		for _, c := range card.Certificates {
			if c.State != platform.CertRead || c.Role != platform.RoleHPKIAuth && c.Role != platform.RoleHPKISign {
				continue
			}
			serial, _ := new(big.Int).SetString(c.Serial, 16)
			list = append(list, question{c, serial, issuerOf(c, card)})
		}
	}
	return list
}

// issuerOf finds on a card the certificate of the CA that issued another.
func issuerOf(c platform.Certificate, on platform.Card) *x509.Certificate {
	if c.Chain == platform.ChainBroken {
		return nil // it bears the issuer's name, and is another's
	}
	for _, ca := range on.Certificates {
		other := ca.KeyID != "" && c.IssuerID != "" && ca.KeyID != c.IssuerID
		if ca.Role != platform.RoleHPKICA || ca.Subject != c.Issuer || other {
			continue
		}
		if x, err := x509.ParseCertificate(ca.DER); err == nil {
			return x
		}
	}
	return nil
}

// revocation asks the issuer of one certificate: its responders first, then its
// lists.
func (n *network) revocation(ctx context.Context, q question) platform.Revocation {
	r := platform.Revocation{Role: q.certificate.Role, Serial: q.certificate.Serial}
	switch {
	case len(q.certificate.CRL)+len(q.certificate.OCSP) == 0:
		r.Look = platform.Failure(platform.WhyNoAddress, nil)
		return r
	case q.issuer == nil, q.serial == nil:
		r.Look = platform.Failure(platform.WhyNoIssuer, nil)
		return r
	}
	best := r
	for _, s := range q.sources() {
		got := n.from(ctx, s, q)
		got.Role, got.Serial, got.Source, got.URL = r.Role, r.Serial, s.kind, s.url
		if got.Status != "" {
			return got
		}
		// A later failure tells more of why nothing is known, as it was the
		// last resort; an answer, however little it says, tells more still.
		if !best.OK() || got.OK() {
			best = got
		}
	}
	return best
}

// source is one place to ask.
type source struct {
	kind platform.RevocationSource
	url  string
}

func (q question) sources() []source {
	var list []source
	for _, u := range q.certificate.OCSP {
		list = append(list, source{platform.SourceOCSP, u})
	}
	for _, u := range q.certificate.CRL {
		list = append(list, source{platform.SourceCRL, u})
	}
	return list
}

// from asks one source.
func (n *network) from(ctx context.Context, s source, q question) platform.Revocation {
	e := exchange{method: http.MethodGet, url: s.url, limit: n.o.List, fromCard: true}
	read := q.readList
	if s.kind == platform.SourceOCSP {
		body, err := ocsp.CreateRequest(&x509.Certificate{SerialNumber: q.serial}, q.issuer, nil)
		if err != nil {
			return platform.Revocation{Look: failed(fmt.Errorf("make request: %w", err))}
		}
		e.method, e.kind, e.body, e.limit = http.MethodPost, "application/ocsp-request", body, n.o.Answer
		read = func(raw []byte) platform.Revocation { return q.readAnswer(raw, n.o.Now()) }
	}
	a, err := n.fetch(ctx, e)
	if err == nil && a.status != http.StatusOK {
		err = fmt.Errorf("answered %d %s", a.status, http.StatusText(a.status))
	}
	if err != nil {
		return platform.Revocation{Look: failed(err), Size: len(a.body)}
	}
	r := read(a.body)
	r.Size = len(a.body)
	return r
}

// bad is an answer that is none.
func bad(err error) platform.Revocation {
	return platform.Revocation{Look: platform.Failure(platform.WhyBadAnswer, err)}
}

// signature names the outcome of checking one made with an algorithm. What Go
// does not check, rests on SHA-1, or is more than the issuer's own certificate
// allows, stays open.
func signature(by x509.SignatureAlgorithm, err error) platform.Chain {
	var insecure x509.InsecureAlgorithmError
	var constraint x509.ConstraintViolationError
	switch {
	case by == x509.SHA1WithRSA, by == x509.ECDSAWithSHA1, by == x509.DSAWithSHA1, // which Go checks
		errors.Is(err, x509.ErrUnsupportedAlgorithm), errors.As(err, &insecure), errors.As(err, &constraint):
		return platform.ChainUnchecked
	case err == nil:
		return platform.ChainVerified
	}
	return platform.ChainBroken
}
