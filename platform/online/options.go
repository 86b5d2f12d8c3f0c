package online

import (
	"cmp"
	"context"
	"crypto/x509"
	"net"
	"net/netip"
	"time"

	"yomitori/platform"
)

// Options change how a round is asked. The zero value is what users get.
type Options struct {
	Round, Fetch time.Duration   // limits of a whole round, and of one question in it
	List, Answer int64           // most bytes of a revocation list, and of a responder's answer
	Sites        []platform.Site // instead of platform.Sites

	// Dial opens connections instead of the system's network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Lookup looks names up instead of the system's resolver, before a proxy
	// is asked.
	Lookup func(ctx context.Context, network, host string) ([]netip.Addr, error)
	// Now is the clock instead of the system's.
	Now func() time.Time
	// Roots replaces the system's list of whom to trust, for hosts.
	Roots *x509.CertPool
	// Anywhere lets the addresses in a certificate lead to this computer, to
	// private networks and to any port.
	Anywhere bool
}

// Limits of what users get. A real list is some hundred kB, a real answer of a
// responder some kB.
const (
	limitRound  = 20 * time.Second
	limitFetch  = 10 * time.Second
	limitList   = 20 << 20
	limitAnswer = 64 << 10
)

func (o Options) filled() Options {
	o.Round = cmp.Or(o.Round, limitRound)
	o.Fetch = cmp.Or(o.Fetch, limitFetch)
	o.List = cmp.Or(o.List, limitList)
	o.Answer = cmp.Or(o.Answer, limitAnswer)
	if o.Lookup == nil {
		o.Lookup = net.DefaultResolver.LookupNetIP
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sites == nil {
		o.Sites = platform.Sites
	}
	return o
}
