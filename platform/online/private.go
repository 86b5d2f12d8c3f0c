package online

import (
	"context"
	"errors"
	"net/netip"
	"syscall"
	"time"

	"yomitori/platform"
)

// errPrivate refuses to follow an address that a card or an answer named to a
// place that only this computer, or the networks around it, can reach.
var errPrivate = errors.New("leads to a private place")

// lookupLimit is for a name that is to be looked up before a proxy is asked:
// where there is a proxy, often nobody else tells names.
const lookupLimit = 2 * time.Second

// mayFollow reports whether an address may be asked because a card or an answer
// named it, as far as that can be told without a look at the network.
func (n *network) mayFollow(address string) bool {
	return n.o.Anywhere || platform.PublicAddress(address)
}

// refusePrivate is the Control of a net.Dialer, which sees addresses after
// names were looked up.
func (n *network) refusePrivate(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if n.o.Anywhere || err == nil && platform.PublicIP(at.Addr()) {
		return nil
	}
	return errPrivate
}

// knownPrivate reports whether a name that a proxy is to be asked for stands for
// a private place here. What it stands for to the proxy cannot be seen.
func (n *network) knownPrivate(ctx context.Context, host string) bool {
	if n.o.Anywhere {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, lookupLimit)
	defer cancel()
	all, err := n.o.Lookup(ctx, "ip", host)
	if err != nil {
		return false
	}
	for _, a := range all {
		if !platform.PublicIP(a) {
			return true
		}
	}
	return false
}
