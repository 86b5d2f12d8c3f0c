package online

import (
	"errors"
	"net/netip"
	"strings"
	"syscall"
)

// errPrivate refuses to follow an address that a card or an answer named to a
// place that only this computer, or the networks around it, can reach.
var errPrivate = errors.New("leads to a private place")

var (
	shared = netip.MustParsePrefix("100.64.0.0/10") // of providers, RFC 6598
	nat64  = netip.MustParsePrefix("64:ff9b::/96")  // ends with an IPv4 address, RFC 6052
)

// refusePrivate is the Control of a net.Dialer, which sees addresses after
// names were looked up.
func (n *network) refusePrivate(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if n.o.Anywhere || err == nil && public(at.Addr()) {
		return nil
	}
	return errPrivate
}

// privateName says of a host, before it is looked up, that it cannot be public.
func privateName(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if at, err := netip.ParseAddr(host); err == nil {
		return !public(at)
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

func public(a netip.Addr) bool {
	a = a.Unmap()
	if b := a.As16(); nat64.Contains(a) {
		a = netip.AddrFrom4([4]byte(b[12:]))
	}
	return a.IsGlobalUnicast() && !a.IsPrivate() && !shared.Contains(a)
}
