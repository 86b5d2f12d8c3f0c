package online

import (
	"context"
	"net/netip"
	"net/url"

	"yomitori/platform"
)

// Public reports whether an address may be named by a card.
func Public(a string) bool { return public(netip.MustParseAddr(a)) }

// DialFromCard opens a connection to where a card's certificate leads.
func DialFromCard(ctx context.Context, address string) error {
	conn, err := newNetwork(ctx, Options{}, platform.Network{}).guarded.DialContext(ctx, "tcp", address)
	if err == nil {
		_ = conn.Close()
	}
	return err
}

// ProxyFor is the host of the proxy for an address, or "".
func ProxyFor(n platform.Network, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	if p := proxiesOf(n).of(u); p != nil {
		return p.Host
	}
	return ""
}

// ReadList reads a list for the first certificate of a card that can be asked
// about, ReadAnswer a responder's answer.
func ReadList(c platform.Card, raw []byte) platform.Revocation {
	return questionsAbout([]platform.Card{c})[0].readList(raw)
}

// ReadAnswer is described at ReadList.
func ReadAnswer(c platform.Card, raw []byte) platform.Revocation {
	return questionsAbout([]platform.Card{c})[0].readAnswer(raw)
}
