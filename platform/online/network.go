package online

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"

	"yomitori/platform"
)

const (
	maxRedirects = 3
	maxHeader    = 64 << 10 // bytes of an answer's header
)

// network is the way to the network for one round.
type network struct {
	ctx     context.Context // of the round: no connection outlives it
	o       Options
	proxies proxies
	// Where a question goes without a proxy, and that from a certificate, which
	// must not lead to a private place; and through one.
	direct, guarded, proxied *http.Transport
}

func newNetwork(ctx context.Context, o Options, settings platform.Network) *network {
	n := &network{ctx: ctx, o: o, proxies: proxiesOf(settings)}
	n.direct = n.transport(net.Dialer{})
	n.guarded = n.transport(net.Dialer{Control: n.refusePrivate})
	n.proxied = n.transport(net.Dialer{})
	n.proxied.Proxy = func(r *http.Request) (*url.URL, error) {
		server, _ := n.proxies.of(r.URL)
		return server, nil
	}
	n.proxied.OnProxyConnectResponse = proxyAnswer
	return n
}

// transport takes no proxy from the environment and keeps no connection.
func (n *network) transport(d net.Dialer) *http.Transport {
	dial := d.DialContext
	if n.o.Dial != nil {
		dial = n.o.Dial
	}
	return &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			// The transport would let it go on for questions to come.
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			defer context.AfterFunc(n.ctx, cancel)()
			conn, err := dial(ctx, network, address)
			if err == nil {
				context.AfterFunc(n.ctx, func() { _ = conn.Close() })
			}
			return conn, err
		},
		TLSClientConfig:        &tls.Config{RootCAs: n.o.Roots},
		DisableKeepAlives:      true,
		MaxResponseHeaderBytes: maxHeader,
	}
}

// proxyAnswer looks at how a proxy takes the wish for a tunnel.
func proxyAnswer(_ context.Context, _ *url.URL, _ *http.Request, r *http.Response) error {
	switch r.StatusCode {
	case http.StatusOK:
		return nil
	case http.StatusProxyAuthRequired:
		return platform.Fail(platform.WhyProxyAuth, errors.New(r.Status))
	}
	return platform.Fail(platform.WhyUnreachable, fmt.Errorf("proxy answered %s", r.Status))
}

// exchange is one question.
type exchange struct {
	method, url string
	kind        string // of body
	body        []byte
	limit       int64 // bytes of the answer's body that are read at most; 0 reads none
	// fromCard is set where a certificate named the address: anybody may have
	// made the card. Such a question may be sent on to another address.
	fromCard bool
}

// answer is what came, with the body decoded.
type answer struct {
	status   int
	body     []byte
	viaProxy bool // also where nothing came
}

// fetch carries an exchange out. Any answer of the host is one, whatever its
// status.
func (n *network) fetch(ctx context.Context, e exchange) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, n.o.Fetch)
	defer cancel()
	q, err := http.NewRequestWithContext(ctx, e.method, e.url, bytes.NewReader(e.body))
	if err != nil {
		return answer{}, platform.Fail(platform.WhyBadAnswer, fmt.Errorf("read address: %w", err))
	}
	if e.fromCard && !n.mayFollow(e.url) {
		return answer{}, platform.Fail(platform.WhyBadAnswer, errPrivate)
	}
	q.URL.User = nil
	q.Header.Set("User-Agent", "yomitori")
	if e.kind != "" {
		q.Header.Set("Content-Type", e.kind)
	}
	way := &way{n: n, fromCard: e.fromCard}
	client := http.Client{Transport: way, CheckRedirect: way.sentOn}
	r, err := client.Do(q)
	a := answer{viaProxy: way.viaProxy}
	if err != nil {
		return a, fmt.Errorf("ask: %w", err)
	}
	defer r.Body.Close()
	if way.viaProxy && r.StatusCode == http.StatusProxyAuthRequired {
		return a, platform.Fail(platform.WhyProxyAuth, errors.New(r.Status))
	}
	a.status = r.StatusCode
	if e.limit == 0 {
		return a, nil
	}
	a.body, err = io.ReadAll(io.LimitReader(r.Body, e.limit+1))
	if err != nil {
		return a, fmt.Errorf("read answer: %w", err)
	}
	if int64(len(a.body)) > e.limit {
		return a, platform.Fail(platform.WhyTooLarge, fmt.Errorf("more than %d bytes", e.limit))
	}
	return a, nil
}

// way chooses the transport for each hop of one exchange.
type way struct {
	n        *network
	fromCard bool
	viaProxy bool
}

// RoundTrip implements http.RoundTripper.
func (w *way) RoundTrip(q *http.Request) (*http.Response, error) {
	why := platform.WhyBadAnswer
	if q.Response != nil { // which sent us here
		why = platform.WhyRedirect
	}
	server, known := w.n.proxies.of(q.URL)
	if !known && !w.fromCard {
		return nil, platform.Fail(platform.WhyNotBuilt, errOtherWay)
	}
	w.viaProxy = server != nil
	t := w.n.direct
	switch {
	case w.viaProxy && w.fromCard && w.n.knownPrivate(q.Context(), q.URL.Hostname()):
		return nil, platform.Fail(why, errPrivate)
	case w.viaProxy:
		t = w.n.proxied
	case w.fromCard:
		t = w.n.guarded
	}
	r, err := t.RoundTrip(q)
	if errors.Is(err, errPrivate) {
		err = platform.Fail(why, err)
	}
	return r, err
}

// sentOn decides whether to go where an answer sends us.
func (w *way) sentOn(q *http.Request, before []*http.Request) error {
	if !w.fromCard {
		return http.ErrUseLastResponse
	}
	// One who was asked with a serial number may not have another learn of it.
	if before[0].Method != http.MethodGet {
		return platform.Fail(platform.WhyRedirect, errors.New("a responder sent on"))
	}
	last := before[len(before)-1].URL.Scheme
	switch {
	case len(before) > maxRedirects:
		return platform.Fail(platform.WhyRedirect, errors.New("sent on too often"))
	case !slices.Contains([]string{"http", "https"}, q.URL.Scheme), last == "https" && q.URL.Scheme != "https":
		return platform.Fail(platform.WhyRedirect, fmt.Errorf("sent on from %s to %s", last, q.URL.Scheme))
	case !w.n.mayFollow(q.URL.String()):
		return platform.Fail(platform.WhyRedirect, errPrivate)
	}
	q.Header.Del("Referer")
	q.URL.User = nil
	return nil
}

// failed is the look of what could not be asked.
func failed(err error) platform.Look { return platform.Failure(whyOf(err), err) }

// whyOf sorts what may go wrong on the way to an answer. What is neither slow
// nor a lost connection came from somebody: a certificate that is not to be
// trusted, for one, or what is no HTTP.
func whyOf(err error) platform.Why {
	var fail *platform.FailError
	var slow net.Error
	var op *net.OpError
	var name *net.DNSError
	switch {
	case errors.As(err, &fail):
		return fail.Why
	case errors.As(err, &slow) && slow.Timeout(), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return platform.WhyTimedOut
	case errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error"): // alerts of TLS
		return platform.WhyBadAnswer
	case op != nil, errors.As(err, &name), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return platform.WhyUnreachable
	}
	return platform.WhyBadAnswer
}
