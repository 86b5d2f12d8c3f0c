package online_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"yomitori/platform"
	"yomitori/platform/online"
)

func manual(server, bypass string) platform.Proxy {
	return platform.Proxy{Look: platform.Seen(), Source: platform.ProxyUser, Mode: platform.ProxyManual, Server: server, Bypass: bypass}
}

func TestProxyFor(t *testing.T) {
	const plain, secret = "http://crl.example/a.crl", "https://www.e-tax.nta.go.jp/"
	machine, failed, pac := manual("p:80", ""), manual("p:80", ""), manual("p:80", "")
	machine.Source, failed.Look, pac.Mode = platform.ProxyMachine, failure(platform.WhyError), platform.ProxyPAC
	tests := []struct {
		name    string
		proxies []platform.Proxy
		url     string
		want    string
	}{
		{"none", nil, plain, ""},
		{"one for all", []platform.Proxy{manual("p:8080", "")}, secret, "p:8080"},
		{"with scheme and without port", []platform.Proxy{manual("http://p/", "")}, plain, "p:80"},
		{"IPv6", []platform.Proxy{manual("[2001:db8::1]:3128", "")}, plain, "[2001:db8::1]:3128"},
		{"by protocol", []platform.Proxy{manual("http=p:1;https=q:2;ftp=r:3", "")}, secret, "q:2"},
		{"by protocol, with scheme", []platform.Proxy{manual("ftp=r:3 HTTP=http://p:1", "")}, plain, "p:1"},
		{"of another protocol", []platform.Proxy{manual("ftp=r:3", "")}, plain, ""},
		{"SOCKS for what has none", []platform.Proxy{manual("ftp=r:3;socks=s:4", "")}, plain, "?"},
		{"SOCKS beside one", []platform.Proxy{manual("socks=s:4;http=p:1", "")}, plain, "p:1"},
		{"SOCKS beside one for all", []platform.Proxy{manual("socks=s:4;p:1", "")}, plain, "p:1"},
		{"SOCKS beside one of another protocol", []platform.Proxy{manual("socks=s:4;http=p:1", "")}, secret, "?"},
		{"SOCKS of a Mac", []platform.Proxy{manual("http=p:1", ""), manual("socks=s:4", "")}, secret, "?"},
		{"SOCKS with an exception", []platform.Proxy{manual("socks=s:4", "crl.example")}, plain, ""},
		{"SOCKS by its scheme", []platform.Proxy{manual("socks://s:4", "")}, plain, "?"},
		{"one without a server", []platform.Proxy{manual("http=;https=q:2", "")}, plain, ""},
		{"over HTTPS", []platform.Proxy{manual("https://s:4", "")}, plain, "?"},
		{"of a Mac", []platform.Proxy{manual("https=q:2", ""), manual("http=p:1", "")}, plain, "p:1"},
		{"after detection", []platform.Proxy{pac, manual("p:1", "")}, plain, "p:1"},
		{"a script", []platform.Proxy{pac}, plain, ""},
		{"of services", []platform.Proxy{machine}, plain, ""},
		{"not read", []platform.Proxy{failed}, plain, ""},
		{"garbage", []platform.Proxy{manual(";;=;http=:::;", "")}, plain, "?"},
		{"an exception", []platform.Proxy{manual("p:1", "*.nta.go.jp;<local>")}, secret, ""},
		{"an exception of another host", []platform.Proxy{manual("p:1", "nta.go.jp")}, secret, "p:1"},
		{"an exception of a Mac", []platform.Proxy{manual("p:1", "169.254/16,.E-TAX.nta.go.jp")}, secret, ""},
		{"an exception of a scheme", []platform.Proxy{manual("p:1", "http://*")}, secret, "p:1"},
		{"an exception of a port", []platform.Proxy{manual("p:1", "*:443")}, secret, ""},
		{"an exception of another port", []platform.Proxy{manual("p:1", "crl.example:8080")}, plain, "p:1"},
		{"a local name", []platform.Proxy{manual("p:1", "<local>")}, "http://server/", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := platform.Network{Look: platform.Seen(), Proxies: tt.proxies}
			if got := online.ProxyFor(n, tt.url); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// behind is a computer that reaches the network through a proxy.
func behind(s *host, cards ...platform.Card) platform.Snapshot {
	snapshot := still(cards...)
	snapshot.Network.Proxies = []platform.Proxy{manual(s.Listener.Addr().String(), "")}
	return snapshot
}

// The proxy is in a private place, and looks the names up.
func TestThroughAProxy(t *testing.T) {
	site := serveTLS(t, body(nil))
	list := theWorld().ca.list(t)
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodConnect {
			tunnel(w, site)
			return
		}
		if r.URL.String() == address {
			_, _ = w.Write(list)
		}
	})
	// The certificate of httptest is for this name.
	o := online.Options{Roots: trust(site), Sites: sites("example.com"), Lookup: tellsNothing}
	got := asked(t, behind(proxy, hpki(theWorld().ca, []string{address}, nil)), o, service)
	same(t, []platform.SiteAnswer{{Look: platform.Seen(), Host: "example.com", Status: 200, ViaProxy: true}}, got.Sites)
	if r := got.Revocations[0]; r.Status != platform.RevocationGood {
		t.Errorf("%+v", r)
	}
	if n := proxy.came.Load(); n != 2 {
		t.Errorf("the proxy was asked %d times", n)
	}
}

// tunnel joins the client with a server.
func tunnel(w http.ResponseWriter, to *host) {
	far, err := net.Dial("tcp", to.Listener.Addr().String())
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	near, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	_, _ = io.WriteString(near, "HTTP/1.1 200 OK\r\n\r\n")
	go func() { _, _ = io.Copy(far, near); _ = far.Close() }()
	_, _ = io.Copy(near, far)
	_ = near.Close()
}

func TestProxyThatRefuses(t *testing.T) {
	for status, want := range map[int]struct{ site, list platform.Why }{
		http.StatusProxyAuthRequired: {platform.WhyProxyAuth, platform.WhyProxyAuth},
		http.StatusBadGateway:        {platform.WhyUnreachable, platform.WhyBadAnswer},
		http.StatusForbidden:         {platform.WhyUnreachable, platform.WhyBadAnswer},
	} {
		proxy := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		o := online.Options{Sites: sites("example.com"), Lookup: tellsNothing}
		got := asked(t, behind(proxy, hpki(theWorld().ca, []string{address}, nil)), o, service)
		same(t, []platform.SiteAnswer{{Look: failure(want.site), Host: "example.com", ViaProxy: true}}, got.Sites)
		if r := got.Revocations[0]; r.Why != want.list {
			t.Errorf("%d: %+v", status, r.Look)
		}
	}
}

// tellsNothing is the resolver of a computer behind a proxy that knows names alone.
func tellsNothing(context.Context, string, string) ([]netip.Addr, error) {
	return nil, &net.DNSError{Err: "no such host", IsNotFound: true}
}

// A card must not lead into the network behind a proxy either: not by what its
// address says, and not by what the name stands for here.
func TestProxyIsNoWayToPrivatePlaces(t *testing.T) {
	names := map[string]string{
		"10.0.0.1.nip.io": "10.0.0.1", "both.example": "10.0.0.1", "crl.example": "203.0.113.7", "six.example": "fe80::1",
	}
	lookup := func(ctx context.Context, _, host string) ([]netip.Addr, error) {
		if until, _ := ctx.Deadline(); time.Until(until) > 5*time.Second || names[host] == "" { // a question has ten
			return tellsNothing(ctx, "", "")
		}
		return []netip.Addr{netip.MustParseAddr("203.0.113.8"), netip.MustParseAddr(names[host])}, nil
	}
	for url, follows := range map[string]bool{
		"http://wiki.corp.internal:25/":  false,
		"http://wiki.corp.internal/":     false,
		"http://intranet/":               false,
		"http://router.local/":           false,
		"http://2130706433/":             false,
		"http://10.0.0.1/":               false,
		"http://10.0.0.1.nip.io/":        false,
		"http://both.example/":           false,
		"http://six.example/":            false,
		"http://crl.example/":            true,
		"http://known-there.example/":    true,
		"http://crl.example/?to=private": false,
	} {
		proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.RawQuery != "" {
				http.Redirect(w, r, "http://10.0.0.1.nip.io/", http.StatusFound)
				return
			}
			_, _ = w.Write(theWorld().ca.list(t))
		})
		got := asked(t, behind(proxy, hpki(theWorld().ca, []string{url}, nil)), online.Options{Lookup: lookup}, "")
		r, came := got.Revocations[0], proxy.came.Load()
		sentOn := strings.Contains(url, "?")
		if r.OK() != follows || (came != 0) != (follows || sentOn) {
			t.Errorf("%s: %d times, %+v", url, came, r.Look)
		}
		if !follows && !sentOn && r.Why != platform.WhyBadAnswer || sentOn && (r.Why != platform.WhyRedirect || came != 1) {
			t.Errorf("%s: %+v", url, r.Look)
		}
	}
}

func TestAnywhereThroughAProxy(t *testing.T) {
	proxy := serve(t, body(theWorld().ca.list(t)))
	lookup := func(context.Context, string, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("10.0.0.1")}, nil
	}
	got := asked(t, behind(proxy, hpki(theWorld().ca, []string{address}, nil)), online.Options{Lookup: lookup, Anywhere: true}, "")
	if r := got.Revocations[0]; r.Status != platform.RevocationGood {
		t.Errorf("%+v", r)
	}
}

// Browsers go by a proxy that speaks another language: that a site cannot be
// reached without it tells nothing. The issuer of the card is asked all the same.
func TestProxyThatSpeaksNoHTTP(t *testing.T) {
	site, list := serveTLS(t, body(nil)), serve(t, body(theWorld().ca.list(t)))
	s := still(hpki(theWorld().ca, []string{list.URL}, nil))
	s.Network.Proxies = []platform.Proxy{manual("socks=10.0.0.9:1080", "")}
	host := site.Listener.Addr().String()
	got := asked(t, s, online.Options{Anywhere: true, Roots: trust(site), Sites: sites(host)}, service)
	same(t, []platform.SiteAnswer{{Look: failure(platform.WhyNotBuilt), Host: host}}, got.Sites)
	if r := got.Revocations[0]; r.Status != platform.RevocationGood || site.came.Load() != 0 {
		t.Errorf("%+v", r)
	}
}

// The environment's proxies are those of other programs.
func TestEnvironmentIsNotAsked(t *testing.T) {
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, "http://proxy.example:8080")
	}
	list := theWorld().ca.list(t)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.IsAbs() {
			t.Errorf("asked as a proxy is, for %s", r.URL)
		}
		_, _ = w.Write(list)
	})
	// A name, as nobody asks a proxy for what is on this computer.
	got := asked(t, still(hpki(theWorld().ca, []string{address}, nil)), online.Options{Dial: wherever(s)}, "")
	if r := got.Revocations[0]; r.Status != platform.RevocationGood {
		t.Errorf("%+v", r)
	}
}
