package online

import (
	"context"
	"net/url"
	"time"

	"yomitori/platform"
)

// DialFromCard opens a connection to where a card's certificate leads.
func DialFromCard(ctx context.Context, address string) error {
	conn, err := newNetwork(ctx, Options{}, platform.Network{}).guarded.DialContext(ctx, "tcp", address)
	if err == nil {
		_ = conn.Close()
	}
	return err
}

// ProxyFor is the host of the proxy for an address, "" for none, or "?" where it
// cannot be asked.
func ProxyFor(n platform.Network, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	switch p, known := proxiesOf(n).of(u); {
	case !known:
		return "?"
	case p != nil:
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
func ReadAnswer(c platform.Card, raw []byte, now time.Time) platform.Revocation {
	return questionsAbout([]platform.Card{c})[0].readAnswer(raw, now)
}
