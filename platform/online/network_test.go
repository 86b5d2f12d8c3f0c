package online_test

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"

	"yomitori/platform"
	"yomitori/platform/online"
)

// trust lets a TLS server of a test be believed.
func trust(s *host) *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return pool
}

// A list may be sent on from HTTP to HTTPS and not back, and three times.
func TestRedirects(t *testing.T) {
	list := body(theWorld().ca.list(t))
	plain := serve(t, list)
	down := func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, plain.URL, http.StatusFound) }
	secret := serveTLS(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/down" {
			down(w, r)
			return
		}
		list(w, r)
	})
	hops := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/up" {
			http.Redirect(w, r, secret.URL, http.StatusFound)
		} else if to := r.URL.Path[1:]; len(to) > 0 {
			http.Redirect(w, r, "/"+to[1:], http.StatusFound)
		} else {
			list(w, r)
		}
	})
	for url, want := range map[string]platform.Why{
		hops.URL + "/up":     "",
		hops.URL + "/aaa":    "",
		hops.URL + "/aaaa":   platform.WhyRedirect,
		secret.URL:           "",
		secret.URL + "/down": platform.WhyRedirect,
	} {
		o := online.Options{Anywhere: true, Roots: trust(secret)}
		got := asked(t, still(hpki(theWorld().ca, []string{url}, nil)), o, "").Revocations[0]
		if got.Why != want || got.OK() != (want == "") {
			t.Errorf("%s: %+v", url, got.Look)
		}
	}
}

// A responder was told a serial number, which it may not have another told.
func TestResponderSendsOn(t *testing.T) {
	w := theWorld()
	other := serve(t, body(w.ca.answer(t, w.ca)))
	for _, status := range []int{http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, status) })
		r := asked(t, still(hpki(w.ca, nil, []string{s.URL})), online.Options{Anywhere: true}, "").Revocations[0]
		if r.Why != platform.WhyRedirect || other.came.Load() != 0 {
			t.Errorf("%d: %+v", status, r.Look)
		}
	}
}

// Who asks for a login and is no proxy is a host that answers.
func TestHostThatAnswersAsAProxy(t *testing.T) {
	status := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusProxyAuthRequired) }
	site, list := serveTLS(t, status), serve(t, status)
	o := online.Options{Anywhere: true, Roots: trust(site), Sites: sites(site.Listener.Addr().String())}
	got := asked(t, still(hpki(theWorld().ca, []string{list.URL}, nil)), o, service)
	if s := got.Sites[0]; !s.OK() || s.Status != http.StatusProxyAuthRequired {
		t.Errorf("site %+v", s)
	}
	if r := got.Revocations[0]; r.Why != platform.WhyBadAnswer {
		t.Errorf("list %+v", r.Look)
	}
}

// wherever makes every name lead to a server, which then cannot be a private
// place to the eyes of the program.
func wherever(s *host) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, s.Listener.Addr().String())
	}
}

func TestCardLeadsToPrivatePlaces(t *testing.T) {
	list := theWorld().ca.list(t)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		_, _ = w.Write(list)
	})
	for url, want := range map[string]platform.Why{
		"http://crl.example/":                            "",
		"http://crl.example/?to=http://other.example/":   "",
		"http://127.0.0.1/":                              platform.WhyBadAnswer,
		"http://LOCALHOST./":                             platform.WhyBadAnswer,
		"http://crl.localhost/":                          platform.WhyBadAnswer,
		"http://[::1]:631/":                              platform.WhyBadAnswer,
		"http://192.168.0.1/":                            platform.WhyBadAnswer,
		"http://2130706433/":                             platform.WhyBadAnswer,
		"http://intranet/":                               platform.WhyBadAnswer,
		"http://router.local/":                           platform.WhyBadAnswer,
		"http://crl.example:8080/":                       platform.WhyBadAnswer,
		"http://taro:secret@crl.example/":                platform.WhyBadAnswer,
		"http://crl.example/?to=http://router.local/":    platform.WhyRedirect,
		"http://crl.example/?to=http://a@other.example/": platform.WhyRedirect,
		"http://crl.example/?to=http://other.example:1/": platform.WhyRedirect,
		"http://crl.example/?to=http://169.254.169.254/": platform.WhyRedirect,
		"http://crl.example/?to=http://[fe80::1]/":       platform.WhyRedirect,
	} {
		got := asked(t, still(hpki(theWorld().ca, []string{url}, nil)), online.Options{Dial: wherever(s)}, "").Revocations[0]
		if got.Why != want {
			t.Errorf("%s: %+v", url, got.Look)
		}
	}
}

// A name may lead to a private place too, which is seen when it was looked up.
func TestDialFromCard(t *testing.T) {
	s := serve(t, body(nil))
	err := online.DialFromCard(t.Context(), s.Listener.Addr().String())
	if err == nil || !strings.Contains(err.Error(), "private place") || s.came.Load() != 0 {
		t.Errorf("got %v", err)
	}
}

func TestNoConnection(t *testing.T) {
	s := serve(t, body(nil))
	s.Close()
	o := online.Options{Anywhere: true}
	got := asked(t, still(hpki(theWorld().ca, []string{s.URL}, nil)), o, "").Revocations[0]
	if got.Why != platform.WhyUnreachable {
		t.Errorf("nobody listens: %+v", got.Look)
	}
	o.Dial = func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.DNSError{Err: "no such host", Name: "crl.example", IsNotFound: true}
	}
	got = asked(t, still(hpki(theWorld().ca, []string{s.URL}, nil)), o, "").Revocations[0]
	if got.Why != platform.WhyUnreachable {
		t.Errorf("no such name: %+v", got.Look)
	}
	o.Dial = func(context.Context, string, string) (net.Conn, error) { return nil, errors.ErrUnsupported }
	if got = asked(t, still(hpki(theWorld().ca, []string{s.URL}, nil)), o, "").Revocations[0]; got.OK() {
		t.Errorf("got %+v", got)
	}
}
